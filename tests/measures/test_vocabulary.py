"""Words and different words, by FREQ's rules."""

import pytest


def test_counts(measured):
    found = measured("CHI: the dog the Dog xxx .", "CHI: um dogs dogs@o", "MOT: cat .")
    assert [found[m].value for m in ("word_tokens", "word_types")] == [7, 6]
    assert found["ttr"].value == pytest.approx(6 / 7)
    assert {found[m].n for m in ("word_tokens", "word_types", "ttr")} == {7}
    assert found["ttr"].utterances == (0, 1)


def test_no_ratio_without_words(measured):
    found = measured("CHI: xxx .")
    assert (found["ttr"].value, found["ttr"].reason) == (None, "no words")
    assert (found["word_tokens"].value, found["word_types"].value) == (0, 0)
