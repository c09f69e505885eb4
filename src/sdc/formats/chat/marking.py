"""Words of a line are marked as unclear or as taken back, and codes are put in."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from sdc.errors import InputError
from sdc.formats.chat.codes import read_code, read_language, read_postcode
from sdc.formats.chat.editing import line_at, with_line, with_text
from sdc.formats.chat.mainline import items
from sdc.formats.chat.places import Place, Run, no_words, places, run_of
from sdc.formats.chat.timing import SPOKEN
from sdc.session import RETRACINGS, ScopeKind, Session, TimeSpan, Token, TokenKind, Utterance

Mark = Literal["unintelligible", "retracing", "repetition", "revision", "reformulation", "false_start"]
"""``retracing`` is a repetition where the same words follow, else a revision."""

CODES = {"repetition": "[/]", "revision": "[//]", "reformulation": "[///]", "false_start": "[/-]"}
"""CHAT manual, Scoped Symbols: what each kind of retracing is written as."""

UNCLEAR = "xxx"

_OF_WORDS = frozenset(
    {
        ScopeKind.REPLACEMENT,
        ScopeKind.REAL_WORD_REPLACEMENT,
        ScopeKind.ERROR,
        ScopeKind.ALTERNATIVE,
        ScopeKind.EXPLANATION,
        ScopeKind.UNCERTAIN,
        ScopeKind.REPEAT_COUNT,
    }
)
"""Codes that say something about a word, and nothing where the word is not known."""


def mark_words(session: Session, index: int, first: int, last: int, mark: Mark) -> Session:
    """Mark words of a line as unclear, or as retraced.

    Parameters
    ----------
    session : Session
    index : int
        Of the utterance, from 0.
    first, last : int
        Tokens, both included. Pauses and commas at the edges are left out.
    mark : Mark

    Returns
    -------
    Session
        ``xxx`` in the place of unclear words, with their time; retraced ones with ``[/]``, ``[//]`` …,
        in ``<…>`` where they are several.

    Raises
    ------
    NotFoundError
        ``edit.no-line``.
    InputError
        ``edit.no-words``, ``edit.part-of-group``, ``edit.marked``, or the CHAT code of what would be wrong.
    """
    line = line_at(session, index)
    run = run_of(line, first, last)
    if mark == "unintelligible":
        return with_line(session, _unclear(session, line, run))
    if all(i in line.retraced() for i in range(run.first, run.last + 1)):
        raise InputError(
            "These words are marked as retraced already.", code="edit.marked", hint="Edit the text to change the mark."
        )
    code = CODES[_retracing_of(line, run) if mark == "retracing" else mark]
    said = line.raw[run.start : run.end]
    marked = f"{said} {code}" if run.first == run.last and not run.codes else f"<{said}> {code}"
    return with_line(session, with_text(session, line, _replaced(line, run, marked)))


def insert_code(session: Session, index: int, code: str, after: int | None = None) -> Session:
    """Put a code into a line; a language that the session does not name yet is named there, too.

    Parameters
    ----------
    session : Session
    index : int
        Of the utterance, from 0.
    code : str
        An event (``&=laughs``), a pause (``(.)``, ``(1.5)``), a code about words (``[?]``, ``[=! whispers]``),
        a postcode (``[+ exc]``) or a language (``[- spa]``).
    after : int, optional
        Token that it follows; by default it stands before the end of the line. Postcodes and languages have
        their place.

    Raises
    ------
    NotFoundError
        ``edit.no-line``.
    InputError
        ``edit.code``, ``edit.no-words``, ``edit.marked``, or the CHAT code of what would be wrong.
    """
    line = line_at(session, index)
    written = " ".join(code.split())
    kind = _kind_of(written)
    if kind == "postcode":
        if read_postcode(written) in line.postcodes:
            raise InputError(f"{written} stands there already.", code="edit.marked", hint="Nothing is to be done.")
        return with_line(session, with_text(session, line, f"{line.raw} {written}"))
    if kind == "language":
        code = read_language(written) or ""
        known = session if code in session.languages else replace(session, languages=(*session.languages, code))
        return with_line(known, with_text(session, line, f"{written} {line.raw}"))
    place = _after(line, after)
    text = " ".join(f"{line.raw[:place]} {written} {line.raw[place:]}".split())
    return with_line(session, with_text(session, line, text.replace(f"{written} >", f"{written}>")))


def _unclear(session: Session, line: Utterance, run: Run) -> Utterance:
    stay = [code for code in run.codes if read_code(code)[0] not in _OF_WORDS]
    text = _replaced(line, run, " ".join([UNCLEAR, *stay]))
    if not any(t.kind in SPOKEN for t in line.tokens[: run.first]):
        text = text.replace(f"{UNCLEAR} ,", UNCLEAR, 1)  # CHAT: no comma where no word is known before it
    new = with_text(session, line, text)
    said = [t.span for t in line.tokens[run.first : run.last + 1] if t.span is not None]
    at = next(i for i, place in enumerate(new.tokens) if place.raw == UNCLEAR and i >= run.first)
    if not said or new.tokens[at].span is not None:
        return new
    span = TimeSpan(min(s.start_ms for s in said), max(s.end_ms for s in said))
    tokens = (*new.tokens[:at], replace(new.tokens[at], span=span), *new.tokens[at + 1 :])
    return replace(new, tokens=tokens)


def _replaced(line: Utterance, run: Run, text: str) -> str:
    return " ".join(f"{line.raw[: run.start]}{text}{line.raw[run.end :]}".split())


def _retracing_of(line: Utterance, run: Run) -> str:
    """Return ``repetition`` where the same words follow, else ``revision``."""
    said = [_word(t) for t in line.tokens[run.first : run.last + 1] if t.kind in SPOKEN]
    following = [_word(t) for t in line.tokens[run.last + 1 :] if t.kind is TokenKind.WORD]
    return "repetition" if following[: len(said)] == said else "revision"


def _word(token: Token) -> str:
    return token.text.casefold()


def _kind_of(code: str) -> str:
    found = list(items(code))
    kind = found[0][0] if len(found) == 1 else ""
    if kind == "pause" or (kind == "event" and code.startswith("&=") and len(code) > 2):
        return "token"
    if kind == "code" and read_postcode(code):
        return "postcode"
    if kind == "code" and read_language(code):
        return "language"
    if kind == "code" and read_code(code)[0] not in RETRACINGS:
        return "scoped"
    raise InputError(
        f"{code or 'Nothing'} is no code that can be put in.",
        code="edit.code",
        hint="Put in an event such as &=laughs, a pause such as (.), or a code in brackets such as [?] or [+ exc].",
    )


def _after(line: Utterance, after: int | None) -> int:
    """Return the offset behind a token and its codes; before the end of the line by default."""
    found = places(line)
    if after is None or (0 <= after < len(line.tokens) and line.tokens[after].kind is TokenKind.TERMINATOR):
        return _before_end(line, found)
    here = next((n for n, place in enumerate(found) if place.token == after), None)
    if here is None:
        raise no_words(f"There is no word {after} in this line.")
    while here + 1 < len(found) and found[here + 1].is_scoped:
        here += 1
    return found[here].end


def _before_end(line: Utterance, found: tuple[Place, ...]) -> int:
    ends = [p.start for p in found if p.kind == "terminator" or (p.kind == "code" and not p.is_scoped and p.start)]
    return ends[-1] if ends and found[-1].kind == "terminator" else min(ends, default=len(line.raw))
