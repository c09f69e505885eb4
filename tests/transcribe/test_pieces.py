"""Long recordings go to some engines in pieces; no sample is lost or heard twice."""

import numpy as np

from sdc.audio import SAMPLE_RATE_HZ, Recording
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.transcribe.pieces import moved, pieces


def test_the_pieces_are_the_whole(speech):
    cuts = list(pieces(speech, piece_s=8.0, look_back_s=3.0))
    assert len(cuts) == 3
    assert [a for a, _ in cuts[1:]] == [b for _, b in cuts[:-1]]
    assert (cuts[0][0], cuts[-1][1]) == (0, speech.samples.size)
    assert all(5 * SAMPLE_RATE_HZ <= b - a <= 8 * SAMPLE_RATE_HZ for a, b in cuts[:-1])


def test_it_is_cut_where_it_is_quiet():
    samples = np.random.default_rng(1).normal(0, 0.1, 6 * SAMPLE_RATE_HZ).astype(np.float32)
    samples[int(2.8 * SAMPLE_RATE_HZ) : int(3.2 * SAMPLE_RATE_HZ)] *= 0.001
    (_, cut), _ = pieces(Recording(samples, 6.0), piece_s=4.0, look_back_s=2.0)
    assert 2.9 <= cut / SAMPLE_RATE_HZ <= 3.1


def test_short_ones_stay_whole_and_nothing_has_no_pieces(silence):
    assert list(pieces(silence, piece_s=3.0, look_back_s=1.0)) == [(0, 3 * SAMPLE_RATE_HZ)]
    assert list(pieces(Recording(np.zeros(0, np.float32), 0.0), piece_s=3.0, look_back_s=1.0)) == []


def test_times_move_and_what_has_none_keeps_none():
    words = (RecognisedWord(" a", 0.5, None, 0.9),)
    assert moved(RecognisedSegment("a", 0.5, 1.0, words), 60.0) == RecognisedSegment(
        "a", 60.5, 61.0, (RecognisedWord(" a", 60.5, None, 0.9),)
    )
