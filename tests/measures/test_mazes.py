"""Fillers and mazes, by hand."""

import pytest


@pytest.mark.parametrize(
    ("text", "fillers", "mazes", "n"),
    [
        ("the dog ran .", 0, 0, 3),
        ("&-um the dog .", 1, 1, 3),
        ("um the dog .", 1, 1, 3),
        ("the &+d dog .", 0, 1, 3),
        ("<the cat> [//] the dog .", 0, 2, 4),
        ("<the &-um &+c> [//] the dog .", 1, 3, 5),
        ("the [/] the dog &=laughs &~gaga .", 0, 1, 3),
        ("gonna [: going to] [//] go .", 0, 1, 2),
        ("&-um .", 1, 1, 1),
    ],
)
def test_shares(measured, text, fillers, mazes, n):
    found = measured(f"CHI: {text}")
    assert found["filler_words_pct"].value == pytest.approx(100 * fillers / n)
    assert found["maze_words_pct"].value == pytest.approx(100 * mazes / n)
    assert found["maze_words_pct"].n == found["filler_words_pct"].n == n


def test_no_share_without_words(measured):
    found = measured("CHI: &=laughs .")["maze_words_pct"]
    assert (found.value, found.reason) == (None, "no words")
