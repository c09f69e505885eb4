"""Two phases, against cases worked by hand."""

from math import sqrt

import pytest

from sdc.progress import SessionError
from sdc.progress.phases import PLAIN_VARIANT, TAU_VARIANT, mean_change, overlap


def test_pairs_counted_by_hand():
    """A 2 3 4, B 4 5 6: of nine pairs eight rise and one is even."""
    found = overlap([3, 2, 4], [4, 5, 6])
    assert found.nap == pytest.approx(8.5 / 9)
    assert found.tau == pytest.approx(8 / 9)
    assert found.pnd == pytest.approx(2 / 3)
    assert found.variant == PLAIN_VARIANT
    assert not found.firm


def test_p_is_exact():
    """Complete separation of 5 and 5: two of the 252 ways to choose."""
    found = overlap([1, 3, 2, 5, 4], [10, 8, 7, 9, 6])
    assert found.nap == 1 and found.firm
    assert found.p == pytest.approx(2 / 252)


def test_a_rising_baseline_is_taken_off():
    """S of A against B is 25, of A itself 10: (25 − 10) / 25."""
    found = overlap([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])
    assert found.variant == TAU_VARIANT
    assert found.baseline_p == pytest.approx(2 / 120)
    assert found.tau == pytest.approx(15 / 25)


def test_no_difference():
    found = overlap([2, 2, 2], [2, 2, 2])
    assert (found.nap, found.tau, found.p, found.baseline_p) == (0.5, 0, 1, None)


def test_three_sessions_each():
    assert overlap([1, 2], [3, 4, 5]) is None
    assert overlap([1, 2, 3], [4, 5]) is None


def test_means_of_three_clips_bring_the_error_down():
    """MEASURES, section 5, rule 3: three clips of 50 utterances bring about 1.0 word down to about 0.57."""
    error = SessionError("rule", 0.36, 50)
    one = mean_change([2.1], [2.8], (error, error), (50, 50))
    three = mean_change([2.0, 2.1, 2.2], [2.7, 2.8, 2.9], (error, error), (50, 50))
    assert one.threshold == pytest.approx(1.0, abs=0.01)
    assert three.threshold == pytest.approx(0.576, abs=0.005)
    assert (one.verdict, three.verdict) == ("no_clear_change", "increase")
    assert mean_change([2.7, 2.8, 2.9], [2.0, 2.1, 2.2], (error, error), (50, 50)).verdict == "decrease"


def test_the_smallest_sample_of_a_phase_decides():
    error = SessionError("own", 0.36, 50, quantile=2.8)
    found = mean_change([2.0], [3.0], (error, error), (25, 50))
    assert found.threshold == pytest.approx(2.8 * sqrt(2 * 0.36**2 + 0.36**2))
