"""What a language model is shown of a figure: people's words, the unit, a sign where one matters."""

import re
from pathlib import Path

import pytest

import sdc
from sdc.companion import ask
from sdc.companion.evidence_rows import ALONE, KINDS, figure_row
from sdc.companion.wordbook import measure_words
from sdc.demo import CHILD, QUESTION, demo_transcripts
from sdc.progress import SessionPoint
from sdc.session import Answer, Evidence

COMPANION = Path(sdc.__file__).parent / "companion"
QUESTIONS = (QUESTION, "How has the vocabulary grown?", "How did prolongations change over time?", "mlu over time?")


@pytest.fixture(scope="module")
def points():
    sessions = [(path.stem, sdc.read(path)) for path in demo_transcripts()]
    return [SessionPoint.of(name, s, sdc.analyze(s).speakers["CHI"].measures) for name, s in sessions]


def row(measure, value, *others, n=None):
    evidence = [Evidence(f"e{i}", "s", measure=m, value=v, n=n) for i, (m, v) in enumerate([(measure, value), *others])]
    return figure_row(evidence[0], Answer("?", "", "descriptive", None, (), tuple(evidence), "rules"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_figure_of_an_answer_is_in_words(points, question):
    answer = ask(question, points, child=CHILD)
    rows = [figure_row(e, answer) for e in answer.evidence if e.quote is None]
    assert len(rows) > 3
    for shown in rows:
        assert not re.search(r"[_.]|\bper month\b|mdc|^mean ", shown["what"]), shown


def test_each_figure_that_the_rules_cite_has_words():
    """Found in the source, so that a new figure without words fails here."""
    source = "".join(path.read_text(encoding="utf-8") for path in COMPANION.glob("*.py") if "rows" not in path.name)
    source = source.replace("{CHANGE}", ".change").replace("{name}_per_month", "low_per_month")
    behind = set(re.findall(r'\{(?:comparison|found|goal)?\.?measure(?:_id)?\}\.([a-z_.0-9]+)"', source))
    behind |= set(re.findall(r'f?"\.([a-z_]+(?:\.[a-z0-9_]+)?)": ', source))
    alone = set(re.findall(r'box\.figure\([^"]*?, f?"([a-z_.]+)"', source)) - {"mlu_words.minimum"}
    assert len(behind) >= 12 and behind <= set(KINDS)
    assert len(alone) >= 5 and alone == set(ALONE)


def test_the_end_of_a_range_keeps_its_sign():
    low = row("mlu_words.low_per_month.change", -0.44)
    assert (low["value"], row("mlu_words.high_per_month.change", 1.05)["value"]) == (
        "−0.44 words a month",
        "1.05 words a month",
    )
    assert row("mlu_words.change", -0.44)["value"] == "0.44 words"  # the verdict says which way


def test_levels_are_levels_and_amounts_are_amounts():
    assert row("maze_words_pct.mean_first", 21.41)["value"] == "21.4 %"
    assert row("maze_words_pct.means.change", -12.27)["value"] == "12.3 percentage points"
    assert row("mlu_words.goal_criterion", 4.0)["value"] == row("mlu_words", 4.0)["value"]
    assert row("mlu_words.recordings.minimum", 5.0)["value"] == "5 recordings"
    assert row("mlu_words.minimum", 50.0)["value"] == f"50 {measure_words('mlu_words').counts}"


def test_counted_measures_are_told_by_length():
    assert row("prolongations.rate", 1.25)["value"] == "1.25 for each 100 words"
    assert row("prolongations.mean_first", 1.25)["value"] == "1.25 for each 100 words"
    assert row("prolongations.per", 100.0)["value"] == "100 words"


def test_a_difference_is_told_apart_from_its_error():
    pair = (("mlu_words.means.change", 0.4444), ("mlu_words.means.mdc95", 0.4441))
    assert row(*pair[0], pair[1])["value"] == "0.4444 words"
    assert row(*pair[1], pair[0])["value"] == "0.4441 words"
    assert row("mlu_words.slope_per_month.change", 0.0004)["value"] == "0.0004 words a month"  # not 0
