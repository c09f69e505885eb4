"""Two voices at once: planted by laying one line of the demo over another."""

import numpy as np
import pytest

from sdc.audio import SAMPLE_RATE_HZ, Recording
from sdc.transcribe.speakers import VoiceDiarizer
from sdc.transcribe.speakers.features import voice_frames
from sdc.transcribe.speakers.overlap import overlapped

PER_MS = SAMPLE_RATE_HZ // 1000


def stretches(dialogue, code):
    """Return the stretches in which one of them speaks alone, of a second or more."""
    edges = np.flatnonzero(np.diff(dialogue.who == code, prepend=False, append=False)).reshape(-1, 2)
    return [(a, b) for a, b in edges.tolist() if b - a >= 1000]


def planted(dialogue, n=6):
    """Lay lines of the child over lines of the mother; return the recording and where that is, by ms."""
    samples, where = dialogue.recording.samples.copy(), np.zeros(dialogue.who.size, bool)
    mother, child = stretches(dialogue, "MOT"), stretches(dialogue, "CHI")
    for (start, end), (first, last) in list(zip(mother[1::2], child, strict=False))[:n]:
        length = min(end - start, last - first)
        part = slice(start * PER_MS, (start + length) * PER_MS)
        samples[part] += dialogue.recording.samples[first * PER_MS : (first + length) * PER_MS]
        where[start : start + length] = True
    return Recording(samples, dialogue.recording.duration_s), where


def told(segments, n):
    """Return where it is said that both are heard, by ms."""
    found = np.zeros(n, int)
    for segment in segments:
        if segment.overlap:
            found[segment.span.start_ms : segment.span.end_ms] += 1
    return found


@pytest.fixture(scope="module")
def long(read_dialogue):
    return read_dialogue(1, 80)


def test_planted_overlaps_are_found_and_little_else_is(long):
    recording, where = planted(long)
    segments = VoiceDiarizer(2).diarize(recording).segments
    assert {s.overlap for s in segments} == {True, None}  # what is not heard as one is not said to be none
    found = told(segments, long.who.size)
    spoken = (long.who == "MOT") | (long.who == "CHI")
    assert where.sum() > 5000
    assert set(np.unique(found)) == {0, 2}  # each voice has a segment of its own there
    hit, false = (found[where] > 0).mean(), (found[spoken & ~where] > 0).mean()
    assert hit > 0.2
    assert false < 0.03
    assert hit > 10 * false


def test_without_overlaps_hardly_any_is_told(long):
    found = told(VoiceDiarizer(2).diarize(long.recording).segments, long.who.size)
    spoken = (long.who == "MOT") | (long.who == "CHI")
    assert (found[spoken] > 0).mean() < 0.03


def test_of_three_voices_no_overlap_is_told(week1):
    assert {s.overlap for s in VoiceDiarizer(3).diarize(week1.recording).segments} == {None}


def test_of_a_voice_that_is_hardly_heard_nothing_is_told(week1):
    frames = voice_frames(week1.recording)
    owner = np.where(frames.clear, 0, -1)
    assert not overlapped(week1.recording.samples, frames, owner).any()
    owner[np.flatnonzero(owner == 0)[:50]] = 1
    assert not overlapped(week1.recording.samples, frames, owner).any()
