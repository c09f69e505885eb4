"""`sdc phases`: baseline and intervention of the work with a child, by dates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.child_first import ChildFirst
from sdc.cli.output import TableFormat, as_json, as_table, say
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.session import DateRange, PhasePlan
    from sdc.store.records import Child

app = typer.Typer(
    cls=ChildFirst,
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Phases of the work with a child: list, add, change, remove; verdicts compare their means.",
)

GOES_ON = "none"
"""What --until says to an intervention that has no last day."""


@app.callback()
def phases(context: typer.Context, child: Annotated[str, typer.Argument(help="Name or id of the child.")]) -> None:
    """List, add, change or remove the phases of a child; without a command they are listed."""
    context.obj = child
    if context.invoked_subcommand is None:
        _list(child, TableFormat.TABLE)


@app.command("list")
def list_phases(
    context: typer.Context,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write it.")] = TableFormat.TABLE,
) -> None:
    """List a child's phases as they stand, and the earlier versions."""
    _list(context.obj, format)


@app.command()
def add(
    context: typer.Context,
    baseline: Annotated[tuple[str, str], typer.Option(help="First and last day, e.g. 2026-01-05 2026-02-01.")],
    intervention: Annotated[str, typer.Option(help="First day, e.g. 2026-02-02.")],
    until: Annotated[str | None, typer.Option(help="Last day of the intervention. Default: it goes on.")] = None,
    note: Annotated[str, typer.Option(help="What the intervention is, e.g. 'pauses and waiting, twice a week'.")] = "",
) -> None:
    """State both phases. Refused where some stand already: these are changed."""
    from sdc.session import DateRange, PhasePlan

    with _opened() as opened:
        child = opened.repository.named_child(context.obj)
        before = opened.repository.phase_plans.latest(child.id)
        if before.is_stated:
            raise InputError(
                f"The phases of {child.name} are stated already (version {before.version}).",
                code="phases.stated",
                hint=f"Change them with: sdc phases '{child.name}' change …",
            )
        plan = PhasePlan(child.id, DateRange(*baseline), DateRange(intervention, _last(until)), note)
        _state(opened, child, plan, before.version)


@app.command()
def change(
    context: typer.Context,
    baseline: Annotated[tuple[str, str] | None, typer.Option(help="First and last day.")] = None,
    intervention: Annotated[str | None, typer.Option(help="First day.")] = None,
    until: Annotated[str | None, typer.Option(help="Last day of the intervention; none: it goes on.")] = None,
    note: Annotated[str | None, typer.Option(help="What the intervention is.")] = None,
    seen: Annotated[
        int | None, typer.Option(min=1, help="Version that you looked at; refused when another one stands now.")
    ] = None,
) -> None:
    """Change the phases: what is not given stays. The version before is kept."""
    from sdc.session import DateRange

    with _opened() as opened:
        child, before = _standing(opened, context.obj)
        assert before.intervention is not None  # it is stated
        last = before.intervention.last if until is None else _last(until)
        plan = replace(
            before,
            baseline=DateRange(*baseline) if baseline else before.baseline,
            intervention=DateRange(intervention or before.intervention.first, last),
            note=before.note if note is None else note,
        )
        _state(opened, child, plan, seen or before.version)


@app.command()
def remove(context: typer.Context) -> None:
    """Take both phases back: verdicts are those of all sessions again. The versions before are kept."""
    from sdc.pipeline.phase_plans import state_phases
    from sdc.session import PhasePlan

    with _opened() as opened:
        child, before = _standing(opened, context.obj)
        state_phases(opened, PhasePlan(child.id), seen=before.version, actor="cli")
    say(f"The phases of {child.name} are taken back; their earlier versions are kept.")


def _standing(opened: App, name: str) -> tuple[Child, PhasePlan]:
    child = opened.repository.named_child(name)
    plan = opened.repository.phase_plans.latest(child.id)
    if not plan.is_stated:
        raise InputError(
            f"No phases of {child.name} are stated.",
            code="phases.none",
            hint=f"State them with: sdc phases '{child.name}' add --baseline FIRST LAST --intervention FIRST",
        )
    return child, plan


def _state(opened: App, child: Child, plan: PhasePlan, seen: int) -> None:
    from sdc.pipeline.phase_plans import state_phases

    kept = state_phases(opened, plan, seen=seen, actor="cli")
    say(f"The phases of {child.name} are at version {kept.version} now.")


def _last(until: str | None) -> str | None:
    return None if until in (None, GOES_ON) else until


def _list(name: str, format: TableFormat) -> None:
    with _opened() as opened:
        child = opened.repository.named_child(name)
        versions = opened.repository.phase_plans.history(child.id)
    say(as_json(phases_document(child, versions)) if format is TableFormat.JSON else phases_text(child, versions))


def phases_document(child: Child, versions: list[PhasePlan]) -> dict[str, Any]:
    """Return a child's phases, all versions, oldest first, as ``sdc phases CHILD list --format json`` writes them."""
    from dataclasses import asdict

    told = [{key: value for key, value in asdict(plan).items() if key != "child_id"} for plan in versions]
    return {"child": {"id": child.id, "name": child.name}, "versions": told}


def phases_text(child: Child, versions: list[PhasePlan]) -> str:
    """Return phases for people: a table, the version that stands last."""
    if not versions:
        return (
            f"No phases of {child.name} yet. State them with: "
            f"sdc phases '{child.name}' add --baseline FIRST LAST --intervention FIRST"
        )
    heads = ("version", "baseline", "intervention", "note", "stated at")
    return as_table(heads, [_row(plan) for plan in versions], title=child.name)


def _row(plan: PhasePlan) -> tuple[object, ...]:
    return (plan.version, _days(plan.baseline), _days(plan.intervention), plan.note, plan.stated_at)


def _days(span: DateRange | None) -> str:
    if span is None:
        return "taken back"
    return f"{span.first} to {span.last}" if span.last else f"from {span.first}"


def _opened() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())
