"""`sdc roster`: the names that are replaced before anything about a child leaves this machine."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.child_first import ChildFirst
from sdc.cli.output import as_table, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.records import Child

app = typer.Typer(
    cls=ChildFirst,
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Names that are replaced before anything about a child leaves this machine.",
)


@app.callback()
def roster(context: typer.Context, child: Annotated[str, typer.Argument(help="Name or id of the child.")]) -> None:
    """List, add or remove names that are replaced before anything about a child leaves this machine."""
    context.obj = child
    if context.invoked_subcommand is None:
        list_names(child)


class NameOf(StrEnum):
    """What a name is of."""

    PERSON = "person"
    PLACE = "place"
    IDENTIFIER = "identifier"


def list_names(child: str) -> None:
    """List the names on a child's roster with their pseudonyms; this list is as private as the names."""
    from sdc.pipeline.deidentifying import childs_roster

    with _opened() as opened:
        whose = opened.repository.named_child(child)
        roster = childs_roster(opened, whose)
    rows = [(e.name, " ".join(e.pseudonyms), e.kind, "any" if e.any_case else "as written") for e in roster.entries]
    say(as_table(("name", "pseudonym", "kind", "case"), rows, title=whose.name))


@app.command()
def add(
    context: typer.Context,
    names: Annotated[list[str], typer.Argument(help="Names, nicknames, places; several words in quotation marks.")],
    kind: Annotated[NameOf, typer.Option(help="What they are.")] = NameOf.PERSON,
    exact_case: Annotated[
        bool, typer.Option("--exact-case", help="Only as written: for a name that is also a word, such as Rose.")
    ] = False,
) -> None:
    """Put names on a child's roster."""
    from sdc.pipeline.deidentifying import add_name

    with _opened() as opened:
        whose = opened.repository.named_child(context.obj)
        for name in names:
            add_name(opened, whose, name, kind.value, any_case=not exact_case)
            _witness(opened, whose, "roster.add")
    say(f"{len(names)} on {whose.name}'s roster.")


@app.command()
def remove(context: typer.Context, name: Annotated[str, typer.Argument(help="A name on the roster.")]) -> None:
    """Take a name off a child's roster; its pseudonym is never given to another one."""
    from sdc.pipeline.deidentifying import remove_name

    with _opened() as opened:
        whose = opened.repository.named_child(context.obj)
        remove_name(opened, whose, name)
        _witness(opened, whose, "roster.remove")
    say(f"{name} is off {whose.name}'s roster.")


@app.command()
def suggest(context: typer.Context) -> None:
    """List words of the child's transcripts that may be names and are not on the roster; you decide."""
    from sdc.pipeline.deidentifying import suggestions

    with _opened() as opened:
        whose = opened.repository.named_child(context.obj)
        found = suggestions(opened, whose)
    if not found:
        say("No word stands out. That does not say that no name is there.")
        return
    why = {"%mor": "tagged as a name", "capital": "capital letter"}
    say(as_table(("word", "times", "why"), [(s.word, s.n, why[s.why]) for s in found], title=whose.name))
    say(f"Add what is a name: sdc roster '{whose.name}' add WORD…")


def _opened() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())


def _witness(opened: App, whose: Child, action: str) -> None:
    opened.audit.record(actor="cli", action=action, child_id=whose.id)
