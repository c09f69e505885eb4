"""A stored session → windows of text that can be searched: what was said, what was noted, what was found.

A single line of a young child is two words long and means little by itself, so a window holds a few
lines with who spoke them; windows overlap, so that an exchange is not cut where it matters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sdc.session import Insight, Participant, Session, TokenKind, Utterance

WINDOW = 4
"""Utterances in a window."""

STRIDE = 2
"""Utterances from one window's first to the next one's."""

NOTE_TIERS = ("com", "exp", "sit")
"""Dependent tiers in which a person writes a remark (CHAT manual, chapter on dependent tiers)."""

NOTE_HEADERS = ("Comment", "Bg", "G", "New Episode")
"""Headers in which a person writes a remark, also between utterances."""

SAID = frozenset({TokenKind.WORD, TokenKind.FILLER, TokenKind.FRAGMENT, TokenKind.NONWORD, TokenKind.UNINTELLIGIBLE})

Kind = Literal["said", "note", "insight"]


@dataclass(frozen=True, slots=True)
class Window:
    """A piece of text of one session.

    Attributes
    ----------
    id : str
        Decided by the session, the kind and the place in it.
    child_id, session_id : str
    date : str or None
        ISO date of the session. The week is not kept: it changes when an earlier session is added.
    kind : {"said", "note", "insight"}
    first, last : int or None
        Indexes of the first and last utterance that it is about, both included; None when it is
        about no utterance of its own.
    text : str
        As it is searched and shown.
    """

    id: str
    child_id: str
    session_id: str
    date: str | None
    kind: Kind
    first: int | None
    last: int | None
    text: str


def windows_of(
    child_id: str, session_id: str, session: Session, insights: tuple[Insight, ...] = ()
) -> tuple[Window, ...]:
    """Cut a session into windows.

    Parameters
    ----------
    child_id, session_id : str
    session : Session
    insights : tuple[Insight, ...]
        What was found in it; dismissed ones are left out.

    Returns
    -------
    tuple[Window, ...]
        What was said, in order, then notes, then insights. None of them is empty.
    """
    made = [*_said(session), *_notes(session), *_found(insights, session_id)]
    day = iso_day(session.date)
    return tuple(
        Window(f"{session_id}.{kind}{n}", child_id, session_id, day, kind, first, last, text)
        for n, (kind, first, last, text) in enumerate(made)
    )


def iso_day(text: str | None) -> str | None:
    """Return an ISO date that a calendar knows, or None."""
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None


Piece = tuple[Kind, int | None, int | None, str]


def _said(session: Session) -> Iterator[Piece]:
    lines = [(u.index, line) for u in session.utterances if (line := spoken_line(u, session))]
    last = max(0, len(lines) - STRIDE)
    for start in range(0, max(1, last), STRIDE) if lines else ():
        piece = lines[start : start + WINDOW]
        yield "said", piece[0][0], piece[-1][0], "\n".join(line for _, line in piece)


def spoken_line(utterance: Utterance, session: Session) -> str:
    """Return ``Mother: what is that?`` for an utterance; empty when nothing was said."""
    words = " ".join(text for t in utterance.tokens if t.kind in SAID and (text := t.text.replace("_", " ").strip()))
    if not words:
        return ""
    end = utterance.terminator
    return f"{role_in_words(session.participant(utterance.speaker))}: {words}{end if end in ('?', '!') else '.'}"


def role_in_words(participant: Participant | None) -> str:
    """Return what a participant is to the child, in words: a code such as MOT means nothing to an encoder."""
    return participant.role.replace("_", " ").removeprefix("Target ") if participant else "Speaker"


def _notes(session: Session) -> Iterator[Piece]:
    if session.context:
        yield "note", None, None, session.context
    n_utterances = len(session.utterances)
    for header in session.headers:
        if header.name in NOTE_HEADERS and header.text.strip():
            at = header.before if header.before < n_utterances else None
            yield "note", at, at, header.text.strip()
    for utterance in session.utterances:
        for tier in utterance.tiers:
            if tier.name in NOTE_TIERS and tier.text.strip():
                yield "note", utterance.index, utterance.index, tier.text.strip()


def _found(insights: tuple[Insight, ...], session_id: str) -> Iterator[Piece]:
    for insight in insights:
        if insight.status == "dismissed":
            continue
        about = [i for e in insight.evidence if e.session == session_id for i in e.utterances]
        yield "insight", min(about, default=None), max(about, default=None), insight.text
