from collections.abc import Callable
from dataclasses import replace

import pytest

from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.recognised import RecognisedSegment, RecognisedWord, to_utterances
from sdc.session import Header, Media, Participant, Session, TimeSpan, Token, TokenKind, Utterance

Chat = Callable[..., Session]
B = "\u0015{}_{}\u0015"


def said(session: Session) -> Session:
    """The session without what a second reading may change: line numbers, warnings, provenance."""
    return replace(
        session,
        warnings=(),
        provenance=(),
        headers=tuple(replace(h, line=None) for h in session.headers),
        utterances=tuple(
            replace(u, line=None, tiers=tuple(replace(t, line=None) for t in u.tiers)) for u in session.utterances
        ),
    )


def again(session: Session) -> Session:
    return read_chat(write_chat(session), source=session.source)


LINES = [
    "*CHI:\t<the dog> [/] the &-um dog runs . [+ exc]",
    f"*CHI:\tthe dog . {B.format(0, 900)}",
    f"*CHI:\tthe {B.format(0, 5)} dog {B.format(5, 9)} . {B.format(9, 9)}",
    f"*CHI:\t<the dog {B.format(0, 5)}> [/] {B.format(5, 6)} <the dog> [//] cat .",
    f"*CHI:\t{B.format(0, 5)} the [= the dog] {B.format(5, 6)} dog .",
    f"*CHI:\tthe{B.format(0, 5)}dog, {B.format(5, 6)} no .",
    f"*CHI:\t“the dog” {B.format(0, 5)} [=! x] no .",
    "*CHI:\tthe dog . •0_900•",
    "*CHI:\tthe dog . \u00159_1\u0015",
    "*CHI:\tthe dog",
    "*CHI:\t<the dog . [",
    "*CHI:\t",
    "*CHI no .",
    "*FAT:\tno .",
    "**",
    "%com:\tearly",
    "@Comment",
    "@",
    "@Date:\t05-NOV-2020",
    "@Date:\tsoon",
    "@Media:\tvisit, audio, unlinked",
    '@Media:\t"https://x/a, b.mp3", audio',
    "@Situation:\tplaying",
    "@Font:\tX",
]


@pytest.mark.parametrize("line", LINES)
def test_read_write_read(chat: Chat, line: str) -> None:
    session = chat("@ID:\teng|made|CHI|2;03.05|female|TYP|WC|Target_Child|12|note|", line, "%xyz:\ta", "*MOT:\tno .")
    session = replace(session, participants=tuple(replace(p, language="eng") for p in session.participants))
    assert said(again(session)) == said(session)


def test_a_written_transcript_declares_everybody(chat: Chat) -> None:
    session = again(read_chat("@Begin\n*CHI:\tno .\n@End\n", source="x"))
    assert session.warnings == ()
    assert session.participants == (Participant("CHI"),)


def test_headers_stand_where_they_stood(chat: Chat) -> None:
    session = chat("@PID:\t1", "*CHI:\tno .", "@Bg:\tstory", "*CHI:\tyes .", "@Eg:\tstory")
    session = replace(session, headers=(Header("Window", "1"), *session.headers), date="2020-11-05")
    lines = write_chat(session).split("\n")
    assert lines[:4] == ["@UTF8", "@Window:\t1", "@PID:\t1", "@Begin"]
    assert lines[4:] == [
        "@Languages:\teng",
        "@Participants:\tCHI Tess Target_Child , MOT Mother",
        "@ID:\teng|unnamed|CHI|||||Target_Child|||",
        "@ID:\teng|unnamed|MOT|||||Mother|||",
        "@Date:\t05-NOV-2020",
        "*CHI:\tno .",
        "@Bg:\tstory",
        "*CHI:\tyes .",
        "@Eg:\tstory",
        "@End",
        "",
    ]


def test_recognised_speech_is_written_with_its_word_times() -> None:
    words = (
        RecognisedWord(" Um,", 0, 0.2, 0.5),
        RecognisedWord(" b-", 0.3, 0.4, 0.5),
        RecognisedWord(" ball?", 0.5, 1),
    )
    utterances = to_utterances([RecognisedSegment("", 0, 1, words)], speaker="CHI")
    session = Session(
        source="x",
        date="2020-11-05",
        languages=("eng",),
        participants=(Participant("CHI", "Target_Child", language="eng"),),
        utterances=utterances,
        media=Media("visit", "audio"),
    )
    text = write_chat(session)
    assert f"*CHI:\t&-um &+b ball ? {B.format(0, 1000)}\n%wor:\tum {B.format(0, 200)} b {B.format(300, 400)}" in text
    read = read_chat(text, source="x")
    assert read.warnings == ()
    assert [(t.text, t.kind, t.span) for t in read.utterances[0].tokens] == [
        (t.text, t.kind, t.span) for t in utterances[0].tokens
    ]
    assert read.utterances[0].span == TimeSpan(0, 1000)


def test_what_would_break_a_header_is_taken_out() -> None:
    session = Session(
        source="x",
        participants=(Participant("CHI", "Target Child", name="Ann, B", group="A|B\nC"),),
        context="at\nhome",
    )
    read = again(session)
    assert read.participants == (Participant("CHI", "Target Child", name="Ann_B", group="A B C"),)
    assert read.context == "at home"


def test_a_line_end_in_the_words_cannot_make_a_new_line() -> None:
    tokens = (Token("no", TokenKind.WORD, "no"),)
    session = Session(source="x", utterances=(Utterance(0, "CHI", "no\n*MOT:\tyes .", tokens),))
    assert [u.speaker for u in again(session).utterances] == ["CHI"]
