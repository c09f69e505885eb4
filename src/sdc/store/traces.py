"""Looking for what is left of a child after it was erased."""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sdc.store.blobs import Blobs
from sdc.store.documents import Document, Documents

MIN_BYTES = 4
"""A shorter name occurs in any file by chance."""

PAGE = 200
BLOBS = "blobs"
"""Folder of the blobs in the store's folder."""


@dataclass(frozen=True, slots=True)
class Trace:
    """Something that was found.

    Attributes
    ----------
    place : str
        Collection and document, blob, or file.
    what : str
        What was looked for.
    """

    place: str
    what: str


def traces_in_documents(documents: Documents, collections: Iterable[str], wanted: Sequence[str]) -> list[Trace]:
    """Find documents that hold what is looked for as a word of its own, anywhere in them."""
    patterns = {what: re.compile(rf"(?<!\w){re.escape(_quoted(what))}(?!\w)") for what in wanted if what}
    found = []
    for collection in collections:
        for document in pages(documents, collection):
            text = json.dumps(document, ensure_ascii=False)
            hits = [what for what, pattern in patterns.items() if pattern.search(text)]
            found += [Trace(f"{collection}/{document['_id']}", what) for what in hits]
    return found


def traces_in_blobs(blobs: Blobs, child_id: str) -> list[Trace]:
    """Find blobs that belong to the child."""
    return [Trace(f"blob {key}", child_id) for key in blobs.keys(f"{child_id}/")]


def traces_in_files(folder: Path, wanted: Sequence[str]) -> list[Trace]:
    """Find files whose name or bytes hold what is looked for: databases with their logs, spool, work.

    Blobs are looked at by name only: they are nobody else's, and four letters occur in any recording.
    """
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        is_read = path.is_file() and name.parts[0] != BLOBS
        long_enough = [what for what in wanted if len(what.encode()) >= MIN_BYTES]
        hits = [what for what in long_enough if what in str(name) or (is_read and _in_file(path, what.encode()))]
        found += [Trace(f"file {name}", what) for what in hits]
    return found


def pages(documents: Documents, collection: str, page: int = PAGE) -> Iterator[Document]:
    """Go through a whole collection in the order of ids, in constant memory."""
    last = ""
    while found := documents.find(collection, {"_id": {"$gt": last}}, sort=[("_id", 1)], limit=page):
        yield from found
        last = found[-1]["_id"]


def _quoted(what: str) -> str:
    """Return a text as it stands inside JSON."""
    return json.dumps(what, ensure_ascii=False)[1:-1]


def _in_file(path: Path, wanted: bytes) -> bool:
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            return content.find(wanted) >= 0
    except (ValueError, FileNotFoundError):  # an empty file cannot be mapped; another may just have gone
        return False
