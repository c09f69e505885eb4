"""Phrases used as a whole: strings of words said again on other days, or that stand in a list of scripts.

Not measures but candidates for a person to look at: everyday phrases (*I don't know*) recur too.
Delayed echolalia and gestalts are communication; the context tells what they say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sdc.measures.counting import plain_words
from sdc.measures.echo import is_echo
from sdc.measures.exchanges import Exchange
from sdc.measures.sample import Sample

MINIMUM_WORDS = 3
MINIMUM_SESSIONS = 2

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a string was said.

    Attributes
    ----------
    session : int
        Position of the session in what was handed over.
    utterance : int
        Index of the utterance in that session.
    """

    session: int
    utterance: int


@dataclass(frozen=True, slots=True)
class RecurringPhrase:
    """A string of words that recurs.

    Attributes
    ----------
    words : tuple[str, ...]
    places : tuple[Place, ...]
        In order; an immediate echo of an adult is none.
    """

    words: Words
    places: tuple[Place, ...]

    @property
    def n_sessions(self) -> int:
        """In how many sessions it was said."""
        return len({place.session for place in self.places})


def recurring_phrases(
    samples: Sequence[Sample], *, minimum_words: int = MINIMUM_WORDS, minimum_sessions: int = MINIMUM_SESSIONS
) -> tuple[RecurringPhrase, ...]:
    """Return the strings of words that one speaker says in several sessions.

    Parameters
    ----------
    samples : Sequence[Sample]
        The speaker's side of each session, in order of time.
    minimum_words, minimum_sessions : int

    Returns
    -------
    tuple[RecurringPhrase, ...]
        The most widespread first, then the longest. A string inside a longer one that recurs at
        the same places is left out.
    """
    said = [(Place(n, e.index), e.words) for n, sample in enumerate(samples) for e in _own(sample)]
    found: dict[Words, tuple[Place, ...]] = {}
    length = minimum_words
    strings = _recurring(_strings(said, length), minimum_sessions)
    while strings:
        longer = _recurring(_longer(said, length + 1, strings), minimum_sessions)
        covered = {(part, places) for words, places in longer.items() for part in (words[:-1], words[1:])}
        found |= {words: places for words, places in strings.items() if (words, places) not in covered}
        strings, length = longer, length + 1
    phrases = (RecurringPhrase(words, places) for words, places in found.items())
    return tuple(sorted(phrases, key=lambda p: (-p.n_sessions, -len(p.words), p.places[0].session, p.words)))


def _own(sample: Sample) -> Iterable[Exchange]:
    return (e for e in sample.exchanges if not is_echo(e))


def _strings(said: list[tuple[Place, Words]], length: int) -> dict[Words, tuple[Place, ...]]:
    places: dict[Words, dict[Place, None]] = defaultdict(dict)
    for place, words in said:
        for start in range(len(words) - length + 1):
            places[words[start : start + length]][place] = None
    return {words: tuple(found) for words, found in places.items()}


def _longer(
    said: list[tuple[Place, Words]], length: int, parts: dict[Words, tuple[Place, ...]]
) -> dict[Words, tuple[Place, ...]]:
    """Return the strings of this length both of whose parts one word shorter recur."""
    at = {place for places in parts.values() for place in places}
    found = _strings([(place, words) for place, words in said if place in at], length)
    return {words: places for words, places in found.items() if words[:-1] in parts and words[1:] in parts}


def _recurring(strings: dict[Words, tuple[Place, ...]], minimum: int) -> dict[Words, tuple[Place, ...]]:
    return {words: places for words, places in strings.items() if len({p.session for p in places}) >= minimum}


def script_matches(samples: Sequence[Sample], scripts: Iterable[str]) -> tuple[RecurringPhrase, ...]:
    """Return where a speaker says a phrase of a list: lines of songs, books, films, told by the family.

    Parameters
    ----------
    samples : Sequence[Sample]
    scripts : Iterable[str]
        One phrase each, in plain spelling; case and punctuation do not count.

    Returns
    -------
    tuple[RecurringPhrase, ...]
        One for each phrase that was said, in the order of the list, with places also within longer
        utterances.
    """
    wanted = dict.fromkeys(filter(None, map(plain_words, scripts)))
    said = [(Place(n, e.index), e.words) for n, sample in enumerate(samples) for e in _own(sample)]
    by_length = {length: _strings(said, length) for length in {len(words) for words in wanted}}
    found = ((words, by_length[len(words)].get(words)) for words in wanted)
    return tuple(RecurringPhrase(words, places) for words, places in found if places)
