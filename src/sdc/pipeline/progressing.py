"""A child's progress from its stored sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from sdc.companion.phase_words import phase_change_sentence, told_sentences
from sdc.errors import InputError
from sdc.pipeline.goals import goal_measures
from sdc.pipeline.history import whole_history
from sdc.progress import (
    MeasureProgress,
    Phases,
    Placed,
    ProgressPoint,
    SessionPoint,
    contradictions,
    missing_weeks,
    place,
    progress_along,
    stated_phases,
)
from sdc.progress.many import MAX_VERDICTS
from sdc.store.records import Child
from sdc.store.repository import Repository

DEFAULT_MEASURES = ("mlu_words", "ndw_100", "maze_words_pct")
"""What is looked at where nobody has chosen: sentence length, vocabulary, hesitations."""

PROGRESS_SCHEMA = "sdc.progress/1"

MEANS = ("first", "second", "difference", "threshold", "verdict", "k_first", "k_second")
"""What is written of two means."""

COLUMNS = (
    "session_id",
    "date",
    "week",
    "age_months",
    "context",
    "phase",
    "measure",
    "value",
    "unit",
    "n",
    "low",
    "high",
    "interval",
    "left_out",
    "rule",
    "reason",
)
"""What ``sdc progress --format csv`` writes of each session and measure."""

Weeks = tuple[int, int]
"""First and last week, both inside."""


@dataclass(frozen=True, slots=True)
class ChildProgress:
    """What the sessions of a child tell of its progress.

    Attributes
    ----------
    child : Child
    measures : tuple[MeasureProgress, ...]
    chosen : tuple[str, ...]
        Measures that may carry a verdict.
    weeks_without_session : tuple[int, ...]
        Between the first and the last session.
    warnings : tuple[str, ...]
        Sentences: dates that contradict the ages.
    told : dict[str, tuple[str, ...]]
        What may be said of each measure that carries a verdict, by its id.
    phases : Phases or None
        In which phase each session lies: of the named weeks, else as a therapist stated them.
    """

    child: Child
    measures: tuple[MeasureProgress, ...]
    chosen: tuple[str, ...]
    weeks_without_session: tuple[int, ...]
    warnings: tuple[str, ...] = ()
    told: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phases: Phases | None = None


def child_progress(
    repository: Repository,
    child_id: str,
    measures: Sequence[str] = (),
    *,
    chosen: Sequence[str] = (),
    baseline: Weeks | None = None,
    intervention: Weeks | None = None,
) -> ChildProgress:
    """Return the progress of a child.

    Parameters
    ----------
    repository : Repository
    child_id : str
    measures : Sequence[str]
        Ids; without any, those of the child's open goals, then sentence length, vocabulary and hesitations.
    chosen : Sequence[str]
        Which of them carry verdicts, three at most; without any, those of the open goals where no measures are
        given, else the first three.
    baseline, intervention : tuple[int, int], optional
        Weeks of two phases, both or none; without them the phases count that a therapist has stated.

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        A measure that there is not, one phase without the other, or phases that overlap.
    """
    if not measures and not chosen:
        chosen = goal_measures(repository, child_id)
        measures = (*chosen, *(measure for measure in DEFAULT_MEASURES if chosen))
    wanted = tuple(dict.fromkeys(measures or DEFAULT_MEASURES))
    _check(wanted)
    child = repository.child(child_id)
    points = whole_history(repository, child.id)
    placed = place(points)
    goals = tuple(dict.fromkeys(chosen or wanted))[:MAX_VERDICTS]
    plan = repository.phase_plans.latest(child.id)
    named = _phases(placed, baseline, intervention)
    phases = named or stated_phases(plan, placed, placed)
    weeks = [p.week for p in placed if p.week is not None]
    found = progress_along(placed, wanted, chosen=goals, phases=phases)
    return ChildProgress(
        child,
        found,
        goals,
        missing_weeks(placed, min(weeks), max(weeks)) if weeks else (),
        tuple(_contradiction(point, days) for point, days in contradictions(points)),
        {m.measure: (*phase_change_sentence(m, placed), *told_sentences(m, placed)) for m in found},
        named or stated_phases(plan, placed),
    )


def _contradiction(point: SessionPoint, days: float) -> str:
    later = "later" if days > 0 else "earlier"
    where = point.source or point.session_id
    return f"{where}: the date {point.date} lies {abs(days):.0f} days {later} than the age says."


def _check(measures: Sequence[str]) -> None:
    from sdc.measures import REGISTRY

    for measure in measures:
        if measure not in REGISTRY:
            near = [known for known in REGISTRY if measure and known.startswith(measure)][:4]
            near = near or get_close_matches(measure, REGISTRY, 3)
            raise InputError(
                f"There is no measure {measure}.",
                code="measure.unknown",
                hint=f"Did you mean {' or '.join(near)}?" if near else "docs/measures lists what there is.",
            )


def _phases(
    placed: Sequence[Placed[SessionPoint]], baseline: Weeks | None, intervention: Weeks | None
) -> Phases | None:
    if baseline is None and intervention is None:
        return None
    if baseline is None or intervention is None or baseline[1] >= intervention[0]:
        raise InputError(
            "Two phases are needed, the baseline before the intervention.",
            code="progress.phases",
            hint="Say for example --baseline 1-3 --intervention 4-8.",
        )
    return Phases(_sessions_in(placed, baseline), _sessions_in(placed, intervention))


def _sessions_in(placed: Sequence[Placed[SessionPoint]], weeks: Weeks) -> frozenset[str]:
    return frozenset(p.point.session_id for p in placed if p.week is not None and weeks[0] <= p.week <= weeks[1])


def progress_document(found: ChildProgress) -> dict[str, Any]:
    """Return progress as ``sdc progress --format json`` writes it."""
    return {
        "schema": PROGRESS_SCHEMA,
        "child": {"id": found.child.id, "name": found.child.name},
        "chosen": list(found.chosen),
        "weeks_without_session": list(found.weeks_without_session),
        "warnings": list(found.warnings),
        "measures": [measure_document(m) | {"told": list(found.told.get(m.measure, ()))} for m in found.measures],
    }


def measure_document(found: MeasureProgress) -> dict[str, Any]:
    """Return one measure's progress as JSON."""
    return {
        "measure": found.measure,
        "verdict": found.verdict,
        "basis": found.basis,
        "chosen": found.chosen,
        "sessions_used": list(found.used),
        "context_unknown": found.context_unknown,
        "error": _fields(found.error, ("source", "sem", "n", "quantile", "n_sessions")),
        "count_error": _fields(found.count_error, ("source", "dispersion", "quantile", "n_sessions")),
        "comparison": _comparison(found),
        "trend": _trend(found),
        "ends": _fields(found.ends, MEANS),
        "phases": _phases_document(found),
        "p_adjusted": found.p_adjusted,
        "points": [_point(p) for p in found.points],
    }


