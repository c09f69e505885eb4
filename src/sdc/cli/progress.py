"""`sdc progress`: a child's measures over the weeks, with their errors and what they allow to be said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import Format, as_csv, as_json, as_table, number, say
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.pipeline.progressing import ChildProgress, Weeks
    from sdc.progress import MeanChange, MeasureProgress, ProgressPoint

_WEEKS = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")

BASIS = {
    "trend": "the trend over {n} sessions",
    "means": "the means of the first and the last sessions",
    "phases": "the means of the two phases",
    "two_sessions": "the first and the last session",
    "nothing": "too few sessions",
}


def progress(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    measure: Annotated[
        list[str] | None,
        typer.Option(help="Measure to follow; may be given more than once, the first three carry verdicts."),
    ] = None,
    baseline: Annotated[str | None, typer.Option(help="Weeks of the baseline, e.g. 1-3.")] = None,
    intervention: Annotated[str | None, typer.Option(help="Weeks of the intervention, e.g. 4-8.")] = None,
    format: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """Show a child's measures over the weeks, each with its error, and whether it has changed.

    A change is told only where it is larger than sessions of an unchanged child differ anyway.
    """
    from sdc.app import build_app
    from sdc.pipeline.progressing import child_progress
    from sdc.settings import read_settings

    before, during = _weeks(baseline), _weeks(intervention)
    with build_app(read_settings()) as app:
        whose = app.repository.named_child(child)
        found = child_progress(app.repository, whose.id, measure or (), baseline=before, intervention=during)
    say(_written(found, format))


def _written(found: ChildProgress, format: Format) -> str:
    from sdc.pipeline.progressing import COLUMNS, progress_document, progress_rows

    if format is Format.CSV:
        return as_csv(COLUMNS, progress_rows(found)).removesuffix("\n")
    return as_json(progress_document(found)) if format is Format.JSON else progress_text(found)


def _weeks(text: str | None) -> Weeks | None:
    if text is None:
        return None
    match = _WEEKS.fullmatch(text.strip())
    if match is None:
        raise InputError(f"{text!r} are no weeks.", code="progress.weeks", hint="Write 4 or 4-8.")
    first, last = int(match[1]), int(match[2] or match[1])
    return min(first, last), max(first, last)


def progress_text(found: ChildProgress) -> str:
    """Return progress for people: a table and a sentence for each measure."""
    if not any(m.points for m in found.measures):
        return f"No session of {found.child.name} yet. Add one with: sdc add FILE --child '{found.child.name}'"
    warnings = [f"Warning: {text}" for text in found.warnings]
    return "\n\n".join([*(_measure_text(m) for m in found.measures), *warnings])


def _measure_text(found: MeasureProgress) -> str:
    from sdc.measures import REGISTRY

    rule = REGISTRY[found.measure]
    rows = [_row(point) for point in found.points]
    title = f"{rule.title} ({rule.unit})"
    heads = ("week", "date", "value", "n", "95 % interval", "")
    return as_table(heads, rows, title=title) + "\n" + _verdict(found)


def _row(point: ProgressPoint) -> tuple[object, ...]:
    measure = point.measure
    interval = "" if point.low is None else f"{number(point.low)} to {number(point.high)}"
    return (
        "—" if point.week is None else point.week,
        point.date or "—",
        number(measure.value if measure else None),
        measure.n if measure and measure.n is not None else "—",
        interval,
        "" if point.left_out is None else f"not used: {point.left_out.replace('_', ' ')}",
    )


def _verdict(found: MeasureProgress) -> str:
    from sdc.progress import COUNT_RULES

    unit = f" {COUNT_RULES[found.measure].unit}" if found.measure in COUNT_RULES else ""
    basis = BASIS[found.basis].format(n=found.trend.n_sessions)
    told = f"Verdict: {found.verdict.replace('_', ' ')}, from {basis}."
    if found.basis == "phases" and found.means is not None:
        return f"{told}{_phases(found.means, unit)}{_since(found)}"
    if found.trend.slope_per_month is not None:
        slope, low, high = (number(v) for v in (found.trend.slope_per_month, found.trend.low, found.trend.high))
        told += f" Slope {slope}{unit} a month (95 %: {low} to {high})."
    elif found.comparison is not None and found.comparison.threshold is not None:
        difference, threshold = number(found.comparison.difference), number(found.comparison.threshold)
        told += f" Difference {difference}{unit}; sessions of an unchanged child differ by up to {threshold}."
    if found.context_unknown:
        told += " Whether the situations were alike is not known."
    return told


def _phases(means: MeanChange, unit: str) -> str:
    first, second, difference, threshold = (
        number(v) for v in (means.first, means.second, means.difference, means.threshold)
    )
    return (
        f" Baseline {first}{unit} ({means.k_first} sessions), intervention {second}{unit} ({means.k_second} sessions);"
        f" difference {difference}{unit}; such means of an unchanged child differ by up to {threshold}."
    )


def _since(found: MeasureProgress) -> str:
    began = None if found.phases is None else found.phases.began
    return f" The intervention began on {began}." if began else ""
