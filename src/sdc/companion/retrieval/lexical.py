"""Vectors of hashed words and letters: finds the same words and their forms, without any model.

Each word and each run of three letters in it is hashed to a place in the vector (the hashing trick:
Weinberger et al. 2009, "Feature hashing for large scale multitask learning"; the sign keeps
collisions from adding up). Rare features are not known without a corpus, so the logarithm of a
feature's count stands for its weight, and words that English has everywhere count less.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from sdc.companion.retrieval.embedder import Vectors, unit_length

DIMENSIONS = 1024
WORD_WEIGHT = 1.0
LETTERS_WEIGHT = 0.35
"""A word of five letters has five runs of three: together they count a little less than the word itself."""

COLLISIONS = 0.08
"""Two texts without a common run of three letters stand below it, however their hashes collide."""

COMMON_WEIGHT = 0.15
COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        a an and are as at be been but by can did do does for from get go got had has have he her here him his how i
        if in is it its me my no not of oh on or our out she so that the them then there these they this to up was we
        were what when where which who why will with would yes you your about say said talk talked talking
        child mother father adult investigator speaker
        """,
    )
)
"""Words that nearly every exchange holds, and those that say who spoke."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


class LexicalEmbedder:
    """The fallback: deterministic, in microseconds, in any language that writes with letters."""

    id = "lexical.v1"
    dimensions = DIMENSIONS
    floor = COLLISIONS

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return vectors of unit length; see ``Embedder``."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            for (place, sign), weight in _weights(text):
                vectors[row, place] += sign * weight
        return unit_length(vectors)


def _weights(text: str) -> Iterator[tuple[tuple[int, int], float]]:
    counts = Counter(_WORD.findall(text.casefold()))
    for word, count in counts.items():
        rarity = COMMON_WEIGHT if word in COMMON else 1.0
        often = rarity * (1 + math.log(count))
        yield _place(f"w {word}"), WORD_WEIGHT * often
        framed = f"^{word}$"
        for start in range(len(framed) - 2):
            yield _place(f"l {framed[start : start + 3]}"), LETTERS_WEIGHT * often


@lru_cache(maxsize=100_000)
def _place(feature: str) -> tuple[int, int]:
    """Return where a feature stands and with which sign; the same on every machine, unlike ``hash``."""
    digest = hashlib.blake2b(feature.encode(), digest_size=8).digest()
    return int.from_bytes(digest[:4], "big") % DIMENSIONS, 1 if digest[4] & 1 else -1
