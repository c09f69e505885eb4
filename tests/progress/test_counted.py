"""Counted measures over sessions: compared as rates, with intervals from counts, never by their length."""

from math import exp, sqrt

import numpy as np
import pytest

from sdc.measures import REGISTRY
from sdc.progress import COUNT_RULES, CountError, Phases, Reason, compare, error_between, place, progress
from sdc.session import Measure


@pytest.fixture
def weekly(point):
    """Sessions a week apart: ``weekly([(10, 400), (20, 380)])``, events and words."""

    def make(found, measure="td_total", **fields):
        return [
            point(
                f"s{i}",
                date=str(np.datetime64("2026-03-02") + 7 * i),
                context="play",
                **{measure: (float(count), n)},
                **fields,
            )
            for i, (count, n) in enumerate(found)
        ]

    return make


def one(points, measure="td_total", **more):
    (found,) = progress(points, [measure], **{"chosen": [measure], **more})
    return found


def test_the_table_is_of_counts():
    units = {REGISTRY[m].unit for m in COUNT_RULES}
    assert units == {"occurrences", "marks", "turns", "utterances"}
    assert all(rule.source for rule in COUNT_RULES.values())
    assert all(rule.exposure != "words" or REGISTRY[m].n_unit == "words" for m, rule in COUNT_RULES.items())


def test_a_longer_recording_alone_is_no_change(weekly):
    """Thrice the events in thrice the words."""
    first, second = weekly([(20, 400), (60, 1200)])
    found = compare(first, second, "td_total")
    assert (found.verdict, found.difference) == ("no_clear_change", 0)
    assert (found.rates.first, found.rates.second, found.rates.ratio) == (5, 5, 1)
    assert found.rates.low < 1 < found.rates.high


def test_a_change_of_the_rate_is_told(weekly):
    """1 and 20 for each hundred words with α = .24: r = 10.5, threshold 1.96 · √(10.5 · 2 / 4 + 2 · .24 · 10.5²)."""
    first, second = weekly([(4, 400), (80, 400)])
    found = compare(first, second, "td_total")
    assert found.threshold == pytest.approx(1.959964 * sqrt(10.5 / 2 + 2 * 0.24 * 10.5**2))
    assert (found.verdict, found.difference) == ("increase", 19)
    assert found.rates.low > 1
    assert compare(second, first, "td_total").verdict == "decrease"


def test_the_same_counts_in_fewer_words_are_another_rate(weekly):
    first, second = weekly([(40, 2000), (40, 200)])
    assert compare(first, second, "td_total").verdict == "increase"


@pytest.mark.parametrize(
    ("found", "reason"),
    [([(4, 400), (9, 80)], Reason.TOO_FEW), ([(4, 400), (None, 80)], Reason.NO_VALUE)],
)
def test_what_cannot_be_compared(point, found, reason):
    first, second = (point(f"s{i}", td_total=pair) for i, pair in enumerate(found))
    assert compare(first, second, "td_total").reason is reason


def test_nobody_has_measured_it(weekly):
    first, second = weekly([(1, 400), (9, 400)], "blocks")
    found = compare(first, second, "blocks")
    assert (found.verdict, found.reason) == ("descriptive", Reason.NO_ERROR_FIGURE)
    assert one([first, second], "blocks").points[0].interval is None


def test_intervals_are_of_the_count(weekly):
    points = one(weekly([(12, 400), (0, 400)])).points
    half = 1.959964 * sqrt(1 / 12 + 0.24)
    assert (points[0].low, points[0].high) == (pytest.approx(12 * exp(-half)), pytest.approx(12 * exp(half)))
    assert points[1].low == 0 < points[1].high < 10
    assert {p.interval for p in points} == {"negative_binomial"}


def test_six_sessions_bring_the_childs_own_dispersion(weekly):
    steady = [(20, 400), (30, 600), (21, 420), (24, 480), (26, 520), (22, 440)]
    five, six = one(weekly(steady[:5])), one(weekly(steady))
    assert (five.count_error.source, six.count_error.source) == ("rule", "own")
    assert (six.count_error.dispersion, six.count_error.n_sessions) == (0, 6)
    assert six.count_error.quantile == pytest.approx(2.776, abs=1e-3)  # Student's t, 4 degrees of freedom
    assert six.error is None
    assert error_between(place(weekly(steady)), "td_total") == six.count_error
    burst = one(weekly([(2, 400), (60, 400), (5, 400), (90, 400), (1, 400), (40, 400)]))
    assert burst.count_error.dispersion > 0.5


