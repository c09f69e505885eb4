"""One contract for all back ends of pitch, loudness and voice, and what each does its own way."""

import runpy
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import SoundTracks, load_recording, sound_tracks
from sdc.audio.acoustics import ACOUSTICS, OWN, make_acoustics
from sdc.errors import ExtraMissingError, SettingsError

RATE = 16000
SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
VOICES = SUITE["VOICES"]
OTHERS = [name for name in ACOUSTICS if name != OWN]


@pytest.fixture(params=ACOUSTICS)
def back_end(request):
    return make_acoustics(request.param)


@pytest.fixture(scope="module")
def child():
    return SUITE["pitch_truth"](SUITE["CHILD"], "lively", phrases=2)


def test_the_default_is_our_own():
    assert make_acoustics().name == OWN


def test_names_are_those_of_the_table(back_end):
    assert ACOUSTICS.keys() == {"sdc", "librosa", "praat"}
    assert back_end.name in ACOUSTICS


def test_an_unknown_name_tells_the_known_ones():
    with pytest.raises(SettingsError) as caught:
        make_acoustics("opensmile")
    assert caught.value.code == "settings.acoustics"
    assert all(name in caught.value.hint for name in ACOUSTICS)


@pytest.mark.parametrize("name", OTHERS)
def test_a_missing_extra_is_named(name, monkeypatch):
    monkeypatch.setattr("sdc.audio.acoustics.find_spec", lambda module: None)
    with pytest.raises(ExtraMissingError) as caught:
        make_acoustics(name)
    assert f"speech-development-companion[{name}]" in caught.value.hint


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_planted_pitch_is_found_in_noise(voice, back_end, record):
    truth = SUITE["pitch_truth"](voice, "lively", phrases=2)
    track = back_end.pitch(record(truth.heard(snr_db=10)))
    planted = truth.f0_at(track.times_s)
    both = np.isfinite(track.f0_hz) & np.isfinite(planted)
    errors = np.abs(track.f0_hz[both] / planted[both] - 1)
    assert both.sum() > 0.85 * np.isfinite(planted).sum()
    assert np.mean(errors > 0.2) < 0.01
    assert np.median(errors) < 0.01


