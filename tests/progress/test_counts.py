"""Intervals of counts and ratios of rates: against scipy, hand-worked cases and simulated children."""

from math import exp, log, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, norm

from sdc.progress.counts import count_interval, dispersion, rate_interval, rate_ratio


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


def test_one_count_by_hand():
    """Twelve with α = .24: 12 · exp(± 1.96 · √(1 / 12 + .24))."""
    half = 1.959964 * sqrt(1 / 12 + 0.24)
    assert count_interval(12, 0.24) == (pytest.approx(12 * exp(-half)), pytest.approx(12 * exp(half)))


@pytest.mark.parametrize("alpha", [0.05, 0.24, 1.0, 2.93])
def test_no_event_leaves_a_chance_of_one_in_forty(alpha):
    low, high = count_interval(0, alpha)
    assert low == 0
    assert nbinom.pmf(0, 1 / alpha, 1 / (1 + alpha * high)) == pytest.approx(0.025)


def test_no_event_of_a_poisson_is_its_limit():
    assert count_interval(0, 1e-9)[1] == pytest.approx(count_interval(0, 0)[1], rel=1e-6)


def test_dispersion_finds_the_planted_one():
    """80,000 draws of scipy's negative binomial with α = .3."""
    means = np.tile([4.0, 12.0], 40_000)
    counts = nbinom.rvs(1 / 0.3, 1 / (1 + 0.3 * means), random_state=5)
    assert dispersion(list(counts), list(means)) == pytest.approx(0.3, abs=0.01)
    assert dispersion([1, 1, 1, 1], [1, 1, 1, 1]) == 0


def test_two_sessions_by_hand():
    """10 in 500 words, 30 in 500, α = .1: r = .04; variance .04 · 2 / 500 + 2 · .1 · .04²."""
    found = rate_ratio([(10, 500)], [(30, 500)], 0.1)
    assert (found.first, found.second, found.ratio) == (0.02, 0.06, pytest.approx(3.0))
    assert found.threshold == pytest.approx(1.959964 * sqrt(0.04 * 2 / 500 + 2 * 0.1 * 0.04**2))


def test_without_bursts_it_is_the_binomial_of_the_sum():
    """Wilson's interval of 30 of 40, worked out with the textbook's formula, as odds."""
    found, z = rate_ratio([(10, 500)], [(30, 500)], 0.0), norm.ppf(0.975)
    centre, half = (0.75 + z**2 / 80) / (1 + z**2 / 40), z / (1 + z**2 / 40) * sqrt(0.75 * 0.25 / 40 + z**2 / 6400)
    low, high = centre - half, centre + half
    assert (found.low, found.high) == (pytest.approx(low / (1 - low)), pytest.approx(high / (1 - high)))


counts = st.integers(0, 60)
exposures = st.floats(100, 3000)


@given(counts, counts, exposures, exposures, st.floats(0, 3))
def test_threshold_and_interval_say_the_same(count_1, count_2, exposure_1, exposure_2, alpha):
    found = rate_ratio([(count_1, exposure_1)], [(count_2, exposure_2)], alpha)
    beyond = abs(found.difference) / found.threshold
    if count_1 + count_2 and abs(beyond - 1) > 1e-6:
        assert (found.low <= 1 <= (found.high or np.inf)) is (beyond < 1)
    back = rate_ratio([(count_2, exposure_2)], [(count_1, exposure_1)], alpha)
    assert back.threshold == pytest.approx(found.threshold)
    assert back.difference == pytest.approx(-found.difference)


def test_zeros():
    assert rate_ratio([(0, 500)], [(0, 300)], 0.2).ratio is None
    risen = rate_ratio([(0, 500)], [(40, 500)], 0.1)
    assert (risen.ratio, risen.high) == (None, None)
    assert risen.low > 1
    assert abs(risen.difference) > risen.threshold


def test_several_sessions_tell_more_than_one():
    one = rate_ratio([(12, 400)], [(16, 400)], 0.24)
    three = rate_ratio([(4, 133), (4, 133), (4, 134)], [(5, 133), (5, 133), (6, 134)], 0.24)
    assert three.threshold < one.threshold
    assert three.difference == pytest.approx(one.difference)


@pytest.mark.parametrize(("mean", "alpha"), [(2, 0.5), (5, 0.35), (12, 0.24), (90, 0.1)])
def test_unchanged_children_are_rarely_told_a_change(mean, alpha):
    """Of 4,000 pairs of scipy's negative binomial with one rate, at most 5 % differ by more than the threshold."""
    rng = np.random.default_rng(11)
    sizes = rng.uniform(0.6, 1.4, (4000, 2))
    drawn = nbinom.rvs(1 / alpha, 1 / (1 + alpha * mean * sizes), random_state=rng)
    found = [rate_ratio([(a, e)], [(b, f)], alpha) for (a, b), (e, f) in zip(drawn, sizes, strict=True)]
    beyond = np.array([r.difference / r.threshold for r in found])
    assert (np.abs(beyond) > 1).mean() < 0.055
    assert (beyond > 1).mean() < 0.03
