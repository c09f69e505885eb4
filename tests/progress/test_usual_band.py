"""The band in which sessions lie while nothing changes."""

from math import sqrt

import numpy as np
import pytest

from sdc.progress import Phases, progress
from sdc.progress.usual_band import usual_band
from sdc.session import Measure


@pytest.fixture
def found(point):
    def find(values, measure="mlu_words", phases=None, unit=None, n=50):
        def value(v):
            return Measure(measure, v, unit, n, f"{measure}.v1") if unit else (v, n)

        points = [
            point(f"s{i}", date=str(np.datetime64("2026-03-02") + 7 * i), context="play", **{measure: value(v)})
            for i, v in enumerate(values)
        ]
        return progress(points, [measure], chosen=[measure], phases=phases)[0]

    return find


def test_around_the_first_three_sessions(found):
    band = usual_band(found([2.0, 2.2, 2.4, 3.0]))
    assert (band.centre, band.k) == (pytest.approx(2.2), 3)
    sem = 0.15 * 3.0  # published: 0.15 of the latest value at 50 utterances
    assert band.high - band.centre == pytest.approx(1.96 * sem * sqrt(1 + 1 / 3), abs=1e-3)
    assert band.centre - band.low == pytest.approx(band.high - band.centre)


def test_around_the_baseline_where_phases_are_stated(found):
    phases = Phases(frozenset({"s0", "s1"}), frozenset({"s2", "s3"}))
    band = usual_band(found([2.0, 3.0, 3.5, 4.0], phases=phases), first=("s0", "s1"))
    assert (band.centre, band.k) == (2.5, 2)


def test_a_share_stays_between_0_and_100(found):
    band = usual_band(found([97.0, 98.0, 96.0], "intelligible_utterances_pct", unit="%"))
    assert band.high == 100
    assert usual_band(found([1.0, 2.0], "maze_words_pct", unit="%", n=200)).low == 0


def test_none_without_an_error_or_a_session_to_begin_with(found):
    assert usual_band(found([2.0, 3.0], "ttr")) is None
    assert usual_band(found([None, None])) is None
    assert usual_band(found([2.0, 3.0]), first=("elsewhere",)) is None
