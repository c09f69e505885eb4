"""Masking goals are answered with advice; others pass."""

import pytest

from sdc.companion import lint_wording
from sdc.companion.goal_wording import _rules, masking_advice


@pytest.mark.parametrize(
    ("text", "measure", "direction"),
    [
        ("Makes eye contact. At dinner", "turns", "at_least"),
        ("fewer scripts", "mlu_words", "at_least"),
        ("reducing echoes in play", "mlu_words", "at_least"),
        ("speaks normally", "mlu_words", "at_least"),
        ("talks like other children", "mlu_words", "at_least"),
        ("keeps quiet hands", "mlu_words", "at_least"),
        ("uses own words", "echo_partial_pct", "at_most"),
    ],
)
def test_masking(text, measure, direction):
    assert "no goal here" in masking_advice(text, measure, direction)


@pytest.mark.parametrize(
    ("text", "measure", "direction"),
    [
        ("uses longer utterances. In free play", "mlu_words", "at_least"),
        ("joins in with phrases", "echo_partial_pct", "at_least"),
        ("fewer fillers", "maze_words_pct", "at_most"),
    ],
)
def test_others_pass(text, measure, direction):
    assert masking_advice(text, measure, direction) is None


def test_the_advice_itself_is_well_worded():
    for rule in _rules().values():
        assert lint_wording(rule["advice"]) == []
