"""ELAN, Praat and captions: read as they are found, written and read again, refused where they are hostile."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.errors import AnnotationError, InputError
from sdc.formats import annotated, read_path
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.elan import read_elan
from sdc.formats.subtitles import read_srt, read_vtt
from sdc.formats.target_child import with_target
from sdc.formats.targets import Target
from sdc.formats.textgrid import read_textgrid
from sdc.session import Session

READERS = {
    Target.EAF: read_elan,
    Target.TEXTGRID: read_textgrid,
    Target.SRT: read_srt,
    Target.VTT: read_vtt,
}
Line = tuple[str, str, tuple[int, int] | None]


def again(target: Target, session: Session) -> Session:
    return READERS[target](target.write(session).encode(), source="made.cha")


def lines(session: Session) -> list[Line]:
    return [(u.speaker, u.raw, (u.span.start_ms, u.span.end_ms) if u.span else None) for u in session.utterances]


def roles(session: Session) -> dict[str, str]:
    return {p.code: p.role for p in session.participants}


def codes(session: Session) -> list[str]:
    return [notice.code for notice in session.warnings]


# What other programs write.

EAF = """<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2026-01-05T10:00:00+01:00" FORMAT="3.0" VERSION="3.0">
  <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
    <MEDIA_DESCRIPTOR MEDIA_URL="file:///C:/visits/visit 1.mp4" MIME_TYPE="video/mp4"/>
  </HEADER>
  <TIME_ORDER>
    <TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="2000"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="3000"/>
    <TIME_SLOT TIME_SLOT_ID="t3" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="t4" TIME_VALUE="1500"/>
    <TIME_SLOT TIME_SLOT_ID="t5"/>
  </TIME_ORDER>
  <TIER TIER_ID="CHI" PARTICIPANT="Tess">{chi}</TIER>
  <TIER TIER_ID="A1" PARTICIPANT="Mother"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="b" TIME_SLOT_REF1="t3"
    TIME_SLOT_REF2="t4"><ANNOTATION_VALUE>Do you see &lt;it&gt;?</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>
  </TIER>
  <TIER TIER_ID="mor@CHI" PARENT_REF="CHI"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="c" ANNOTATION_REF="a">
    <ANNOTATION_VALUE>n|dog .</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
  <TIER TIER_ID="Gesture" PARENT_REF="CHI"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="d" TIME_SLOT_REF1="t1"
    TIME_SLOT_REF2="t2"><ANNOTATION_VALUE>points</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>
"""
CHI_LINE = (
    '<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a" TIME_SLOT_REF1="t1" TIME_SLOT_REF2="{end}">'
    "<ANNOTATION_VALUE>{text}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>"
)


def eaf(text: str = "dog .", end: str = "t2") -> bytes:
    return EAF.format(chi=CHI_LINE.format(text=text, end=end)).encode()


def test_elan_as_others_write_it() -> None:
    session = read_elan(eaf(), source="visit.eaf")
    assert lines(session) == [("MOT", "do you see it ?", (0, 1500)), ("CHI", "dog .", (2000, 3000))]
    assert roles(session) == {"CHI": "Target_Child", "MOT": "Mother"}
    assert [(t.name, t.text) for t in session.utterances[1].tiers] == [("mor", "n|dog ."), ("xgesture", "points")]
    assert session.media is not None
    assert (session.media.name, session.media.kind) == ("visit_1", "video")
    assert codes(session) == []


def test_a_time_that_elan_does_not_know_is_none() -> None:
    assert lines(read_elan(eaf(end="t5"), source="a.eaf"))[0] == ("CHI", "dog .", None)


def test_minimal_chat_in_tiers_is_kept() -> None:
    assert lines(read_elan(eaf("xxx &amp;=laughs no."), source="a.eaf"))[1][1] == "xxx &=laughs no."
    assert lines(read_elan(eaf("&amp;-um dog"), source="a.eaf"))[1][1] == "&-um dog ."
    assert lines(read_elan(eaf("xxx dog [+ bch] [+ mlue]"), source="a.eaf"))[1][1] == "xxx dog . [+ bch] [+ mlue]"
    assert (
        len(read_elan(eaf("xxx " + "[+ a] " * 7000 + "x"), source="a.eaf").utterances[1].postcodes) == 7000
    )  # at once


SHORT_GRID = """File type = "ooTextFile"
Object class = "TextGrid"

