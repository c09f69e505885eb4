"""Diversity of words, each measure beside a slow computation of its own."""

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import exp
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import hypergeom

from sdc.measures.diversity import VOCD_DRAWS, expected_ratios, factors, fitted_d, moving_ratio

ON_WORDS = ("mattr_50", "hd_d", "mtld")
FEW, FEW_WITH_MOR = "fewer than 50 words", "fewer than 50 words on the %mor tier"

texts = st.lists(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=50, max_size=200)


def lines(words):
    return [part for word in words for part in (f"CHI: {word} .", f"%mor: n|{word} .")]


@given(texts, st.integers(1, 50))
def test_moving_ratio(words, window):
    windows = [words[i : i + window] for i in range(len(words) - window + 1)]
    assert moving_ratio(words, window) == pytest.approx(fmean(len(set(part)) / window for part in windows))


@given(texts)
def test_expected_ratios(words):
    for draw, found in zip(VOCD_DRAWS, expected_ratios(words, VOCD_DRAWS), strict=True):
        missing = [hypergeom.pmf(0, len(words), times, draw) for times in Counter(words).values()]
        assert found == pytest.approx(sum(1 - p for p in missing) / draw)


def test_expected_ratio_is_the_mean_over_all_draws():
    words = ["to", "be", "or", "not", "to", "be", "be", "to"]
    draws = [Fraction(len(set(draw)), 4) for draw in combinations(words, 4)]
    assert expected_ratios(words, [4]) == [pytest.approx(float(sum(draws) / len(draws)))]


@given(texts)
def test_fitted_d(words):
    ratios = dict(zip(VOCD_DRAWS, expected_ratios(words, VOCD_DRAWS), strict=True))

    def squares(power):
        d = exp(power)
        return sum((d / n * ((1 + 2 * n / d) ** 0.5 - 1) - ratio) ** 2 for n, ratio in ratios.items())

    slow = minimize_scalar(squares, bounds=(-9, 9), method="bounded", options={"xatol": 1e-9})
    assert fitted_d(ratios) == pytest.approx(exp(slow.x), rel=1e-3)


@pytest.mark.parametrize("d", [0.5, 12.0, 90.0])
def test_d_of_its_own_curve(d):
    assert fitted_d({n: d / n * ((1 + 2 * n / d) ** 0.5 - 1) for n in VOCD_DRAWS}) == pytest.approx(d)


@given(texts)
def test_factors(words):
    whole, start = 0, 0
    for end in range(1, len(words) + 1):
        if len(set(words[start:end])) / (end - start) <= 0.72:
            whole, start = whole + 1, end
    rest = words[start:]
    part = (1 - len(set(rest)) / len(rest)) / 0.28 if rest else 0
    assert factors(words) == pytest.approx(whole + part)


def test_hd_d_and_d_agree(measured):
    """Both tell of the same expectation, so that they put samples in the same order."""
    samples = [lines([f"w{i % kinds}" for i in range(100)]) for kinds in (5, 20, 40, 80)]
    found = [measured(*sample) for sample in samples]
    for measure in ("hd_d", "vocd_d", "mtld", "mattr_50"):
        values = [measures[measure].value for measures in found]
        assert values == sorted(values)
        assert len(set(values)) == 4


def test_values_by_hand(measured):
    found = measured(*lines(["a", "b"] * 25))
    assert found["mattr_50"].value == 2 / 50
    assert found["hd_d"].value == pytest.approx((1 - hypergeom.pmf(0, 50, 25, 42)) * 2 / 42)
    # a b a: two of three are different, fewer than 72 %; 16 such stretches, and a b is left over.
    assert found["mtld"].value == pytest.approx(50 / 16)
    assert {found[m].n for m in (*ON_WORDS, "vocd_d")} == {50}
    assert {found[m].reliability for m in (*ON_WORDS, "vocd_d")} == {"rough"}
    assert found["vocd_d"].utterances == found["mtld"].utterances == tuple(range(50))


def test_mtld_reads_both_ways(measured):
    found = measured(*lines(["a"] * 25 + [f"w{i}" for i in range(25)]))["mtld"]
    # Forward twelve stretches of a a; backward 25 words with 12 times a, then six of a a.
    assert found.value == pytest.approx((50 / 12 + 50 / 7) / 2)


def test_d_is_clans(measured):
    """CLAN's mean over 20 runs of three trials each; the draws are those of its usage text."""
    words = [f"w{i}" for i in range(40) for _ in range(1 + 40 // (i + 1))]
    found = measured(*lines(words))["vocd_d"]
    assert (len(words), found.value) == (198, pytest.approx(11.381, abs=0.03))
    assert [*VOCD_DRAWS] == [*range(35, 51)]


def test_words_as_written_and_base_forms(measured):
    said = [("it's", "pro|it~aux|be"), ("It", "pro|it"), ("cups", "n|cup-PL"), ("cup", "n|cup")] * 25
    found = measured(*[part for word, item in said for part in (f"CHI: {word} .", f"%mor: {item} .")])
    assert (found["hd_d"].n, found["vocd_d"].n) == (100, 125)
    other = measured(*[part.replace("It", "it") for part in [f"CHI: {word} ." for word, _ in said]])
    assert [other[m].value for m in ON_WORDS] == [found[m].value for m in ON_WORDS]
    assert (other["vocd_d"].value, other["vocd_d"].reason) == (None, "no %mor tier")


def test_fewer_than_fifty_have_no_value(measured):
    found = measured(*lines(["a", "b"] * 24), "CHI: a .")
    assert {(found[m].value, found[m].n, found[m].reason) for m in ON_WORDS} == {(None, 49, FEW)}
    assert (found["vocd_d"].value, found["vocd_d"].n, found["vocd_d"].reason) == (None, 48, FEW_WITH_MOR)


def test_no_bound_where_nothing_is_said_twice(measured):
    found = measured(*lines([f"w{i}" for i in range(60)]))
    assert {found[m].reason for m in ("vocd_d", "mtld")} == {"no word was said twice"}
    assert (found["mattr_50"].value, found["hd_d"].value) == (1, pytest.approx(1))
