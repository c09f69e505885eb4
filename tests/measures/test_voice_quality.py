"""HNR, jitter and shimmer: where they are taken, and where the recording refuses them."""

from dataclasses import replace

import numpy as np
import pytest

from sdc.audio import QualityReport, VoiceQualityTrack
from sdc.audio.quality import REASONS
from sdc.companion.wording import lint_wording
from sdc.measures import REGISTRY
from sdc.measures.voice_quality import GATE, MUSIC, NOT_GIVEN
from sdc.session import Provenance

IDS = ("hnr_db", "jitter_local_pct", "shimmer_local_pct")
CLEAN = QualityReport(60.0, False, 0.0, 30.0, 45.0, 0.0, 48000, 1)


@pytest.fixture
def rated(tracks):
    """Make tracks with voice quality by time: HNR, jitter, shimmer."""

    def make(duration_s, by_time, quality=CLEAN):
        sound = tracks(duration_s, f0=lambda t: 300)
        rows = np.array([by_time(t) for t in sound.pitch.times_s], np.float16)
        voice = VoiceQualityTrack(
            *rows.T, *[np.zeros(len(rows), np.float16)] * 2, Provenance("voice quality", "by hand", "1")
        )
        return replace(sound, voice=voice, quality=quality)

    return make


def test_means_where_only_this_speaker_speaks(measured, rated):
    sound = rated(8, lambda t: (20, 0.5, 4) if t < 2 else (10, 1.5, 8) if t < 4 else (0, 9, 40))
    found = measured("CHI: a dog . 0_4000", "MOT: yes . 4000_8000", sound=sound)
    assert [found[id].value for id in IDS] == pytest.approx([15, 1.0, 6], abs=0.05)
    assert (found["hnr_db"].n, found["hnr_db"].reliability, found["hnr_db"].utterances) == (4, "too_few", (0,))
    assert [(s.start_ms, s.end_ms) for s in found["hnr_db"].spans] == [(0, 4000)]
    assert [p.step for p in found["hnr_db"].provenance] == ["voice quality"]


def test_frames_without_a_value_are_left_out(measured, rated):
    nan = float("nan")
    sound = rated(8, lambda t: (20, 0.5, 4) if t < 2 else (nan, nan, nan))
    found = measured("CHI: a dog . 0_8000", sound=sound)
    assert [found[id].value for id in IDS] == pytest.approx([20, 0.5, 4], abs=0.01)
    assert found["jitter_local_pct"].n == 2


@pytest.mark.parametrize(
    ("change", "without"),
    [
        ({"snr_db": 29.0}, IDS[1:]),
        ({"snr_db": 14.0}, IDS),
        ({"snr_db": None}, IDS),
        ({"silent": True}, IDS),
        ({"sample_rate_hz": 8000}, IDS),
        ({"clipped_share": 0.002}, IDS),
        ({"sample_rate_hz": None}, ()),
    ],
)
def test_a_bad_recording_gives_the_reason(measured, rated, change, without):
    quality = replace(CLEAN, **change)
    found = measured("CHI: a dog . 0_4000", sound=rated(8, lambda t: (20, 0.5, 4), quality))
    for id in IDS:
        reason = quality.obstacle("harmonics" if id == "hnr_db" else "periods")
        assert (found[id].value is None, found[id].reason) == (id in without, reason)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: a dog . 0_4000", "MOT: no . 0_4000"), "no stretch in which only this speaker's time codes lie"),
        (("CHI: a dog . 0_900",), "less than 1 s of steady voice where only this speaker speaks"),
        (("CHI: a dog .",), "no time codes"),
    ],
)
def test_too_little_voice_gives_the_reason(measured, rated, lines, reason):
    found = measured(*lines, sound=rated(8, lambda t: (20, 0.5, 4)))
    assert {found[id].reason for id in IDS} == {reason}


def test_tracks_of_an_earlier_version(measured, tracks):
    found = measured("CHI: a dog . 0_4000", sound=tracks(8, f0=lambda t: 300))
    assert {found[id].reason for id in (*IDS, "vocal_arousal")} == {
        "an earlier version measured the recording; process the session again"
    }


def test_what_the_back_end_does_not_measure_has_a_reason(measured, rated):
    sound = rated(8, lambda t: (20, 0.5, 4))
    voice = replace(sound.voice, jitter_pct=None, shimmer_pct=None)
    found = measured("CHI: a dog . 0_4000", sound=replace(sound, voice=voice, acoustics="librosa"))
    assert found["hnr_db"].value == pytest.approx(20)
    assert [found[id].value for id in IDS[1:]] == [None, None]
    assert {found[id].reason for id in IDS[1:]} == {NOT_GIVEN.replace("…", "librosa")}
    assert [found[id].rule.partition("@")[2] for id in IDS] == ["librosa"] * 3


def test_the_gate_s_reasons_are_declared():
    assert (*GATE, MUSIC) == REASONS


@pytest.mark.parametrize("id", [*IDS, "vocal_arousal"])
def test_words(id):
    rule = REGISTRY[id]
    assert not [found for text in (rule.title, rule.description, *rule.no_value_when) for found in lint_wording(text)]
    if id != "vocal_arousal":
        assert "research only" in rule.description
