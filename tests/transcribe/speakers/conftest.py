"""Dialogues of the demo's: who speaks is known by the bullets."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from sdc.audio import SAMPLE_RATE_HZ, Recording, load_recording
from sdc.demo import demo_transcripts
from sdc.formats import read_path

PER_MS = SAMPLE_RATE_HZ // 1000


@dataclass(frozen=True, eq=False)
class Dialogue:
    """A recording, and who speaks at each millisecond: CHI, MOT, or nobody (overlaps too)."""

    recording: Recording
    who: np.ndarray

    def alone(self, code: str) -> Recording:
        """Return all that one of them says."""
        n = self.who.size * PER_MS
        samples = self.recording.samples[:n][np.repeat(self.who == code, PER_MS)]
        return Recording(samples, samples.size / SAMPLE_RATE_HZ)


def _read_dialogue(week: int, seconds: int) -> Dialogue:
    path = demo_transcripts()[week - 1]
    samples = load_recording(path.with_suffix(".opus")).samples[: seconds * SAMPLE_RATE_HZ]
    who = np.full(seconds * 1000, "   ")
    for utterance in read_path(path).utterances:
        part = who[utterance.span.start_ms : utterance.span.end_ms]
        part[:] = np.where(part == "   ", utterance.speaker, "???")
    return Dialogue(Recording(samples, samples.size / SAMPLE_RATE_HZ), who)


@pytest.fixture(scope="session")
def read_dialogue() -> Callable[[int, int], Dialogue]:
    """Return a reader of the first seconds of a week."""
    return _read_dialogue


@pytest.fixture(scope="session")
def week1() -> Dialogue:
    return _read_dialogue(1, 40)


@pytest.fixture(scope="session")
def week2() -> Dialogue:
    return _read_dialogue(2, 40)
