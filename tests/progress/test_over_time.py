"""Progress in some measures: which verdict is taken, from what, and what stands beside it."""

from math import sqrt

import numpy as np
import pytest

from sdc.progress import MeanChange, Phases, Trend, progress
from sdc.progress.over_time import _verdict

RISING = (2.0, 2.1, 2.3, 2.4, 2.8)


@pytest.fixture
def weekly(point):
    def make(values, measure="mlu_words", n=60, **fields):
        return [
            point(
                f"s{i}",
                date=str(np.datetime64("2026-03-02") + 7 * i),
                **{"context": "play", measure: (None if v is None else float(v), n), **fields},
            )
            for i, v in enumerate(values)
        ]

    return make


def one(points, measure="mlu_words", **more):
    (found,) = progress(points, [measure], **{"chosen": [measure], **more})
    return found


def test_five_sessions_give_a_trend(weekly):
    found = one(weekly(RISING))
    assert (found.basis, found.verdict) == ("trend", "increase")
    assert found.used == ("s0", "s1", "s2", "s3", "s4")


def test_means_see_a_step_that_ranks_do_not(weekly):
    """Of five sessions one out of order hides the trend; the means of two and two lie beyond 1.96 · √SEM²."""
    found = one(weekly([2.0, 1.9, 2.5, 3.3, 3.2]))
    assert found.trend.verdict == "no_clear_change"
    assert (found.basis, found.verdict) == ("means", "increase")
    assert (found.ends.k_first, found.ends.k_second) == (2, 2)
    sems = [0.15 * m * sqrt(50 / 60) for m in (1.95, 3.25)]
    assert found.ends.threshold == pytest.approx(1.96 * sqrt(sems[0] ** 2 / 2 + sems[1] ** 2 / 2), abs=1e-3)


def test_where_means_and_trend_contradict_nothing_is_told():
    rises = Trend("m", "increase", 6)
    falls = MeanChange(3.0, 2.0, -1.0, 0.5, "decrease", 3, 3)
    assert _verdict(rises, None, falls) == ("trend", "no_clear_change")
    assert _verdict(rises, None, None) == ("trend", "increase")


def test_two_sessions_are_held_against_the_error(weekly):
    found = one(weekly([2.0, 2.6]))
    assert (found.basis, found.verdict) == ("two_sessions", "no_clear_change")
    assert one(weekly([2.0, 3.6])).verdict == "increase"


def test_one_session_tells_nothing(weekly):
    assert (one(weekly([2.0])).basis, one(weekly([2.0])).verdict) == ("nothing", "cannot_tell")
    assert one(weekly([])).verdict == "cannot_tell"


def test_six_sessions_bring_the_childs_own_error(weekly):
    assert one(weekly([2.0, 2.1, 2.0, 2.1, 2.0])).error.source == "rule"
    found = one(weekly([2.0, 2.1, 2.0, 2.1, 2.0, 2.1]))
    assert (found.error.source, found.error.n_sessions) == ("own", 6)
    assert found.error.sem < 0.1
    steady = found.points[0]
    assert steady.interval == "between_sessions"
    assert steady.high - steady.low == pytest.approx(2 * found.error.quantile * found.error.sem)


def test_a_value_without_a_known_error_has_no_verdict_from_two_sessions(weekly):
    found = one(weekly([20.0, 60.0], measure="vocd_d"), "vocd_d")
    assert found.verdict == "descriptive"
    assert found.points[0].interval is None


def test_phases(weekly):
    points = weekly([2.0, 2.2, 2.1, 3.0, 3.2, 3.1])
    phases = Phases(frozenset({"s0", "s1", "s2"}), frozenset({"s3", "s4", "s5"}))
    found = one(points, phases=phases)
    assert (found.basis, found.verdict) == ("phases", "increase")
    assert (found.means.first, found.means.second) == (pytest.approx(2.1), pytest.approx(3.1))
    assert found.overlap.nap == 1
    empty = one(points, phases=Phases(frozenset({"s0"}), frozenset()))
    assert (empty.basis, empty.verdict) == ("nothing", "cannot_tell")


def test_three_measures_may_carry_verdicts_the_others_describe(weekly, measure):
    ids = ["mlu_words", "ndw_100", "mattr_50", "vocd_d", "ttr"]
    points = weekly(RISING, **{i: (v, 200) for i, v in zip(ids[1:], (50, 0.5, 40, 0.4), strict=True)})
    found = {m.measure: m for m in progress(points, ids, chosen=ids)}
    assert [m for m in ids if found[m].chosen] == ids[:3]
    assert found["vocd_d"].verdict == "descriptive"
    assert found["mlu_words"].p_adjusted is None


def test_what_was_not_chosen_has_its_p_adjusted(weekly, measure):
    points = [
        p.__class__(
            **{**{f: getattr(p, f) for f in p.__slots__}, "measures": {**p.measures, "ttr": measure("ttr", v, 90)}}
        )
        for p, v in zip(weekly(RISING), RISING, strict=True)
    ]
    both = progress(points, ["mlu_words", "ttr"])
    assert [m.verdict for m in both] == ["descriptive", "descriptive"]
    assert [m.p_adjusted for m in both] == [pytest.approx(4 / 120)] * 2


def test_gaps_stay_in_the_series_with_their_reason(weekly):
    found = one(weekly([2.0, None, 2.2]))
    assert [p.measure.value for p in found.points] == [2.0, None, 2.2]
    assert found.points[1].left_out == "no_value"
    assert (found.points[1].low, found.points[0].left_out) == (None, None)


def test_a_share_stays_between_0_and_100(weekly, measure):
    points = weekly([])
    for i, v in enumerate([2.0, 99.5]):
        share = measure("intelligible_utterances_pct", v, 60)
        points += weekly([2.0], intelligible_utterances_pct=(v, 60))
        points[-1] = points[-1].__class__(
            f"s{i}",
            date=f"2026-03-{2 + 7 * i:02d}",
            measures={
                "intelligible_utterances_pct": share.__class__(
                    **{**{f: getattr(share, f) for f in share.__slots__}, "unit": "%"}
                )
            },
        )
    low, high = one(points, "intelligible_utterances_pct").points
    assert low.low == 0 and high.high == 100
