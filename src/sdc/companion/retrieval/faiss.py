"""The nearest vectors by FAISS: an exact index for each child, made anew from the documents when it is needed.

Nothing of FAISS lies on disk: an index of a child's few thousand vectors is made faster than a file
of it is read and opened, and the documents are sealed where the store is.
"""

from __future__ import annotations

import faiss
import numpy as np

from sdc.companion.retrieval.embedder import Vectors
from sdc.companion.retrieval.local import Nearest, Rows


def faiss_scorer(vectors: Vectors) -> Nearest:
    """Return what finds the nearest of these vectors (shape (n, dimensions))."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def nearest(vector: Vectors, k: int, allowed: Rows | None) -> tuple[Rows, Vectors]:
        only = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        scores, rows = index.search(vector[None], k, params=only)
        return np.asarray(rows[0], np.intp), np.asarray(scores[0], np.float32)

    return nearest
