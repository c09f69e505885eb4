"""The goal report: each goal with its five levels, figures, chart and the sessions they were taken from."""

from dataclasses import replace

import pytest

from sdc.errors import InputError
from sdc.progress.goals import baseline_of, goal_error, make_scale
from sdc.reports import report_document, report_facts
from sdc.reports.building import PLANS
from sdc.reports.charts import Mark, draw
from sdc.reports.document import Facts, Picture, Table, Text
from sdc.reports.figures import show_value
from sdc.reports.parts import show_level
from sdc.session import Goal
from sdc.store.records import Child

UNIT = "words/utterance"


@pytest.fixture(scope="module")
def goal(growing):
    plain = Goal("g1", "c1", "uses longer utterances", "in toy play", "mlu_words", 8.0, "at_least", "2026-12-24")
    error = goal_error(growing.line, plain.measure)
    return baseline_of(growing.line, replace(plain, scale=make_scale(plain, error)), ("s0", "s1"))


@pytest.fixture(scope="module")
def with_goals(stored, goal):
    longer = ["", "", " yes", " yes and no", " yes and no and so on", " yes and no and so on and on"]
    sessions = stored(6, n_lines=56, extra=longer)
    closed = replace(goal, id="g2", behaviour="uses two words", is_open=False, closed_at="2026-03-20T10:00:00.000Z")
    return report_facts(Child("c1", "Mia"), sessions, ("mlu_words",), goals=[goal, closed], made_on="2026-11-25")


def by_title(document):
    return {section.title: section.blocks for section in document.sections}


def test_a_goal_stands_with_all_its_figures(with_goals, goal):
    (standing,) = with_goals.standings
    blocks = by_title(report_document(with_goals, "slp", "goals"))["Goal: uses longer utterances"]
    rows = dict(next(b for b in blocks if isinstance(b, Facts)).rows)
    assert rows["Baseline"] == show_value(goal.baseline, UNIT)
    now = f"{show_value(standing.mean, UNIT)} ± {show_value(standing.margin, UNIT)}"
    assert rows["Now"] == f"{now} (mean of 3 of 3 sessions)"
    assert rows["Criterion"] == "at least 8.00" and rows["Due"] == "24 December 2026"
    assert rows["Level"] == show_level(standing.level)


def test_five_levels_and_the_one_that_is_reached(with_goals, goal):
    (standing,) = with_goals.standings
    blocks = by_title(report_document(with_goals, "slp", "goals"))["Goal: uses longer utterances"]
    levels = next(b for b in blocks if isinstance(b, Table) and b.title.startswith("Levels"))
    assert [row[0] for row in levels.rows] == ["−2", "−1", "0", "+1", "+2"]
    shown = [show_value(value, UNIT) for value in goal.scale]
    assert [row[1] for row in levels.rows] == [f"under {shown[1]}", *(f"from {value}" for value in shown[1:])]
    assert [row[0] for row in levels.rows if row[3] == "now"] == [show_level(standing.level)]


def test_the_evidence_is_the_sessions_behind_baseline_and_now(with_goals, goal):
    (standing,) = with_goals.standings
    blocks = by_title(report_document(with_goals, "slp", "goals"))["Goal: uses longer utterances"]
    evidence = next(b for b in blocks if isinstance(b, Table) and b.title.startswith("Evidence"))
    values = {p.point.session_id: p.point.measures["mlu_words"].value for p in with_goals.line}
    expected = [("baseline", i) for i in goal.baseline_sessions] + [("now", i) for i in standing.used]
    assert [(row[0], row[4]) for row in evidence.rows] == [(r, show_value(values[i], UNIT)) for r, i in expected]


def test_the_chart_has_baseline_and_criterion_in_words_too(with_goals, goal):
    blocks = by_title(report_document(with_goals, "slp", "goals"))["Goal: uses longer utterances"]
    picture = next(b for b in blocks if isinstance(b, Picture))
    assert f"Lines: criterion 8.00, baseline {show_value(goal.baseline, UNIT)}." in picture.alt
    plain = draw(with_goals.progress[0], with_goals, norms=False)
    assert picture.svg != plain
    assert draw(with_goals.progress[0], with_goals, norms=False, marks=[Mark(8.0, "criterion 8.00")]) != plain


def test_closed_goals_can_be_left_out(with_goals):
    assert "Goals that were closed" in by_title(report_document(with_goals, "slp", "goals"))
    assert "Goals that were closed" not in by_title(report_document(with_goals, "slp", "goals", chosen=()))


def test_without_a_goal_it_says_so(facts):
    blocks = by_title(report_document(facts(1), "slp", "goals"))["Child and period"]
    assert any(isinstance(b, Text) and b.text == "No goal is open." for b in blocks)


@pytest.mark.parametrize("kind", list(PLANS))
def test_every_section_that_can_be_chosen_is_there_and_can_be_left_out(growing, with_goals, kind):
    found = replace(growing, standings=with_goals.standings, closed=with_goals.closed)
    every = {s.key for s in report_document(found, "slp", kind).sections}
    assert set(PLANS[kind].optional) <= every
    fewest = {s.key for s in report_document(found, "slp", kind, chosen=()).sections}
    assert fewest == every - set(PLANS[kind].optional) and "signature" in fewest


def test_a_section_that_is_none_is_refused(facts):
    with pytest.raises(InputError, match="'mood' is no section") as refused:
        report_document(facts(1), "slp", "progress", chosen=("sessions", "mood"))
    assert refused.value.code == "report.section"
