"""Fundamental frequency against sounds whose frequency we know."""

import runpy
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from swift_f0 import SwiftF0

from sdc.audio import load_recording, track_pitch
from sdc.audio.pitch import WINDOW
from sdc.audio.pitch_network import read_network
from sdc.audio.threads import n_threads

RATE = 16000
SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))


def vowel(f0_hz, *, formants=((730, 90), (1090, 110), (2440, 170)), level=0.3):
    """Sum harmonics of a frequency contour (Hz, one value a sample) under the resonances of an open vowel."""
    phase = 2 * np.pi * np.cumsum(f0_hz) / RATE
    sound = np.zeros_like(phase)
    for harmonic in range(1, int(7000 / f0_hz.max()) + 1):
        hz = harmonic * f0_hz
        gain = sum(1 / (1 + ((hz - centre) / width) ** 2) for centre, width in formants) + 0.02
        sound += gain / harmonic * np.sin(harmonic * phase)
    return (level * sound / np.abs(sound).max()).astype(np.float32)


def constant(hz, duration_s=1.5):
    return np.full(round(duration_s * RATE), float(hz))


@pytest.mark.parametrize("hz", [120, 260, 400, 700])
def test_vowel_within_one_percent(hz, record):
    track = track_pitch(record(vowel(constant(hz))))
    voiced = track.f0_hz[np.isfinite(track.f0_hz)]
    assert voiced.size > 0.85 * track.f0_hz.size
    assert np.median(voiced) == pytest.approx(hz, rel=0.01)
    assert np.percentile(voiced, [5, 95]) == pytest.approx(hz, rel=0.01)  # no octave jumps


@pytest.mark.parametrize("hz", [120, 260, 400])
def test_vowel_in_noise_and_at_low_level(hz, record):
    noise = np.random.default_rng(0).normal(size=round(1.5 * RATE)) * 0.005
    track = track_pitch(record(vowel(constant(hz), level=0.05) + noise))
    assert np.nanmedian(track.f0_hz) == pytest.approx(hz, rel=0.01)


@pytest.mark.parametrize("hz", [120, 260, 400])
def test_pure_tone_within_one_percent(hz, record, make_tone):
    track = track_pitch(record(make_tone(1.0, rate=RATE, hz=hz)))
    assert np.nanmedian(track.f0_hz) == pytest.approx(hz, rel=0.01)


def test_glide_is_followed(record):
    contour = np.linspace(150, 450, 2 * RATE)
    track = track_pitch(record(vowel(contour)))
    inside = np.isfinite(track.f0_hz) & (track.times_s > 0.1) & (track.times_s < 1.9)
    assert inside.sum() > 90
    expected = np.interp(track.times_s[inside], np.arange(contour.size) / RATE, contour)
    assert np.median(np.abs(track.f0_hz[inside] / expected - 1)) < 0.01
    assert np.max(np.abs(track.f0_hz[inside] / expected - 1)) < 0.05


@pytest.mark.parametrize("voice", SUITE["VOICES"], ids=lambda voice: voice.name)
@pytest.mark.parametrize(("snr_db", "gain_db"), [(None, -24), (5, 0)])
def test_gross_errors_on_the_truth_suite(voice, snr_db, gain_db, record):
    truth = SUITE["pitch_truth"](voice, "lively", phrases=3)
    track = track_pitch(record(truth.heard(snr_db=snr_db, gain_db=gain_db)))
    planted = truth.f0_at(track.times_s)
    both = np.isfinite(track.f0_hz) & np.isfinite(planted)
    assert both.sum() > 0.9 * np.isfinite(planted).sum()
    assert np.mean(np.abs(track.f0_hz[both] / planted[both] - 1) > 0.2) < 0.01


def test_search_range(record):
    """From 75 to 1000 Hz: what lies outside is never reported."""
    found = [track_pitch(record(vowel(constant(hz)))).f0_hz for hz in (78, 950)]
    assert [np.nanmedian(f0) for f0 in found] == pytest.approx([78, 950], rel=0.02)
    low = track_pitch(record(vowel(constant(62)))).f0_hz
    assert not np.any(low[np.isfinite(low)] < 75)


def test_silence_and_noise_have_no_pitch(record):
    noise = np.random.default_rng(0).normal(size=2 * RATE).astype(np.float32)
    assert np.isnan(track_pitch(record(np.zeros(2 * RATE))).f0_hz).all()
    assert np.isnan(track_pitch(record(noise * 1e-5)).f0_hz).all()
    assert np.isfinite(track_pitch(record(noise * 0.1)).f0_hz).mean() < 0.02


def test_voiced_frames_stand_where_the_voice_is(record):
    sound = np.concatenate([np.zeros(RATE), vowel(constant(260, 1.0)), np.zeros(RATE)])
    track = track_pitch(record(sound))
    voiced = track.times_s[np.isfinite(track.f0_hz)]
    assert voiced.min() == pytest.approx(1.0, abs=0.05)
    assert voiced.max() == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("n", [1, 100, 255, 256, 257])
