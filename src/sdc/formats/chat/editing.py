"""One line of a session is written anew, by a person, in CHAT."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from sdc.errors import InputError, NotFoundError
from sdc.formats.chat.mainline import read_main_line
from sdc.session import DependentTier, Notice, Provenance, Session, Token, TokenKind, Utterance

EDIT_STEP = "edit"
"""The provenance step of lines that a person wrote anew."""

EDITED = "transcript.edited"
EDITOR = "person"
EDITOR_VERSION = "1"

WORD_TIERS = frozenset(
    {"mor", "gra", "wor", "trn", "grt", "umor", "ugra", "xmor", "pho", "mod", "xphoaln", "xphosyl", "xmodsyl"}
)
"""Tiers that go with the main line word by word (CHAT manual, Dependent Tiers); they end when the words change."""

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
    if not 0 <= index < len(session.utterances):
        raise NotFoundError(
            f"There is no line {index}.", code="edit.no-line", hint=f"Lines: 0 to {len(session.utterances) - 1}."
        )
    old = session.utterances[index]
    new = old if speaker is None else replace(old, speaker=_known(session, speaker))
    if text is not None:
        new = _with_text(session, new, " ".join(text.split()))
    if new == old:
        return session
    lines = (*session.utterances[:index], new, *session.utterances[index + 1 :])
    return _told(replace(session, utterances=lines), index)


def edited_lines(session: Session) -> tuple[int, ...]:
    """Return the indexes of lines that a person wrote anew, in order."""
    by = edited_by(session)
    return tuple(int(number) for number in by.parameters["utterances"].split(",")) if by else ()


def edited_by(session: Session) -> Provenance | None:
    """Return the provenance of edited lines; None where no line was edited."""
    return next((p for p in session.provenance if p.step == EDIT_STEP), None)


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


def _with_text(session: Session, old: Utterance, text: str) -> Utterance:
    if text == old.raw:
        return old
    _check_text(session, old, text)
    line = read_main_line(text)
    if line.problems:
        code, message = line.problems[0]
        raise InputError(message, code=code, hint="Correct the text of the line.", source=session.source, line=old.line)
    terminators = [t for t in line.tokens if t.kind is TokenKind.TERMINATOR]
    if not terminators and not _is_ca(session):
        raise InputError(
            "The line has no terminator.",
            code="chat.no-terminator",
            hint="End it with . ? or ! after a space.",
            source=session.source,
            line=old.line,
        )
    return replace(
        old,
        raw=text,
        tokens=with_old_times(old.tokens, line.tokens),
        scopes=tuple(line.scopes),
        postcodes=tuple(line.postcodes),
        language=line.language,
        tiers=_tiers_that_stay(old.tiers),
    )


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


def _tiers_that_stay(tiers: tuple[DependentTier, ...]) -> tuple[DependentTier, ...]:
    return tuple(tier for tier in tiers if tier.name not in WORD_TIERS)


def _told(session: Session, index: int) -> Session:
    """Say in the session that this line was edited, too."""
    lines = sorted({*edited_lines(session), index})
    listed = ",".join(map(str, lines))
    by = Provenance(EDIT_STEP, EDITOR, EDITOR_VERSION, parameters={"utterances": listed})
    many = f"{len(lines)} lines were" if len(lines) > 1 else "1 line was"
    told = f"{many} edited by a person; measures and insights rest on the edited transcript."
    return replace(
        session,
        warnings=(*(n for n in session.warnings if n.code != EDITED), Notice(EDITED, told)),
        provenance=(*(p for p in session.provenance if p.step != EDIT_STEP), by),
    )
