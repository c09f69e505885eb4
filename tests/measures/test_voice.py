"""Pitch and loudness on made-up tracks."""

import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import Recording, sound_tracks
from sdc.formats.chat.reader import read_chat
from sdc.measures import REGISTRY, analyse
from sdc.measures.frames import final_slope, half_width, in_range, without_jumps
from sdc.session import TimeSpan

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))

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


def test_a_tenth_of_slips_does_not_widen_the_spread(measured, tracks):
    """Slips of less than an octave, so that only the estimator can bear them."""
    sound = tracks(10, f0=lambda t: 450 if round(t / 0.016) % 10 == 0 else 300 * 2 ** (np.sin(40 * t) / 24))
    found = measured("CHI: a dog . 0_10000", sound=sound)
    assert found["f0_sd_st"].value == pytest.approx(0.42, abs=0.06)


def test_range_of_a_first_pass():
    f0 = np.array([200.0] * 50 + [300.0] * 50 + [149, 150, 600, 601, np.nan])
    assert np.flatnonzero(np.isnan(in_range(f0))).tolist() == [100, 103, 104]
    assert np.isnan(in_range(np.full(3, np.nan))).all()


def test_another_voice_behind_the_child_is_left_out(measured, tracks):
    """A man's voice from the next room, a fifth of the time, not next to the child's frames."""
    sound = tracks(10, f0=lambda t: 110 if t < 2 else float("nan") if t < 2.1 else 300)
    found = measured("CHI: a dog . 0_10000", sound=sound)
    assert found["f0_range_st"].value == pytest.approx(0)
    assert found["f0_median"].n == 8


def glide(slope_st_s, until_s):
    return lambda t: 300 * 2 ** (slope_st_s * (t - until_s) / 12)


def test_slope_at_the_ends_of_turns(measured, tracks):
    ends = {1: -20.0, 3: 10.0, 5: -30.0}
    sound = tracks(8, f0=lambda t: next((glide(slope, end)(t) for end, slope in ends.items() if t < end), 300.0))
    found = measured(
        "CHI: a dog . 0_400", "CHI: a cat . 500_1000", "MOT: yes . 1200_1800",
        "CHI: dog ? 2500_3000", "CHI: &=laughs . 3100_3200", "MOT: yes . 3400_3800", "CHI: no . 4500_5000",
        sound=sound,
    )["f0_final_slope_st_s"]  # fmt: skip
    assert (found.value, found.n, found.utterances) == (pytest.approx(-20, abs=0.1), 3, (1, 3, 6))
    assert found.reliability == "too_few"
    assert [(s.start_ms, s.end_ms) for s in found.spans] == [(704, 992), (2704, 2992), (4704, 4992)]
    assert [p.step for p in found.provenance] == ["pitch"]


def test_a_slip_in_the_ending_does_not_turn_the_slope(measured, tracks):
    sound = tracks(2, f0=lambda t: 400 if 0.97 < t < 0.99 else glide(-10, 1)(t))
    assert measured("CHI: dog . 0_1000", sound=sound)["f0_final_slope_st_s"].value == pytest.approx(-10, abs=1)


@pytest.mark.parametrize(
    "lines",
    [
        ("CHI: a dog . 0_1000", "MOT: no . 900_1500"),  # the mother's voice at the end
        ("CHI: a dog . 1880_2000",),  # too little voice
        ("CHI: a dog . 3000_4000",),  # none
        ("CHI: a dog .", "MOT: no . 900_1500"),
    ],
)
def test_no_slope(measured, tracks, lines):
    found = measured(*lines, sound=tracks(4, f0=lambda t: 300 if t < 2 else float("nan")))["f0_final_slope_st_s"]
    assert found.value is None
    assert found.reason == (
        "no time codes"
        if "_" not in lines[0]
        else "no turn of this speaker ends with enough voice while nobody else speaks"
    )


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


PITCH_AND_SLOPE = (*PITCH, "f0_final_slope_st_s")
EARLIER = "an earlier version measured the recording; process the session again"


