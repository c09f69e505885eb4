"""Parts that several kinds of reports have: who it is about, tables of measures, the place for the signature."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sdc.measures import REGISTRY
from sdc.measures.norms import SOURCE, Placement
from sdc.progress.goals import GoalStatus, Standing, Why
from sdc.reports.document import Block, Facts, Lines, Section, Table, Text
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.reports.figures import NONE, show_age, show_date, show_day, show_duration, show_unit, show_value, show_week
from sdc.reports.words import for_therapists, sentence, show_span
from sdc.session import Goal, Measure, PhasePlan

GOAL_STATUS: dict[GoalStatus, str] = {
    "met": "met",
    "progressing": "progressing",
    "not_yet": "not yet",
    "cannot_tell": "cannot tell",
}
WHY_NOT_TOLD: dict[Why, str] = {
    "few_sessions": "too few sessions since the baseline",
    "no_error": "how far sessions differ without any change is not known for this measure yet",
    "within_error": "the mean is nearer to the criterion than its error",
}


def signature() -> Section:
    """Return the place where the therapist signs."""
    return Section("signature", "Signature", (Lines("Name, qualification, signature, date", 2),))


def identity(facts: ReportFacts) -> Facts:
    """Return who the report is about, and which period."""
    child, ages = facts.child, [s.age_months for s in facts.sessions if s.age_months is not None]
    dates = [s.date for s in facts.sessions if s.date is not None]
    rows = [
        ("Child", child.name),
        ("Born", show_date(child.birth_date) if child.birth_date else ""),
        ("Sex", child.sex or ""),
        ("Age (years;months)", " to ".join(dict.fromkeys([show_age(ages[0]), show_age(ages[-1])])) if ages else ""),
        (
            "Period",
            show_span(facts.period.first or min(dates, default=None), facts.period.last or max(dates, default=None)),
        ),
        ("Sessions", str(len(facts.sessions))),
        *_phases(facts.plan),
    ]
    return Facts(tuple((name, value) for name, value in rows if value))


def _phases(plan: PhasePlan | None) -> Iterator[tuple[str, str]]:
    """Return the phases as they were stated, with the therapist's own words about the intervention."""
    if plan is None or plan.baseline is None or plan.intervention is None:
        return
    yield "Baseline", show_span(plan.baseline.first, plan.baseline.last)
    first, last = plan.intervention.first, plan.intervention.last
    span = show_span(first, last) if last else f"from {show_date(first)}"
    yield "Intervention", f"{span}: {plan.note}" if plan.note else span


def transcript_state(session: SessionFacts) -> str:
    """Return who wrote a transcript, and whether it was edited and reviewed."""
    writer = "recogniser" if session.is_recognised else "person"
    state = f"edited (version {session.version})" if session.is_edited else "not edited"
    return f"{writer}, {state}, reviewed" if session.is_reviewed else f"{writer}, {state}"


def sessions_table(sessions: Iterable[SessionFacts]) -> Table:
    """Return the sessions with their situation, size and the state of their transcripts."""
    head = ("Week", "Date", "Age", "Situation", "Utterances", "Recording", "Transcript by")
    rows = tuple(
        (
            show_week(s.week),
            show_date(s.date),
            show_age(s.age_months),
            s.context or "not told",
            str(s.n_utterances),
            show_duration(s.duration_s) if s.has_recording else "none",
            transcript_state(s),
        )
        for s in sessions
    )
    return Table("Sessions", head, rows, numeric=(0, 4), wide=(3, 6))


def told_measures(session: SessionFacts) -> list[Measure]:
    """Return the child's measures that are for everyone, in the order of the registry."""
    order = [name for name, rule in REGISTRY.items() if rule.audience == "everyone"]
    return [session.measures[name] for name in order if name in session.measures]


NOTE_MEASURES = (
    "utterances_total",
    "mlu_words",
    "mlu_morphemes",
    "ndw_100",
    "word_types",
    "intelligible_utterances_pct",
    "maze_words_pct",
    "child_turn_share",
    "echo_exact_pct",
    "response_latency_median",
    "speech_rate",
    "f0_median",
)
"""What the note of a session holds; the progress report has all."""


