"""What the checks look at: the lines as written, and what the reader made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sdc.formats.chat.bullets import BULLET_PATTERN
from sdc.formats.chat.headers import split_header
from sdc.formats.chat.lines import Line, decode, unfold
from sdc.formats.chat.reader import MAIN_LINE, read_chat
from sdc.session import Session, Utterance

_CONTROL = re.compile("\u0015[^\u0015]*\u0015?")
_BULLET = re.compile(BULLET_PATTERN)
INVISIBLE = frozenset({"PID", "Window", "Font", "Color words"})
"""Headers that CLAN's editor keeps for itself; they may stand before ``@Begin``."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One header line: ``@name: text``."""

    number: int
    name: str
    text: str
    has_colon: bool


@dataclass(frozen=True)
class Source:
    """A transcript to check.

    Attributes
    ----------
    name : str
        Of the file.
    physical : tuple[str, ...]
        Its lines as they are.
    lines : tuple[Line, ...]
        Its logical lines.
    session : Session
        As the reader reads it.
    """

    name: str
    physical: tuple[str, ...]
    lines: tuple[Line, ...]
    session: Session

    @classmethod
    def of(cls, data: bytes | str, name: str) -> Source:
        """Read a transcript.

        Raises
        ------
        ChatError
            As ``read_chat``.
        """
        session = read_chat(data, source=name)
        text, _ = decode(data, source=name)
        lines, _ = unfold(text, source=name)
        return cls(name, tuple(text.split("\n")), tuple(lines), session)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        """The header lines in order, without those that CLAN's editor keeps for itself."""
        headers = ((line, *split_header(line.text)) for line in self.lines if line.text[0] == "@")
        return tuple(
            Heading(line.number, name, text, ":" in line.text) for line, name, text in headers if name not in INVISIBLE
        )

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes of ``@Languages``, as written."""
        return tuple(w for h in self.headings if h.name == "Languages" for w in h.text.replace(",", " ").split())

    @cached_property
    def options(self) -> frozenset[str]:
        """The words of ``@Options``."""
        return frozenset(w for h in self.headings if h.name == "Options" for w in h.text.replace(",", " ").split())

    @cached_property
    def is_ca(self) -> bool:
        """Whether it is a Conversation Analysis transcript."""
        return bool(self.options & {"CA", "CA-Unicode"})

    @cached_property
    def bodies(self) -> tuple[tuple[Utterance, str], ...]:
        """Each utterance with what stands after its speaker code, time bullets included."""
        texts = (line.text for line in self.lines if line.text[0] == "*")
        return tuple(zip(self.session.utterances, map(main_body, texts), strict=True))

    @cached_property
    def spoken(self) -> tuple[tuple[Utterance, str], ...]:
        """As ``bodies``, without bullets that hold no times: pictures, texts, damaged ones."""
        return tuple((u, _no_times(body) if "\u0015" in body else body) for u, body in self.bodies)

    def tiers(self) -> Iterator[tuple[Utterance, str, str, int]]:
        """Return each dependent tier: its utterance, name, text and line."""
        for utterance in self.session.utterances:
            for tier in utterance.tiers:
                yield utterance, tier.name, tier.text, tier.line or 0


def _no_times(body: str) -> str:
    return _CONTROL.sub(lambda m: m.group() if _BULLET.fullmatch(m.group()) else "", body)


def main_body(text: str) -> str:
    """Return what follows the speaker code of a main line."""
    match = MAIN_LINE.match(text)
    return text[match.end() :].strip() if match else "".join(text[1:].split(None, 1)[1:]).strip()
