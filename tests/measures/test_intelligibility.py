"""Shares of what was understood."""

import pytest


def test_shares(measured):
    found = measured("CHI: the dog .", "CHI: xxx ball yyy .", "CHI: &=laughs .", "CHI: <xxx> [/] ball .", "CHI: www .")
    utterances, words = found["intelligible_utterances_pct"], found["intelligible_words_pct"]
    assert (utterances.value, utterances.n, utterances.utterances) == (pytest.approx(200 / 3), 3, (0, 1, 3))
    assert (words.value, words.n) == (pytest.approx(400 / 6), 6)


@pytest.mark.parametrize("measure", ["intelligible_utterances_pct", "intelligible_words_pct"])
def test_no_share_of_nothing(measured, measure):
    found = measured("CHI: 0 .", "CHI: www .")[measure]
    assert found.value is None
    assert found.reason
