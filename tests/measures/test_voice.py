"""Pitch and loudness on made-up tracks."""

import numpy as np
import pytest

from sdc.measures.frames import without_jumps

PITCH = ("f0_median", "f0_sd_st", "f0_range_st")


def test_pitch_of_a_steady_voice(measured, tracks):
    found = measured("CHI: a dog . 0_4000", sound=tracks(6, f0=lambda t: 300))
    assert found["f0_median"].value == pytest.approx(300)
    assert found["f0_sd_st"].value == found["f0_range_st"].value == pytest.approx(0)
    assert (found["f0_median"].n, found["f0_median"].reliability) == (4, "too_few")
    assert found["f0_median"].utterances == (0,)
    assert [(s.start_ms, s.end_ms) for s in found["f0_median"].spans] == [(0, 4000)]
    assert [p.step for p in found["f0_median"].provenance] == ["pitch"]


def test_spread_in_semitones(measured, tracks):
    # Half of the time one semitone below 300 Hz, half of it one above; the median is one of the two.
    low, high = 300 * 2 ** (-1 / 12), 300 * 2 ** (1 / 12)
    sound = tracks(10, f0=lambda t: low if t < 5 else high)
    found = measured("CHI: a dog . 0_10000", sound=sound)
    assert found["f0_sd_st"].value == pytest.approx(1, abs=0.01)
    assert found["f0_range_st"].value == pytest.approx(2, abs=0.01)


def test_only_where_nobody_else_speaks(measured, tracks):
    sound = tracks(6, f0=lambda t: 120 if 1 <= t < 2 else 300)
    found = measured("CHI: a dog . 0_3000", "MOT: yes . 1000_2000", sound=sound)
    assert found["f0_median"].value == pytest.approx(300)
    assert found["f0_range_st"].value == pytest.approx(0)
    assert [(s.start_ms, s.end_ms) for s in found["f0_median"].spans] == [(0, 1000), (2000, 3000)]


@pytest.mark.parametrize(("seconds", "reliability"), [(9.2, "too_few"), (10.1, "rough"), (29.2, "rough"), (30.1, "ok")])
def test_reliability(measured, tracks, seconds, reliability):
    found = measured(f"CHI: a dog . 0_{round(seconds * 1000)}", sound=tracks(40, f0=lambda t: 300))
    assert found["f0_median"].reliability == reliability


def test_octave_jumps_are_left_out():
    f0 = np.array([300, 300, 150, 300, np.nan, 310, 620.0])
    assert np.isfinite(without_jumps(f0)).tolist() == [True, False, False, False, False, False, False]


def test_a_slip_of_the_tracker_does_not_widen_the_range(measured, tracks):
    sound = tracks(4, f0=lambda t: 75 if 1 <= t < 1.02 else 300)
    found = measured("CHI: a dog . 0_1200", sound=sound)
    assert found["f0_sd_st"].value == pytest.approx(0)


def test_range_holds_the_middle_nine_tenths(measured, tracks):
    sound = tracks(10, f0=lambda t: 200 * 2 ** (t / 10))
    found = measured("CHI: a dog . 0_10000", sound=sound)
    assert found["f0_range_st"].value == pytest.approx(0.9 * 12, abs=0.05)
    assert found["f0_median"].value == pytest.approx(200 * 2**0.5, rel=0.01)


def test_range_leaves_out_a_twentieth_at_both_ends(measured, tracks):
    sound = tracks(10, f0=lambda t: 300 if t < 0.4 else 320 if t < 9.6 else 340)
    assert measured("CHI: a dog . 0_10000", sound=sound)["f0_range_st"].value == pytest.approx(0, abs=1e-6)


def test_seconds_are_rounded(measured, tracks):
    assert measured("CHI: a dog . 0_800", sound=tracks(2, f0=lambda t: 300))["f0_median"].n == 1


def test_loudness_in_speech_only(measured, tracks):
    sound = tracks(6, [(0, 2000)], level=lambda t: (-20 if t < 1 else -30) if t < 2 else -80)
    found = measured("CHI: a dog . 0_4000", sound=sound)["intensity_sd_db"]
    assert (found.value, found.n) == (pytest.approx(5), 2)
    assert [p.step for p in found.provenance] == ["intensity"]


def test_digital_silence_has_no_level(measured, tracks):
    sound = tracks(3, [(0, 3000)], level=lambda t: float("nan"))
    found = measured("CHI: a dog . 0_3000", sound=sound)["intensity_sd_db"]
    assert found.value is None
    assert "speech" in found.reason


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: a dog .",), "no time codes"),
        (("CHI: a dog . 0_1000", "MOT: no . 0_1000"), "no stretch in which only this speaker's time codes lie"),
        (("CHI: a dog . 2000_3000",), "less than 0.5 s of voice where only this speaker speaks"),
    ],
)
def test_no_pitch(measured, tracks, lines, reason):
    found = measured(*lines, sound=tracks(6, f0=lambda t: 300 if t < 1.9 else float("nan")))
    assert {found[m].value for m in PITCH} == {None}
    assert {found[m].reason for m in PITCH} == {reason}


def test_no_pitch_without_recording(measured):
    assert measured("CHI: a dog . 0_1000")["f0_median"].reason == "no recording"
