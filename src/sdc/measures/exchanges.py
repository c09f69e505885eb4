"""Who speaks with whom: adults among the speakers, and what an adult said directly before the child's utterances."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sdc.measures.counting import Line, message_words
from sdc.session import CHILD_ROLES, UNKNOWN_SPEAKER, Session, Token, TokenKind

OTHER_CHILDREN = frozenset({"Sibling", "Brother", "Sister", "Playmate", "Student", "Boy", "Girl", "Infant"})
NOBODY = frozenset({"Environment", "Media", "Non_Human", "Group", "Text", "Toy"})


def adult_codes(session: Session) -> frozenset[str]:
    """Return the codes of the adults: of all who are no child, no crowd, no machine.

    A speaker without a role counts as an adult: a recogniser tells voices apart, not roles.
    """
    others = OTHER_CHILDREN | NOBODY | set(CHILD_ROLES)
    roles = {p.code: p.role for p in session.participants}
    return frozenset(code for code in session.speakers() if code != UNKNOWN_SPEAKER and roles.get(code) not in others)


BABBLING = "b"
"""Special form of babbling that is written as a word: ``bababa@b``."""

_VOCAL = re.compile(
    r"imit|vocal|babbl|squeal|shriek|growl|grunt|gurgl|hoot|murmur|mumbl|trill|raspberr"
    r"|coo(?:s|ing)?\b|hum(?:s|ming)?\b"
)


@lru_cache(maxsize=4096)
def is_vocal_event(text: str) -> bool:
    """Whether an event such as ``&=vocalizes`` or ``&=imit:plane`` is voice without words."""
    return _VOCAL.match(text.lower()) is not None


def is_vocalisation(token: Token) -> bool:
    """Whether a token is voice without words: a vocal event, ``&~gaga`` or ``bababa@b``."""
    if token.kind is TokenKind.EVENT:
        return is_vocal_event(token.text)
    return token.kind is TokenKind.NONWORD or (token.kind is TokenKind.WORD and token.form == BABBLING)


def n_vocalisations(line: Line) -> int:
    """Count the vocalisations of a line, also those in retraced material."""
    return sum(map(is_vocalisation, line.utterance.tokens))


def is_heard(line: Line) -> bool:
    """Whether somebody spoke on the line, understood or not, written down or not."""
    return line.has_speech or any(t.kind is TokenKind.UNTRANSCRIBED for t in line.utterance.tokens)


def is_voiced(line: Line) -> bool:
    """Whether the speaker spoke or vocalised on the line."""
    return is_heard(line) or n_vocalisations(line) > 0


def is_question(line: Line) -> bool:
    """Whether a question mark ends the line, alone or after a code (``+..?``)."""
    tokens = line.utterance.tokens
    last = tokens[-1].raw if tokens and tokens[-1].kind is TokenKind.TERMINATOR else line.utterance.terminator
    return "?" in (last or "")


@dataclass(frozen=True, slots=True)
class Said:
    """One line with speech.

    Attributes
    ----------
    line : Line
    words : tuple[str, ...]
        The words that it is compared by.
    known : bool
        Whether all of it was understood.
    """

    line: Line
    words: tuple[str, ...]
    known: bool

    @property
    def speaker(self) -> str:
        """Code of the speaker."""
        return self.line.utterance.speaker


@dataclass(frozen=True, slots=True)
class Exchange:
    """An utterance whose words are all known, with what was said directly before it.

    Attributes
    ----------
    said : Said
    before : Said or None
        What an adult said directly before; None when somebody else did, or nobody.
    """

    said: Said
    before: Said | None

    @property
    def words(self) -> tuple[str, ...]:
        """The utterance's words."""
        return self.said.words

    @property
    def index(self) -> int:
        """Where the utterance stands in the session."""
        return self.said.line.index


def find_said(lines: Iterable[Line]) -> tuple[Said, ...]:
    """Return the lines on which somebody spoke, with the words that they are compared by."""
    return tuple(Said(line, message_words(line), line.is_understood) for line in lines if is_heard(line))


def find_exchanges(said: tuple[Said, ...], speaker: str, adults: frozenset[str]) -> tuple[Exchange, ...]:
    """Return the speaker's utterances with words that were wholly understood.

    Lines without speech (actions, events) do not stand between an utterance and the one before.
    """
    found = []
    before: Said | None = None
    for one in said:
        if one.speaker == speaker and one.words and one.known:
            found.append(Exchange(one, before if before and before.speaker in adults - {speaker} else None))
        before = one
    return tuple(found)
