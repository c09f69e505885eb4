"""The goal report, for therapists: each goal with baseline, now, criterion, date, five levels, chart and evidence."""

from __future__ import annotations

from sdc.measures import REGISTRY
from sdc.progress import MeasureProgress
from sdc.progress.goals import LEVELS, Standing, t_score
from sdc.reports import charts, parts
from sdc.reports.document import Block, Facts, Picture, Section, Table, Text
from sdc.reports.facts import ReportFacts
from sdc.reports.figures import NONE, show_date, show_unit, show_value, show_week
from sdc.reports.words import sentence


def goals_sections(facts: ReportFacts) -> tuple[Section, ...]:
    """Return the sections of a goal report."""
    return (
        Section("child", "Child and period", (parts.identity(facts), *_overall(facts))),
        *(_goal_section(standing, facts) for standing in facts.standings),
        *_closed(facts),
        parts.signature(),
    )


def _overall(facts: ReportFacts) -> tuple[Block, ...]:
    if not facts.standings:
        return (Text(sentence("goals", "none")),)
    found = t_score(facts.standings)
    texts = [sentence("goals", "all_sessions")]
    if found is not None:
        texts.append(sentence("goals", "t_score", value=f"{found:.1f}"))
    return (Text(" ".join(texts), "note"),)


def _goal_section(standing: Standing, facts: ReportFacts) -> Section:
    goal = standing.goal
    blocks: list[Block] = [Facts(_rows(standing))]
    if goal.scale:
        blocks.append(_levels(standing))
    found = next((m for m in facts.progress if m.measure == goal.measure), None)
    if found is not None:
        blocks += _chart(found, standing, facts)
    blocks.append(_evidence(standing, facts))
    return Section("goals", f"Goal: {goal.behaviour}", tuple(blocks))


def _rows(standing: Standing) -> tuple[tuple[str, str], ...]:
    goal = standing.goal
    rule = REGISTRY[goal.measure]
    unit = show_unit(rule.unit)
    now = parts.show_now(standing)
    if standing.mean is not None:
        now += f" (mean of {standing.n_sessions} of {goal.sessions} sessions)"
    rows = (
        ("When and with whom", goal.condition),
        ("Measure", f"{rule.title}{f' ({unit})' if unit else ''}"),
        ("Baseline", show_value(goal.baseline, rule.unit)),
        ("Now", now),
        ("Criterion", parts.show_criterion(goal)),
        ("Due", show_date(goal.due)),
        ("Level", parts.show_level(standing.level) if goal.scale else ""),
        ("Status", parts.show_status(standing)),
    )
    return tuple((name, value) for name, value in rows if value)


def _levels(standing: Standing) -> Table:
    """Return the five levels of goal attainment scaling; the one that is reached is named in words."""
    goal, unit = standing.goal, REGISTRY[standing.goal.measure].unit
    side, before = ("from", "under") if goal.sign > 0 else ("down to", "over")
    # The lowest level is reached by whatever is short of the next one.
    shown = [f"{before} {show_value(goal.scale[1], unit)}"]
    shown += [f"{side} {show_value(edge, unit)}" for edge in goal.scale[1:]]
    rows = tuple(
        (
            parts.show_level(level),
            value,
            sentence("goals", f"level_{'m' if level < 0 else ''}{abs(level)}"),
            "now" if level == standing.level else "",
        )
        for level, value in zip(LEVELS, shown, strict=True)
    )
    return Table(f"Levels of the goal: {goal.behaviour}", ("Level", "Value", "Meaning", "Reached"), rows, wide=(2,))


def _chart(found: MeasureProgress, standing: Standing, facts: ReportFacts) -> tuple[Block, ...]:
    goal, unit = standing.goal, REGISTRY[standing.goal.measure].unit
    marks = [charts.Mark(goal.criterion, f"criterion {show_value(goal.criterion, unit)}")]
    if goal.baseline is not None:
        marks.append(charts.Mark(goal.baseline, f"baseline {show_value(goal.baseline, unit)}"))
    svg = charts.draw(found, facts, norms=False, marks=marks)
    if svg is None:
        return ()
    alt = charts.alt_text(found, facts, norms=False) + f" Lines: {', '.join(mark.label for mark in marks)}."
    return (Picture(svg, alt, sentence("goals", "chart")),)


def _evidence(standing: Standing, facts: ReportFacts) -> Block:
    """Return the sessions that baseline and mean were taken from, each with its value and n."""
    goal, unit = standing.goal, REGISTRY[standing.goal.measure].unit
    roles = dict.fromkeys(goal.baseline_sessions, "baseline") | dict.fromkeys(standing.used, "now")
    rows = []
    for placed in facts.line:
        measure = placed.point.measure(goal.measure)
        if placed.point.session_id in roles:
            value, n = (None, None) if measure is None else (measure.value, measure.n)
            role, day = roles[placed.point.session_id], show_date(placed.point.date)
            cells = (role, show_week(placed.week), day, placed.point.context or "not told")
            rows.append((*cells, show_value(value, unit), NONE if n is None else str(n)))
    if not rows:
        return Text(sentence("goals", "no_evidence"))
    rule = REGISTRY[goal.measure]
    head = ("Used for", "Week", "Date", "Situation", "Value", f"n ({rule.n_unit or 'n'})")
    return Table(f"Evidence: {goal.behaviour}", head, tuple(rows), numeric=(1, 4, 5), wide=(3,))


def _closed(facts: ReportFacts) -> tuple[Section, ...]:
    if not facts.closed:
        return ()
    rows = tuple(
        (
            f"{s.goal.behaviour}; {s.goal.condition}",
            REGISTRY[s.goal.measure].title,
            parts.show_criterion(s.goal),
            show_date((s.goal.closed_at or "")[:10]),
        )
        for s in facts.closed
    )
    head = ("Goal", "Measure", "Criterion", "Closed")
    return (Section("closed", "Goals that were closed", (Table("Goals that were closed", head, rows, wide=(0, 1)),)),)
