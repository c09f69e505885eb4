"""The error between sessions, against regression by another library and cases worked by hand."""

from math import sqrt

import pytest
from scipy.stats import linregress, t

from sdc.progress import ERROR_RULES, SessionError
from sdc.progress.change import mdc95
from sdc.progress.session_error import OWN_SESSIONS, own_error, rule_error, sampling_error
from sdc.session import Measure

DAYS = [0.0, 7.0, 14.0, 28.0, 35.0, 42.0, 49.0]
VALUES = [2.0, 2.3, 2.1, 2.6, 2.4, 2.9, 2.5]


def test_own_error_is_the_spread_around_the_line(measure):
    found = own_error(DAYS, [measure("mlu_words", v, 60) for v in VALUES])
    line = linregress(DAYS, VALUES)
    left = [v - line.intercept - line.slope * d for d, v in zip(DAYS, VALUES, strict=True)]
    assert found.sem == pytest.approx(sqrt(sum(r * r for r in left) / 5))
    assert found.quantile == pytest.approx(t.ppf(0.975, 5))
    assert (found.source, found.n, found.n_sessions) == ("own", 60, 7)


def test_growth_along_a_line_is_no_error(measure):
    found = own_error(DAYS, [measure("mlu_words", 2 + d / 50, 60) for d in DAYS])
    assert found.sem == pytest.approx(0, abs=1e-9)
    assert own_error(DAYS, [measure("mlu_words", 2 + d / 50, 60) for d in DAYS], floor=0.1).sem == 0.1


def test_six_sessions_are_needed_and_a_sample_each(measure):
    def of(n):
        return own_error(DAYS[:n], [measure("mlu_words", v, 60) for v in VALUES[:n]])

    assert of(OWN_SESSIONS - 1) is None
    assert of(OWN_SESSIONS) is not None
    assert own_error([3.0] * 7, [measure("mlu_words", v, 60) for v in VALUES]) is None
    assert own_error(DAYS, [measure("mlu_words", v, 0) for v in VALUES]) is None


def test_a_short_session_pulls_less(measure):
    """A far-off value on a quarter of the utterances counts half as far off."""
    values = [*VALUES[:6], 4.0]
    long = own_error(DAYS, [measure("mlu_words", v, 60) for v in values])
    short = own_error(DAYS, [measure("mlu_words", v, 15 if v == 4.0 else 60) for v in values])
    assert short.sem < 0.75 * long.sem


def test_smaller_samples_have_larger_errors_and_larger_ones_no_smaller():
    error = SessionError("own", 0.3, 50)
    assert error.at(12) == pytest.approx(0.3 * sqrt(50 / 12))
    assert error.at(50) == error.at(500) == 0.3


@pytest.mark.parametrize(("n", "share"), [(50, 0.15), (25, 0.15 * sqrt(2)), (200, 0.10)])
def test_the_rule_for_mlu(measure, n, share):
    found = rule_error(ERROR_RULES["mlu_words"], measure("mlu_words", 2.0, n))
    assert found.sem == pytest.approx(2.0 * share)


@pytest.mark.parametrize("measure_id", ["mlu_words", "ndw_100", "maze_words_pct"])
def test_two_sessions_by_their_errors_are_what_compare_says(measure, measure_id):
    """1.96 · √(SEM² + SEM²) is MDC95 where both sessions are alike."""
    one = measure(measure_id, 30.0, 10**6 if measure_id == "maze_words_pct" else 100)
    found = rule_error(ERROR_RULES[measure_id], one)
    assert found.quantile * sqrt(2) * found.sem == pytest.approx(mdc95(ERROR_RULES[measure_id], one, one), rel=0.01)


def test_sampling_errors_of_the_textbook(measure):
    assert sampling_error(measure("mlu_words", 2.0, 64, sd=1.6)) == pytest.approx(0.2)
    share = Measure("x_pct", 20.0, "%", 100, "x_pct.v1", n_unit="words")
    assert sampling_error(share) == pytest.approx(4.0)
    assert sampling_error(measure("ndw_100", 40.0, 100)) == 0
    assert sampling_error(measure("mlu_words", None, 0)) == 0


def test_sessions_that_agree_by_luck_are_not_taken_to_be_exact(point, measure):
    from sdc.progress import own_session_error, place

    length = measure("mlu_words", 2.0, 64, sd=1.6)
    points = [point(f"s{i}", date=f"2026-03-{1 + i:02d}", context="play", mlu_words=length) for i in range(6)]
    assert own_session_error(place(points), "mlu_words").sem == pytest.approx(0.2)
