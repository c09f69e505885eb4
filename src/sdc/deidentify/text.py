"""Any text → the same text without names, and exactly back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sdc.deidentify.patterns import CHAT_DATE, IDENTIFIER, ISO_DATE, moved_date
from sdc.deidentify.pseudonyms import AFTER, BEFORE, PLURAL, PSEUDONYM, QUOTED
from sdc.deidentify.roster import Roster, RosterEntry
from sdc.deidentify.spelling import Spelling

_DATE = rf"(?P<date>{ISO_DATE}|{CHAT_DATE})"
_LIKE = re.sub(r"\?P<\w+>", "?:", PSEUDONYM.pattern)
_RESTORE = re.compile(f"{PSEUDONYM.pattern}|{_DATE}")
_SEPARATORS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class Deidentified:
    """A text without names, and the roster with the identifiers that were found in it."""

    text: str
    roster: Roster


def deidentify_text(text: str, roster: Roster) -> Deidentified:
    """Replace the names of a roster, and the identifiers that are known by their form.

    Parameters
    ----------
    text : str
    roster : Roster

    Returns
    -------
    Deidentified
        ``restore_text`` with its roster gives exactly the text again.
    """
    plan = _plan(roster)
    found = [match.group("identifier") for match in plan.pattern.finditer(text) if match.group("identifier")]
    unmoved = [m.group("date") for m in plan.pattern.finditer(text) if m.group("date") and not _moves(m, roster)]
    grown = roster.with_identifiers([*found, *unmoved])
    return Deidentified(plan.pattern.sub(lambda match: _replaced(match, plan, grown), text), grown)


def restore_text(text: str, roster: Roster) -> str:
    """Put names, identifiers and dates back; a pseudonym that is in no roster stays as it is."""
    exact = {pseudonym: found for found, pseudonym in roster.exact.items()}
    bases = {form: base for base in roster.spellings for form in (base, base.lower(), base.upper())}

    def restored(match: re.Match[str]) -> str:
        whole: str = match.group()
        if match.group("date"):
            return moved_date(whole, -roster.shift_days) or whole
        if match.group("quoted"):
            return whole.removeprefix(QUOTED)
        base, mask, end = match.group("base", "mask", "end")
        if base in exact and not mask:
            return exact[base] + end
        known = bases.get(base)
        if known is None:
            return whole
        return _original(base, known, mask, roster.spellings[known]) + end

    return _RESTORE.sub(restored, text)


def _original(base: str, known: str, mask: str | None, spelling: Spelling) -> str:
    if mask:
        return spelling.spelled(mask[1:])
    if base == known:
        return spelling.word
    return spelling.word.lower() if base == known.lower() else spelling.word.upper()


@dataclass(frozen=True, slots=True)
class _Plan:
    """One pattern for everything that is replaced; ``entries`` by the number of their group."""

    pattern: re.Pattern[str]
    entries: dict[str, RosterEntry]


@lru_cache(maxsize=32)
def _plan(roster: Roster) -> _Plan:
    """Return how a roster's names are found: whole words only, the longest name first."""
    named = [entry for entry in roster.entries if not entry.is_exact]
    named.sort(key=lambda entry: (-len(entry.words), -len(entry.name)))
    entries = {f"n{number}": entry for number, entry in enumerate(named)}
    names = [f"{BEFORE}(?P<{group}>{_words(entry)}){PLURAL}?{AFTER}" for group, entry in entries.items()]
    parts = (f"(?P<like>{_LIKE})", _DATE, f"(?P<identifier>{IDENTIFIER})", *names)
    return _Plan(re.compile("|".join(parts)), entries)


def _words(entry: RosterEntry) -> str:
    return r"[\s_-]+".join(Spelling.of(word).pattern(any_case=entry.any_case) for word in entry.words)


def _moves(match: re.Match[str], roster: Roster) -> bool:
    return moved_date(match.group(), roster.shift_days) is not None


def _replaced(match: re.Match[str], plan: _Plan, roster: Roster) -> str:
    whole: str = match.group()
    if match.group("like"):
        return QUOTED + whole
    if match.group("date"):
        return moved_date(whole, roster.shift_days) or roster.exact[whole]
    if match.group("identifier"):
        return roster.exact[whole]
    group = match.lastgroup
    assert group is not None
    name = match.group(group)
    return _pseudonymised(name, plan.entries[group]) + whole[len(name) :]


def _pseudonymised(name: str, entry: RosterEntry) -> str:
    """Return the words' pseudonyms with what stands between the words as it is."""
    words, between = _SEPARATORS.split(name), [*_SEPARATORS.findall(name), ""]
    pieces = []
    for found, word, pseudonym, gap in zip(words, entry.words, entry.pseudonyms, between, strict=True):
        pieces.append(Spelling.of(word).cased(pseudonym, found) + gap)
    return "".join(pieces)
