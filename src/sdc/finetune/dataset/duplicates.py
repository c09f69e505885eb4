"""Near-duplicates: pairs whose words overlap so far that one of them teaches nothing, or tells the test.

Pairs are compared by the Jaccard index of their shingles (runs of three words, without regard to case and
marks). MinHash (Broder 1997) with banding finds the candidates, and the index itself, computed exactly,
decides; so nothing is removed by an estimate.

Sources: Broder, A. Z. (1997), On the resemblance and containment of documents; Lee, K. et al. (2022),
Deduplicating training data makes language models better, ACL.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from sdc.finetune.dataset.pair import Pair

SHINGLE = 3
N_HASHES = 96
ROWS = 4
"""Of a band: with 24 bands, two texts with an index of 0.8 share one with a probability above 0.999."""

_PRIME = np.uint64((1 << 61) - 1)
_WORD = re.compile(r"[^\W_]+")


def without_near_duplicates(pairs: Sequence[Pair], threshold: float) -> tuple[list[Pair], int]:
    """Return the pairs without those that are near-duplicates of an earlier one, and how many those are.

    Parameters
    ----------
    pairs : Sequence[Pair]
    threshold : float
        From this Jaccard index on, 0 to 1, two pairs count as the same.
    """
    kept: list[Pair] = []
    kept_shingles: list[frozenset[int]] = []
    buckets: dict[tuple[int, bytes], list[int]] = {}
    for pair in pairs:
        own = shingles(pair.compared)
        bands = list(_bands(own))
        near = {place for band in bands for place in buckets.get(band, ())}
        if any(jaccard(own, kept_shingles[place]) >= threshold for place in sorted(near)):
            continue
        for band in bands:
            buckets.setdefault(band, []).append(len(kept))
        kept.append(pair)
        kept_shingles.append(own)
    return kept, len(pairs) - len(kept)


def shingles(text: str) -> frozenset[int]:
    """Return the shingles of a text as numbers of 32 bits; a short text is one shingle."""
    words = _WORD.findall(text.lower())
    runs: Iterable[list[str]] = (words[i : i + SHINGLE] for i in range(max(1, len(words) - SHINGLE + 1)))
    return frozenset(zlib.crc32(" ".join(run).encode("utf-8", "surrogatepass")) for run in runs)


def jaccard(first: frozenset[int], second: frozenset[int]) -> float:
    """Return how far two sets overlap, from 0 to 1."""
    return len(first & second) / len(first | second)


def _bands(own: frozenset[int]) -> Iterable[tuple[int, bytes]]:
    values = np.fromiter(own, dtype=np.uint64, count=len(own))
    signature = ((values[:, None] * _FACTORS + _TERMS) % _PRIME).min(axis=0)
    for number, start in enumerate(range(0, N_HASHES, ROWS)):
        yield number, signature[start : start + ROWS].tobytes()


def _constants() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
    """Return factors below 2**28, so that a product with 32 bits stays below the prime, and terms."""
    drawn = np.random.default_rng(1).integers(1, 1 << 28, size=(2, N_HASHES), dtype=np.uint64)
    return drawn[0], drawn[1]


_FACTORS, _TERMS = _constants()