@pytest.mark.parametrize(
    ("change", "without"),
    [
        ({"snr_db": 21.0}, ()),
        ({"snr_db": 19.0}, ("intensity_sd_db",)),
        ({"snr_db": 2.0}, (*PITCH_AND_SLOPE, "intensity_sd_db")),
        ({"clipped_share": 0.02}, ("intensity_sd_db",)),
        ({"held_share": 0.2}, (*PITCH_AND_SLOPE, "intensity_sd_db")),
        ({"silent": True}, (*PITCH_AND_SLOPE, "intensity_sd_db")),
        ({"sample_rate_hz": 8000}, ()),
    ],
)
def test_the_quality_gate_is_asked(measured, tracks, change, without):
    sound = tracks(6, [(0, 4000)], f0=lambda t: 300)
    quality = replace(sound.quality, **change)
    found = measured("CHI: a dog . 0_4000", sound=replace(sound, quality=quality))
    for id in (*PITCH_AND_SLOPE, "intensity_sd_db"):
        reason = quality.obstacle("loudness" if id == "intensity_sd_db" else "pitch")
        assert (found[id].value is None, found[id].reason) == (id in without, reason)


def test_tracks_of_an_earlier_version_have_no_gate(measured, tracks):
    sound = replace(tracks(6, [(0, 4000)], f0=lambda t: 300), quality=None)
    found = measured("CHI: a dog . 0_4000", sound=sound)
    assert {found[id].reason for id in (*PITCH_AND_SLOPE, "intensity_sd_db")} == {EARLIER}


def test_the_rule_names_another_back_end(measured, tracks):
    sound = tracks(6, [(0, 4000)], f0=lambda t: 300)
    own = measured("CHI: a dog . 0_4000", sound=sound)
    other = measured("CHI: a dog . 0_4000", sound=replace(sound, acoustics="praat"))
    named = {id for id, found in other.items() if found.rule.endswith("@praat")}
    families = {"voice", "voice quality", "energy of voice"}
    assert named == {id for id, rule in REGISTRY.items() if rule.family in families}
    assert all(other[id].rule == own[id].rule + "@praat" for id in named)
    assert not [id for id, found in own.items() if "@" in found.rule]


def test_no_pitch_without_recording(measured):
    assert measured("CHI: a dog . 0_1000")["f0_median"].reason == "no recording"


def heard(truth, text, snr_db):
    sound = sound_tracks(Recording(truth.heard(snr_db=snr_db), truth.samples.size / 16000))
    return analyse(read_chat(text, source="truth.cha"), sound).speakers["CHI"].measures, sound


@pytest.mark.parametrize("snr_db", [None, 20, 10, 5])
def test_spread_of_a_monotone_voice(snr_db):
    truth = SUITE["pitch_truth"](SUITE["CHILD"], "monotone")
    planted = truth.f0_hz[np.isfinite(truth.f0_hz)]
    assert half_width(planted) == pytest.approx(SUITE["MONOTONE_ST"], abs=0.02)
    found, _ = heard(truth, SUITE["monologue"](truth), snr_db)
    assert 0.36 < found["f0_sd_st"].value < 0.6
    assert found["f0_median"].value == pytest.approx(np.median(planted), rel=0.01)


def test_range_and_final_slope_of_a_child_between_an_adults_turns():
    truth = SUITE["dialogue_truth"](SUITE["CHILD"], SUITE["MAN"], gaps_ms=(300, 650, 120, 480, 200))
    found, sound = heard(truth, SUITE["transcript"](truth), 20)
    planted = truth.f0_at(sound.pitch.times_s)
    child = [s for s in truth.said if s.speaker == "child"]
    slopes = [final_slope(sound.pitch.times_s, planted, span(s)) for s in child]
    assert found["f0_final_slope_st_s"].value == pytest.approx(np.median([s[0] for s in slopes if s]), abs=1)
    assert found["f0_final_slope_st_s"].n == len(child)
    own = np.concatenate([truth.f0_hz[16 * s.start_ms : 16 * s.end_ms] for s in child])
    own = own[np.isfinite(own)]
    assert found["f0_median"].value == pytest.approx(np.median(own), rel=0.02)
    assert found["f0_sd_st"].value == pytest.approx(half_width(own), rel=0.1)


def span(said):
    return TimeSpan(said.start_ms, said.end_ms)