0
4.5
<exists>
4
"IntervalTier"
"Mother"
0
4.5
3
0 1.25 ""
1.25 2.5
"she said ""no"" ! 12"
2.5 4.5 ""
"IntervalTier"
"CHI"
0
4.5
1
0 0.5004 "No!"
"TextTier" "clicks" 0 4.5 1 1 "x"
"IntervalTier" "CHI - words" 0 4.5 1 0 1 "no"
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_praats_short_form(encoding: str) -> None:
    session = read_textgrid(SHORT_GRID.encode(encoding), source="a.TextGrid")
    assert lines(session)[:1] == [("CHI", "no !", (0, 500))]
    assert session.utterances[1].speaker == "MOT"
    assert [t.text for t in session.utterances[1].tokens if t.kind == "word"] == ["she", "said", "no"]
    assert roles(session) == {"MOT": "Mother", "CHI": "Target_Child"}
    assert codes(session)[0] == "annotation.left-out"
    assert "clicks, CHI - words" in session.warnings[0].message


SRT = """1
00:00:01,000 --> 00:00:02,500
Mia: Where is the dog

2
00:00:02,600 --> 00:00:04,000
Mia: that <i>barks</i>?

3
00:00:05,000 --> 00:00:06,000
- Mom: There! Look: a dog.
- Mia: Dog.
"""


def test_captions_with_names() -> None:
    session = read_srt(SRT.encode(), source="a.srt")
    assert lines(session) == [
        ("MIA", "where is the dog that barks ?", (1000, 4000)),
        ("MOM", "there !", None),
        ("MOM", "look , a dog .", None),
        ("MIA", "dog .", None),
    ]
    assert roles(session) == {"MIA": "Unidentified", "MOM": "Unidentified"}
    assert codes(session) == ["annotation.several-sentences", "annotation.no-child"]


def test_a_word_before_a_colon_is_no_speaker_where_captions_have_none() -> None:
    text = "".join(
        f"{n}\n00:00:0{n},0 --> 00:00:0{n},9\n{said}\n\n" for n, said in enumerate(("Look: a dog", "yes", "no"))
    )
    session = read_srt(text.encode(), source="a.srt")
    assert [line[0] for line in lines(session)] == ["UNK"] * 3
    assert "annotation.no-speakers" in codes(session)


def test_webvtt_with_voices() -> None:
    text = (
        "WEBVTT - made by hand\n\nNOTE nothing\nof note\n\nSTYLE\n::cue {}\n\n"
        "first\n00:01.000 --> 00:02.000 align:start\n"
        "<v.loud CHI>dog &amp; cat\n\n00:02.000 --> 00:03.000\n<v Mother>Yes.</v>\n"
    )
    session = read_vtt(text.encode(), source="a.vtt")
    assert lines(session) == [("CHI", "dog and cat .", (1000, 2000)), ("MOT", "yes .", (2000, 3000))]
    assert codes(session) == []


# There and back.

TEXTS = (
    "no .", "&-um <the the> [/] dog (.) barks !", "xxx [=! whispers] .", "+< it's \"mine\" ?", "mama@c &=laughs +...",
    "<i> [/] i want 1 , 2 .", "0 .", "nose [: noses] [* s:r] & co .", "a --> b .", "los [- spa] ¿ qué ?",
)  # fmt: skip
LINE = st.tuples(
    st.sampled_from(("CHI", "MOT", "INV", "ADU2")),
    st.sampled_from(TEXTS),
    st.integers(0, 9_000_000),
    st.integers(1, 9000),
)


@pytest.mark.parametrize("target", READERS)
@given(made=st.lists(LINE, min_size=1, max_size=8))
def test_words_times_and_speakers_come_back(target: Target, made: list[tuple[str, str, int, int]]) -> None:
    body = "".join(f"*{who}:\t{text} \x15{start}_{start + length}\x15\n" for who, text, start, length in made)
    session = read_chat(f"@UTF8\n@Begin\n@Languages:\teng\n{body}@End\n", source="made.cha")
    assert sorted(lines(again(target, session))) == sorted(lines(session))


