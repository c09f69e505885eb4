"""One line of a session is written anew, by a person, in CHAT."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sdc.errors import InputError, NotFoundError
from sdc.formats.chat.check_mainline import body_problems
from sdc.formats.chat.mainline import read_main_line
from sdc.session import (
    RETRACINGS,
    Notice,
    Provenance,
    ScopeKind,
    Session,
    Token,
    TokenKind,
    Utterance,
)

EDIT_STEP = "edit"
"""The provenance step of lines that a person wrote anew."""

EDITED = "transcript.edited"
EDITOR = "person"
EDITOR_VERSION = "1"

WORD_TIERS = frozenset(
    {"mor", "gra", "wor", "trn", "grt", "umor", "ugra", "xmor", "pho", "mod", "xphoaln", "xphosyl", "xmodsyl"}
)
"""Tiers that go with the main line word by word (CHAT manual, Dependent Tiers); they end when the words change."""

_NOT_ALIGNED = frozenset({TokenKind.EVENT, TokenKind.PAUSE, TokenKind.MARKER, TokenKind.INTERPOSED})
"""Kinds that no tier has an item for."""

_ALIGNED_SCOPES = RETRACINGS | {ScopeKind.REPLACEMENT, ScopeKind.REAL_WORD_REPLACEMENT, ScopeKind.EXCLUDED}
"""Codes that decide which words have an item."""

MAX_TEXT = 20_000
"""No line of real transcripts comes near so many characters."""


def edit_line(session: Session, index: int, *, text: str | None = None, speaker: str | None = None) -> Session:
    """Return a session with one line changed; what rests on the old words is taken off it.

    Parameters
    ----------
    session : Session
    index : int
        Of the utterance, from 0.
    text : str, optional
        The main line in CHAT, without speaker code and times: ``the dog ran .``
    speaker : str, optional
        Code of a speaker of this session.

    Returns
    -------
    Session
        The same object where nothing would change. Time codes stay, those of single words only
        where the word stayed; tiers that go with the words are dropped.

    Raises
    ------
    NotFoundError
        ``edit.no-line``.
    InputError
        ``edit.speaker``, ``edit.text``, or the CHAT code of what is wrong with the text.
    """
    old = line_at(session, index)
    new = old if speaker is None else replace(old, speaker=_known(session, speaker))
    if text is not None:
        new = with_text(session, new, " ".join(text.split()))
    return with_line(session, new)


def line_at(session: Session, index: int) -> Utterance:
    """Return a line; ``NotFoundError`` (``edit.no-line``) where there is none."""
    if not 0 <= index < len(session.utterances):
        raise NotFoundError(
            f"There is no line {index}.", code="edit.no-line", hint=f"Lines: 0 to {len(session.utterances) - 1}."
        )
    return session.utterances[index]


def with_line(session: Session, new: Utterance) -> Session:
    """Return a session with this line in its place; the same object where it stands there already."""
    lines = session.utterances
    if lines[new.index] == new:
        return session
    return told(
        replace(session, utterances=(*lines[: new.index], new, *lines[new.index + 1 :])),
        edited={*edited_lines(session), new.index},
    )


def edited_lines(session: Session) -> tuple[int, ...]:
    """Return the indexes of lines that a person wrote anew, in order."""
    return _listed(session, "utterances")


def estimated_lines(session: Session) -> tuple[int, ...]:
    """Return the indexes of lines whose times are an estimate, because a line was split where no word has a time."""
    return _listed(session, "estimated_times")


def edited_by(session: Session) -> Provenance | None:
    """Return the provenance of an edited transcript; None where nobody edited it."""
    return next((p for p in session.provenance if p.step == EDIT_STEP), None)


def _listed(session: Session, parameter: str) -> tuple[int, ...]:
    by = edited_by(session)
    found = by.parameters.get(parameter, "") if by else ""
    return tuple(int(number) for number in found.split(",") if number)


def _known(session: Session, speaker: str) -> str:
    codes = tuple(dict.fromkeys([*(p.code for p in session.participants), *session.speakers()]))
    if speaker not in codes:
        raise InputError(
            f"No speaker of this session is called {speaker}.",
            code="edit.speaker",
            hint=f"Speakers: {', '.join(codes)}.",
            source=session.source,
        )
    return speaker


def with_text(session: Session, old: Utterance, text: str) -> Utterance:
    """Return a line with another text; word times and tiers stay where the words do.

    Raises
    ------
    InputError
        The text is no line of CHAT, or breaks a rule of CHAT that the old one kept.
    """
    if text == old.raw:
        return old
    _check_text(session, old, text)
    line = read_main_line(text)
    if line.problems:
        raise _refused(session, old, *line.problems[0])
    is_ca = _is_ca(session)
    if not is_ca and not any(t.kind is TokenKind.TERMINATOR for t in line.tokens):
        raise InputError(
            "The line has no terminator.",
            code="chat.no-terminator",
            hint="End it with . ? or ! after a space.",
            source=session.source,
            line=old.line,
        )
    before = {code for code, _ in body_problems(old.raw, is_ca=is_ca)}
    for code, message in body_problems(text, is_ca=is_ca):
        if code not in before:
            raise _refused(session, old, code, message)
    new = replace(
        old,
        raw=text,
        tokens=with_old_times(old.tokens, line.tokens),
        scopes=tuple(line.scopes),
        postcodes=tuple(line.postcodes),
        language=line.language,
    )
    return new if _aligned(new) == _aligned(old) else without_word_tiers(new)


def without_word_tiers(line: Utterance) -> Utterance:
    """Return a line without the tiers that go with its words."""
    return replace(line, tiers=tuple(tier for tier in line.tiers if tier.name not in WORD_TIERS))


def _refused(session: Session, old: Utterance, code: str, message: str) -> InputError:
    hint = "Correct the text of the line."
    return InputError(message, code=code, hint=hint, source=session.source, line=old.line)


def _aligned(line: Utterance) -> tuple[list[str], set[tuple[ScopeKind, str, tuple[int, ...]]]]:
    """Return what word tiers go with: the words in order, and the codes that decide which of them count."""
    places = [i for i, token in enumerate(line.tokens) if token.kind not in _NOT_ALIGNED]
    number = {place: n for n, place in enumerate(places)}
    codes = {
        (s.kind, s.text, tuple(number[i] for i in range(s.first, s.last + 1) if i in number))
        for s in line.scopes
        if s.kind in _ALIGNED_SCOPES
    }
    return [line.tokens[i].raw for i in places], codes


def _check_text(session: Session, old: Utterance, text: str) -> None:
    if not text or len(text) > MAX_TEXT or any(ord(character) < 32 or character == "\x7f" for character in text):
        raise InputError(
            f"The text of a line is 1 to {MAX_TEXT} characters, without times and other control characters.",
            code="edit.text",
            hint="A line in which nothing was said is 0 . in CHAT.",
            source=session.source,
            line=old.line,
        )


def _is_ca(session: Session) -> bool:
    """Whether it is a Conversation Analysis transcript: its lines need no terminators."""
    return any(h.name == "Options" and "CA" in h.text.replace(",", " ").split() for h in session.headers)


def with_old_times(old: Sequence[Token], new: Sequence[Token]) -> tuple[Token, ...]:
    """Return new tokens with the times of those old ones that stand there still."""
    found = list(new)
    for match in SequenceMatcher(
        None, [t.raw for t in old], [t.raw for t in new], autojunk=False
    ).get_matching_blocks():
        for step in range(match.size):
            found[match.b + step] = replace(found[match.b + step], span=old[match.a + step].span)
    return tuple(found)


def told(session: Session, *, edited: Iterable[int], estimated: Iterable[int] | None = None) -> Session:
    """Say in the session which lines were edited, and whose times are estimated (default: those of before)."""
    lines = sorted(set(edited))
    guessed = sorted(set(estimated_lines(session) if estimated is None else estimated))
    parameters = {"utterances": _joined(lines)} | ({"estimated_times": _joined(guessed)} if guessed else {})
    by = Provenance(EDIT_STEP, EDITOR, EDITOR_VERSION, parameters=parameters)
    words = f"{_lines_were(len(lines))} edited by a person; measures and insights rest on the edited transcript."
    if not lines:
        words = "Speakers were renamed by a person; measures and insights rest on the edited transcript."
    if guessed:
        words += f" The times of {len(guessed)} lines that were split are estimated by their length."
    return replace(
        session,
        warnings=(*(n for n in session.warnings if n.code != EDITED), Notice(EDITED, words)),
        provenance=(*(p for p in session.provenance if p.step != EDIT_STEP), by),
    )


def moved(numbers: Iterable[int], move: Callable[[int], int | None]) -> set[int]:
    """Return the numbers of lines after some came or went; ``move`` gives None for one that is no more."""
    return {new for number in numbers if (new := move(number)) is not None}


def _joined(numbers: Iterable[int]) -> str:
    return ",".join(map(str, numbers))


def _lines_were(n: int) -> str:
    return f"{n} lines were" if n > 1 else "1 line was"