def test_frames_lie_on_common_grids(child, back_end, record):
    recording = record(child.heard())
    pitch, intensity = back_end.pitch(recording), back_end.intensity(recording)
    voice = back_end.voice(recording, pitch)
    assert np.allclose(pitch.times_s, np.arange(pitch.f0_hz.size) * pitch.hop_s, atol=0.009)
    assert np.allclose(intensity.times_s, (np.arange(intensity.level_db.size) + 0.5) * intensity.hop_s, atol=1e-6)
    assert pitch.f0_hz.size * pitch.hop_s == pytest.approx(recording.duration_s, abs=0.05)
    assert intensity.level_db.size == -(-recording.samples.size // 160)
    arrays = [
        a for a in (voice.hnr_db, voice.jitter_pct, voice.shimmer_pct, voice.low_db, voice.high_db) if a is not None
    ]
    assert {a.shape for a in arrays} == {pitch.f0_hz.shape}
    assert all(np.isfinite(a).sum() > 50 for a in arrays)
    assert not any(np.isfinite(a[np.isnan(pitch.f0_hz)]).any() for a in arrays)


@pytest.mark.parametrize("amplitude", [0.5, 0.05])
def test_level_is_re_full_scale(amplitude, back_end, record, make_tone):
    level = back_end.intensity(record(make_tone(1.0, rate=RATE, hz=1000, amplitude=amplitude))).level_db
    assert np.nanmedian(level) == pytest.approx(20 * np.log10(amplitude) - 3.01, abs=0.05)


def test_silence_has_neither_pitch_nor_level(back_end, record):
    recording = record(np.zeros(RATE))
    assert np.isnan(back_end.pitch(recording).f0_hz).all()
    assert np.isnan(back_end.intensity(recording).level_db).all()


@pytest.mark.parametrize("n", [1, 100, 256, 1599, 1601, 5000])
def test_very_short_recordings_are_measured_too(n, back_end, record):
    tracks = sound_tracks(record(np.full(n, 0.1)), back_end)
    assert tracks.pitch.f0_hz.size >= 1
    assert tracks.voice.low_db.shape == tracks.pitch.f0_hz.shape


def test_provenance_says_who(back_end, child, record):
    recording = record(child.heard())
    pitch = back_end.pitch(recording)
    made = (pitch.provenance, back_end.intensity(recording).provenance, back_end.voice(recording, pitch).provenance)
    assert [p.step for p in made] == ["pitch", "intensity", "voice quality"]
    assert all(p.version for p in made)
    word = {"sdc": "swift-f0"}.get(back_end.name, back_end.name)
    assert made[0].engine.startswith(word)


def test_tracks_say_who_made_them_after_storing(back_end, child, record):
    made = sound_tracks(record(child.heard()), back_end)
    read = SoundTracks.from_bytes(made.to_bytes())
    assert (read.acoustics, read.is_own) == (back_end.name, back_end.name == OWN)
    assert (read.voice.hnr_db is None) == (made.voice.hnr_db is None)
    assert read.all_provenance == made.all_provenance
    assert np.array_equal(read.pitch.f0_hz, made.pitch.f0_hz, equal_nan=True)


def test_speech_and_quality_do_not_rest_on_the_back_end(child, record):
    made = [sound_tracks(record(child.heard(snr_db=20)), make_acoustics(name)) for name in ACOUSTICS]
    assert len({(m.speech, m.quality) for m in made}) == 1
    assert made[0].speech
    assert len({m.pitch.f0_hz.tobytes() for m in made}) == len(ACOUSTICS)


# librosa


def test_librosa_gives_neither_harmonics_nor_periods(child, record):
    back_end, recording = make_acoustics("librosa"), record(child.heard())
    voice = back_end.voice(recording, back_end.pitch(recording))
    assert (voice.hnr_db, voice.jitter_pct, voice.shimmer_pct) == (None, None, None)


def test_librosa_works_piece_by_piece(child, record, monkeypatch):
    """The seams lie in speech; what stands on both sides is the same as without them."""
    back_end, recording = make_acoustics("librosa"), record(child.heard())
    whole = back_end.pitch(recording).f0_hz
    monkeypatch.setattr("sdc.audio.acoustics.librosa.PIECE_FRAMES", 90)
    pieces = back_end.pitch(recording).f0_hz
    assert pieces.shape == whole.shape
    assert np.mean(np.isfinite(pieces) == np.isfinite(whole)) > 0.98
    both = np.isfinite(pieces) & np.isfinite(whole)
    assert np.mean(np.abs(pieces[both] / whole[both] - 1) < 0.01) > 0.99


# Praat


def test_praat_holds_no_voice_against_another_s_limits(record):
    """A man says little beside a child: the child's range for both would search him an octave too high."""
    child = SUITE["pitch_truth"](SUITE["CHILD"], "lively", phrases=5)
    man = SUITE["pitch_truth"](SUITE["MAN"], "lively", phrases=1)
    track = make_acoustics("praat").pitch(record(np.concatenate([child.heard(snr_db=20), man.heard(snr_db=20)])))
    both = np.concatenate([child.f0_hz, man.f0_hz])
    planted = both[np.clip(np.rint(track.times_s * RATE).astype(int), 0, both.size - 1)]
    is_man = (planted < 200) & (track.times_s > child.samples.size / RATE)
    found = np.isfinite(track.f0_hz[is_man])
    assert found.mean() > 0.8
    assert np.mean(np.abs(track.f0_hz[is_man][found] / planted[is_man][found] - 1) > 0.2) < 0.01


@pytest.mark.parametrize("n", [24320, 24576, 24400])
def test_praat_measures_a_voice_that_lasts_to_the_very_end(n, planted, record):
    """Periods lie there beyond the middle of the last frame."""
    back_end, recording = make_acoustics("praat"), record(planted(400, 2.0, jitter=0.01).samples[:n])
    voice = back_end.voice(recording, back_end.pitch(recording))
    assert np.nanmean(voice.jitter_pct.astype(float)) == pytest.approx(0.9, abs=0.3)


@pytest.mark.parametrize("snr_db", [None, 5])
def test_praat_s_second_pass_keeps_a_monotone_voice_monotone(snr_db, record):
    truth = SUITE["pitch_truth"](SUITE["CHILD"], "monotone", phrases=3)
    f0 = make_acoustics("praat").pitch(record(truth.heard(snr_db=snr_db))).f0_hz
    voiced = 12 * np.log2(f0[np.isfinite(f0)])
    assert np.std(voiced) < 0.6


@pytest.mark.parametrize("f0_hz", [220, 300])
@pytest.mark.parametrize(
    "options", [{}, {"jitter": 0.01}, {"shimmer": 0.08}, {"snr_db": 20}], ids=lambda o: next(iter(o), "plain")
)
def test_praat_s_own_answers_come_through(f0_hz, options, planted, record):
    """Praat asked in one go, as its manual describes, and our frames' mean."""
    import parselmouth
    from parselmouth.praat import call

    samples = planted(f0_hz, 3.0, **options).samples
    back_end, recording = make_acoustics("praat"), record(samples)
    voice = back_end.voice(recording, back_end.pitch(recording))
    sound = parselmouth.Sound(np.asarray(samples, float), RATE)
    points = call(sound, "To PointProcess (periodic, cc)", 0.75 * f0_hz, 2 * f0_hz)
    jitter = 100 * call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3)
    shimmer = 100 * call([sound, points], "Get shimmer (local)", 0, 0, 0.0001, 0.02, 1.3, 1.6)
    # The same step: at 10 ms every frame meets the same phase of 300 Hz.
    harmonicity = call(call(sound, "To Harmonicity (cc)", 0.016, 0.75 * f0_hz, 0.1, 1.0), "Get mean", 0, 0)
    found = [float(np.nanmean(a.astype(float))) for a in (voice.jitter_pct, voice.shimmer_pct, voice.hnr_db)]
    assert found == [
        pytest.approx(jitter, rel=0.05, abs=0.01),
        pytest.approx(shimmer, rel=0.05, abs=0.05),
        pytest.approx(harmonicity, abs=0.5),
    ]


@pytest.mark.shared
@pytest.mark.parametrize("name", OTHERS)
def test_real_speech_has_the_same_pitch(name, shared_data):
    recording = load_recording(shared_data / "media" / "jfk.flac")
    ours, theirs = (make_acoustics(n).pitch(recording) for n in (OWN, name))
    n = min(ours.f0_hz.size, theirs.f0_hz.size)
    both = np.isfinite(ours.f0_hz[:n]) & np.isfinite(theirs.f0_hz[:n])
    ratios = theirs.f0_hz[:n][both] / ours.f0_hz[:n][both]
    assert both.sum() > 0.9 * np.isfinite(ours.f0_hz).sum()
    assert np.mean(np.abs(ratios - 1) < 0.05) > 0.9
