"""The store → one archive, in constant memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.pipeline.archive.manifest import MANIFEST, OF_CHILDREN, OF_THE_STORE, PSEUDONYMS, TO_READ_ONLY, Manifest
from sdc.pipeline.archive.writing import ArchiveWriter, new_archive
from sdc.store.blobs import CHUNK_BYTES, Blobs
from sdc.store.clock import now_iso
from sdc.store.collections import collection
from sdc.store.documents import Document, Documents, Filter
from sdc.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from sdc.pipeline.parts import Report
    from sdc.store.records import Child

PAGE = 8
"""Documents that are held in memory at once; a transcript may have a megabyte."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What went into an archive: counts by collection, and of blobs with their bytes."""

    n_children: int
    n_documents: dict[str, int]
    n_blobs: int
    blob_bytes: int


def export_archive(
    documents: Documents,
    blobs: Blobs,
    path: Path,
    children: Sequence[Child],
    *,
    whole: bool,
    passphrase: str | None = None,
    report: Report | None = None,
) -> Exported:
    """Write children, or the whole store, into an archive.

    Parameters
    ----------
    documents, blobs : Documents, Blobs
        As the application has them: what the store seals is opened.
    path : Path
        It must not exist yet.
    children : Sequence[Child]
    whole : bool
        All there is: accounts and care teams too.
    passphrase : str, optional
        Seals the archive.
    report : callable, optional
        Told what is being written and the fraction that is done.

    Raises
    ------
    InputError
        ``archive.exists``, ``archive.unwritable``.
    """
    tell = report or (lambda text, fraction: None)
    ids = [child.id for child in children]
    n_documents: dict[str, int] = {}
    keys = [(key, blobs.size(key) or 0) for child in ids for key in blobs.keys(f"{child}/")]
    with new_archive(path, passphrase) as archive:
        names = (*OF_CHILDREN, *((*OF_THE_STORE, "meta", *TO_READ_ONLY) if whole else ()))
        for place, name in enumerate(names):
            tell(name, 0.3 * place / len(names))
            n_documents[name] = _add_documents(archive, name, _documents(documents, name, ids))
        done, total = 0, sum(size for _, size in keys) or 1
        for key, size in keys:
            tell("recordings", 0.3 + 0.7 * done / total)
            archive.add(f"blobs/{key}", _pieces(blobs, key, size), compress=False)
            done += size
        text = _manifest(archive, ids, whole).model_dump_json(indent=1)
        archive.add(MANIFEST, [text.encode()], compress=True)
    return Exported(len(ids), n_documents, len(keys), done)


def _manifest(archive: ArchiveWriter, ids: list[str], whole: bool) -> Manifest:
    from sdc import __version__

    return Manifest(
        store_version=SCHEMA_VERSION,
        written_by=f"sdc {__version__}",
        created_at=now_iso(),
        scope="store" if whole else "children",
        children=ids,
        files=archive.files,
    )


def _documents(documents: Documents, name: str, ids: list[str]) -> Iterator[Document]:
    if name == "meta":
        yield from documents.find(name, {"_id": PSEUDONYMS})
        return
    owner = collection(name).owner
    if owner is None:
        yield from _paged(documents, name, {})
        return
    for child in ids:
        yield from documents.find(name, {"_id": child}) if owner == "_id" else _paged(documents, name, {owner: child})


def _paged(documents: Documents, name: str, which: Filter) -> Iterator[Document]:
    last = ""
    while page := documents.find(name, {**which, "_id": {"$gt": last}}, sort=[("_id", 1)], limit=PAGE):
        yield from page
        last = page[-1]["_id"]


def _add_documents(archive: ArchiveWriter, name: str, found: Iterator[Document]) -> int:
    number = 0

    def lines() -> Iterator[bytes]:
        nonlocal number
        for document in found:
            number += 1
            yield json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode() + b"\n"

    file = archive.add(f"documents/{name}.jsonl", lines(), compress=True)
    archive.files[-1] = file.model_copy(update={"n_documents": number})
    return number


def _pieces(blobs: Blobs, key: str, size: int) -> Iterator[bytes]:
    for start in range(0, size, CHUNK_BYTES):
        yield blobs.get_range(key, start, CHUNK_BYTES)
