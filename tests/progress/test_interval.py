"""Intervals of proportions against published figures and SciPy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm

from sdc.progress.interval import Z_95, newcombe, wilson


def test_z():
    assert pytest.approx(norm.ppf(0.975)) == Z_95


@given(st.integers(1, 2000), st.data())
def test_wilson_is_scipys(n, data):
    k = data.draw(st.integers(0, n))
    expected = binomtest(k, n).proportion_ci(method="wilson")
    assert wilson(k / n, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(
    ("k_1", "n_1", "k_2", "n_2", "low", "high"),
    [
        # The examples of Newcombe 1998, Stat Med 17:873, method 10 (p1 - p2 there, so the order is turned round)
        (48, 80, 56, 70, 0.0524, 0.3339),
        (3, 10, 9, 10, 0.1705, 0.8090),
        (0, 10, 10, 10, 0.6075, 1.0000),
    ],
)
def test_newcombe_is_newcombes(k_1, n_1, k_2, n_2, low, high):
    assert newcombe(k_1 / n_1, n_1, k_2 / n_2, n_2) == pytest.approx((low, high), abs=5e-5)


def test_newcombe_turns_round():
    low, high = newcombe(0.1, 50, 0.3, 80)
    assert newcombe(0.3, 80, 0.1, 50) == pytest.approx((-high, -low))
