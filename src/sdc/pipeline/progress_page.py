"""All measures of a child over time at once: what the progress page shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sdc.companion.phase_words import told_sentences
from sdc.errors import InputError
from sdc.pipeline.goals import goal_measures
from sdc.pipeline.history import whole_history
from sdc.pipeline.progressing import DEFAULT_MEASURES
from sdc.progress import (
    MeasureProgress,
    Phases,
    Placed,
    SessionPoint,
    contradictions,
    place,
    progress_along,
    stated_phases,
)
from sdc.progress.change import situation_label
from sdc.progress.many import MAX_VERDICTS
from sdc.progress.timeline import calendar_day
from sdc.progress.usual_band import UsualBand, usual_band
from sdc.session import PhasePlan
from sdc.store.records import Child
from sdc.store.repository import Repository


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which sessions are looked at.

    Attributes
    ----------
    first, last : str or None
        ISO dates, both inside; None: from the first session, to the last one.
    context : str or None
        Only sessions of this situation, as a label; None: all.
    """

    first: str | None = None
    last: str | None = None
    context: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether all sessions are looked at."""
        return self.first is None and self.last is None and self.context is None

    def holds(self, point: SessionPoint) -> bool:
        """Whether a session is looked at; one without a date is in no period."""
        day = calendar_day(point.date)
        if (self.first or self.last) and day is None:
            return False
        within = day is None or (self.first or "") <= day.isoformat() <= (self.last or "9999")
        return within and self.context in (None, situation_label(point.context))


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """What the sessions of a stretch tell of all measures.

    Attributes
    ----------
    child : Child
    placed : tuple[Placed[SessionPoint], ...]
        The sessions of the stretch; weeks and days count from the child's first session.
    contexts : tuple[str, ...]
        Labels of all situations, the most frequent first.
    measures : tuple[MeasureProgress, ...]
    chosen : tuple[str, ...]
        Measures that carry verdicts.
    are_goals : bool
        Whether they are those of the child's goals.
    told : Mapping[str, tuple[str, ...]]
        What may be said of each chosen measure.
    usual : Mapping[str, UsualBand]
        By measure, of those whose error is known.
    plan : PhasePlan
    phases : Phases or None
    warnings : tuple[str, ...]
        Ids of sessions whose date contradicts the child's age.
    """

    child: Child
    placed: tuple[Placed[SessionPoint], ...]
    contexts: tuple[str, ...]
    measures: tuple[MeasureProgress, ...]
    chosen: tuple[str, ...]
    are_goals: bool
    told: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, UsualBand]
    plan: PhasePlan
    phases: Phases | None
    warnings: tuple[str, ...] = ()


def progress_page(repository: Repository, child_id: str, measures: Sequence[str], stretch: Stretch) -> ProgressPage:
    """Return all of some measures over the sessions of a stretch.

    Parameters
    ----------
    repository : Repository
    child_id : str
    measures : Sequence[str]
        Ids, in the order wanted. Those of the goals carry the verdicts, else sentence length, vocabulary
        and hesitations, as far as they are among them.
    stretch : Stretch

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        ``progress.period``: the period ends before it begins.
    """
    if stretch.first and stretch.last and stretch.first > stretch.last:
        raise InputError(
            "The period ends before it begins.", code="progress.period", hint="Choose a last day after the first one."
        )
    child = repository.child(child_id)
    line = place(whole_history(repository, child.id))
    placed = tuple(p for p in line if stretch.holds(p.point))
    goals = goal_measures(repository, child.id)
    chosen = tuple(m for m in goals or DEFAULT_MEASURES if m in measures)[:MAX_VERDICTS]
    plan = repository.phase_plans.latest(child.id)
    phases = stated_phases(plan, line, placed)
    found = progress_along(placed, measures, chosen=chosen, phases=phases)
    bands = {m.measure: usual_band(m, first=_baseline(phases)) for m in found}
    return ProgressPage(
        child,
        placed,
        _contexts(line),
        found,
        chosen,
        bool(goals),
        {m.measure: told_sentences(m, placed) for m in found if m.chosen},
        {measure: band for measure, band in bands.items() if band is not None},
        plan,
        phases,
        tuple(point.session_id for point, _ in contradictions(p.point for p in line) if stretch.holds(point)),
    )


def _baseline(phases: Phases | None) -> tuple[str, ...]:
    return () if phases is None else tuple(phases.baseline)


def _contexts(line: Sequence[Placed[SessionPoint]]) -> tuple[str, ...]:
    labels = [label for p in line if (label := situation_label(p.point.context)) is not None]
    return tuple(sorted(dict.fromkeys(labels), key=lambda label: (-labels.count(label), label)))
