"""The quality gate: notices, signal-to-noise ratio, channels, and what may be measured."""

import re
import runpy
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from sdc.audio import (
    IntensityTrack,
    QualityReport,
    Recorded,
    load_recording,
    sound_tracks,
    track_intensity,
    track_pitch,
)
from sdc.audio.quality import (
    HELD_SHARE,
    REASONS,
    Kind,
    held_share,
    quality_notices,
    quality_report,
    signal_to_noise_db,
)
from sdc.companion.wording import lint_wording
from sdc.session import Provenance, TimeSpan

KINDS = get_args(Kind)
SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))


def codes(samples, n_clipped=0):
    return [n.code for n in quality_notices(np.asarray(samples, np.float32), n_clipped)]


def test_thresholds(make_tone):
    plain = make_tone(2.0, rate=16000)
    assert codes(plain) == []
    assert codes(plain, n_clipped=33) == ["media.clipped"]  # of 32000: above 0.1 %
    assert codes(plain, n_clipped=32) == []
    assert codes(plain * 0.01) == ["media.quiet"]  # -49 dB
    assert codes(plain * 0.02) == []  # -43 dB
    assert codes(plain * 0.0018) == ["media.silent"]
    assert codes(np.zeros(10)) == ["media.silent"]


def test_short_loud_moments_make_a_quiet_recording_not_quiet(make_tone):
    mostly_pause = np.concatenate([make_tone(1.0, rate=16000), make_tone(9.0, rate=16000, amplitude=0.001)])
    assert codes(mostly_pause) == []


@pytest.mark.parametrize("suffix", ["wav", "flac", "mp3"])
def test_clipped_file(suffix, tmp_path, write, make_tone):
    clipped = np.clip(make_tone(1.0, amplitude=3.0), -1, 1)
    recording = load_recording(write(tmp_path / f"a.{suffix}", clipped))
    assert [n.code for n in recording.notices] == ["media.clipped"]


def test_one_clipped_channel_is_seen_through_the_downmix(tmp_path, write, make_tone):
    clipped = np.clip(make_tone(1.0, amplitude=3.0), -1, 1)
    recording = load_recording(write(tmp_path / "a.wav", np.stack([clipped, np.zeros_like(clipped)])))
    assert np.abs(recording.samples).max() < 0.7
    assert [n.code for n in recording.notices] == ["media.channel-silent", "media.clipped"]


def test_silent_file(tmp_path, write):
    recording = load_recording(write(tmp_path / "a.wav", np.zeros(48000, np.float32)))
    assert [n.code for n in recording.notices] == ["media.silent"]


def spans(*edges):
    return tuple(TimeSpan(start, end) for start, end in edges)


def levels(*parts):
    """Make an intensity track: (seconds, dB) one after the other."""
    db = np.concatenate([np.full(round(s * 100), level) for s, level in parts]).astype(np.float32)
    return IntensityTrack((np.arange(db.size) + 0.5) / 100, db, 0.01, Provenance("intensity", "by hand", "1"))


def test_signal_to_noise():
    track = levels((1, -60), (1, -20), (1, -60))
    assert signal_to_noise_db(track, spans((1000, 2000))) == pytest.approx(40, abs=0.01)
    nearly = levels((1, -30), (1, -30 + 10 * np.log10(2)), (1, -30))  # as much speech as noise
    assert signal_to_noise_db(nearly, spans((1000, 2000))) == pytest.approx(0, abs=0.01)


def test_a_knock_between_the_speech_is_no_background():
    track = levels((1, -60), (1, -20), (0.7, -60), (0.2, -10), (0.1, -60))
    assert signal_to_noise_db(track, spans((1000, 2000))) == pytest.approx(40, abs=0.01)


def test_digital_silence_counts_as_the_floor():
    track = levels((1, np.nan), (1, -20), (1, np.nan))
    assert signal_to_noise_db(track, spans((1000, 2000))) == pytest.approx(80, abs=0.01)


