"""The nearest vectors by NumPy: the inner product with every one of them."""

from __future__ import annotations

import numpy as np

from sdc.companion.retrieval.embedder import Vectors
from sdc.companion.retrieval.local import Nearest, Rows


def numpy_scorer(vectors: Vectors) -> Nearest:
    """Return what finds the nearest of these vectors (shape (n, dimensions))."""

    def nearest(vector: Vectors, k: int, allowed: Rows | None) -> tuple[Rows, Vectors]:
        scores = vectors @ vector
        if allowed is not None:
            scores = scores[allowed]
        best = np.argpartition(-scores, k - 1)[:k]
        best = best[np.lexsort((best, -scores[best]))]
        return (best if allowed is None else allowed[best]), scores[best]

    return nearest
