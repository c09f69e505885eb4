"""Whatever comes in: a session that has every main line, or one ChatError."""

import re
from collections.abc import Callable
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sdc.errors import ChatError
from sdc.formats.chat.alignment import align_mor
from sdc.formats.chat.morphology import parse_mor
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.session import Session

VALID = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Tess Target_Child, MOT Mother
@ID:	eng|made|CHI|2;03.05|female|TYP||Target_Child|||
@ID:	eng|made|MOT|||||Mother|||
@Date:	05-NOV-2020
@Media:	visit, audio
*MOT:	what's <this one> [/] this one (.) Tess ? \u00150_1500\u0015
%mor:	pro:int|what~cop|be&3S pro:dem|this pro|one n:prop|Tess ?
%wor:	what's \u00150_300\u0015 this \u0015300_500\u0015 one .
@Bg:	story
*CHI:	&-um noosh [: nose] [* p:n] xxx
	&=laughs “no” , ‡ ↫b-b↫ball ⌈ 0is ⌉ . [+ exc] \u00151600_2500\u0015
%com:	points
	at it
*CHI:	[- spa] <the \u00151_5\u0015 dog> [x 2] +...
@End
"""
PIECES = [
    "\n", "\t", "*", "%", "@", ":", "<", ">", "[", "]", "(", ")", "\u0015", "_", "5", "[/]", "[: a]", "+", "/.", "&",
    "&=", "“", "”", "⌈", "↫", "0", ".", "?", ",", " ", "\r", "\ufeff", "\x00", "@End", "@Begin\n", "*CHI:\t", "%mor:\t",
    "|", "~", "$", "@ID:\t", "@Date:\t", "x", "\u2028", "\x85", "\x1c", "1;",
]  # fmt: skip

soup = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


def main_lines(text: str) -> int:
    """Count the lines that begin with a star, without the reader."""
    return sum(line.startswith("*") for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")))


def check(data: str | bytes, text: str) -> Session | None:
    try:
        session = read_chat(data, source="x")
    except ChatError as error:
        assert error.code.startswith("chat.") and error.hint
        return None
    # An indented line may be taken as a main line too.
    assert len(session.utterances) >= main_lines(text)
    assert [u.index for u in session.utterances] == list(range(len(session.utterances)))
    for utterance in session.utterances:
        assert all(s.first >= 0 and s.last < len(utterance.tokens) for s in utterance.scopes)
        align_mor(utterance)
    assert all(n.line is not None and n.line >= 1 for n in session.warnings)
    return session


def settled(session: Session) -> Session:
    read = read_chat(write_chat(session), source="x")
    return replace(
        read,
        warnings=(),
        provenance=(),
        headers=tuple(replace(h, line=None) for h in read.headers),
        utterances=tuple(
            replace(u, line=None, tiers=tuple(replace(t, line=None) for t in u.tiers)) for u in read.utterances
        ),
    )


@settings(max_examples=400)
@given(st.text(max_size=200) | soup)
@example("@Begin\n*")
@example("@Begin\n*CHI:\t\u0015")
def test_any_text(body: str) -> None:
    check(body, body)
    framed = f"@UTF8\n@Begin\n{body}\n@End\n"
    session = check(framed, framed)
    if session is not None:
        assert main_lines(write_chat(session)) == len(session.utterances)


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    check(data, data.decode("utf-8", errors="replace"))


@settings(max_examples=600)
@given(st.data())
def test_a_valid_transcript_with_damage(data: st.DataObject) -> None:
    text = VALID
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.sampled_from([0, 0, 1, 3, 30])))
        text = text[:start] + data.draw(soup | st.just("")) + text[end:]
    session = check(text, text)
    if session is not None:
        once = settled(session)
        assert len(once.utterances) == len(session.utterances)
        assert [u.tokens for u in once.utterances] == [u.tokens for u in session.utterances]
        assert settled(once) == once


@settings(max_examples=150)
@given(st.integers(0, len(VALID.encode())))
def test_a_transcript_that_is_cut_anywhere(length: int) -> None:
    data = VALID.encode()[:length]
    session = check(data, data.decode("utf-8", errors="ignore"))
    if session is not None and length < len(VALID.encode()) - 1:
        assert "chat.no-end" in {n.code for n in session.warnings}


@given(st.text(max_size=60))
def test_any_morphology(text: str) -> None:
    assert [item.raw for item in parse_mor(text)] == text.split()


def test_the_valid_transcript_is_valid(chat_text: Callable[..., str]) -> None:
    session = read_chat(VALID, source="x")
    assert session.warnings == ()
    assert len(session.utterances) == 3
