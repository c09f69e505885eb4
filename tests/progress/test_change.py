"""Verdicts against cases worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.progress import ERROR_RULES, Caveat, Reason, SessionPoint, compare
from sdc.session import Measure

PLAY = {"context": "free play"}


def verdict(point, measure_id, one, two, **contexts):
    first = point("s1", **{measure_id: one}, **contexts.get("first", PLAY))
    second = point("s2", **{measure_id: two}, **contexts.get("second", PLAY))
    return compare(first, second, measure_id)


@pytest.mark.parametrize(
    ("one", "two", "threshold", "expected"),
    [
        # 1.96 · √2 · 0.15 · 2.5 = 1.0394
        ((2.0, 50), (3.0, 50), 1.0394, "no_clear_change"),
        ((2.0, 50), (3.2, 50), 1.0810, "increase"),
        ((3.2, 50), (2.0, 50), 1.0810, "decrease"),
        # 25 utterances: √2 times as much; the smaller sample decides
        ((2.0, 25), (3.0, 400), 1.4699, "no_clear_change"),
        # 200 utterances: 0.075 would be below the floor of 0.10
        ((2.0, 200), (2.7, 200), 0.6514, "increase"),
        ((2.0, 200), (2.6, 200), 0.6375, "no_clear_change"),
        ((2.0, 50), (2.0, 50), 0.8315, "no_clear_change"),
    ],
)
def test_mlu(point, one, two, threshold, expected):
    found = verdict(point, "mlu_words", one, two)
    assert found.verdict == expected
    assert found.threshold == pytest.approx(threshold, abs=6e-4)
    assert found.difference == pytest.approx(two[0] - one[0])
    assert found.n == min(one[1], two[1])
    assert found.reason is None


@pytest.mark.parametrize("n", [50, 100, 400])
def test_mlu_error_is_of_the_size_that_was_measured(point, n):
    """MDC95 in % of the mean: the rows of Flusberg and Sarah for 50 and 100 utterances and whole sessions."""
    measured = {50: (47, 41), 100: (34, 33), 400: (28, 27)}[n]
    share = 100 * verdict(point, "mlu_words", (2.5, n), (2.5, n)).threshold / 2.5
    assert all(0.75 * m <= share <= 1.25 * m for m in measured)


def test_mlu_samples(point):
    assert verdict(point, "mlu_words", (2.0, 24), (9.0, 50)).reason is Reason.TOO_FEW
    assert verdict(point, "mlu_words", (2.0, 25), (9.0, 50)).caveats == (Caveat.ROUGH,)
    assert verdict(point, "mlu_words", (2.0, 50), (9.0, 50)).caveats == ()
    assert verdict(point, "mlu_words", (2.0, None), (9.0, 50)).reason is Reason.TOO_FEW


def test_mazes_in_long_sessions_need_5_points(point):
    """As n grows the sampling error goes and the measured 5.2 points stay."""
    found = verdict(point, "maze_words_pct", (4.0, 10**8), (9.3, 10**8))
    assert found.threshold == pytest.approx(5.2, abs=0.01)
    assert found.verdict == "increase"
    assert verdict(point, "maze_words_pct", (4.0, 10**8), (9.1, 10**8)).verdict == "no_clear_change"


def test_mazes_in_short_sessions_need_more(point):
    """20 of 100 and 5 of 100 words.

    Wilson: 20 of 100 → .1334 to .2888; 5 of 100 → .0215 to .1118. Newcombe, the upper end of
    .05 − .20: √((.1118 − .05)² + (.20 − .1334)²) = .0909. Together √(5.2² + 9.09²) = 10.47 points.
    """
    found = verdict(point, "maze_words_pct", (20.0, 100), (5.0, 100))
    assert found.threshold == pytest.approx(10.47, abs=0.02)
    assert found.verdict == "decrease"
    assert found.caveats == (Caveat.ROUGH,)
    assert verdict(point, "maze_words_pct", (14.0, 100), (5.0, 100)).verdict == "no_clear_change"
    assert verdict(point, "maze_words_pct", (20.0, 99), (5.0, 100)).reason is Reason.TOO_FEW


@pytest.mark.parametrize(
    ("measure_id", "one", "two", "expected"),
    [
        ("ndw_100", (40, 100), (59, 100), "no_clear_change"),
        ("ndw_100", (40, 100), (60, 100), "increase"),
        ("mattr_50", (0.60, 150), (0.78, 150), "no_clear_change"),
        ("mattr_50", (0.60, 150), (0.80, 150), "increase"),
        ("intelligible_utterances_pct", (70, 50), (89, 50), "no_clear_change"),
        ("intelligible_utterances_pct", (70, 50), (91, 50), "increase"),
        # 40 utterances: below the 50 behind the figure, so wider than 20 points
        ("intelligible_utterances_pct", (70, 40), (91, 40), "no_clear_change"),
        ("echo_partial_pct", (40, 100_000), (30, 100_000), "decrease"),
    ],
)
def test_other_measures(point, measure_id, one, two, expected):
    assert verdict(point, measure_id, one, two).verdict == expected


def test_a_measure_without_a_known_error_is_described(point):
    found = verdict(point, "f0_median", (300, 60), (250, 60))
    assert (found.verdict, found.reason, found.difference) == ("descriptive", Reason.NO_ERROR_FIGURE, -50)
    assert found.threshold is None


@pytest.mark.parametrize(
    ("one", "two", "first", "second", "reason"),
    [
        ((None, 0), (2.0, 50), {}, {}, Reason.NO_VALUE),
        ((2.0, 50), (math.nan, 50), {}, {}, Reason.NO_VALUE),
        ((2.0, 50), (5.0, 50), {"context": "Free play."}, {"context": "book reading"}, Reason.OTHER_CONTEXT),
        ((2.0, 50), (5.0, 50), {"recognised": True}, {}, Reason.OTHER_WRITER),
    ],
)
def test_what_cannot_be_compared(point, one, two, first, second, reason):
    found = verdict(point, "mlu_words", one, two, first=first, second=second)
    assert (found.verdict, found.reason) == ("cannot_tell", reason)
    assert found.threshold is None


def test_no_measure_is_no_value(point):
    assert compare(point("s1"), point("s2", mlu_words=(2.0, 50)), "mlu_words").reason is Reason.NO_VALUE


def test_same_session(point):
    one = point("s1", mlu_words=(2.0, 50))
    assert compare(one, one, "mlu_words").reason is Reason.SAME_SESSION


def test_other_rule(point, measure):
    two = measure("mlu_words", 5.0, 50, rule="mlu_words.v2")
    assert verdict(point, "mlu_words", (2.0, 50), two).reason is Reason.OTHER_RULE


def test_the_measures_own_word_on_its_sample_counts(point, measure):
    two = measure("mlu_words", 5.0, 50, reliability="too_few")
    assert verdict(point, "mlu_words", (2.0, 50), two).reason is Reason.TOO_FEW
    two = measure("f0_median", 250.0, 3, reliability="too_few")
    assert verdict(point, "f0_median", (300.0, 60), two).reason is Reason.TOO_FEW


def test_a_recogniser_says_nothing_about_hesitations(point):
    heard = {"first": {"recognised": True}, "second": {"recognised": True}}
    assert verdict(point, "maze_words_pct", (20.0, 500), (2.0, 500), **heard).reason is Reason.RECOGNISED
    assert verdict(point, "mlu_words", (2.0, 50), (5.0, 50), **heard).verdict == "increase"


@pytest.mark.parametrize("context", [None, "", "a long story of how the morning went before they began to play"])
def test_a_situation_that_is_no_label_is_unknown(point, context):
    found = verdict(point, "mlu_words", (2.0, 50), (5.0, 50), first=PLAY, second={"context": context})
    assert found.verdict == "increase"
    assert found.caveats == (Caveat.CONTEXT_UNKNOWN,)


def test_every_rule_names_its_source_and_holds_together():
    for rule in ERROR_RULES.values():
        assert len(rule.source) > 20
        assert 0 < rule.minimum_n <= rule.firm_n
        assert (rule.mdc95 > 0) == (rule.kind != "relative")


@given(
    st.sampled_from([*ERROR_RULES, "f0_median"]),
    st.tuples(st.floats(0, 100), st.integers(0, 2000)),
    st.tuples(st.floats(0, 100), st.integers(0, 2000)),
)
def test_a_change_is_beyond_its_error_and_turns_round(measure_id, one, two):
    def session(session_id, pair):
        return SessionPoint(session_id, measures={measure_id: Measure(measure_id, pair[0], "u", pair[1], "r.v1")})

    there = compare(session("a", one), session("b", two), measure_id)
    back = compare(session("b", two), session("a", one), measure_id)
    turned = {"increase": "decrease", "decrease": "increase"}
    assert back.verdict == turned.get(there.verdict, there.verdict)
    if there.threshold is not None:
        assert math.isfinite(there.threshold)
        assert (abs(there.difference) > there.threshold) == (there.verdict in turned)
