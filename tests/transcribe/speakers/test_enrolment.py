"""Roles come from voices that are known, from a person, or from nobody."""

import json

import numpy as np
import pytest
from scipy.signal import resample_poly

from sdc.audio import Recording
from sdc.errors import InputError
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers import (
    Diarization,
    EnrolledRoles,
    NamedRoles,
    Role,
    SpeakerSegment,
    ToldRoles,
    VoiceDiarizer,
    Voiceprint,
    enrol,
)


@pytest.fixture(scope="module")
def diarization(week2):
    return VoiceDiarizer().diarize(week2.recording)


@pytest.fixture(scope="module")
def child(week1):
    return enrol(week1.alone("CHI"), Role.CHILD)


@pytest.fixture(scope="module")
def mother(week1):
    return enrol(week1.alone("MOT"), Role.ADULT)


def test_voices_of_week_1_are_known_in_week_2(week2, diarization, child, mother):
    found = EnrolledRoles([child, mother]).assign(diarization, week2.recording)
    assert found.roles == {"SP00": Role.ADULT, "SP01": Role.CHILD}
    assert found.provenance.step == "roles"


def test_who_was_not_enrolled_is_unknown(week2, diarization, child):
    found = EnrolledRoles([child]).assign(diarization, week2.recording)
    assert (found.role("SP00"), found.role("SP01")) == (Role.UNKNOWN, Role.CHILD)


def test_strangers_make_nobody_known(week2, diarization, week1):
    voice = week1.alone("CHI").samples
    lower = resample_poly(voice, 3, 2).astype(np.float32)  # the same words from a much longer throat
    stranger = enrol(Recording(lower, lower.size / 16_000), Role.CHILD)
    assert EnrolledRoles([stranger]).assign(diarization, week2.recording).roles == {}


def test_two_voiceprints_alike_decide_nothing(week2, diarization, child):
    twin = Voiceprint(Role.OTHER, child.voice)
    assert EnrolledRoles([child, twin]).assign(diarization, week2.recording).roles == {}


def test_two_people_taken_for_one_are_unknown(week2, child, mother):
    merged = VoiceDiarizer(1).diarize(week2.recording)
    assert EnrolledRoles([child, mother]).assign(merged, week2.recording).roles == {}


def test_without_voiceprints_or_voices(week2, diarization, child):
    assert EnrolledRoles([]).assign(diarization, week2.recording).roles == {}
    empty = Diarization((), Provenance("diarize", "x", "1"))
    assert EnrolledRoles([child]).assign(empty, week2.recording).roles == {}


def test_a_voice_that_says_too_little_is_unknown(week2, child):
    short = Diarization((SpeakerSegment("SP00", TimeSpan(0, 2000)),), Provenance("diarize", "x", "1"))
    assert EnrolledRoles([child]).assign(short, week2.recording).roles == {}


def test_too_little_to_enrol(week1):
    whole = week1.alone("CHI")
    with pytest.raises(InputError) as caught:
        enrol(Recording(whole.samples[:32_000], 2.0), Role.CHILD, source="voice.wav")
    assert (caught.value.code, caught.value.source) == ("enrolment.short", "voice.wav")


def test_a_voiceprint_is_kept_as_json(child):
    again = Voiceprint.from_dict(json.loads(json.dumps(child.to_dict())))
    assert again.role is Role.CHILD
    assert again.voice.n == child.voice.n
    assert np.array_equal(again.voice.covariance, child.voice.covariance)
    assert len(json.dumps(child.to_dict())) < 8000


@pytest.mark.parametrize(
    "damage",
    [
        {"format": "sdc.voiceprint/9"},
        {"role": "dog"},
        {"mean": [1.0]},
        {"mean": None},
        {"n_frames": 0},
        {"covariance": [[float("nan")] * 15] * 15},
        {"covariance": [[1.0] * 15] * 15},
    ],
)
def test_a_damaged_voiceprint_is_refused(child, damage):
    with pytest.raises(InputError) as caught:
        Voiceprint.from_dict({**child.to_dict(), **damage})
    assert caught.value.code == "voiceprint.damaged"


def test_a_person_says_who_it_is(week2, diarization):
    found = ToldRoles({"SP01": Role.CHILD}).assign(diarization, week2.recording)
    assert (found.role("SP00"), found.role("SP01")) == (Role.UNKNOWN, Role.CHILD)
    assert found.provenance.engine == "person"
    with pytest.raises(InputError) as caught:
        ToldRoles({"SP07": Role.CHILD}).assign(diarization, week2.recording)
    assert caught.value.code == "speakers.label"
    assert "SP00, SP01" in caught.value.hint


def test_labels_that_say_a_role(week2, diarization):
    segments = tuple(SpeakerSegment(name, TimeSpan(k, k + 1)) for k, name in enumerate(("KCHI", "FEM", "OCH", "A")))
    named = Diarization(segments, Provenance("diarize", "rttm", "1"))
    roles = NamedRoles().assign(named, week2.recording).roles
    assert roles == {"KCHI": Role.CHILD, "FEM": Role.ADULT, "OCH": Role.OTHER}
    ours = NamedRoles().assign(diarization, week2.recording)
    assert (ours.roles, ours.provenance) == ({}, None)
