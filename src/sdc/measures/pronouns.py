"""Person pronouns: utterances in which *you* may stand for the child. Candidates that a person confirms.

A rule cannot know whom a pronoun meant. These patterns are those in which autistic and other young
children use *you*, or their name, for themselves; echoes, songs and quotations are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sdc.measures.counting import Line
from sdc.measures.echo import is_echo
from sdc.measures.exchanges import is_question
from sdc.measures.sample import Sample
from sdc.session import TokenKind

FIRST = frozenset({"i", "me", "my", "mine", "myself", "i'm", "i'll", "i've", "i'd"})
SECOND = frozenset({"you", "your", "yours", "yourself", "you're", "you'll", "you've", "you'd"})
WISHES = frozenset({"want", "wanna", "need", "like", "wants", "needs", "likes", "wan(t)"})
CARE = frozenset({"carry", "hold", "tickle", "help", "push", "swing", "lift", "hug", "pick", "catch", "wash", "dress"})
ASKING = frozenset({"do", "don't", "would", "did"})
NEGATION = frozenset({"don't", "do", "not", "really", "just"})
QUOTING = frozenset({'+"', "+^", '+"/.', '+".'})
QUOTES = frozenset("“”")
SONG = "si"

Pattern = Literal["wish", "question about a wish", "request", "own name"]


@dataclass(frozen=True, slots=True)
class PronounCandidate:
    """An utterance for a person to look at.

    Attributes
    ----------
    utterance : int
        Index in the session.
    word : str
        The pronoun or name.
    pattern : str
        ``wish``: *you want juice*, stated. ``question about a wish``: *do you want juice?* from
        the child. ``request``: *pick you up*. ``own name``: the child's name before a verb of wishing.
    """

    utterance: int
    word: str
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class PersonPronouns:
    """What the child's person pronouns offer for a look.

    Attributes
    ----------
    n_first, n_second : int
        Pronouns of the first and second person, outside echoes, songs and quotations.
    candidates : tuple[PronounCandidate, ...]
    """

    n_first: int
    n_second: int
    candidates: tuple[PronounCandidate, ...]


def person_pronouns(sample: Sample) -> PersonPronouns:
    """Count the child's first and second person pronouns and return the candidates for a look (English)."""
    name = (sample.participant.name or "").lower()
    n_first = n_second = 0
    candidates: list[PronounCandidate] = []
    for exchange in sample.exchanges:
        line = exchange.said.line
        if is_echo(exchange) or is_quoted(line):
            continue
        n_first += sum(word in FIRST for word in exchange.words)
        n_second += sum(word in SECOND for word in exchange.words)
        found = _candidates(exchange.words, name, question=is_question(line))
        candidates += [PronounCandidate(exchange.index, word, pattern) for word, pattern in found]
    return PersonPronouns(n_first, n_second, tuple(candidates))


def is_quoted(line: Line) -> bool:
    """Whether the line is sung or quotes somebody."""
    tokens = line.utterance.tokens
    return any(t.form == SONG or t.raw in QUOTING or (t.kind is TokenKind.MARKER and t.raw in QUOTES) for t in tokens)


def _candidates(words: tuple[str, ...], name: str, *, question: bool) -> Iterator[tuple[str, Pattern]]:
    verbs = [word for word in words if word not in NEGATION]
    if words[0] in ASKING and words[1:2] == ("you",) and words[2:3] and words[2] in WISHES:
        yield "you", "question about a wish"
    elif words[0] == "you" and verbs[1:2] and verbs[1] in WISHES and not question:
        yield "you", "wish"
    elif words[0] in CARE and any(word in SECOND for word in words[1:3]) and not question:
        yield next(word for word in words[1:3] if word in SECOND), "request"
    elif name and words[0] == name and verbs[1:2] and verbs[1] in WISHES:
        yield name, "own name"
