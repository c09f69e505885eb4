"""Trends, against cases worked by hand."""

from itertools import combinations
from statistics import median

import numpy as np
import pytest

from sdc.progress import NoTrend, comparable, place, trend
from sdc.session.child import DAYS_PER_MONTH


@pytest.fixture
def sessions(point):
    """Sessions a week apart with these values of mlu_words."""

    def make(values, step=7):
        points = [
            point(f"s{i}", mlu_words=(float(v), 60), date=str(np.datetime64("2026-03-02") + step * i), context="play")
            for i, v in enumerate(values)
        ]
        return comparable(place(points), "mlu_words")

    return make


def test_five_that_rise_one_by_one(sessions):
    found = trend(sessions([2.0, 2.1, 2.3, 2.4, 2.8]))
    assert found.verdict == "increase"
    assert found.tau == pytest.approx(1)
    assert found.p == pytest.approx(2 / 120)  # one of 5! orders, two-sided
    assert found.days == 28


def test_the_slope_is_the_median_of_all_slopes(sessions):
    values = [2.0, 2.5, 2.2, 2.9, 2.4, 3.1]
    slopes = [(b - a) / (7 * (j - i) / DAYS_PER_MONTH) for (i, a), (j, b) in combinations(enumerate(values), 2)]
    found = trend(sessions(values))
    assert found.slope_per_month == pytest.approx(median(slopes))
    assert found.low <= found.slope_per_month <= found.high


def test_falling_and_flat(sessions):
    assert trend(sessions([3.0, 2.9, 2.7, 2.6, 2.2, 2.1])).verdict == "decrease"
    assert trend(sessions([2.0, 2.4, 2.1, 2.3, 2.2, 2.1])).verdict == "no_clear_change"
    flat = trend(sessions([2.0] * 6))
    assert (flat.verdict, flat.slope_per_month, flat.p) == ("no_clear_change", 0, 1)


def test_what_is_no_trend(sessions):
    assert trend(sessions([2.0, 2.1, 2.3, 2.4])).reason is NoTrend.TOO_FEW_SESSIONS
    assert trend(sessions([2.0, 2.1, 2.3, 2.4, 2.5], step=0)).reason is NoTrend.ONE_DAY
    assert trend(sessions([])).verdict == "cannot_tell"


def test_waves_are_worth_fewer_sessions(sessions):
    """Values that hang together are fewer than they look: a slow wave is no trend."""
    wave = list(2 + 0.03 * np.arange(16) + 0.4 * np.sin(np.arange(16) / 2.2))
    found = trend(sessions(wave))
    assert found.autocorrelation > 0.4
    shuffled = trend(sessions([2.5, 2.1, 2.4, 2.9, 2.2, 2.3, 2.8, 2.0, 2.6, 2.7]))
    assert shuffled.autocorrelation is None
    import scipy.stats

    assert found.p > scipy.stats.kendalltau(range(16), wave).pvalue