def progress_rows(found: ChildProgress) -> Iterator[tuple[object, ...]]:
    """Yield a row of ``COLUMNS`` for each measure and session, oldest session first; no value is None."""
    for progress in found.measures:
        for point in progress.points:
            yield _table_row(progress.measure, point, found.phases)


def _table_row(measure_id: str, point: ProgressPoint, phases: Phases | None) -> tuple[object, ...]:
    measure = point.measure
    return (
        point.session_id,
        point.date,
        point.week,
        point.age_months,
        point.context,
        phases.of(point.session_id) if phases is not None else None,
        measure_id,
        *((measure.value, measure.unit, measure.n) if measure is not None else (None, None, None)),
        point.low,
        point.high,
        point.interval,
        point.left_out,
        *((measure.rule, measure.reason) if measure is not None else (None, "not measured in this session")),
    )


def _fields(record: object | None, names: Sequence[str]) -> dict[str, Any] | None:
    return None if record is None else {name: getattr(record, name) for name in names}


def _comparison(found: MeasureProgress) -> dict[str, Any] | None:
    names = ("verdict", "difference", "threshold", "n", "reason", "caveats")
    document = _fields(found.comparison, names)
    if document is None or found.comparison is None:
        return None
    rates = _fields(found.comparison.rates, ("first", "second", "ratio", "low", "high"))
    return document | {"caveats": [str(c) for c in document["caveats"]], "rates": rates}


def _trend(found: MeasureProgress) -> dict[str, Any] | None:
    names = ("verdict", "n_sessions", "days", "slope_per_month", "low", "high", "tau", "p", "autocorrelation", "reason")
    return _fields(found.trend, names)


def _phases_document(found: MeasureProgress) -> dict[str, Any] | None:
    if found.means is None and found.overlap is None:
        return None
    pairs = ("nap", "tau", "variant", "p", "pnd", "baseline_p", "n_a", "n_b", "firm")
    return {"means": _fields(found.means, MEANS), "overlap": _fields(found.overlap, pairs)}


def _point(point: ProgressPoint) -> dict[str, Any]:
    names = ("session_id", "date", "week", "age_months", "context", "low", "high", "interval", "within_error")
    measure = point.measure
    value = {"value": measure.value if measure else None, "n": measure.n if measure else None}
    return (_fields(point, names) or {}) | value | {"left_out": point.left_out}
