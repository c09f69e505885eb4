"""Syllables by vowel groups."""

import pytest

from sdc.measures.syllables import n_syllables


@pytest.mark.parametrize(
    ("word", "n"),
    [
        ("dog", 1), ("mommy", 2), ("banana", 3), ("make", 1), ("the", 1), ("table", 2), ("whale", 1), ("little", 2),
        ("thank_you", 2), ("choo+choo", 2), ("bye-bye", 2), ("don't", 1), ("hmm", 1), ("5", 1), ("I", 1), ("tree", 1),
        ("Café", 2), ("elephant", 3),
    ],
)  # fmt: skip
def test_counts(word, n):
    assert n_syllables(word) == n
