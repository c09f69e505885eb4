"""Speakers from RTTM."""

import pytest

from sdc.errors import InputError
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers import Diarization, SpeakerSegment, read_rttm, write_rttm

TURNS = """;; made by hand
SPKR-INFO visit 1 <NA> <NA> <NA> unknown B <NA> <NA>
SPEAKER visit 1 2.000 1.500 <NA> <NA> B <NA> <NA>

SPEAKER visit 1 0.25 2 <NA> <NA> A <NA> <NA>
SPEAKER visit 1 5 1 <NA> <NA> A <NA>
SPEAKER visit 1 0 6 <NA> <NA> SPEECH <NA> <NA>
"""


def test_turns_in_order_of_time_with_their_overlaps():
    found = read_rttm(TURNS, source="visit.rttm")
    assert [(s.speaker, s.span, s.overlap) for s in found.segments] == [
        ("A", TimeSpan(250, 2250), True),
        ("B", TimeSpan(2000, 3500), True),
        ("A", TimeSpan(5000, 6000), False),
    ]
    assert found.speakers == ("A", "B")
    assert all(s.confidence is None for s in found.segments)
    assert found.provenance.engine == "rttm"


def test_a_voice_does_not_talk_into_itself():
    twice = "SPEAKER v 1 0 2 <NA> <NA> A <NA> <NA>\nSPEAKER v 1 1 2 <NA> <NA> A <NA> <NA>\n"
    assert [s.overlap for s in read_rttm(twice, source="x").segments] == [False, False]
    third = twice + "SPEAKER v 1 2.5 2 <NA> <NA> B <NA> <NA>\n"  # begins in the second, behind the first
    assert [s.overlap for s in read_rttm(third, source="x").segments] == [False, True, True]


def test_what_lies_behind_the_end_is_cut_off():
    found = read_rttm(TURNS, source="visit.rttm", duration_s=3.0)
    assert [s.span for s in found.segments] == [TimeSpan(250, 2250), TimeSpan(2000, 3000)]


def test_written_and_read_again():
    segments = (SpeakerSegment("SP00", TimeSpan(0, 1234)), SpeakerSegment("SP01", TimeSpan(1300, 2000)))
    text = write_rttm(Diarization(segments, Provenance("diarize", "x", "1")), "a visit")
    assert text.startswith("SPEAKER a_visit 1 0.000 1.234 <NA> <NA> SP00 <NA> <NA>\n")
    again = read_rttm(text, source="x")
    assert [(s.speaker, s.span) for s in again.segments] == [(s.speaker, s.span) for s in segments]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "rttm.empty", None),
        (";; nothing\n", "rttm.empty", None),
        ("SPEAKER a 1 0 1 <NA> <NA>", "rttm.line", 1),
        ("\nSPEAKER a 1 x 1 <NA> <NA> A", "rttm.line", 2),
        ("SPEAKER a 1 0 -1 <NA> <NA> A", "rttm.line", 1),
        ("SPEAKER a 1 nan 1 <NA> <NA> A", "rttm.line", 1),
        ("SPEAKER a 1 0 1e300 <NA> <NA> A", "rttm.line", 1),
        ("{}", "rttm.line", 1),
        ("SPEAKER a 1 0 1 <NA> <NA> A\nSPEAKER b 1 0 1 <NA> <NA> A", "rttm.several-files", None),
    ],
)
def test_what_is_no_rttm(text, code, line):
    with pytest.raises(InputError) as caught:
        read_rttm(text, source="visit.rttm")
    assert (caught.value.code, caught.value.line, caught.value.source) == (code, line, "visit.rttm")