@pytest.fixture()
def rich(chat: Callable[..., Session]) -> Session:
    return chat(
        "@Media:\tmade, audio",
        "@Date:\t05-JAN-2026",
        "*CHI:\tno . \x150_1000\x15",
        "%mor:\tco|no .",
        "%com:\tone",
        "%com:\ttwo",
        "*MOT:\tyes it is . \x15800_2000\x15",
        "%wor:\tyes \x15800_1200\x15 it is .",
        "*CHI:\tno no . \x15900_1900\x15",
    )


@pytest.mark.parametrize("target", [Target.EAF, Target.VTT])
def test_headers_come_back(rich: Session, target: Target) -> None:
    back, want = again(target, rich), read_chat(write_chat(rich), source="made.cha")
    assert (back.participants, back.date) == (want.participants, want.date)
    assert (back.languages, back.media) == (want.languages, want.media)


@pytest.mark.parametrize("target", [Target.EAF, Target.TEXTGRID])
def test_dependent_tiers_come_back(rich: Session, target: Target) -> None:
    back = again(target, rich)
    for before, after in zip(rich.utterances, back.utterances, strict=True):
        assert [(t.name, t.text) for t in after.tiers] == [(t.name, t.text) for t in before.tiers]
    assert back.utterances[1].tokens == rich.utterances[1].tokens


@pytest.mark.parametrize("target", READERS)
def test_chat_from_it_is_sound_and_read_again_the_same(rich: Session, target: Target) -> None:
    session = again(target, rich)
    text = write_chat(session)
    assert {p.code for p in check_chat(text, source="made.cha")} <= {"chat.duplicate-tier"}  # as in what was written
    back = read_chat(text, source="made.cha")
    unnumbered = [replace(u, line=None, tiers=tuple(replace(t, line=None) for t in u.tiers)) for u in back.utterances]
    assert unnumbered == list(session.utterances)
    assert (back.participants, back.media, back.date) == (session.participants, session.media, session.date)


def test_what_elan_gets_is_valid_xml_with_tiers_on_which_nothing_overlaps(rich: Session) -> None:
    root = ET.fromstring(Target.EAF.write(rich))
    times = [int(slot.get("TIME_VALUE") or 0) for slot in root.iter("TIME_SLOT")]
    assert times == sorted(times)
    ids = {slot.get("TIME_SLOT_ID") for slot in root.iter("TIME_SLOT")}
    assert len(ids) == len(times) == 2 * len(rich.utterances)
    assert [tier.get("TIER_ID") for tier in root.iter("TIER")] == [
        "CHI", "mor@CHI", "com@CHI", "com#2@CHI", "CHI#2", "MOT", "wor@MOT",
    ]  # fmt: skip


def test_losses_are_said(rich: Session, chat: Callable[..., Session]) -> None:
    assert [s.split()[0] for s in Target.SRT.losses(rich)] == ["SubRip", "SubRip"]
    assert "%mor: 4 stay behind" in Target.VTT.losses(rich)[0]
    assert Target.EAF.losses(rich) == ()
    assert Target.CHA.losses(rich) == ()
    half = chat("*CHI:\tno . \x150_1000\x15", "*CHI:\tyes .", "*MOT:\tso . \x155_5\x15")
    told = Target.TEXTGRID.losses(half)
    assert "1 line(s) without a time" in told[0]
    assert "1 line(s) that end when they begin" in told[1]
    renamed = with_target(half, "MOT")
    assert "CHI, MOT" in Target.SRT.losses(renamed)[-1]


def test_a_session_without_times_cannot_be_captions(chat: Callable[..., Session]) -> None:
    for target in READERS:
        with pytest.raises(AnnotationError) as caught:
            target.write(chat("*CHI:\tno ."))
        assert caught.value.code == "annotation.no-times"


# Who the child is.


def test_the_child_is_said_by_code_or_name() -> None:
    session = read_srt(SRT.encode(), source="a.srt")
    for said in ("MIA", "mia", "Mia"):
        told = with_target(session, said)
        assert told.target is not None
        assert (told.target.code, codes(told)[1:]) == ("MIA", ["speakers.target-told"])
    with pytest.raises(InputError, match="MIA \\(Mia\\), MOM \\(Mom\\)"):
        with_target(session, "Bob")


