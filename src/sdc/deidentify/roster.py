"""Who and what is to be replaced for one child: names, places, identifiers, each with its pseudonym."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from sdc.deidentify.pseudonyms import Kind, Sound, pseudonym
from sdc.deidentify.spelling import Spelling
from sdc.errors import InputError

MAX_NAME = 200
MIN_PART = 2
"""A single letter of a name (an initial) is not replaced by itself: it would be every such letter."""

_PARTICLES = "al bin da de del den der di du el la le los mac st ten ter van von y zu"
PARTICLES = frozenset(_PARTICLES.split())
"""Parts of names that are words of their own; they stay where they are."""

_SEPARATORS = re.compile(r"[\s_-]+")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A name of one word or several, and the pseudonym of each word.

    Attributes
    ----------
    words : tuple[str, ...]
        Replaced where they stand together, with a space, hyphen or underscore between them.
    pseudonyms : tuple[str, ...]
        One for each word; no two in a roster are the same.
    kind : {"person", "place", "identifier"}
    any_case : bool
        Whether it is the name in any case; False for a name that is also a word, such as Rose.
    is_exact : bool
        Whether it is an address or a number, known by its form and replaced to the letter.
    """

    words: tuple[str, ...]
    pseudonyms: tuple[str, ...]
    kind: Kind
    any_case: bool = True
    is_exact: bool = False

    @property
    def name(self) -> str:
        """The name as people write it."""
        return " ".join(self.words)

    @property
    def key(self) -> tuple[str, ...]:
        """The name as it is compared."""
        return tuple(word.casefold() for word in self.words)


@dataclass(frozen=True)
class Roster:
    """What is replaced for one child. Adding gives a new roster; a pseudonym once given stays.

    Attributes
    ----------
    entries : tuple[RosterEntry, ...]
    shift_days : int
        All dates of the child are moved by so many days, so that the times between them stay.
    n_given : int
        How many pseudonyms were ever given; none is given twice.
    """

    entries: tuple[RosterEntry, ...] = ()
    shift_days: int = 0
    n_given: int = 0

    def with_name(self, name: str, kind: Kind, *, any_case: bool = True, sound: Sound | None = None) -> Roster:
        """Return the roster with a name added; the same one when it is there.

        Parameters
        ----------
        name : str
            One word or several; several are replaced where they stand together.
        kind : {"person", "place", "identifier"}
        any_case : bool
        sound : callable, optional
            How a word counts where syllables are counted; then each pseudonym counts as its word does.

        Raises
        ------
        InputError
            ``roster.name``: there is no letter or digit in it, or it is too long.
        """
        words = split_name(name)
        if not words or len(name) > MAX_NAME:
            raise InputError(
                "This is no name that could be replaced.",
                code="roster.name",
                hint=f"Give one or several words of letters, up to {MAX_NAME} characters.",
            )
        if any(entry.key == tuple(w.casefold() for w in words) for entry in self.entries):
            return self
        pseudonyms = tuple(
            self._given(word) or pseudonym(kind, self.n_given + i, word, sound) for i, word in enumerate(words)
        )
        return self._with_entry(RosterEntry(words, pseudonyms, kind, any_case))

    def with_person(self, name: str, *, sound: Sound | None = None) -> Roster:
        """Return the roster with each part of a person's name added."""
        roster = self
        for part in split_name(name):
            if len(part) >= MIN_PART and part.casefold() not in PARTICLES:
                roster = roster.with_name(part, "person", sound=sound)
        return roster

    def with_identifiers(self, found: Iterable[str]) -> Roster:
        """Return the roster with identifiers added that are replaced as they stand, to the letter."""
        roster = self
        for text in found:
            if text not in roster.exact:
                name = pseudonym("identifier", roster.n_given, text)
                roster = roster._with_entry(RosterEntry((text,), (name,), "identifier", is_exact=True))
        return roster

    def _with_entry(self, entry: RosterEntry) -> Roster:
        return replace(self, entries=(*self.entries, entry), n_given=self.n_given + len(entry.words))

    def _given(self, word: str) -> str | None:
        """Return the pseudonym that a word has already in another name: one word, one pseudonym."""
        return self._by_word.get(word.casefold())

    def without(self, name: str) -> Roster:
        """Return the roster without a name; its pseudonym is given to nobody else."""
        key = tuple(word.casefold() for word in split_name(name))
        kept = tuple(entry for entry in self.entries if entry.key != key and entry.name != name)
        return replace(self, entries=kept)

    @cached_property
    def _by_word(self) -> dict[str, str]:
        pairs = ((e.words, e.pseudonyms) for e in reversed(self.entries) if not e.is_exact)
        return {word.casefold(): name for words, names in pairs for word, name in zip(words, names, strict=True)}

    @cached_property
    def spellings(self) -> dict[str, Spelling]:
        """The spelling behind each pseudonym."""
        return {
            pseudonym: Spelling.of(word)
            for entry in reversed(self.entries)
            if not entry.is_exact
            for word, pseudonym in zip(entry.words, entry.pseudonyms, strict=True)
        }

    @cached_property
    def exact(self) -> dict[str, str]:
        """Identifiers that are replaced to the letter, with their pseudonyms."""
        return {entry.words[0]: entry.pseudonyms[0] for entry in self.entries if entry.is_exact}


def split_name(name: str) -> tuple[str, ...]:
    """Return the words of a name, composed, without what stands around them."""
    words = (_EDGES.sub("", word) for word in _SEPARATORS.split(unicodedata.normalize("NFC", name)))
    return tuple(word for word in words if word)
