"""Edges of speech against sounds whose beginnings and ends were planted."""

import runpy
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import IntensityTrack, PitchTrack, sound_tracks
from sdc.audio.edges import refine_edges
from sdc.session import Provenance, TimeSpan

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
BY_HAND = Provenance("by hand", "test", "1")


def tracks(level_db, voiced=()):
    """Make tracks of 10 ms levels; the frames whose numbers are named are voiced."""
    f0 = np.full(len(level_db), np.nan, np.float32)
    f0[list(voiced)] = 200
    times = (np.arange(len(level_db)) + 0.5) * 0.01
    return (
        IntensityTrack(times, np.array(level_db, np.float32), 0.01, BY_HAND),
        PitchTrack(np.arange(len(level_db)) * 0.01, f0, 0.01, BY_HAND),
    )


def refined(spans, level_db, voiced=()):
    found = refine_edges(tuple(TimeSpan(*s) for s in spans), *tracks(level_db, voiced), len(level_db) / 100 - 0.004)
    return [(s.start_ms, s.end_ms) for s in found]


LOUD, NOISE = [-20.0], [-60.0]
SENTENCE = NOISE * 100 + LOUD * 100 + NOISE * 100


def test_edges_move_to_the_level():
    assert refined([(1050, 2090)], SENTENCE) == [(1000, 2000)]
    assert refined([(950, 1960)], SENTENCE) == [(1000, 2000)]


def test_level_reaches_no_further_than_120_ms_outward():
    assert refined([(1300, 2000)], SENTENCE) == [(1180, 2000)]


def test_voice_reaches_further_and_over_consonants():
    assert refined([(1300, 2000)], SENTENCE, [*range(105, 112), *range(118, 130)]) == [(1050, 2000)]


def test_voice_beyond_a_pause_is_not_reached():
    level = NOISE * 90 + LOUD * 10 + NOISE * 20 + LOUD * 80 + NOISE * 100
    assert refined([(1210, 2000)], level, range(90, 100)) == [(1200, 2000)]


def test_a_silence_inside_parts_a_span_a_closure_does_not():
    level = NOISE * 100 + LOUD * 40 + NOISE * 15 + LOUD * 40 + NOISE * 14 + LOUD * 40 + NOISE * 100
    assert refined([(1000, 2490)], level) == [(1000, 1400), (1550, 2490)]


def test_a_click_between_silences_is_no_speech():
    level = NOISE * 100 + LOUD * 40 + NOISE * 20 + LOUD * 4 + NOISE * 20 + LOUD * 40 + NOISE * 100
    assert refined([(1000, 2240)], level) == [(1000, 1400), (1840, 2240)]
    level = NOISE * 100 + LOUD * 40 + NOISE * 20 + LOUD * 5 + NOISE * 20 + LOUD * 40 + NOISE * 100
    assert refined([(1000, 2250)], level) == [(1000, 1400), (1600, 1650), (1850, 2250)]


def test_spans_that_come_to_touch_are_one():
    level = NOISE * 100 + LOUD * 100 + NOISE * 100
    assert refined([(1000, 1400), (1510, 2000)], level) == [(1000, 2000)]


@pytest.mark.parametrize("level", [[-20.0] * 300, [-60.0] * 100 + [-52.0] * 100 + [-60.0] * 100])
def test_edges_stay_where_noise_is_unknown_or_as_loud(level):
    assert refined([(1050, 2090)], level) == [(1050, 2090)]


def test_digital_silence_is_quiet():
    level = [float("nan")] * 100 + LOUD * 100 + [float("nan")] * 100
    assert refined([(970, 2030)], level) == [(1000, 2000)]


def test_nothing_and_the_very_end():
    assert refined([], SENTENCE) == []
    assert refined([(2900, 2980)], LOUD * 100 + NOISE * 190 + LOUD * 10) == [(2900, 2996)]
    assert refined([(1000, 1000)], SENTENCE) == [(1000, 1000)]


def found_pauses(truth, snr_db, record):
    spans = sound_tracks(record(truth.heard(snr_db=snr_db))).speech
    gaps = [(a.end_ms, b.start_ms) for a, b in pairwise(spans)]
    return sum(any(max(abs(g[0] - p[0]), abs(g[1] - p[1])) <= 150 for g in gaps) for p in truth.pauses_ms), len(gaps)


@pytest.mark.parametrize("snr_db", [None, 10])
def test_planted_pauses_are_found(snr_db, record):
    truth = SUITE["pause_truth"](SUITE["CHILD"])
    assert len(truth.pauses_ms) == 34
    n_found, n_gaps = found_pauses(truth, snr_db, record)
    assert n_found >= 32
    assert n_gaps <= 36