def measures_table(session: SessionFacts, chosen: Collection[str] = REGISTRY) -> Table | Text:
    """Return the measures that have a value, all or the chosen ones, each with its n and rule."""
    head = ("Measure", "Value", "Unit", "n", "Counts", "Rule")
    valued = [m for m in told_measures(session) if m.value is not None and m.id in chosen]
    if not valued:
        return Text("No measure of the child has a value.")
    rows = tuple(
        (
            REGISTRY[m.id].title + (" (too few)" if m.reliability == "too_few" else ""),
            show_value(m.value, m.unit),
            show_unit(m.unit),
            NONE if m.n is None else str(m.n),
            m.n_unit,
            m.rule,
        )
        for m in valued
    )
    return Table("Measures", head, rows, numeric=(1, 3), wide=(0,))


def without_value(session: SessionFacts, chosen: Collection[str] = REGISTRY) -> tuple[Block, ...]:
    """Return which measures have no value, by reason."""
    reasons: dict[str, list[str]] = {}
    for measure in told_measures(session):
        if measure.value is None and measure.id in chosen:
            reasons.setdefault(measure.reason or "no reason is told", []).append(REGISTRY[measure.id].title)
    if not reasons:
        return ()
    rows = tuple((", ".join(titles), reason) for reason, titles in reasons.items())
    return (Table("Measures without a value", ("Measures without a value", "Reason"), rows, wide=(0, 1)),)


def goals_section(facts: ReportFacts) -> tuple[Section, ...]:
    """Return where the child stands against its open goals; nothing where none is recorded."""
    if not facts.standings:
        return ()
    head = ("Goal", "Baseline", "Now", "Criterion", "Level", "Due", "Status")
    table = Table("Goals", head, tuple(_goal_row(s) for s in facts.standings), numeric=(1, 2, 3, 4), wide=(0, 6))
    return (Section("goals", "Goals, by all sessions", (table,)),)


def _goal_row(found: Standing) -> tuple[str, ...]:
    goal = found.goal
    rule = REGISTRY[goal.measure]
    return (
        f"{goal.behaviour}; {goal.condition} ({rule.title})",
        show_value(goal.baseline, rule.unit),
        show_now(found),
        show_criterion(goal),
        show_level(found.level),
        show_day(goal.due),
        show_status(found),
    )


def show_now(found: Standing) -> str:
    """Return the mean of the latest sessions with half of its 95 % interval: ``3.60 ± 0.40``."""
    unit = REGISTRY[found.goal.measure].unit
    margin = "" if found.margin is None else f" ± {show_value(found.margin, unit)}"
    return f"{show_value(found.mean, unit)}{margin}"


def show_criterion(goal: Goal) -> str:
    """Return ``at least 4.00``."""
    side = "at least" if goal.sign > 0 else "at most"
    return f"{side} {show_value(goal.criterion, REGISTRY[goal.measure].unit)}"


def show_level(level: int | None) -> str:
    """Return ``−1``, ``0``, ``+1``, as the dashboard does; a dash for none."""
    if level is None:
        return NONE
    return f"{'+' if level > 0 else '−' if level < 0 else ''}{abs(level)}"


def show_status(found: Standing) -> str:
    """Return a goal's status in words, with the reason where it cannot be told."""
    return GOAL_STATUS[found.status] + (f": {WHY_NOT_TOLD[found.reason]}" if found.reason else "")


def norms_section(session: SessionFacts) -> tuple[Section, ...]:
    """Return where the measures of a session lie among samples of other children; for therapists only."""
    placed = [(session.measures[name], p) for name, p in session.norms.items()]
    rows = tuple(_norm_row(m, p) for m, p in placed if m.value is not None and p.norm is not None)
    reasons = dict.fromkeys(p.reason for _, p in placed if p.norm is None and p.reason)
    if not placed:
        return ()
    head = ("Measure", "Value", "Age band", "Mean (SD)", "Children", "Place")
    blocks: list[Block] = [Table("Norms", head, rows, numeric=(1, 4), wide=(0,))] if rows else []
    if not rows:
        blocks = [Text(f"No norms are applied: {'; '.join(str(r) for r in reasons)}.")]
    note = Text(for_therapists(sentence("progress", "norms", source=SOURCE)), "note")
    return (Section("norms", f"Norms, {session.name}", (*blocks, note)),)


def _norm_row(measure: Measure, placement: Placement) -> tuple[str, ...]:
    norm = placement.norm
    assert norm is not None
    return (
        REGISTRY[measure.id].title,
        show_value(measure.value, measure.unit),
        norm.age_band,
        f"{norm.mean:.2f} ({norm.sd:.2f})",
        f"about {norm.n_children}",
        _place(placement),
    )


def _place(placement: Placement) -> str:
    if placement.above is None:
        return f"below percentile {placement.below}"
    if placement.below is None:
        return f"percentile {placement.above} or above"
    return f"percentile {placement.above} to {placement.below}"
