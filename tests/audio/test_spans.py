"""Frames inside stretches of time."""

import numpy as np

from sdc.audio.spans import inside
from sdc.session import TimeSpan


def test_inside_and_near():
    times = np.arange(0, 1, 0.1)
    spans = [TimeSpan(200, 400), TimeSpan(350, 450)]
    assert np.flatnonzero(inside(times, spans)).tolist() == [2, 3, 4]
    assert np.flatnonzero(inside(times, spans, 0.15)).tolist() == [1, 2, 3, 4, 5]
    assert not inside(times, []).any()
    assert inside(np.zeros(0), spans).size == 0
