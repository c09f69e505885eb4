"""Write a session as CHAT.

A line is written as it was (``Utterance.raw``), with its time bullets in place; so reading
the result gives the same session, but for line numbers, the source's name and warnings that
the writer cured (``@Participants`` and ``@ID`` name everybody who speaks). What CHECK wants and
nobody knows is written so that it reads as not known: the language ``und``, the corpus ``unnamed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import PurePath

from sdc.formats.chat.bullets import write_bullet
from sdc.formats.chat.headers import NO_CORPUS, NO_LANGUAGE, read_media, write_date
from sdc.formats.chat.mainline import is_bullet, token_ends
from sdc.formats.chat.timing import SPOKEN
from sdc.session import Header, Media, Participant, Session, Utterance

BEFORE_BEGIN = frozenset({"PID", "Window", "Font", "Color words", "ColorWords"})
"""Headers that stand between ``@UTF8`` and ``@Begin``."""

OF_PEOPLE = ("Birth of ", "Birthplace of ", "L1 of ")
"""Headers that stand right after ``@ID``."""

_LINE_ENDS = re.compile(r"[\r\n]+[\t ]*")
_IN_ID = re.compile(r"[|\r\n\t]+")
_IN_PARTICIPANTS = re.compile(r"[,\s]+")


def write_chat(session: Session) -> str:
    """Return a session as the text of a CHAT file.

    Parameters
    ----------
    session : Session
        From any reader. Word times of a session without ``%wor`` are written as ``%wor``.

    Returns
    -------
    str
        Ends in a line end; long lines are not folded.
    """
    return "".join(f"{_LINE_ENDS.sub(' ', line)}\n" for line in _lines(session))


def _lines(session: Session) -> Iterator[str]:
    early = list(takewhile(lambda h: h.name in BEFORE_BEGIN and h.before == 0, session.headers))
    yield "@UTF8"
    yield from map(_header, early)
    yield "@Begin"
    headers = session.headers[len(early) :]
    options = list(takewhile(lambda h: h.name == "Options" and h.before == 0, headers))
    headers = headers[len(options) :]
    of_people = list(takewhile(lambda h: h.name.startswith(OF_PEOPLE) and h.before == 0, headers))
    headers = headers[len(of_people) :]
    yield from _people(session, options)
    yield from map(_header, of_people)
    yield from _frame(session)
    position = 0
    for utterance in session.utterances:
        while position < len(headers) and headers[position].before <= utterance.index:
            yield _header(headers[position])
            position += 1
        yield from _utterance(utterance)
    yield from map(_header, headers[position:])
    yield "@End"


def _people(session: Session, options: Iterable[Header]) -> Iterator[str]:
    """Return the headers about languages and participants; ``@Options`` has its place among them."""
    people = session.participants
    language = ", ".join(session.languages) or NO_LANGUAGE
    yield f"@Languages:\t{language}"
    if people:
        yield f"@Participants:\t{' , '.join(map(_declaration, people))}"
    yield from map(_header, options)
    yield from (f"@ID:\t{_identity(person, language)}" for person in people)


def _frame(session: Session) -> Iterator[str]:
    """Return the headers about the session that have fields of their own."""
    media = session.media or _heard(session)
    if media is not None:
        yield f"@Media:\t{_media(media)}"
    if session.date is not None:
        yield f"@Date:\t{write_date(session.date)}"
    if session.context:
        yield f"@Situation:\t{session.context}"


def _heard(session: Session) -> Media | None:
    """Return the recording that a recogniser heard: times need an ``@Media``, and it goes by the source's name."""
    is_heard = session.is_recognised
    if not is_heard or not any(u.span for u in session.utterances):
        return None
    return Media(PurePath(session.source).stem, "audio", "missing")


def _header(header: Header) -> str:
    return f"@{header.name}:\t{header.text}" if header.text else f"@{header.name}"


def _declaration(person: Participant) -> str:
    """Return code, name and role; a name of several words is joined, since CHECK takes one word."""
    parts = (person.code, person.name, person.role)
    return " ".join(_IN_PARTICIPANTS.sub("_", part.strip()) for part in parts if part)


def _identity(person: Participant, language: str) -> str:
    fields = (
        person.language or language,
        person.corpus or NO_CORPUS,
        person.code,
        str(person.age) if person.age else None,
        person.sex,
        person.group,
        person.ses,
        person.role,
        person.education,
        person.custom,
    )
    return "".join(f"{_IN_ID.sub(' ', field or '').strip()}|" for field in fields)


def _media(media: Media) -> str:
    plain = f"{media.name}, {media.kind}"
    known = read_media(plain)
    name = media.name if known is not None and known.name == media.name else f'"{media.name}"'
    return ", ".join(filter(None, (name, media.kind, media.status)))


def _utterance(utterance: Utterance) -> Iterator[str]:
    yield f"*{utterance.speaker}:\t{_timed_body(utterance)}"
    yield from (f"%{tier.name}:\t{tier.text}" for tier in utterance.tiers)
    inline = any(map(is_bullet, utterance.tokens))
    if utterance.tier("wor") is None and not inline and any(t.span for t in utterance.tokens):
        yield f"%wor:\t{_word_times(utterance)}"


def _timed_body(utterance: Utterance) -> str:
    """Return the main line with its bullets: inside, where tokens say so, else at the end."""
    raw = utterance.raw
    if not any(map(is_bullet, utterance.tokens)):
        return f"{raw} {write_bullet(utterance.span)}" if utterance.span else raw
    ends = iter(token_ends(raw))
    parts: list[str] = []
    done = position = 0
    for token in utterance.tokens:
        if is_bullet(token) and token.span is not None:
            parts += (raw[done:position], f" {write_bullet(token.span)} ")
            done = position
        else:
            position = next(ends, len(raw))
    return "".join([*parts, raw[done:]]).strip()


def _word_times(utterance: Utterance) -> str:
    words: Iterable[str] = (
        f"{token.text} {write_bullet(token.span)}" if token.span else token.text
        for token in utterance.tokens
        if token.kind in SPOKEN
    )
    return " ".join([*words, utterance.terminator or "."])
