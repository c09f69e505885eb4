"""Energy of voice through the real tracks: pitch, gain and spectral tilt are planted in synthetic speech."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from scipy.signal import lfilter
from scipy.stats import spearmanr

from sdc.audio import Recording, sound_tracks
from sdc.measures.energy import energy_scores, voice_energies

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
RATE = SUITE["RATE_HZ"]
CALM = (0.0, 0.0, 0.0)
RAISED = (7.0, 9.0, 0.9)
"""Semitones, dB, and the part of each sample that the next one takes away (which lifts high frequencies)."""


def speak(plan):
    """Return what is heard and the time codes: one utterance for each (semitones, dB, tilt)."""
    truth, rng, end_ms = SUITE["Truth"]("energy"), np.random.default_rng(4), 0
    for st, db, tilt in plan:
        voice = SUITE["Voice"]("child", 300 * 2 ** (st / 12), 1.3)
        start_ms = end_ms + 700
        end_ms = SUITE["add_speech"](truth, voice, 12, start_ms, rng=rng)
        place = slice(start_ms * RATE // 1000, end_ms * RATE // 1000)
        sound = lfilter([1, -tilt], [1], truth.samples[place])
        level = SUITE["SPEECH_RMS"] * 10 ** ((db - 12) / 20)
        truth.samples[place] = sound * level / np.sqrt(np.mean(sound**2))
    return truth.heard(), [(s.start_ms, s.end_ms) for s in truth.said]


def tracks_of(samples):
    return sound_tracks(Recording(samples, samples.size / RATE, "audio", None))


def child_lines(codes):
    return [f"CHI: no no no . {start}_{end}" for start, end in codes]


def arousal(measured, plan):
    samples, codes = speak(plan)
    return measured(*child_lines(codes), sound=tracks_of(samples))["vocal_arousal"]


def test_the_planted_utterances_stand_out(measured):
    found = arousal(measured, [RAISED if i in (3, 8, 12, 17) else CALM for i in range(20)])
    assert found.reason is None
    assert found.value == pytest.approx(20)


@pytest.mark.parametrize("only", [(0.0, 9.0, 0.0), CALM], ids=["louder", "even"])
def test_one_feature_alone_does_not(measured, only):
    assert arousal(measured, [only if i in (3, 8, 12, 17) else CALM for i in range(20)]).value == 0


def test_scores_follow_what_was_planted(sample):
    planted = np.random.default_rng(5).permutation(np.linspace(0, 1, 16))
    samples, codes = speak([tuple(a * np.array(RAISED)) for a in planted])
    energies = voice_energies(sample(*child_lines(codes), sound=tracks_of(samples)))
    scores = energy_scores(energies)
    assert len(scores) == planted.size
    # The vowels, which differ from utterance to utterance, move HF500 about as much as the tilt.
    for name, least in (("pitch", 0.95), ("level", 0.95), ("hf500", 0.4), ("fused", 0.9)):
        assert spearmanr([getattr(s, name) for s in scores], planted).statistic > least, name
