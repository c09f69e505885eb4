"""Speakers from a CHAT transcript."""

import numpy as np
import pytest

from sdc.audio import Recording
from sdc.errors import InputError
from sdc.formats.chat.reader import read_chat
from sdc.session import TimeSpan
from sdc.transcribe.speakers import ChatSpeakers, Role

HEAD = (
    "@UTF8\n@Begin\n@Languages:\teng\n"
    "@Participants:\tCHI Mia Target_Child, MOT Anna Mother, TOM Brother, INV Investigator, XXX Unidentified\n"
    "@ID:\teng|x|CHI|2;06.|female|||Target_Child|||\n"
)
LINES = (
    "*MOT:\twhat is that ? \x150_700\x15\n"
    "*CHI:\ta dog . \x15500_2000\x15\n"
    "*CHI:\tno time here .\n"
    "*TOM:\tmine . \x152100_2600\x15\n"
    "*CHI:\ta cat . \x153000_6000\x15\n"
    "%wor:\ta \x153000_3200\x15 cat \x154500_4900\x15 .\n"
    "*XXX:\they . \x159000_12000\x15\n"
    "*INV:\tout of the recording . \x1511000_12000\x15\n"
)


def speakers(lines: str = LINES) -> ChatSpeakers:
    return ChatSpeakers(read_chat(f"{HEAD}{lines}@End\n".encode(), source="visit.cha"))


def silence(seconds: float) -> Recording:
    return Recording(np.zeros(round(seconds * 16_000), np.float32), seconds)


def test_bullets_and_word_times_become_segments():
    found = speakers().diarize(silence(10))
    assert [(s.speaker, s.span, s.overlap) for s in found.segments] == [
        ("MOT", TimeSpan(0, 700), True),
        ("CHI", TimeSpan(500, 2000), True),
        ("TOM", TimeSpan(2100, 2600), False),
        ("CHI", TimeSpan(3000, 3200), False),  # the pause inside the line is nobody's
        ("CHI", TimeSpan(4500, 4900), False),
        ("XXX", TimeSpan(9000, 10_000), True),
    ]
    assert found.provenance.engine == "chat"


def test_roles_and_people_are_those_of_the_headers():
    source = speakers()
    told = source.assign(source.diarize(silence(20)), silence(20))
    roles = {code: told.role(code) for code in ("CHI", "MOT", "TOM", "INV", "XXX", "ZZZ")}
    assert roles == {
        "CHI": Role.CHILD,
        "MOT": Role.ADULT,
        "TOM": Role.OTHER,
        "INV": Role.ADULT,
        "XXX": Role.UNKNOWN,
        "ZZZ": Role.UNKNOWN,
    }
    assert (told.participants["CHI"].name, told.participants["CHI"].sex) == ("Mia", "female")
    assert told.participants["MOT"].role == "Mother"
    assert told.provenance.engine == "chat"


def test_without_a_target_child_the_child_is_the_child():
    text = f"{HEAD}{LINES}@End\n".replace("Target_Child", "Child").encode()
    told = ChatSpeakers(read_chat(text, source="x"))
    assert told.assign(told.diarize(silence(20)), silence(20)).role("CHI") is Role.CHILD


def test_a_transcript_without_times_tells_nothing():
    with pytest.raises(InputError) as caught:
        speakers("*CHI:\ta dog .\n")
    assert (caught.value.code, caught.value.source) == ("chat.no-times", "visit.cha")


def test_real_transcripts_with_their_recordings(shared_data):
    from sdc.audio import load_recording
    from sdc.formats import read_path

    for name, media in (("clip.cha", "clip.mp3"), ("mytheory.cha", "mytheory.mp4")):
        session = read_path(shared_data / "media" / name)
        source, recording = ChatSpeakers(session), load_recording(shared_data / "media" / media)
        found = source.diarize(recording)
        timed = {u.speaker for u in session.utterances if u.span is not None}
        assert set(found.speakers) == timed
        assert found.segments[-1].span.end_ms <= recording.duration_s * 1000 + 1
