"""Words of a session that may be names, for a person to decide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sdc.deidentify.roster import Roster, split_name
from sdc.deidentify.text import deidentify_text
from sdc.session import Session, TokenKind, Utterance

_PROPER = re.compile(r"(?:n:prop|propn)\|([^\s|~$&-]+)")
_CAPITALISED = """
mr mrs ms dr i i'm i'll i've i'd ok okay mommy mummy daddy mom mum dad mama papa english
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december
"""
_NOT_NAMES = frozenset(_CAPITALISED.split())
_SPOKEN = frozenset({TokenKind.WORD, TokenKind.OMITTED, TokenKind.INTERPOSED})


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that may be a name.

    Attributes
    ----------
    word : str
        As it was written most often.
    n : int
        How often it stands in the sessions.
    why : str
        ``%mor`` (tagged as a proper noun) or ``capital`` (capital letter inside an utterance).
    """

    word: str
    n: int
    why: str


def suggest_names(sessions: Iterable[Session], roster: Roster) -> list[Suggestion]:
    """Return words that may be names and are not on the roster, the most frequent first.

    Parameters
    ----------
    sessions : Iterable[Session]
    roster : Roster

    Returns
    -------
    list[Suggestion]
        Words tagged as proper nouns in ``%mor``, and words with a capital inside an utterance. That a
        name is missing here does not say that there is none.
    """
    tagged: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for session in sessions:
        for utterance in session.utterances:
            tagged.update(_tagged(utterance))
            capitals.update(_capitals(utterance))
    found = {word: Suggestion(word, max(n, capitals[word]), "%mor") for word, n in tagged.items()}
    found |= {word: Suggestion(word, n, "capital") for word, n in capitals.items() if word not in found}
    named = (s for s in found.values() if s.word.casefold() not in _NOT_NAMES and _is_new(s.word, roster))
    return sorted(named, key=lambda s: (-s.n, s.word))


def _tagged(utterance: Utterance) -> list[str]:
    tier = utterance.tier("mor")
    return [] if tier is None else _PROPER.findall(tier.text)


def _capitals(utterance: Utterance) -> list[str]:
    words = [t.text for t in utterance.tokens if t.kind in _SPOKEN]
    return [w.removesuffix("'s") for w in words[1:] if w[:1].isupper() and len(w) > 1 and not w.isupper()]


def _is_new(word: str, roster: Roster) -> bool:
    return bool(split_name(word)) and deidentify_text(word, roster).text == word