def test_another_target_child_becomes_a_child(chat: Callable[..., Session]) -> None:
    told = with_target(chat("*CHI:\tno .", "*MOT:\tyes ."), "mot")
    assert roles(told) == {"CHI": "Child", "MOT": "Target_Child"}


# Hostile and damaged files.

BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><ANNOTATION_DOCUMENT>&y;</ANNOTATION_DOCUMENT>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><ANNOTATION_DOCUMENT>&x;</ANNOTATION_DOCUMENT>'
CIRCLE = (
    "<ANNOTATION_DOCUMENT><TIER TIER_ID='a' PARENT_REF='b'/><TIER TIER_ID='b' PARENT_REF='a'><ANNOTATION>"
    "<REF_ANNOTATION ANNOTATION_ID='x' ANNOTATION_REF='x'><ANNOTATION_VALUE>no</ANNOTATION_VALUE></REF_ANNOTATION>"
    "</ANNOTATION></TIER></ANNOTATION_DOCUMENT>"
)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.eaf", BOMB.encode(), "annotation.not-elan"),
        ("a.eaf", OUTSIDE.encode(), "annotation.not-elan"),
        ("a.eaf", CIRCLE.encode(), "annotation.no-lines"),
        ("a.eaf", b"", "annotation.not-elan"),
        ("a.eaf", b"<html/>", "annotation.not-elan"),
        ("a.eaf", eaf()[:900], "annotation.not-elan"),
        ("a.eaf", b"<ANNOTATION_DOCUMENT/>", "annotation.no-lines"),
        ("a.eaf", b"<a>" * 200_000, "annotation.not-elan"),
        ("a.EAF", b'<?xml version="1.0" encoding="no-such"?><a/>', "annotation.not-elan"),
        ("a.TextGrid", b"ooBinaryFile\x08TextGrid", "annotation.not-textgrid"),
        ("a.TextGrid", b"hello", "annotation.not-textgrid"),
        ("a.TextGrid", SHORT_GRID[:150].encode(), "annotation.not-textgrid"),
        ("a.TextGrid", SHORT_GRID.replace("<exists>\n4", "<exists>\n999999999").encode(), "annotation.not-textgrid"),
        ("a.TextGrid", SHORT_GRID.replace("no", "n\u00e3o").encode("latin-1"), "annotation.encoding"),
        ("a.srt", b"hello", "annotation.not-captions"),
        ("a.srt", b" \n", "annotation.empty"),
        ("a.srt", b"1\n00:00:01,000 --> 00:00:02,000\n\n", "annotation.no-lines"),
        ("a.srt", b"caf\xe9", "annotation.encoding"),
        ("a.vtt", SRT.encode(), "annotation.not-captions"),
        ("a.eaf", eaf("[+ a " * 20_000), "annotation.too-much"),
        (
            "a.srt",
            "".join(f"1\n00:00:01,0 --> 00:00:02,0\nP{n}: no\n\n" for n in range(300)).encode(),
            "annotation.too-much",
        ),
        ("a.srt", ("1\n00:00:01,0 --> 00:00:02,0\n" + "no " * 13_000 + "\n\n").encode() * 26, "annotation.too-much"),
    ],
)
def test_files_that_are_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_path(tmp_path / name)
    assert (caught.value.code, caught.value.source) == (code, name)
    assert caught.value.hint


def test_more_annotations_than_a_recording_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.srt").write_bytes(b"1\n00:00:01,0 --> 00:00:02,0\nno\n\n" * 4)
    assert len(read_path(tmp_path / "a.srt").utterances) == 4
    monkeypatch.setattr(annotated, "MAX_LINES", 3)
    with pytest.raises(InputError, match="The file has 4 annotations; no transcript has"):
        read_path(tmp_path / "a.srt")


@given(st.text(max_size=200), st.sampled_from(list(READERS)))
def test_any_text_is_read_or_refused(text: str, target: Target) -> None:
    starts = {Target.TEXTGRID: SHORT_GRID, Target.SRT: SRT, Target.VTT: "WEBVTT\n\n00:01.000 --> 00:02.000\n"}
    data = (
        eaf().replace(b"dog .", text.encode(errors="replace"))
        if target is Target.EAF
        else (starts[target] + text).encode(errors="replace")
    )
    try:
        session = READERS[target](data, source="a")
    except InputError:
        return
    assert read_chat(write_chat(session), source="a").speakers() == session.speakers()