def test_trend_and_means_are_of_rates(weekly):
    """Ever longer recordings at one rate do not rise; ever more events in as many words do."""
    longer = one(weekly([(10 * k, 200 * k) for k in range(1, 7)]))
    assert (longer.verdict, longer.trend.slope_per_month) == ("no_clear_change", 0)
    assert longer.ends.difference == pytest.approx(0)
    more = one(weekly([(10 * k, 400) for k in range(1, 8)]))
    assert more.verdict == "increase"
    assert more.trend.slope_per_month == pytest.approx(2.5 * 365.25 / 12 / 7)


def test_phases_are_of_rates(weekly):
    points = weekly([(8, 400), (16, 800), (9, 400), (60, 400), (130, 800), (64, 400)])
    phases = Phases(frozenset({"s0", "s1", "s2"}), frozenset({"s3", "s4", "s5"}))
    found = one(points[:3] + points[3:], phases=phases)
    assert (found.basis, found.verdict) == ("phases", "increase")
    assert (found.means.first, found.means.second) == (pytest.approx(33 / 16), pytest.approx(254 / 16))
    assert found.overlap.nap == 1
    longer = one(weekly([(8, 400), (8, 400), (80, 4000), (80, 4000)]), phases=Phases({"s0", "s1"}, {"s2", "s3"}))
    assert longer.verdict == "no_clear_change"


def test_turns_are_counted_in_minutes(point):
    turns = [
        point(f"s{m}", date=f"2026-03-{m:02d}", context="play", turns=(20.0 * m, 20 * m), minutes=float(m))
        for m in (5, 6, 7, 8, 9, 12)
    ]
    found = one(turns, "turns")
    assert (found.count_error.source, found.verdict) == ("own", "no_clear_change")
    assert found.comparison.rates.first == pytest.approx(20)
    unknown = [point("a", turns=(80.0, 80)), point("b", turns=(200.0, 200))]
    assert compare(*unknown, "turns").reason is Reason.DEPENDS_ON_LENGTH
    short = compare(turns[0], point("c", context="play", turns=(40.0, 40), minutes=2.0), "turns")
    assert short.reason is Reason.TOO_FEW


def test_a_short_sample_is_left_out(weekly):
    points = one(weekly([(4, 400), (2, 60)])).points
    assert [p.left_out for p in points] == [None, "too_few"]


def test_where_counts_tell_nothing_no_interval_is_told(weekly):
    found = one(weekly([(0, 400), (0, 400), (90, 400), (0, 400), (0, 400), (0, 400)]))
    assert found.count_error.dispersion > 1
    assert {p.interval for p in found.points} == {None}


def test_other_errors_are_not_of_counts(point):
    first, second = (point(s, mlu_words=(v, 60)) for s, v in (("a", 2.0), ("b", 2.1)))
    with pytest.raises(AssertionError):
        compare(first, second, "mlu_words", own=CountError("rule", 0.2))
    assert isinstance(first.measures["mlu_words"], Measure)


@pytest.mark.parametrize("n_unit", ["utterances", "words", "questions", "replies", "answers", "pauses"])
def test_proportions_have_wilsons_interval(point, measure, n_unit):
    share = Measure("question_followed_pct", 25.0, "%", 40, "question_followed_pct.v1", n_unit=n_unit)
    drawn = one([point("s", question_followed_pct=share)], "question_followed_pct").points[0]
    assert (drawn.interval, drawn.low, drawn.high) == (
        "wilson",
        pytest.approx(14.19, abs=0.01),
        pytest.approx(40.19, abs=0.01),
    )


def test_a_share_of_what_is_no_things_has_none(point):
    share = Measure("child_turn_share", 50.0, "%", 40, "child_turn_share.v2", n_unit="turns")
    assert one([point("s", child_turn_share=share)], "child_turn_share").points[0].interval is None
