"""Words and different words, by FREQ's rules; base forms by FREQ's and KIDEVAL's."""

from itertools import pairwise

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


def test_lemmas_take_contractions_apart(measured):
    found = measured(
        "CHI: it's my cups .", "%mor: pro:per|it~cop|be&3S det:poss|my n|cup-PL .", "CHI: a cup xxx .",
        "%mor: det:art|a n|cup .", "CHI: no .", "MOT: yes .", "%mor: co|yes .",
    )  # fmt: skip
    assert (found["lemma_tokens"].value, found["lemma_types"].value) == (6, 5)
    assert (found["lemma_types"].n, found["lemma_types"].utterances) == (6, (0, 1))


@pytest.mark.parametrize("measure", ["lemma_tokens", "lemma_types"])
def test_no_lemma_without_mor_unless_nothing_was_said(measured, measure):
    found = measured("CHI: cups .", "MOT: yes .", "%mor: co|yes .")[measure]
    assert (found.value, found.reason) == (None, "no %mor tier")
    assert measured("CHI: 0 .", "MOT: yes .", "%mor: co|yes .")[measure].value == 0


def counting(n, *, first=0):
    """Return lines of one word each, all different."""
    return [part for i in range(first, first + n) for part in (f"CHI: w{i} .", f"%mor: n|w{i} .")]


def test_different_words_in_the_first_hundred(measured):
    found = measured(
        "CHI: it's .", "%mor: pro|it~cop|be&3S .", *counting(97), "CHI: it .", "%mor: pro|it .", *counting(9)
    )
    assert (found["ndw_100"].value, found["ndw_100"].n) == (99, 100)
    assert found["ndw_100"].utterances == tuple(range(99))


def test_the_hundredth_word_may_stand_within_a_line(measured):
    found = measured(*counting(99), "CHI: it's .", "%mor: pro|it~cop|be&3S .")["ndw_100"]
    assert (found.value, found.n) == (100, 100)


def test_fewer_than_a_hundred_have_no_value(measured):
    found = measured(*counting(99))["ndw_100"]
    assert (found.value, found.n, found.reason) == (None, 99, "fewer than 100 words on the %mor tier")
    assert found.utterances == tuple(range(99))
    assert measured("CHI: cup .")["ndw_100"].reason == "no %mor tier"


@pytest.mark.parametrize("aside", ["out . [+ exc]", "out www .", "www [/] out ."])
def test_kideval_leaves_lines_out(measured, aside):
    found = measured(f"CHI: {aside}", "%mor: adv|out .", *counting(100))["ndw_100"]
    assert (found.value, found.utterances[0]) == (100, 1)


def test_compounds_for_kideval(measured):
    found = measured("CHI: pancake .", "%mor: n|pancake .", "CHI: pancake .", "%mor: n|+n|pan+n|cake .", *counting(98))
    assert (found["ndw_100"].value, found["lemma_types"].value) == (99, 100)


def test_one_more_utterance_lowers_no_count(measured):
    said = ["it~aux|be", "cup-PL", "cup", "+n|pan+n|cake", "run^v|run", "it", "www", "pancake"] * 3
    lines = [part for item in said for part in (f"CHI: {'cup' if item != 'www' else 'www'} .", f"%mor: n|{item} .")]
    counts = [
        [measured(*lines[:end])[m].value for m in ("word_tokens", "word_types", "lemma_tokens", "lemma_types")]
        for end in range(2, len(lines) + 1, 2)
    ]
    assert all(one <= two for before, after in pairwise(counts) for one, two in zip(before, after, strict=True))
    assert counts[-1] == [21, 1, 24, 6]