def test_speech_without_a_gap_is_judged_by_its_quietest_moments():
    track = levels((0.1, -50), (1, -20))
    assert signal_to_noise_db(track, spans((0, 1100))) == pytest.approx(30, abs=0.5)


def test_without_speech_there_is_no_ratio():
    assert signal_to_noise_db(levels((3, -20)), ()) is None
    assert signal_to_noise_db(levels((3, -20)), spans((1000, 1250))) is None


@pytest.mark.parametrize("snr_db", [30, 20, 10])
def test_noise_that_was_put_in_is_found(planted, record, snr_db):
    chance, voice = np.random.default_rng(1), planted(250, 2.0).samples
    noise = chance.normal(size=64000) * np.sqrt(np.square(voice).mean() / 10 ** (snr_db / 10))
    recording = record(noise + np.pad(voice, 16000))
    found = signal_to_noise_db(track_intensity(recording), spans((1000, 3000)))
    assert found == pytest.approx(snr_db, abs=0.5)


PLAIN = QualityReport(60.0, False, 0.0, 30.0, 35.0, 0.0, 48000, 1)


def test_nothing_is_wrong_with_a_good_recording():
    assert PLAIN.notices == ()
    assert {PLAIN.obstacle(kind) for kind in KINDS} == {None}


@pytest.mark.parametrize(
    ("change", "code", "kinds"),
    [
        ({"snr_db": 29.0}, None, {"periods"}),
        ({"snr_db": 19.0}, None, {"periods", "loudness"}),
        ({"snr_db": 14.0}, "media.noisy", {"periods", "loudness", "harmonics"}),
        ({"snr_db": 9.0}, "media.noisy", {"periods", "loudness", "harmonics", "energy"}),
        ({"snr_db": 2.0}, "media.noisy", {"periods", "loudness", "harmonics", "energy", "pitch"}),
        # A very high voice is no speech for the network; its pitch is found all the same.
        ({"snr_db": None}, "media.no-speech", {"periods", "loudness", "harmonics", "energy"}),
        ({"clipped_share": 0.002}, None, {"periods", "harmonics"}),
        ({"clipped_share": 0.02}, None, {"periods", "harmonics", "energy", "loudness"}),
        ({"sample_rate_hz": 8000}, "media.low-rate", {"periods", "harmonics"}),
        ({"duration_s": 5.0}, "media.short", set()),
        ({"tones_s": 12.0}, "media.tones", set()),
        ({"held_share": 0.09}, None, set()),
        ({"held_share": 0.11}, "media.music", {"pitch", "loudness"}),
    ],
)
def test_what_may_not_be_measured(change, code, kinds):
    report = replace(PLAIN, **change)
    assert [n.code for n in report.notices] == ([code] if code else [])
    refused = {kind: report.obstacle(kind) for kind in KINDS if report.obstacle(kind)}
    assert refused.keys() == kinds
    patterns = [re.escape(reason).replace("…", ".+") for reason in REASONS]
    assert all(any(re.fullmatch(p, reason) for p in patterns) for reason in refused.values())


def test_nothing_is_measured_on_silence():
    report = replace(PLAIN, silent=True, snr_db=None)
    assert {report.obstacle(kind) for kind in KINDS} == {"the recording holds only silence"}
    assert report.notices == ()  # said when the file was read


def test_notices_keep_to_the_wording_rules():
    worst = replace(PLAIN, snr_db=3.0, tones_s=9.0, sample_rate_hz=8000, duration_s=3.0, held_share=0.4)
    for notice in (*worst.notices, *replace(worst, snr_db=None).notices):
        assert notice.message.endswith(".")
        assert not lint_wording(notice.message)


def tune(make_tone, n, note_s):
    notes = 220 * 2 ** (np.random.default_rng(0).choice([0, 2, 4, 5, 7, 9, 11, 12], 40) / 12)
    harmonics = (sum(make_tone(note_s, rate=16000, hz=k * hz, amplitude=1 / k) for k in (1, 2, 3, 4)) for hz in notes)
    sound = np.concatenate(list(harmonics))
    return np.resize(sound, n)


