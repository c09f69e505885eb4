"""A whole session without names: people, headers, lines, tiers.

It goes one way only; a text is put back by ``restore_text``. What could not be told from a name by its
form is not found: a phonetic tier, the beginning of a name that broke off (``&+Mi``), a nickname that
nobody put on the roster. docs/privacy.md lists these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sdc.deidentify.patterns import CHAT_DATE, ISO_DATE, moved_date
from sdc.deidentify.pseudonyms import AFTER, BEFORE
from sdc.deidentify.roster import Roster, RosterEntry
from sdc.deidentify.spelling import Spelling
from sdc.deidentify.text import deidentify_text
from sdc.session import Header, Media, Notice, Participant, Scope, Session, Token, Utterance

KEPT_HEADERS = frozenset(
    {
        "Activities", "Age of", "Bg", "Color words", "Comment", "Date", "Education of", "Eg", "Exceptions", "Font",
        "G", "Group of", "Interaction Type", "L1 of", "New Episode", "Number", "Options", "Recording Quality",
        "Room Layout", "SES of", "Ses of", "Sex of", "Situation", "Time Duration", "Transcription", "Types",
        "Warning", "Window",
    }
)  # fmt: skip
"""Headers that stay, their text without names; all others (births, places, transcribers, PIDs …) are left out."""

MARKS = r"[:^()≠∆∇↑↓ˈˌ°⌈⌉⌊⌋]"
RECORDING = "recording"
SOURCE = "session"


@dataclass(frozen=True, slots=True)
class DeidentifiedSession:
    """A session without names, and the roster with the identifiers that were found in it."""

    session: Session
    roster: Roster


def deidentify_session(session: Session, roster: Roster) -> DeidentifiedSession:
    """Return a session in which nobody is named; what was measured in it stays the same.

    Parameters
    ----------
    session : Session
    roster : Roster
        The child's. The participants' names are expected on it (``sdc.pipeline.deidentifying``).

    Returns
    -------
    DeidentifiedSession
        Dates are moved by the roster's days; the recording and the source lose their names and sums,
        the corpus its name. Ages, sex, group and role stay.
    """
    (told,), grown = deidentify_sessions([session], roster)
    return DeidentifiedSession(told, grown)


def deidentify_sessions(sessions: Iterable[Session], roster: Roster) -> tuple[tuple[Session, ...], Roster]:
    """Return sessions of one child without names, and the roster with what was found in them.

    As ``deidentify_session`` one after the other; a word that stands in many sessions is looked at once.
    """
    work = _Work(roster)
    told = tuple(_told(session, work) for session in sessions)
    return told, work.roster


def _told(session: Session, work: _Work) -> Session:
    roster, codes = work.roster, work.codes(session.participants)
    return replace(
        session,
        source=SOURCE,
        date=moved_date(session.date, roster.shift_days) if session.date else None,
        participants=tuple(work.participant(p, codes) for p in session.participants),
        utterances=tuple(work.utterance(u, codes) for u in session.utterances),
        media=_media(session.media),
        context=work.text(session.context) if session.context else session.context,
        headers=tuple(work.headers(session.headers)),
        warnings=tuple(Notice(n.code, work.text(n.message), n.line) for n in session.warnings),
        provenance=tuple(replace(p, revision=None) if p.step == "read" else p for p in session.provenance),
    )


def _media(media: Media | None) -> Media | None:
    return None if media is None else replace(media, name=RECORDING, sha256=None)


class _Work:
    """Replaces texts one after the other; the roster grows with the identifiers that are found."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self._known: dict[str, str] = {}
        self._marked = _marked_names(roster)

    def text(self, text: str) -> str:
        if text not in self._known:
            found = deidentify_text(text, self.roster)
            self.roster = found.roster
            self._known[text] = self._without_marked(found.text)
        return self._known[text]

    def _without_marked(self, text: str) -> str:
        for pattern, put in self._marked:
            text = pattern.sub(put, text)
        return text

    def codes(self, people: Iterable[Participant]) -> dict[str, str]:
        """Return new codes for speakers whose code is a name."""
        people = list(people)
        taken = {p.code for p in people}
        free = (code for n in range(1, 1000) if (code := f"P{n:02d}") not in taken)
        return {p.code: next(free) for p in people if self.text(p.code) != p.code}

    def participant(self, person: Participant, codes: dict[str, str]) -> Participant:
        return replace(
            person,
            code=codes.get(person.code, person.code),
            name=self.text(person.name) if person.name else None,
            corpus=None,
            custom=None,
            ses=self.text(person.ses) if person.ses else None,
            education=self.text(person.education) if person.education else None,
            group=self.text(person.group) if person.group else None,
        )

    def headers(self, headers: Iterable[Header]) -> Iterable[Header]:
        for header in headers:
            name, of, _ = header.name.partition(" of ")
            known = f"{name} of" if of else name
            if known in KEPT_HEADERS and (name != "Date" or re.fullmatch(f"{CHAT_DATE}|{ISO_DATE}", header.text)):
                yield replace(header, text=self.text(header.text))

    def utterance(self, utterance: Utterance, codes: dict[str, str]) -> Utterance:
        return replace(
            utterance,
            speaker=codes.get(utterance.speaker, utterance.speaker),
            raw=self.text(utterance.raw),
            tokens=tuple(map(self._token, utterance.tokens)),
            scopes=tuple(map(self._scope, utterance.scopes)),
            tiers=tuple(replace(t, text=self.text(t.text)) for t in utterance.tiers),
        )

    def _token(self, token: Token) -> Token:
        text, raw = self.text(token.text), self.text(token.raw)
        return token if (text, raw) == (token.text, token.raw) else replace(token, text=text, raw=raw)

    def _scope(self, scope: Scope) -> Scope:
        return replace(scope, text=self.text(scope.text), raw=self.text(scope.raw)) if scope.text else scope


Put = Callable[[re.Match[str]], str]


def _marked_names(roster: Roster) -> list[tuple[re.Pattern[str], Put]]:
    """Return how names with CHAT's marks inside are found (``Mi:a``, ``(Mi)a``) and what is put for them."""
    named = [entry for entry in roster.entries if not entry.is_exact and len(entry.words) == 1]
    named.sort(key=lambda entry: -len(entry.name))
    return [(_marked_pattern(entry), _put_marked(entry)) for entry in named]


def _marked_pattern(entry: RosterEntry) -> re.Pattern[str]:
    spelled = Spelling.of(entry.words[0]).pattern(any_case=entry.any_case, between=f"{MARKS}*")
    return re.compile(rf"{BEFORE}(?:{MARKS}*{spelled})(?<!{MARKS})(?=[\w':^()-]|{AFTER}){AFTER}")


def _put_marked(entry: RosterEntry) -> Put:
    """Return a replacement with the same marks, in the same places as far as the pseudonym is long enough.

    The parentheses of a shortening are left out where nothing is counted by them: inside the word.
    """
    pseudonym, mark = entry.pseudonyms[0], re.compile(MARKS)

    def put(match: re.Match[str]) -> str:
        letters = list(pseudonym)
        is_open = match.group().startswith("(")
        for place, character in enumerate(match.group()):
            if mark.match(character) and (is_open or character not in "()"):
                letters.insert(min(place, len(letters) - 1), character)
        return "".join(letters)

    return put
