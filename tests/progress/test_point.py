import math

import pytest

from sdc.progress import SessionPoint
from sdc.session import Age, Participant, Provenance, Session, Utterance

CHILD = Participant("KID", "Target_Child", age=Age(3, 6, 0))


def test_of_session():
    session = Session(
        "visit.cha",
        date="2026-03-02",
        participants=(Participant("MOT", "Mother"), CHILD),
        utterances=(Utterance(0, "MOT", "hello ."), Utterance(1, "KID", "hi .")),
        context="free play",
    )
    point = SessionPoint.of("s1", session, {})
    assert (point.session_id, point.source, point.date) == ("s1", "visit.cha", "2026-03-02")
    assert (point.age_months, point.context, point.target, point.recognised) == (42.0, "free play", "KID", False)
    assert [u.index for u in point.child_utterances] == [1]
    assert SessionPoint.of("s1", session, {}, age_months=41.5).age_months == 41.5


def test_a_recogniser_is_known_by_its_provenance():
    session = Session("clip.mp3", provenance=(Provenance("transcribe", "faster-whisper", "1.2"),))
    point = SessionPoint.of("s1", session, {})
    assert point.recognised
    assert point.target is None
    assert point.child_utterances == ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_finite_number_is_no_value(point, value):
    found = point("s1", mlu_words=(value, 50)).measure("mlu_words")
    assert found.value is None
    assert found.reason


def test_no_such_measure(point):
    assert point("s1").measure("mlu_words") is None
