"""Where a value lies among other children's, and when it has no place."""

from dataclasses import replace

import pytest

from sdc.measures.norms import COLUMNS, OTHER_RULE, find_norm, is_toy_play, norms, place_value
from sdc.session import Age, Measure, Participant, Session

GIRL = Participant("CHI", "Target_Child", age=Age(3, 2, 10))
PLAY = Session("x.cha", languages=("eng",), participants=(GIRL,), context="toy play")


def mlu(value: float | None = 2.9, id: str = "mlu_words", **more) -> Measure:
    return Measure(id, value, "words/utterance", 60, f"{id}.v1", **more)


@pytest.mark.parametrize(
    ("value", "above", "below"),
    [(1.0, None, 5), (1.81, 5, 10), (1.9, 5, 10), (2.84, 50, 75), (3.98, 75, 90), (3.99, 90, None), (9.0, 90, None)],
)
def test_a_place_between_percentiles(value, above, below):
    placed = place_value(mlu(value), PLAY, "CHI")
    assert (placed.above, placed.below, placed.reason) == (above, below, None)
    assert (placed.norm.age_band, placed.norm.mean, placed.norm.n_children) == ("3;00-3;05", 2.92, 164)


@pytest.mark.parametrize(
    ("session", "measure", "why"),
    [
        (replace(PLAY, context=None), mlu(), "situation"),
        (replace(PLAY, context="telling a story"), mlu(), "situation"),
        (replace(PLAY, context="they play with the toys that his aunt sent"), mlu(), "situation"),
        (replace(PLAY, languages=("fra",)), mlu(), "English"),
        (replace(PLAY, languages=()), mlu(), "English"),
        (replace(PLAY, participants=(replace(GIRL, age=None),)), mlu(), "age"),
        (replace(PLAY, participants=(replace(GIRL, age=Age(3)),)), mlu(), "age"),
        (replace(PLAY, participants=(replace(GIRL, age=Age(9, 0)),)), mlu(), "no norms for this age"),
        (replace(PLAY, participants=(replace(GIRL, role="Mother"),)), mlu(), "target child"),
        (replace(PLAY, participants=()), mlu(), "target child"),
        (PLAY, mlu(None, reason="no words"), "no value"),
        (PLAY, mlu(reliability="too_few"), "too small"),
        (PLAY, mlu(id="mlu_morphemes"), "older rule"),
    ],
)
def test_no_place_where_things_differ(session, measure, why):
    placed = place_value(measure, session, "CHI")
    assert placed.norm is None
    assert why in placed.reason


def test_a_measure_without_norms():
    assert place_value(mlu(id="ttr"), PLAY, "CHI") is None


def test_bands_meet_and_cover_one_and_a_half_to_six():
    bands = sorted({n.months for n in norms() if n.measure == "mlu_words"})
    assert [low for low, _ in bands[1:]] == [high for _, high in bands[:-1]]
    assert (bands[0][0], bands[-1][1]) == (18, 72)
    assert find_norm("mlu_words", 17.99) is None
    assert find_norm("mlu_words", 23.99).age_band == "1;06-1;11"
    assert find_norm("mlu_words", 72.0) is None


def test_the_data_are_whole():
    assert {n.measure for n in norms()} == set(COLUMNS)
    for norm in norms():
        values = [value for _, value in norm.percentiles]
        assert values == sorted(values)
        assert [p for p, _ in norm.percentiles] == [5, 10, 25, 50, 75, 90]
        assert norm.sd > 0
    assert not set(COLUMNS) & set(OTHER_RULE)


@pytest.mark.parametrize(("context", "is_play"), [("toy play", 1), ("play with mother", 1), ("Free Play", 1), ("", 0),
                                                  ("display", 0), ("picnic", 0), (None, 0)])  # fmt: skip
def test_what_is_play(context, is_play):
    assert is_toy_play(context) == bool(is_play)
