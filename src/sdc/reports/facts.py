"""The fact base: everything that a report may tell, taken from stored sessions once. Writers only read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sdc.errors import InputError
from sdc.measures.norms import Placement, place_value
from sdc.progress import MeasureProgress, Phases, Placed, SessionPoint, place, progress_along, stated_phases
from sdc.progress.goals import Standing, standing
from sdc.progress.many import MAX_VERDICTS
from sdc.progress.timeline import calendar_day
from sdc.reports.figures import show_date
from sdc.session import Goal, Insight, Measure, PhasePlan, Session
from sdc.store.records import Child, StoredSession, TranscriptState
from sdc.store.session_notes import SessionNote

ORIGINAL_VERSION = 1


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both inside; None is open.

    Raises
    ------
    InputError
        ``report.period``: a day is no day, or the last lies before the first.
    """

    first: str | None = None
    last: str | None = None

    def __post_init__(self) -> None:
        for text in (self.first, self.last):
            if text is not None and calendar_day(text) is None:
                raise InputError(f"{text!r} is no day.", code="report.period", hint="Write it as 2026-03-02.")
        if self.first and self.last and self.first > self.last:
            raise InputError(
                f"The period ends on {self.last}, before it begins on {self.first}.",
                code="report.period",
                hint="Give the earlier day as --from, the later one as --to.",
            )

    @property
    def is_open(self) -> bool:
        """Whether it leaves nothing out."""
        return self.first is None and self.last is None

    def holds(self, day: str | None) -> bool:
        """Tell whether a session of this date lies inside; one without a date only where nothing is left out."""
        found = calendar_day(day)
        if found is None:
            return self.is_open
        first, last = calendar_day(self.first), calendar_day(self.last)
        return (first is None or first <= found) and (last is None or found <= last)


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """What a report may tell of one session.

    Attributes
    ----------
    id : str
    source : str
        Name of the input.
    date : str or None
        ISO date.
    week : int or None
        Since the child's first session, as everywhere else.
    age_months : float or None
    context : str or None
        Situation.
    n_utterances : int
        Of all speakers.
    duration_s : float or None
        Of the recording.
    has_recording : bool
    is_recognised : bool
        Whether a speech recogniser wrote the words down.
    version : int
        Of the transcript; above 1 it was edited.
    is_reviewed : bool
        Whether a person reviewed the whole transcript as it stands.
    transcript_state : {"reviewed", "handed_in", "raw"}
        On what kind of transcript everything about the session rests.
    target : str or None
        Speaker code of the child.
    measures : Mapping[str, Measure]
        The child's, by id.
    norms : Mapping[str, Placement]
        Where a measure lies among samples of other children, or why that cannot be told. For therapists.
    insights : tuple[Insight, ...]
        Those that were not dismissed.
    point : SessionPoint
        What sentences quote from.
    """

    id: str
    source: str
    date: str | None
    week: int | None
    age_months: float | None
    context: str | None
    n_utterances: int
    duration_s: float | None
    has_recording: bool
    is_recognised: bool
    version: int
    is_reviewed: bool
    transcript_state: TranscriptState
    target: str | None
    measures: Mapping[str, Measure]
    norms: Mapping[str, Placement]
    insights: tuple[Insight, ...]
    point: SessionPoint

    @property
    def name(self) -> str:
        """What headings call it: ``session of 2 March 2026``, or by its file."""
        return f"session of {show_date(self.date)}" if calendar_day(self.date) else f"session {self.source}"

    @property
    def is_edited(self) -> bool:
        """Whether somebody has edited the transcript since it came in."""
        return self.version > ORIGINAL_VERSION


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What a report may tell of a child.

    Attributes
    ----------
    child : Child
    period : Period
    made_on : str
        ISO date.
    sessions : tuple[SessionFacts, ...]
        Of the period, oldest first.
    n_undated : int
        Sessions that nothing dates; with a period they are left out.
    progress : tuple[MeasureProgress, ...]
        Of the chosen measures over the sessions of the period.
    line : tuple[Placed[SessionPoint], ...]
        The child's whole time line.
    standings : tuple[Standing, ...]
        Where the child stands against its open goals, by all sessions.
    closed : tuple[Standing, ...]
        The same of the goals that were closed.
    for_family, for_therapist : tuple[Insight, ...]
        The account of the period in two voices (``companion.period``), without what was dismissed.
    for_session : tuple[Insight, ...]
        The account of the last session for therapists; only a session's note has it.
    note : SessionNote or None
        The therapist's words about the last session; only a session's note has them.
    plan : PhasePlan or None
        The phases of the work, as a therapist stated them; None where nobody has.
    """

    child: Child
    period: Period
    made_on: str
    sessions: tuple[SessionFacts, ...]
    n_undated: int
    progress: tuple[MeasureProgress, ...]
    line: tuple[Placed[SessionPoint], ...]
    standings: tuple[Standing, ...] = ()
    closed: tuple[Standing, ...] = ()
    for_family: tuple[Insight, ...] = ()
    for_therapist: tuple[Insight, ...] = ()
    for_session: tuple[Insight, ...] = ()
    note: SessionNote | None = None
    plan: PhasePlan | None = None

    @property
    def phases(self) -> Phases | None:
        """The stated phases, where the sessions of the report reach into both."""
        return stated_phases(self.plan, self.line, self.inside)

    @property
    def inside(self) -> tuple[Placed[SessionPoint], ...]:
        """The sessions of the period on the child's time line."""
        ids = {s.id for s in self.sessions}
        return tuple(p for p in self.line if p.point.session_id in ids)

    @property
    def latest(self) -> SessionFacts:
        """The last session of the period that lies on the time line; where nothing dates any, the last one."""
        return next((s for s in reversed(self.sessions) if s.week is not None), self.sessions[-1])


