"""A whole session without names: people, headers, lines, tiers.

It goes one way only; a text is put back by ``restore_text``. What could not be told from a name by its
form is not found: a phonetic tier, the beginning of a name that broke off (``&+Mi``), a nickname that
nobody put on the roster. docs/privacy.md lists these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from sdc.deidentify.patterns import CHAT_DATE, IDENTIFIERS, ISO_DATE, moved_date
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

_PARTS = re.compile(
    r"(?P<kept>\x15[^\x15]*\x15|&-\w+|[a-z:]+\||\([.\d:]+\)|(?<=[^\W_])-[A-Z]\w*)|\+?\(?[^\W_][\w/.()'’]*"
)
"""What an identifier of several words is made of; what is kept stands between them or tells their part of speech."""

MIN_GLUED = 3
"""Letters of a name that is found inside a word such as ``MiaBear``."""

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
            raw=self.line(utterance.raw),
            tokens=self._tokens(utterance),
            scopes=tuple(map(self._scope, utterance.scopes)),
            tiers=tuple(replace(t, text=self.line(t.text)) for t in utterance.tiers),
        )

    def line(self, text: str) -> str:
        """Return a line or a tier: as ``text``, but an identifier of several words stays as many words."""
        parts, done = [], 0
        for match in _of_several_words(text):
            parts += [self.text(text[done : match.start()]), self._by_words(match.group(), match.group())]
            done = match.end()
        return "".join((*parts, self.text(text[done:])))

    def _by_words(self, text: str, identifier: str) -> str:
        """Return a text with an identifier's pseudonym for each of its words."""
        self.roster = self.roster.with_identifiers([identifier])
        name = self.roster.exact[identifier]
        return _PARTS.sub(lambda part: part.group() if part.group("kept") else name, text)

    def _tokens(self, utterance: Utterance) -> tuple[Token, ...]:
        """Return the tokens; those of an identifier over several of them get the pseudonym that the line has."""
        tokens = [self._token(token) for token in utterance.tokens]
        text = " ".join(token.raw for token in utterance.tokens)
        known = [match.group() for match in _of_several_words(utterance.raw)]
        for number, match in enumerate(_of_several_words(text)):
            identifier = known[number] if number < len(known) else match.group()
            first = text.count(" ", 0, match.start())
            for at in range(first, first + match.group().count(" ") + 1):
                put = self._by_words(utterance.tokens[at].raw, identifier)
                if put != utterance.tokens[at].raw:
                    tokens[at] = replace(tokens[at], text=put, raw=put)
        return tuple(tokens)

    def _token(self, token: Token) -> Token:
        text, raw = self.text(token.text), self.text(token.raw)
        return token if (text, raw) == (token.text, token.raw) else replace(token, text=text, raw=raw)

    def _scope(self, scope: Scope) -> Scope:
        return replace(scope, text=self.text(scope.text), raw=self.text(scope.raw)) if scope.text else scope


def _of_several_words(text: str) -> list[re.Match[str]]:
    """Return the identifiers of a text that have a space in them."""
    return [match for match in IDENTIFIERS.finditer(text) if " " in match.group()]


Put = Callable[[re.Match[str]], str]


def _marked_names(roster: Roster) -> list[tuple[re.Pattern[str], Put]]:
    """Return how names are found inside of words (``MiaBear``) and with marks (``Mi:a``), and what is put for them."""
    named = [entry for entry in roster.entries if not entry.is_exact and len(entry.words) == 1]
    named.sort(key=lambda entry: -len(entry.name))
    glued = [(_glued_pattern(entry), _put_glued(entry)) for entry in named if len(entry.name) >= MIN_GLUED]
    return [*glued, *((_marked_pattern(entry), _put_marked(entry)) for entry in named)]


def _glued_pattern(entry: RosterEntry) -> re.Pattern[str]:
    """Return how a name is found that is glued to another word: a capital letter begins each."""
    name = Spelling.of(entry.words[0]).pattern(any_case=False)
    return re.compile(rf"(?P<before>(?<=[^\W\d_]))?{name}(?:(?P<after>(?=[^\W\d_a-z][a-z]))|{AFTER}(?P<end>))")


def _put_glued(entry: RosterEntry) -> Put:
    name = entry.pseudonyms[0]

    def put(match: re.Match[str]) -> str:
        before, after = match.group("before") is not None, match.group("after") is not None
        if not (before or after) or not entry.words[0][:1].isupper():
            return match.group()
        is_parted = match.string.endswith(entry.words[0], 0, match.start())  # the same name before it did that
        return f"{'_' if before and not is_parted else ''}{name}{'_' if after else ''}"

    return put


def _marked_pattern(entry: RosterEntry) -> re.Pattern[str]:
    spelled = Spelling.of(entry.words[0]).pattern(any_case=entry.any_case, between=f"{MARKS}*")
    return re.compile(rf"{BEFORE}(?:{MARKS}*{spelled})(?<!{MARKS})(?=[\w':^()-]|{AFTER}){AFTER}(?P<close>\)?)")


def _put_marked(entry: RosterEntry) -> Put:
    """Return a replacement with the same marks, in the same places as far as the pseudonym is long enough.

    The parentheses of a shortening are left out where nothing is counted by them: inside the word.
    """
    pseudonym, mark = entry.pseudonyms[0], re.compile(MARKS)

    def put(match: re.Match[str]) -> str:
        letters = list(pseudonym)
        close = match.group("close")
        found = match.group().removesuffix(close) if close else match.group()
        is_open = found.startswith("(")
        for place, character in enumerate(found):
            if mark.match(character) and (is_open or character not in "()"):
                letters.insert(min(place, len(letters) - 1), character)
        is_inside = found.count("(") > found.count(")") and not is_open  # ``Mi(a)``: it closes what was left out
        return "".join(letters) + ("" if is_inside else close)

    return put
