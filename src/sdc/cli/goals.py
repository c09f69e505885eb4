"""`sdc goals`: what is worked towards with a child, and where the child stands."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.child_first import ChildFirst
from sdc.cli.output import TableFormat, as_json, as_table, number, say
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.pipeline.goals import ChildGoals
    from sdc.progress.goals import Standing
    from sdc.session import Direction, Goal

app = typer.Typer(
    cls=ChildFirst,
    invoke_without_command=True,
    rich_markup_mode=None,
    help="Goals of a child: list, add, change, close; each with its status from the data.",
)

STATUS = {"met": "met", "progressing": "progressing", "not_yet": "not yet", "cannot_tell": "cannot tell"}
REASONS = {
    "few_sessions": "too few sessions since the baseline",
    "no_error": "how far sessions differ without any change is not known for this measure yet",
    "within_error": "the mean is nearer to the criterion than its error",
}
_WEEKS = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


class GoalDirection(StrEnum):
    """On which side of the criterion a goal is met."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@app.callback()
def goals(context: typer.Context, child: Annotated[str, typer.Argument(help="Name or id of the child.")]) -> None:
    """List, add, change or close the goals of a child; without a command they are listed."""
    context.obj = child
    if context.invoked_subcommand is None:
        _list(child, TableFormat.TABLE)


@app.command("list")
def list_goals(
    context: typer.Context,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write it.")] = TableFormat.TABLE,
) -> None:
    """List a child's goals with their status."""
    _list(context.obj, format)


@app.command()
def add(
    context: typer.Context,
    behaviour: Annotated[str, typer.Argument(help="What is to be seen, e.g. 'uses longer utterances'.")],
    measure: Annotated[str, typer.Option(help="Measure that tells, e.g. mlu_words.")],
    criterion: Annotated[float, typer.Option(help="Value to reach, in the measure's unit.")],
    due: Annotated[str, typer.Option(help="Date by which, e.g. 2026-12-24.")],
    condition: Annotated[str, typer.Option(help="When and with whom, e.g. 'in free play with a parent'.")],
    direction: Annotated[GoalDirection, typer.Option(help="Side of the criterion.")] = GoalDirection.AT_LEAST,
    sessions: Annotated[int, typer.Option(help="The mean of so many latest sessions counts.")] = 3,
    scale: Annotated[
        str, typer.Option(help="Goal attainment scaling: auto, or the values of levels -2 to +2 with commas.")
    ] = "",
    baseline: Annotated[str, typer.Option(help="Weeks of the baseline, e.g. 1-2. Default: the latest sessions.")] = "",
    weight: Annotated[float, typer.Option(help="Weight among several goals.")] = 1.0,
) -> None:
    """Add a goal. Refused where its criterion lies within the error, or where it would have the child mask."""
    from sdc.pipeline.goals import GoalDraft, add_goal

    draft = GoalDraft(
        behaviour,
        condition,
        measure,
        criterion,
        due,
        direction.value,
        sessions,
        _scale(scale),
        weight,
        _weeks(baseline),
    )
    with _opened() as opened:
        child = opened.repository.named_child(context.obj)
        goal = add_goal(opened, child.id, draft, actor="cli")
    levels = f" Levels -2 to +2: {', '.join(map(number, goal.scale))}." if goal.scale else ""
    before = "none yet" if goal.baseline is None else number(goal.baseline)
    say(f"Goal {goal.id} added for {child.name}. Baseline: {before}.{levels}")


@app.command()
def change(
    context: typer.Context,
    goal: Annotated[str, typer.Argument(help="Id of the goal.")],
    behaviour: Annotated[str | None, typer.Option(help="What is to be seen.")] = None,
    condition: Annotated[str | None, typer.Option(help="When and with whom.")] = None,
    criterion: Annotated[float | None, typer.Option(help="Value to reach, in the measure's unit.")] = None,
    due: Annotated[str | None, typer.Option(help="Date by which, e.g. 2026-12-24.")] = None,
    direction: Annotated[GoalDirection | None, typer.Option(help="Side of the criterion.")] = None,
    sessions: Annotated[int | None, typer.Option(help="The mean of so many latest sessions counts.")] = None,
    scale: Annotated[str | None, typer.Option(help="auto, none, or the values of levels -2 to +2 with commas.")] = None,
    why: Annotated[str, typer.Option(help="Why it is changed; kept with the new version.")] = "",
    seen: Annotated[
        int | None, typer.Option(min=1, help="Version that you looked at; refused when another one stands now.")
    ] = None,
) -> None:
    """Change an open goal, checked like a new one: what is not given stays, and so do measure and baseline.

    The version before is kept. A new criterion or side needs --scale where the goal has levels.
    """
    from sdc.pipeline.goals import GoalChange, GoalWish, change_goal, wished

    side: Direction | None = direction.value if direction is not None else None
    levels = None if scale is None else () if scale == "none" else _scale(scale)
    wish = GoalWish(behaviour, condition, criterion, due, side, sessions, levels)
    with _opened() as opened:
        child = opened.repository.named_child(context.obj)
        before = opened.repository.goals.get(child.id, goal)
        draft = wished(before, wish)
        kept = change_goal(opened, child.id, goal, draft, GoalChange(seen or before.version, "cli", why))
    say(f"Goal {goal} of {child.name} is at version {kept.version} now.")


