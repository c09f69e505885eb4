"""The outline of the waveform."""

import numpy as np
import pytest

from sdc.audio import waveform_peaks


def test_largest_magnitude_of_each_stretch(record):
    samples = np.zeros(16000)
    samples[100], samples[900], samples[15999] = -0.5, 0.25, 1.5
    peaks = waveform_peaks(record(samples))
    assert peaks.hop_s == 0.05
    assert peaks.values.shape == (20,)
    assert peaks.values[[0, 1, 2, 19]] == pytest.approx([0.5, 0.25, 0.0, 1.0])


def test_resolution_is_a_parameter(record):
    assert waveform_peaks(record(np.zeros(16001)), per_second=100).values.shape == (101,)
