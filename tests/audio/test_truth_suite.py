"""The sounds of which everything is known are what they say they are."""

import json
import runpy
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import load_recording
from sdc.formats.chat.reader import read_chat

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
RATE = SUITE["RATE_HZ"]


def period_by_autocorrelation(samples, around):
    """Return the strongest period near a planted one, in samples, to a fraction."""
    window = samples - samples.mean()
    curve = np.correlate(window, window, "full")[window.size - 1 :] / np.arange(window.size, 0, -1)
    lags = np.arange(round(0.8 * around), round(1.25 * around) + 1)
    best = lags[np.argmax(curve[lags])]
    a, b, c = curve[best - 1 : best + 2]
    return best + 0.5 * (a - c) / (a - 2 * b + c)


@pytest.mark.parametrize("voice", SUITE["VOICES"], ids=lambda voice: voice.name)
def test_voices_have_the_planted_pitch(voice):
    truth = SUITE["pitch_truth"](voice, "monotone", phrases=1)
    errors = []
    for middle in range(0, truth.samples.size - RATE, 400):
        place = slice(middle, middle + round(4 * RATE / voice.hz))
        if np.isfinite(truth.f0_hz[place]).all():
            planted = RATE / np.mean(truth.f0_hz[place])
            errors.append(period_by_autocorrelation(truth.samples[place], planted) / planted - 1)
    assert len(errors) > 20
    assert np.median(np.abs(errors)) < 0.01


@pytest.fixture(scope="module")
def dialogue():
    return SUITE["dialogue_truth"]()


def test_the_same_call_gives_the_same_samples():
    make = SUITE["pitch_truth"]
    first, second = (make(SUITE["WOMAN"], "wide", phrases=1).heard(snr_db=10) for _ in range(2))
    assert np.array_equal(first, second)


def test_noise_lies_so_far_below_the_speech():
    truth = SUITE["pitch_truth"](SUITE["CHILD"], "lively", phrases=2)
    noise = truth.heard(snr_db=10) - truth.samples
    speech = np.concatenate([truth.samples[16 * s.start_ms : 16 * s.end_ms] for s in truth.said])
    assert 10 * np.log10(np.mean(speech**2) / np.mean(noise**2)) == pytest.approx(10, abs=0.1)


def test_gaps_and_overlaps_are_where_they_were_planted(dialogue):
    turns = list(zip(dialogue.said[::2], dialogue.said[1::2], strict=True))
    assert [child.start_ms - adult.end_ms for adult, child in turns] == list(SUITE["GAPS_MS"])
    assert {(a.speaker, c.speaker) for a, c in turns} == {("woman", "child")}
    silent = dialogue.samples[16 * turns[0][0].end_ms + 16 : 16 * turns[0][1].start_ms]
    assert not silent.any()


def test_pauses_are_34_from_220_ms_on():
    pauses = sorted(end - start for start, end in SUITE["pause_truth"]().pauses_ms)
    assert len(pauses) == 34
    assert (pauses[0], pauses[-1]) == (pytest.approx(220, abs=1), pytest.approx(2400, abs=1))


@pytest.mark.parametrize("how", ["exact", "loose", "cut"])
def test_transcripts_hold_every_stretch(how, dialogue):
    session = read_chat(SUITE["transcript"](dialogue, how), source="truth.cha")
    assert [len(u.tokens) - 1 for u in session.utterances] == [s.syllables for s in dialogue.said]
    far = 150 if how == "loose" else 0
    if how != "cut":
        pairs = zip(session.utterances, dialogue.said, strict=True)
        assert all(abs(u.span.start_ms - s.start_ms) <= far and abs(u.span.end_ms - s.end_ms) <= far for u, s in pairs)


def test_files(tmp_path):
    truth = SUITE["pitch_truth"](SUITE["MAN"], "wide", phrases=1)
    heard = truth.heard(snr_db=20)
    SUITE["write"](truth, heard, tmp_path / "man.wav")
    assert np.allclose(load_recording(tmp_path / "man.wav").samples, heard, atol=1e-4)
    document = json.loads((tmp_path / "man.json").read_text(encoding="utf-8"))
    assert document["said"][0]["syllables"] == 6
    assert len(document["f0_hz_every_10_ms"]) == -(-heard.size // 160)
    assert any(document["f0_hz_every_10_ms"])
