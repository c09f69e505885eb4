"""`sdc feedback`: what therapists decide about insights, and what families say about activities."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.child_first import ChildFirst
from sdc.cli.insights import VOICES, ForOption, FromOption, Reader, SessionOption, ToOption, span_of
from sdc.cli.output import as_table, say

if TYPE_CHECKING:
    from sdc.app import App

app = typer.Typer(
    cls=ChildFirst,
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Approve, edit or dismiss insights; tell how an activity went.",
)


class Verb(StrEnum):
    """What is decided about an insight."""

    APPROVE = "approve"
    EDIT = "edit"
    DISMISS = "dismiss"


class How(StrEnum):
    """How an activity went."""

    WELL = "well"
    SO_SO = "so-so"
    NOT_YET = "not-yet"


@app.callback()
def feedback(context: typer.Context, child: Annotated[str, typer.Argument(help="Name or id of the child.")]) -> None:
    """List or give feedback; without a command it is listed."""
    context.obj = child
    if context.invoked_subcommand is None:
        _list(child)


@app.command()
def insight(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="Key of the insight, as `sdc insights` prints it.")],
    verb: Annotated[Verb, typer.Argument(help="What to do with it.")],
    text: Annotated[str | None, typer.Option(help="Your words, with edit.")] = None,
    session: SessionOption = None,
    first: FromOption = None,
    last: ToOption = None,
    reader: ForOption = Reader.SLP,
) -> None:
    """Approve, edit or dismiss an insight of a session or period; name the same as for `sdc insights`."""
    from sdc.pipeline.periods import child_account
    from sdc.pipeline.reviewing import decide

    voice = VOICES[reader]
    with _opened() as opened:
        whose = opened.repository.named_child(context.obj)
        account = child_account(opened.repository, whose.id, span_of(session, first, last), voice)
        shown = (*account.insights, *account.outdated)
        kept = decide(opened, whose, shown, key, verb.value, text=text, voice=voice, actor="cli")
    say(f"Version {kept.version} of {key}: {kept.verb}.")


@app.command()
def activity(
    context: typer.Context,
    activity: Annotated[str, typer.Argument(help="Id of the activity, as `sdc insights` prints it.")],
    went: Annotated[How, typer.Option(help="How it went; not-yet also where it was not tried.")],
) -> None:
    """Tell whether the family tried an activity, and how it went."""
    from sdc.pipeline.reviewing import answer_activity
    from sdc.store.feedback import Went

    named: dict[How, Went] = {How.WELL: "well", How.SO_SO: "so_so", How.NOT_YET: "not_yet"}
    with _opened() as opened:
        whose = opened.repository.named_child(context.obj)
        answer_activity(opened, whose.id, activity, named[went], actor="cli")
    say(f"Noted: {activity}, {went.value}.")


def _list(child: str) -> None:
    with _opened() as opened:
        whose = opened.repository.named_child(child)
        decisions = opened.repository.feedback.history(whose.id)
        answers = opened.repository.feedback.answers(whose.id)
    if not decisions and not answers:
        say(f"No feedback on {whose.name} yet.")
        return
    rows: list[tuple[str, ...]] = [(d.at[:10], d.verb, d.topic, d.by, d.text or "") for d in decisions]
    rows += [(a.at[:10], a.went.replace("_", "-"), f"activity {a.activity}", a.by, "") for a in answers]
    say(as_table(("day", "what", "about", "by", "text"), sorted(rows), title=whose.name))


def _opened() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())
