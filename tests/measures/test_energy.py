"""Energy of the voice by utterance: features, scores against a baseline, fusion."""

from dataclasses import replace

import numpy as np
import pytest

from sdc.measures.energy import VoiceEnergy, above_own_middle, energy_scores, voice_energies

PLAIN = tuple(VoiceEnergy(i, 90 + i, -30 + i, 2.0 * i) for i in range(9))


def test_scores_are_twice_the_share_that_lies_below_less_one():
    scores = energy_scores(PLAIN)
    assert [s.pitch for s in scores] == pytest.approx([2 * (i + 0.5) / 9 - 1 for i in range(9)])
    assert [s.fused for s in scores] == pytest.approx([s.pitch for s in scores])  # all three agree
    assert np.mean([s.fused for s in scores]) == pytest.approx(0)
    assert [s.index for s in scores] == list(range(9))


def test_against_a_baseline_all_can_lie_above():
    high = (VoiceEnergy(20, 120, 0, 30), VoiceEnergy(21, 121, 0, 30), VoiceEnergy(22, 94, -26, 8.0))
    scores = energy_scores(high, PLAIN)
    assert [s.fused for s in scores[:2]] == pytest.approx([1, 1])
    assert scores[2].pitch == pytest.approx(0)
    assert energy_scores(tuple(reversed(PLAIN)), PLAIN) == tuple(reversed(energy_scores(PLAIN)))


def test_a_feature_that_goes_against_the_others_counts_the_other_way_round():
    against = tuple(VoiceEnergy(e.index, e.pitch_st, e.level_db, -e.hf500_db) for e in PLAIN)
    assert [s.fused for s in energy_scores(against)] == pytest.approx([s.pitch for s in energy_scores(PLAIN)])


def test_a_feature_that_does_not_move_has_no_weight():
    still = tuple(VoiceEnergy(e.index, e.pitch_st, e.level_db, 5.0) for e in PLAIN)
    scores = energy_scores(still)
    assert {s.hf500 for s in scores} == {0.0}
    assert [s.fused for s in scores] == pytest.approx([s.pitch for s in scores])


def test_nothing_moves():
    assert {s.fused for s in energy_scores(tuple(VoiceEnergy(i, 90, -30, 2) for i in range(5)))} == {0.0}
    assert {s.fused for s in energy_scores(PLAIN[:1])} == {0.0}
    assert energy_scores(()) == ()


def test_above_the_middle():
    assert above_own_middle(PLAIN)[[0, 4, 8]].tolist() == [[-4, -4, -8], [0, 0, 0], [4, 4, 8]]
    assert above_own_middle(PLAIN[:1], PLAIN).tolist() == [[-4, -4, -8]]


def test_medians_of_an_utterance(sample, heard):
    sound = heard(10, f0=lambda t: 300 if t < 1.5 else 600, level=lambda t: -20 - t, hf500=lambda t: 3.0)
    (first, second) = voice_energies(sample("CHI: a . 0_1000", "CHI: b . 2000_4000", sound=sound))
    assert (first.index, second.index) == (0, 1)
    assert second.pitch_st - first.pitch_st == pytest.approx(12)
    assert first.level_db == pytest.approx(-20.5, abs=0.05)
    assert second.level_db == pytest.approx(-23, abs=0.05)
    assert second.hf500_db == pytest.approx(3.0)


def test_hf500_is_of_the_utterance_as_a_whole_louder_frames_count_more(sample, heard):
    """One second at +12 dB, one at 0 dB and 40 dB softer in both bands."""
    sound = heard(4, f0=lambda t: 300, hf500=lambda t: 12.0 if t < 1 else 0.0)
    soft = (sound.pitch.times_s >= 1) * np.float16(40)
    voice = replace(sound.voice, low_db=sound.voice.low_db - soft, high_db=sound.voice.high_db - soft)
    (only,) = voice_energies(sample("CHI: a . 0_2000", sound=replace(sound, voice=voice)))
    assert only.hf500_db == pytest.approx(12, abs=0.2)


def test_only_where_nobody_else_speaks_and_there_is_voice(sample, heard):
    nan = float("nan")
    sound = heard(10, f0=lambda t: 150 if 1 <= t < 2 else nan if t >= 6 else 300)
    lines = ("CHI: a . 0_2000", "MOT: b . 1000_2000", "CHI: c . 1000_2000", "CHI: d . 6000_7000", "CHI: e .")
    (only,) = voice_energies(sample(*lines, sound=sound))
    assert only.index == 0
    assert only.pitch_st == pytest.approx(12 * np.log2(300))


def test_a_tenth_of_a_second_of_voice_is_needed(sample, heard):
    sound = heard(10, f0=lambda t: 300)
    found = voice_energies(sample("CHI: a . 0_80", "CHI: b . 1000_1130", sound=sound))
    assert [e.index for e in found] == [1]


def test_no_recording_no_energies(sample, tracks):
    assert voice_energies(sample("CHI: a . 0_1000")) == ()
    assert voice_energies(sample("CHI: a . 0_1000", sound=tracks(2, f0=lambda t: 300))) == ()
