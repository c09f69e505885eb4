"""Retrieval of what was said: windows of transcripts and notes, their vectors, and the search within one child.

======================= =====================================================
module                  does
======================= =====================================================
windows                 a stored session → windows of text
embedder                text → vectors: the Protocol and the table of engines
lexical                 hashed words and letters; needs nothing
onnx                    a sentence encoder in a folder, by onnxruntime
fastembed               the engine of that name (an extra)
sentence_transformers   the engine of that name (an extra)
index                   vectors of a child: the Protocol and the table of back ends
kept                    windows and vectors as documents, the one truth
exact                   every vector compared, by NumPy
faiss                   the same by FAISS (an extra)
weaviate                a Weaviate server (an extra)
pinecone                a Pinecone index (an extra)
======================= =====================================================
"""

from sdc.companion.retrieval.embedder import Embedder, make_embedder
from sdc.companion.retrieval.index import Entry, Hit, VectorIndex, VectorIndexError
from sdc.companion.retrieval.windows import Window, windows_of

__all__ = ["Embedder", "Entry", "Hit", "VectorIndex", "VectorIndexError", "Window", "make_embedder", "windows_of"]