def test_very_short_recording(n, record):
    track = track_pitch(record(np.full(n, 0.1)))
    assert track.f0_hz.shape == track.times_s.shape
    assert track.f0_hz.size >= 1


def test_provenance_names_engine_and_settings():
    from sdc.audio.pitch import pitch_provenance

    provenance = pitch_provenance()
    assert provenance.engine == "swift-f0"
    assert provenance.version
    assert provenance.parameters["f0_max_hz"] == "1000"


def by_autocorrelation(samples, time_s):
    """Return (f0, strength) of the plain autocorrelation's peak between 75 and 500 Hz: an independent check."""
    middle = round(time_s * RATE)
    window = samples[max(0, middle - 400) : middle + 400]
    window = window - window.mean()
    curve = np.correlate(window, window, "full")[window.size - 1 :] / np.arange(window.size, 0, -1)
    lags = np.arange(RATE // 500, RATE // 75)
    best = lags[np.argmax(curve[lags])]
    return RATE / best, curve[best] / curve[0]


@pytest.mark.shared
def test_real_voice_agrees_with_autocorrelation(shared_data):
    """A man speaking loudly in the open: 180 to 300 Hz, well above his speaking voice."""
    recording = load_recording(shared_data / "media" / "jfk.flac")
    track = track_pitch(recording)
    inside = np.isfinite(track.f0_hz) & (track.times_s > 0.05) & (track.times_s < recording.duration_s - 0.05)
    pairs = [
        (f0, *by_autocorrelation(recording.samples, t))
        for t, f0 in zip(track.times_s[inside], track.f0_hz[inside], strict=True)
    ]
    ratios = np.array([f0 / other for f0, other, strength in pairs if strength > 0.9])
    assert ratios.size > 80
    assert np.mean(np.abs(ratios - 1) < 0.03) > 0.9
    assert 180 < np.nanmedian(track.f0_hz) < 300


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "low", "high"), [("stereo_diarization.wav", 80, 150), ("eng_acr_first13p5.mp3", 90, 180)]
)
def test_real_low_voices(name, low, high, shared_data):
    track = track_pitch(load_recording(shared_data / "media" / name))
    assert low < np.nanmedian(track.f0_hz) < high


@pytest.mark.parametrize("n", [1, 255, 257, 256 * WINDOW, 256 * WINDOW + 300, 256 * 2000])
def test_windows_of_our_own_give_the_values_of_the_package(n, record):
    speech = np.resize(SUITE["dialogue_truth"]().heard(snr_db=20), n).astype(np.float32)
    speech[n // 2 : n // 2 + 4000] = 0  # silence in its midst
    theirs = SwiftF0(threads=1).detect(speech, RATE, 75, 1000)
    track = track_pitch(record(speech))
    expected = np.where(theirs.confidence >= 0.5, theirs.pitch_hz, np.nan).astype(np.float32)
    np.testing.assert_allclose(track.f0_hz, expected, rtol=1e-4)  # the spectra are our own
    np.testing.assert_array_equal(np.isnan(track.f0_hz), np.isnan(expected))
    np.testing.assert_array_equal(track.times_s, theirs.timestamps)


MODEL = (files("swift_f0") / "model.onnx").read_bytes()
PRODUCER = b"\x1a\x05other"
"""Another name of who made the file: the same network, not the same bytes."""


def test_the_network_is_cut_behind_its_spectra():
    """A new swift-f0 is slower until somebody looks at its network: this is where they are told."""
    (heard, *_) = read_network(MODEL).session.get_inputs()
    assert heard.shape == [1, 3, 128, "frames"]


def test_a_network_that_is_not_known_is_asked_as_a_whole():
    speech = SUITE["dialogue_truth"]().heard(snr_db=20).astype(np.float32)
    (hz, confidence), (whole_hz, whole_confidence) = (
        read_network(file).hear(speech, 75, 1000) for file in (MODEL, MODEL + PRODUCER)
    )
    theirs = SwiftF0(threads=1).detect(speech, RATE, 75, 1000)
    np.testing.assert_allclose(whole_hz, theirs.pitch_hz, rtol=1e-12)
    np.testing.assert_allclose(confidence, whole_confidence, atol=1e-4)
    voiced = confidence >= 0.5
    assert voiced.mean() > 0.2
    np.testing.assert_allclose(hz[voiced], whole_hz[voiced], rtol=1e-4)


def test_a_worker_of_a_pool_takes_its_share_of_the_cores(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert n_threads() == 1
    monkeypatch.setenv("OMP_NUM_THREADS", "100000")
    most = n_threads()
    for none in ("", "0", "2,1"):
        monkeypatch.setenv("OMP_NUM_THREADS", none)
        assert n_threads() == most < 100_000
