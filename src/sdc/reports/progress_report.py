"""The progress report of a period, for therapists: sessions, measures with their error, norms, state of review."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sdc.companion.phase_words import phase_change_claim, told_sentences
from sdc.companion.wordbook import publishable
from sdc.companion.wordbook import weeks as in_weeks
from sdc.measures import REGISTRY
from sdc.progress import MeasureProgress, ProgressPoint, missing_weeks
from sdc.reports import charts, parts
from sdc.reports.document import Block, Listing, Picture, Section, Table, Text
from sdc.reports.facts import ReportFacts, SessionFacts
from sdc.reports.figures import NONE, show_date, show_interval, show_unit, show_value, show_week
from sdc.reports.words import Told, for_therapists, sentence
from sdc.session import Insight

MAX_LISTED_WEEKS = 8

STATUS = {"draft": "not reviewed", "approved": "approved"}


def progress_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """Return the sections of a progress report."""
    latest = facts.latest
    return (
        Section("child", "Child and period", (parts.identity(facts), *phase_change(facts), *review_state(facts))),
        Section("sessions", "Sessions", (parts.sessions_table(facts.sessions), *_gaps(facts))),
        *(_measure_section(found, facts) for found in facts.progress),
        *parts.goals_section(facts),
        *parts.norms_section(latest),
        *_account(facts),
        Section("observations", f"Observations, {latest.name}", observations(latest)),
        Section(
            "all_measures",
            f"All measures, {latest.name}",
            (parts.measures_table(latest), *parts.without_value(latest)),
        ),
        parts.signature(),
    )


def phase_change(facts: ReportFacts) -> tuple[Block, ...]:
    """Return when the intervention began, where the sessions of the report reach into both phases."""
    phases, told = facts.phases, Told(facts.latest.point)
    claim = None if phases is None else phase_change_claim(phases, facts.inside, told.box)
    return () if claim is None else tuple(Text(c.text) for c in publishable([claim], told.box.all))


def review_state(facts: ReportFacts) -> tuple[Block, ...]:
    """Return sentences that tell how many transcripts are raw, edited, reviewed, or written by people."""
    told, total = Told(facts.latest.point), len(facts.sessions)
    counts = {
        "recognised": sum(s.is_recognised and not (s.is_edited or s.is_reviewed) for s in facts.sessions),
        "reviewed": sum(s.is_edited for s in facts.sessions),
        "reviewed_whole": sum(s.is_reviewed for s in facts.sessions),
        "by_people": sum(not s.is_recognised and not s.is_edited for s in facts.sessions),
    }
    items: list[str] = []
    for key, n in counts.items():
        if n:
            cited = (told.count(key, float(n)), told.count("sessions", float(total)))
            items += told.say("progress", key, *cited, n=n, all=total)
    return (Listing(tuple(items)),) if items else ()


def _gaps(facts: ReportFacts) -> tuple[Block, ...]:
    told, present = Told(facts.latest.point), [s.week for s in facts.sessions if s.week is not None]
    gaps = missing_weeks(facts.line, min(present), max(present)) if present else ()
    texts: list[str] = []
    if 0 < len(gaps) <= MAX_LISTED_WEEKS:
        cited = (told.box.empty_week(week) for week in gaps)
        texts += told.say("report", "gaps", *cited, weeks=in_weeks(gaps))
    elif gaps:
        texts += told.say("report", "gaps_many", told.count("weeks", float(len(gaps))), n=len(gaps))
    if facts.n_undated and not facts.period.is_open:
        texts += told.say("report", "undated", told.count("undated", float(facts.n_undated)), n=facts.n_undated)
    return tuple(Text(text, "note") for text in texts)


def _measure_section(found: MeasureProgress, facts: ReportFacts) -> Section:
    rule = REGISTRY[found.measure]
    sentences = told_sentences(found, facts.inside)
    told: Block = Listing(sentences) if sentences else Text(sentence("report", "no_sentence"))
    reasons = _never_measured(found)
    if reasons:
        return Section(
            "measures",
            rule.title,
            (Text(f"No session has a value: {'; '.join(reasons)}."), Text(_basis(found), "note")),
        )
    svg = charts.draw(found, facts, norms=True)
    picture = () if svg is None else (Picture(svg, charts.alt_text(found, facts, norms=True), _caption(found, facts)),)
    return Section("measures", rule.title, (told, *picture, _points_table(found), Text(_basis(found), "note")))


def _caption(found: MeasureProgress, facts: ReportFacts) -> str:
    texts = [sentence("progress", "chart")]
    if charts.norm_band(found.measure, facts):
        low, high = charts.BAND_PERCENTILES
        texts.append(for_therapists(sentence("progress", "chart_norms", low=low, high=high)))
    return " ".join(texts)


def _never_measured(found: MeasureProgress) -> tuple[str, ...]:
    """Return the reasons where no session has a value; nothing where one has."""
    measures = [p.measure for p in found.points]
    if any(m is not None and m.value is not None for m in measures):
        return ()
    told = [m.reason for m in measures if m is not None and m.reason]
    return tuple(dict.fromkeys(told)) or ("it was not measured",)


def _points_table(found: MeasureProgress) -> Table:
    rule = REGISTRY[found.measure]
    unit = show_unit(rule.unit)
    head = (
        "Week",
        "Date",
        f"Value{f' ({unit})' if unit else ''}",
        f"n ({rule.n_unit or 'n'})",
        "95 % interval",
        "Used for the verdict",
    )
    rows = tuple(_point_row(point) for point in found.points)
    return Table(rule.title, head, rows, numeric=(0, 2, 3), wide=(5,))


def _point_row(point: ProgressPoint) -> tuple[str, ...]:
    measure = point.measure
    unit = measure.unit if measure else ""
    interval = NONE if point.low is None or point.high is None else show_interval(point.low, point.high, unit)
    used = "yes" if point.left_out is None else f"no: {point.left_out.replace('_', ' ')}"
    if measure is not None and measure.value is None and measure.reason:
        used = f"no value: {measure.reason}"
    return (
        show_week(point.week),
        show_date(point.date),
        show_value(measure.value if measure else None, unit),
        NONE if measure is None or measure.n is None else str(measure.n),
        interval,
        used,
    )


def _basis(found: MeasureProgress) -> str:
    """Return rule, verdict and error source in one line of small letters."""
    rules = dict.fromkeys(p.measure.rule for p in found.points if p.measure is not None)
    error = found.error
    source = (
        "not known" if error is None else "published figures" if error.source == "rule" else "the child's own sessions"
    )
    verdict = found.verdict.replace("_", " ")
    told = f"Rule: {', '.join(rules) or NONE}. Verdict: {verdict}. Error between sessions from: {source}."
    return f"{told} {sentence('progress', 'verdicts')}" if found.chosen else told


def observations(
    session: SessionFacts, kinds: Collection[str] = ("caveat", "seen", "change"), *, or_said: bool = True
) -> tuple[Block, ...]:
    """Return what SDC said about a session, each with its state of review; where it is nothing, that may be said."""
    items = _with_state(insight for insight in session.insights if insight.kind in kinds)
    if items:
        return (Listing(items),)
    return (Text(sentence("report", "no_observation")),) if or_said else ()


def _account(facts: ReportFacts) -> tuple[Section, ...]:
    """Return what else is told of the period; its changes stand with each measure."""
    items = _with_state(insight for insight in facts.for_therapist if insight.kind not in ("change", "caveat"))
    return (Section("period", "The period: strengths, adults, questions", (Listing(items),)),) if items else ()


def _with_state(insights: Iterable[Insight]) -> tuple[str, ...]:
    return tuple(f"{insight.text} ({STATUS[insight.status]})" for insight in insights if insight.status in STATUS)