@pytest.mark.parametrize("kind", ["monotone", "lively", "wide"])
@pytest.mark.parametrize("voice", SUITE["VOICES"], ids=lambda voice: voice.name)
def test_a_tune_under_speech_is_told_from_speech(voice, kind, record, make_tone):
    """Notes of half a second, 20 dB below the speech; a monotone voice is no tune."""
    truth = SUITE["pitch_truth"](voice, kind, phrases=2)
    speech = truth.heard(snr_db=10)
    notes = tune(make_tone, speech.size, 0.5)
    notes *= SUITE["SPEECH_RMS"] / 10 / np.sqrt(np.mean(notes**2))
    plain, sung = (held_share(track_pitch(record(sound))) for sound in (speech, truth.heard() + notes))
    assert plain < 0.05
    assert sung > HELD_SHARE


def test_no_voice_holds_no_note(record):
    assert held_share(track_pitch(record(np.zeros(100)))) == 0
    assert held_share(track_pitch(record(np.zeros(16000)))) == 0


def test_steady_tones_between_the_speech_are_music_or_a_toy(record, make_tone):
    tune = np.concatenate([make_tone(0.4, rate=16000, hz=hz, amplitude=0.2) for hz in (392, 440, 494, 523) * 4])
    assert sound_tracks(record(tune)).quality.tones_s > 3
    assert sound_tracks(record(np.random.default_rng(0).normal(size=64000) * 0.1)).quality.tones_s == 0


def test_speech_is_no_tone(record, planted, steady_pitch):
    recording = record(planted(250, 5.0).samples)
    pitch, intensity = steady_pitch(250, recording.samples.size), track_intensity(recording)
    assert quality_report(recording, pitch, intensity, spans((0, 5000))).tones_s == 0
    assert quality_report(recording, pitch, intensity, ()).tones_s == pytest.approx(5, abs=0.1)


def test_one_silent_channel_is_told(tmp_path, write, make_tone):
    path = write(tmp_path / "a.wav", np.stack([make_tone(1.0), np.zeros(48000)]))
    (notice,) = load_recording(path).notices
    assert notice.code == "media.channel-silent"
    assert "1 of 2 channels of the recording is silent" in notice.message


def test_one_faint_channel_is_told(tmp_path, write, make_tone):
    path = write(tmp_path / "a.wav", np.stack([make_tone(1.0), make_tone(1.0, amplitude=0.01)]))
    assert [n.code for n in load_recording(path).notices] == ["media.channels-differ"]


@pytest.mark.parametrize("louder", [0, 1])
def test_mirrored_channels_do_not_cancel_each_other(tmp_path, write, make_tone, louder):
    gains = (1.0, -0.9) if louder == 0 else (0.9, -1.0)
    recording = load_recording(write(tmp_path / "a.flac", np.stack([gain * make_tone(1.0) for gain in gains])))
    assert [n.code for n in recording.notices] == ["media.channels-opposed"]
    assert f"only channel {louder + 1} was used" in recording.notices[0].message
    assert np.abs(recording.samples).max() == pytest.approx(0.5, abs=0.01)
    assert recording.recorded.channel == louder
    assert recording.provenance.parameters["downmix"] == f"channel {louder + 1} only"


def test_two_different_channels_are_averaged(tmp_path, write, make_tone):
    recording = load_recording(write(tmp_path / "a.wav", np.stack([make_tone(1.0), make_tone(1.0, hz=300)])))
    assert recording.notices == ()
    assert recording.recorded == Recorded(48000, 2, None, 0)


@pytest.mark.shared
def test_real_recordings_are_judged(shared_data):
    quality = sound_tracks(load_recording(shared_data / "media" / "mytheory.mp4")).quality
    assert (quality.sample_rate_hz, quality.channels, quality.channel) == (44100, 2, None)
    assert 30 < quality.speech_s < 50
    assert "media.noisy" in [n.code for n in quality.notices]  # a canteen
