"""Whatever comes in: a session that has every main line, or one ChatError."""

import random
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import sdc.demo
from sdc.errors import ChatError
from sdc.formats.chat.alignment import align_mor, mor_fits
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.check_catalogue import CATALOGUE
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


def n_lines(text: str) -> int:
    return len(re.split(r"\r\n|\r|\n", text))


def main_lines(text: str) -> int:
    """Count the lines that begin with a star, without the reader."""
    return sum(line.startswith("*") for line in re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")))


def check(data: str | bytes, text: str) -> Session | None:
    """Read, and check as `sdc check` does; ours is the only exception."""
    problems = check_chat(data, source="x")
    assert all(p.code in CATALOGUE and p.message and 0 <= p.line <= n_lines(text) for p in problems)
    try:
        session = read_chat(data, source="x")
    except ChatError as error:
        assert error.code.startswith("chat.") and error.hint
        assert [p.code for p in problems] == [error.code]
        return None
    # An indented line may be taken as a main line too.
    assert len(session.utterances) >= main_lines(text)
    assert [u.index for u in session.utterances] == list(range(len(session.utterances)))
    for utterance in session.utterances:
        assert all(s.first >= 0 and s.last < len(utterance.tokens) for s in utterance.scopes)
        aligned = align_mor(utterance)
        assert mor_fits(utterance) == (aligned is None or aligned.complete)
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


# Real transcripts with damage --------------------------------------------------------------

DEMO = sorted((Path(sdc.demo.__file__).parent / "data").glob("*.cha"))


def damaged(text: str, chance: random.Random) -> str:
    """Return a transcript with a few of its lines cut, doubled, swapped, spoiled or glued together."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(lines))
        line = lines[place]
        cut = chance.randint(0, len(line))
        other = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                lines[place] = line[:cut] + chance.choice(PIECES) + line[cut:]
            case 1:
                lines[place] = line[:cut] + line[cut + chance.randint(1, 5) :]
            case 2:
                lines.insert(other, line)
            case 3:
                lines[place], lines[other] = lines[other], line
            case 4:
                lines[place] = line[:cut] + lines[other][cut:]
            case _:
                lines[place : place + 2] = ["".join(lines[place : place + 2])]
    return "\n".join(lines)


def break_and_check(text: str, seeds: range) -> int:
    """Damage a text once for each seed; return how many of the results could still be read."""
    read = 0
    for seed in seeds:
        broken = damaged(text, random.Random(seed))
        session = check(broken, broken)
        if session is not None:
            read += 1
            assert [u.tokens for u in settled(session).utterances] == [u.tokens for u in session.utterances]
    return read


@pytest.mark.parametrize("path", DEMO, ids=lambda path: path.stem)
def test_demo_transcripts_with_damage(path: Path) -> None:
    assert break_and_check(path.read_text(encoding="utf-8"), range(12)) > 6


@pytest.mark.shared
def test_real_transcripts_with_damage(shared_data: Path) -> None:
    files = sorted((shared_data / "cha").rglob("*.cha"), key=lambda path: (path.stat().st_size, path.name))[:150]
    read = sum(break_and_check(p.read_text(encoding="utf-8"), range(n, n + 2)) for n, p in enumerate(files))
    assert read > len(files)


def test_damage_is_damage() -> None:
    assert sum(damaged(VALID, random.Random(seed)) != VALID for seed in range(50)) > 45


# Work grows with the length, not with its square --------------------------------------------

UNITS = [
    "<", "<a ", "<a> [/] ", "[", "[/] ", "[: ", "a [: b] ", "(", "(.) ", "“", "” ", "⌈", "↫", "\u0015", "\u00155_9",
    "\u00155_9\u0015 ", "a \u00155_9\u0015 ", "&-um ", "&", "+, ", ", ", ". ", "a@s:eng ", "@", "0", "\u0001", "a\n\t",
    "\n", "\n%com:\tx", "\n*CHI:\ta .", "\n%mor:\tn|a~", "\n@Bg:\tx", "\n@ID:\ta|b|CHI|", "„ ", "0is ", "“a” ",
]  # fmt: skip


def calls(text: str) -> int:
    """Count the calls of Python and C functions that reading, writing and checking take."""
    count = 0

    def see(frame: Any, event: str, arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(see)
    try:
        check(text, text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    def text(n: int) -> str:
        return VALID.replace("@End", f"*CHI:\ta {unit * n} .\n%mor:\t{unit.strip() or 'x'}|a .\n@End")

    base, once, twice = (calls(text(n)) for n in (0, 400, 800))
    assert twice - base <= 2.2 * (once - base) + 200