@app.command()
def close(
    context: typer.Context,
    goal: Annotated[str, typer.Argument(help="Id of the goal.")],
    why: Annotated[str, typer.Option(help="Why it is closed, e.g. 'met; a new goal follows'.")] = "",
) -> None:
    """Close a goal, with why; it stays on record."""
    from sdc.pipeline.goals import close_goal

    with _opened() as opened:
        child = opened.repository.named_child(context.obj)
        close_goal(opened, child.id, goal, why=why, actor="cli")
    say(f"Goal {goal} is closed.")


def _list(child: str, format: TableFormat) -> None:
    from sdc.pipeline.goals import child_goals

    with _opened() as opened:
        found = child_goals(opened.repository, opened.repository.named_child(child).id)
    say(as_json(goals_document(found)) if format is TableFormat.JSON else goals_text(found))


def goals_document(found: ChildGoals) -> dict[str, Any]:
    """Return a child's goals as ``sdc goals CHILD list --format json`` writes them."""
    from dataclasses import asdict

    child = {"id": found.child.id, "name": found.child.name}
    return {"child": child, "t_score": found.t_score, "goals": [asdict(standing) for standing in found.standings]}


def goals_text(found: ChildGoals) -> str:
    """Return goals for people: a table, and one line for each."""
    if not found.standings:
        return f"No goal of {found.child.name} yet. Add one with: sdc goals '{found.child.name}' add …"
    heads = ("goal", "measure", "baseline", "now", "criterion", "level", "due", "status")
    told = as_table(heads, [_row(s) for s in found.standings], title=found.child.name)
    lines = [
        f"{s.goal.id}: {s.goal.behaviour}; {s.goal.condition}.{_why(s)}{_history(s.goal)}" for s in found.standings
    ]
    if found.t_score is not None:
        lines.append(f"T-score of the open goals: {found.t_score:.1f} (50: as expected on average).")
    return "\n".join([told, *lines])


def _row(standing: Standing) -> tuple[object, ...]:
    goal = standing.goal
    margin = "" if standing.margin is None else f" ± {standing.margin:.2f}"
    return (
        goal.id,
        goal.measure,
        number(goal.baseline),
        f"{number(standing.mean)}{margin}",
        f"{'≥' if goal.sign > 0 else '≤'} {number(goal.criterion)}",
        "—" if standing.level is None else f"{standing.level:+d}" if standing.level else "0",
        goal.due,
        STATUS[standing.status] if goal.is_open else "closed",
    )


def _why(standing: Standing) -> str:
    return f" Cannot tell: {REASONS[standing.reason]}." if standing.reason else ""


def _history(goal: Goal) -> str:
    """Return which version stands and why, and why a goal was closed."""
    version = goal.version if goal.is_open else goal.version - 1  # closing counts it up, too
    told = f" Version {version}{_because(goal.changed_why)}." if version > 1 else ""
    return told if goal.is_open else f"{told} Closed {(goal.closed_at or '')[:10]}{_because(goal.closed_why)}."


def _because(why: str) -> str:
    return f", because: {why}" if why else ""


def _scale(text: str) -> tuple[float, ...] | str:
    if not text or text == "auto":
        return text or ()
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"{text!r} is no scale.", code="goal.scale", hint="Write 1.5,2,2.5,3,3.5 or auto.") from error


def _weeks(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    match = _WEEKS.fullmatch(text.strip())
    if match is None:
        raise InputError(f"{text!r} are no weeks.", code="progress.weeks", hint="Write 4 or 4-8.")
    first, last = int(match[1]), int(match[2] or match[1])
    return min(first, last), max(first, last)


def _opened() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())