def report_facts(
    child: Child,
    stored: Sequence[StoredSession],
    measures: Sequence[str],
    *,
    goals: Sequence[Goal] = (),
    period: Period | None = None,
    plan: PhasePlan | None = None,
    made_on: str | None = None,
) -> ReportFacts:
    """Take the facts of a child's report from its stored sessions.

    Parameters
    ----------
    child : Child
    stored : Sequence[StoredSession]
        All of the child, in any order.
    measures : Sequence[str]
        Those that are followed over time; the first three carry verdicts.
    goals : Sequence[Goal]
        The child's, open and closed.
    period : Period, optional
        Default: everything.
    plan : PhasePlan, optional
        The phases of the work: where the period reaches into both, verdicts are theirs.
    made_on : str, optional
        ISO date; default today.

    Raises
    ------
    InputError
        ``report.no-session``: the period holds no session.
    """
    period = period or Period()
    points = {s.entry.id: _point(s) for s in stored}
    line = place(points.values())
    weeks = {p.point.session_id: p.week for p in line}
    by_id = {s.entry.id: s for s in stored}
    placed = [p for p in line if period.holds(p.point.date)]
    inside = [p.point.session_id for p in placed]
    if not inside:
        raise _no_session(child, period, len(stored))
    phases = stated_phases(plan, line, placed)
    found = progress_along(placed, measures, chosen=measures[:MAX_VERDICTS], phases=phases)
    return ReportFacts(
        child,
        period,
        made_on or date.today().isoformat(),
        tuple(_session_facts(by_id[i], points[i], weeks[i]) for i in inside),
        sum(calendar_day(s.session.date) is None for s in stored),
        found,
        line,
        tuple(standing(line, goal) for goal in goals if goal.is_open),
        tuple(standing(line, goal) for goal in goals if not goal.is_open),
        plan=plan if plan is not None and plan.is_stated else None,
    )


def _no_session(child: Child, period: Period, n_stored: int) -> InputError:
    where = "yet" if period.is_open else f"from {period.first or 'the first one'} to {period.last or 'the last one'}"
    hint = "Choose a longer period; `sdc sessions CHILD` lists the days." if n_stored else "Add one with `sdc add`."
    return InputError(f"There is no session of {child.name} {where}.", code="report.no-session", hint=hint)


def _measures(stored: StoredSession) -> Mapping[str, Measure]:
    target = stored.session.target
    speaker = stored.analysis.speakers.get(target.code) if target else None
    return speaker.measures if speaker else {}


def _point(stored: StoredSession) -> SessionPoint:
    return SessionPoint.of(stored.entry.id, stored.session, _measures(stored), age_months=stored.entry.age_months)


def _session_facts(stored: StoredSession, point: SessionPoint, week: int | None) -> SessionFacts:
    entry, measures = stored.entry, _measures(stored)
    return SessionFacts(
        id=entry.id,
        source=entry.source,
        date=stored.session.date,
        week=week,
        age_months=entry.age_months,
        context=entry.context,
        n_utterances=len(stored.session.utterances),
        duration_s=entry.duration_s,
        has_recording=entry.recording is not None,
        is_recognised=stored.session.is_recognised,
        version=entry.version,
        is_reviewed=entry.is_reviewed,
        transcript_state=entry.transcript_state,
        target=point.target,
        measures=measures,
        norms=_norms(measures, stored.session, point.target),
        insights=tuple(i for i in stored.insights if i.status != "dismissed"),
        point=point,
    )


def _norms(measures: Mapping[str, Measure], session: Session, target: str | None) -> Mapping[str, Placement]:
    if target is None:
        return {}
    placed = ((name, place_value(measure, session, target)) for name, measure in measures.items())
    return {name: placement for name, placement in placed if placement is not None}
