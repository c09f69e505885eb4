"""Intervals of counts."""

from math import exp, log, sqrt

import numpy as np
import pytest

from sdc.progress.counts import rate_interval


def test_events_that_keep_apart_are_poisson():
    """Ten in ten stretches of ten words: 0.1 · exp(± 1.96 / √10)."""
    low, high = rate_interval([1] * 10, [10] * 10)
    assert low == pytest.approx(0.1 * exp(-1.959964 / sqrt(10)))
    assert high == pytest.approx(0.1 * exp(1.959964 / sqrt(10)))


def test_bursts_are_wider():
    spread = rate_interval([1] * 10, [10] * 10)
    bursts = rate_interval([10, *[0] * 9], [10] * 10)
    assert bursts[1] / bursts[0] > 3 * spread[1] / spread[0]


def test_nothing_happened():
    assert rate_interval([0, 0], [30, 70]) == (0.0, pytest.approx(-log(0.025) / 100))


def test_nothing_could_happen():
    with pytest.raises(ValueError, match="could have happened"):
        rate_interval([0], [0])


def test_it_covers_what_it_should():
    """Of 400 simulated bursty sessions with a true rate of 0.1, about 95 in 100 intervals hold it."""
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        counts = rng.negative_binomial(1.0, 1 / (1 + 1.0), size=150)  # mean 1, variance 2
        low, high = rate_interval(list(counts), [10.0] * 150)
        held += low <= 0.1 <= high
    assert 0.92 <= held / 400 <= 0.98
