"""Recordings: the demo child's synthetic speech, and silence."""

from dataclasses import replace

import numpy as np
import pytest

from sdc.audio import SAMPLE_RATE_HZ, Recording, load_recording
from sdc.demo import demo_transcripts


@pytest.fixture(scope="session")
def speech() -> Recording:
    """The first twenty seconds of the demo's first session."""
    whole = load_recording(demo_transcripts()[0].with_suffix(".opus"))
    return replace(whole, samples=whole.samples[: 20 * SAMPLE_RATE_HZ], duration_s=20.0)


@pytest.fixture(scope="session")
def silence() -> Recording:
    return Recording(np.zeros(3 * SAMPLE_RATE_HZ, np.float32), 3.0)
