"""Time codes: who speaks alone, where speech is, who answers whom."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.measures.times import (
    alone,
    clip,
    cut_out,
    deliveries,
    gap_ms,
    heard_in,
    line_syllables,
    merged,
    own_spans,
    said_span,
    transitions,
)
from sdc.session import TimeSpan

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda p: TimeSpan(p[0], p[0] + p[1])))


def spans(*pairs):
    return tuple(TimeSpan(*pair) for pair in pairs)


def covered(pieces):
    return {ms for s in pieces for ms in range(s.start_ms, s.end_ms)}


def test_merged_joins_what_touches_and_small_gaps():
    assert merged(spans((5, 8), (0, 3), (3, 4))) == spans((0, 4), (5, 8))
    assert merged(spans((0, 3), (252, 300), (550, 600)), gap_ms=250) == spans((0, 300), (550, 600))
    assert merged(spans((0, 9), (2, 4))) == spans((0, 9))


@given(SPANS, SPANS)
def test_cut_out_leaves_exactly_the_rest(own, others):
    left = cut_out(own, merged(others))
    assert covered(left) == covered(own) - covered(others)
    assert all(s.start_ms < s.end_ms for s in left)


@given(SPANS, st.integers(0, 40))
def test_clip_leaves_exactly_the_inside(some, start):
    window = TimeSpan(start, start + 20)
    assert covered(clip(merged(some), window)) == covered(some) & set(range(start, start + 20))


def test_alone(sample):
    lines = ("CHI: a dog . 0_1000", "MOT: yes . 800_2000", "CHI: oh . 1900_3000", "MOT: &=laughs . 2500_2600")
    assert alone(sample(*lines)) == spans((0, 800), (2000, 2500), (2600, 3000))


def test_lines_without_speech_or_times_are_not_the_speakers(sample):
    child = sample("CHI: &=cries . 0_1000", "CHI: dog .", "CHI: cat . 5_5")
    assert own_spans(child) == alone(child) == ()


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("the [/] the &-um &+b balloon .", 6),
        ("xxx ball .", None),
        ("<xxx> [/] ball .", None),
        ("ball &=laughs .", None),
        ("[- spa] hola .", None),
        ("0 .", 0),
    ],
)
def test_line_syllables(sample, text, n):
    assert line_syllables(sample(f"CHI: {text}").lines[0]) == n


@pytest.mark.parametrize(
    ("speech", "expected"),
    [
        ([(1100, 1400), (1500, 1900)], [(1100, 1400), (1500, 1900)]),
        ([(801, 1400), (1500, 2199)], [(801, 1400), (1500, 2199)]),  # cut a little too narrow
        ([(800, 1400), (1500, 2200)], [(1000, 1400), (1500, 2000)]),  # the neighbour's speech joins
        ([(500, 1199), (1801, 2500)], []),  # the neighbours' ends
        ([(500, 1200), (1800, 2500)], [(1000, 1200), (1800, 2000)]),
        ([(900, 1050), (1950, 2040)], [(1950, 2040)]),  # more of it outside than inside
        ([(0, 3000)], [(1000, 2000)]),
        ([(0, 900), (2000, 3000)], []),
    ],
)
def test_speech_that_belongs_to_a_time_code(speech, expected):
    assert heard_in(TimeSpan(1000, 2000), spans(*speech)) == spans(*expected)


def test_deliveries(sample, tracks):
    sound = tracks(10, [(100, 600), (700, 1200), (1450, 1900), (3000, 5200), (7000, 7500)])
    child = sample(
        "CHI: a big dog . 0_2000",
        "CHI: and a cat . 4000_5000",
        "MOT: yes . 4900_5100",
        "CHI: where ? 6000_6500",
        "CHI: there . 6900_7300",
    )
    found = deliveries(child, sound)
    assert [(d.line.index, d.speech) for d in found] == [
        (0, spans((100, 1200), (1450, 1900))),
        (4, spans((7000, 7300))),
    ]
    assert (found[0].pauses_ms, found[0].talk_ms, found[0].speech_ms) == ((250,), 1800, 1550)


def test_an_utterance_of_which_too_little_was_heard(sample, tracks):
    """Three syllables take 0.3 s at least."""
    line = "CHI: a balloon . 0_2000"
    enough, little = (tracks(10, [(500, end)]) for end in (800, 799))
    child = sample(line)
    assert [d.speech for d in deliveries(child, enough)] == [spans((500, 800))]
    assert said_span(child.lines[0], enough) == TimeSpan(500, 800)
    assert deliveries(child, little) == ()
    assert said_span(child.lines[0], little) == TimeSpan(0, 2000)


def test_transitions(sample):
    child = sample(
        "MOT: what ? 0_1000",
        "CHI: dog . 1500_2000",
        "CHI: &=laughs . 2000_2100",
        "MOT: yes . 1900_2500",
        "MOT: www .",
        "CHI: no . 3000_3100",
        "CHI: oh .",
        "MOT: go . 4000_4100",
    )
    assert [(a.index, b.index, gap_ms(a, b)) for a, b in transitions(child)] == [(0, 1, 500), (1, 3, -100)]
