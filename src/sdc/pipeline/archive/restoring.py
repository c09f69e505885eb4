"""An archive → the store. It is checked whole first; doing it again, or after a kill, does what is left."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from sdc.errors import ConflictError, InputError
from sdc.pipeline.archive.checking import Archive, open_archive
from sdc.pipeline.archive.manifest import OF_CHILDREN, OF_THE_STORE, File, owner_of
from sdc.pipeline.archive.names import SameName
from sdc.store.blobs import Blobs
from sdc.store.collections import collection
from sdc.store.documents import Document, Documents
from sdc.store.names import name_key
from sdc.store.summaries import ChildSummaries
from sdc.store.tombstones import Tombstones

if TYPE_CHECKING:
    from sdc.pipeline.parts import Report

FIRST = ("children",)
"""Before anything else of a child: where the store is sealed its key is made then."""

LAST = ("sessions", "jobs")
"""A session is in no list before all that belongs to it is there."""

REST = tuple(name for name in OF_CHILDREN if name not in (*FIRST, *LAST))

MAX_RENAMES = 1000


@dataclass(frozen=True, slots=True)
class Restored:
    """What an import did.

    Attributes
    ----------
    n_children : int
        In the store afterwards, of those in the archive.
    n_written, n_same, n_kept : int
        Documents that were written; that were there already; that are here in another version, which stays.
    n_blobs : int
        Recordings and other files that were written.
    skipped : tuple[str, ...]
        Ids of children that were left out: erased here, or of a name that another child has.
    renamed : dict[str, str]
        New names by child id.
    """

    n_children: int
    n_written: int
    n_same: int
    n_kept: int
    n_blobs: int
    skipped: tuple[str, ...] = ()
    renamed: Mapping[str, str] = field(default_factory=dict)


def restore_archive(
    documents: Documents,
    blobs: Blobs,
    path: Path,
    work: Path,
    *,
    passphrase: str | None = None,
    same_name: SameName = SameName.REFUSE,
    report: Report | None = None,
) -> Restored:
    """Bring what an archive holds into a store.

    What the store has already in another version stays as it is: an import never overwrites.

    Parameters
    ----------
    documents, blobs : Documents, Blobs
        As the application has them: what is written is sealed where the store is.
    path : Path
    work : Path
        Folder for one file at a time on its way in.
    passphrase : str, optional
    same_name : SameName
    report : callable, optional

    Raises
    ------
    InputError
        The archive is damaged, hostile, sealed with another passphrase or of a newer SDC: see ``checking``.
    ConflictError
        ``archive.same-name``: another child has the name of one in the archive.
    """
    tell = report or (lambda text, fraction: None)
    with open_archive(path, passphrase) as archive:
        _need_room(archive, work)
        archive.check(lambda text, fraction: tell(text, 0.4 * fraction))
        plan = _plan(archive, documents, same_name)
        counts = _write_documents(archive, documents, plan, FIRST)
        n_blobs = _write_blobs(archive, blobs, plan, work, tell)
        for name in (*OF_THE_STORE, "meta", *REST, *LAST):
            tell(name, 0.95)
            counts += _write_documents(archive, documents, plan, (name,))
        _forget_summaries(archive, documents, plan)
    n_children = len(archive.manifest.children) - len(plan.skipped)
    return Restored(n_children, counts["written"], counts["same"], counts["kept"], n_blobs, plan.skipped, plan.renamed)


def _forget_summaries(archive: Archive, documents: Documents, plan: _Plan) -> None:
    """Let the list of children read the sessions that came in."""
    summaries = ChildSummaries(documents)
    with documents.together():
        for child_id in set(archive.manifest.children) - set(plan.skipped):
            summaries.changed(child_id)


@dataclass(frozen=True, slots=True)
class _Plan:
    skipped: tuple[str, ...]
    renamed: dict[str, str]


def _need_room(archive: Archive, work: Path) -> None:
    need, free = sum(file.size for file in archive.manifest.files), shutil.disk_usage(work).free
    if need > free:
        raise InputError(
            f"The archive holds {need / 1e9:.1f} GB and {free / 1e9:.1f} GB are free.",
            code="archive.no-room",
            hint="Make room, or choose another folder with SDC_HOME.",
        )


def _plan(archive: Archive, documents: Documents, same_name: SameName) -> _Plan:
    """Settle before anything is written which children come in, and under which name."""
    stones = Tombstones(documents)
    skipped, renamed = [], {}
    for child in archive.collection("children"):
        if stones.covers(child["_id"]):
            skipped.append(child["_id"])
            continue
        if not _is_taken(documents, child["name"], child["_id"]):
            continue
        if same_name is SameName.REFUSE:
            raise ConflictError(
                f"Another child here is named {child['name']}; nothing was imported.",
                code="archive.same-name",
                hint="Import with --same-name rename to bring this one in under another name, or skip to leave it out.",
            )
        if same_name is SameName.SKIP:
            skipped.append(child["_id"])
        else:
            renamed[child["_id"]] = _free_name(documents, child["name"], child["_id"])
    return _Plan(tuple(skipped), renamed)


def _is_taken(documents: Documents, name: str, child_id: str) -> bool:
    found = documents.find_one("children", {"name_key": name_key(name)})
    return found is not None and found["_id"] != child_id and documents.find_one("children", {"_id": child_id}) is None


def _free_name(documents: Documents, name: str, child_id: str) -> str:
    names = (f"{name} ({number})" for number in range(2, MAX_RENAMES))
    return next(candidate for candidate in names if not _is_taken(documents, candidate, child_id))


def _write_blobs(archive: Archive, blobs: Blobs, plan: _Plan, work: Path, tell: Report) -> int:
    wanted = [file for file in archive.blobs if file.name.split("/")[1] not in plan.skipped]
    total, done, number = sum(file.size for file in wanted) or 1, 0, 0
    for file in wanted:
        tell("recordings", 0.4 + 0.55 * done / total)
        number += _write_blob(archive, blobs, file, work)
        done += file.size
    return number


def _write_blob(archive: Archive, blobs: Blobs, file: File, work: Path) -> bool:
    key = file.name.removeprefix("blobs/")
    if blobs.size(key) == file.size:
        return False
    with NamedTemporaryFile(dir=work, prefix="import-") as staged:
        for piece in archive.pieces(file):
            staged.write(piece)
        staged.flush()
        return blobs.put_file(key, Path(staged.name))


def _write_documents(archive: Archive, documents: Documents, plan: _Plan, names: tuple[str, ...]) -> Counter[str]:
    return Counter(
        _write(documents, name, _renamed(name, document, plan))
        for name in names
        for document in archive.collection(name)
        if owner_of(name, document) not in plan.skipped
    )


def _renamed(name: str, document: Document, plan: _Plan) -> Document:
    if name != "children":
        return document
    name_now: str = plan.renamed.get(document["_id"]) or document["name"]
    return {**document, "name": name_now, "name_key": name_key(name_now)}


def _write(documents: Documents, name: str, document: Document) -> str:
    """Insert a document; tell whether it was new, the same, or here in another version (which stays)."""
    try:
        documents.insert_one(name, document)
    except ConflictError:
        owner = collection(name).owner
        where = {"_id": document["_id"]}
        if owner is not None and owner != "_id":
            where[owner] = document[owner]
        found = documents.find_one(name, where)
        blind = collection(name).blind
        same = found is not None and _without(found, blind) == _without(document, blind)
        return "same" if same else "kept"
    return "written"


def _without(document: Document, fields: tuple[str, ...]) -> Document:
    return {key: value for key, value in document.items() if key not in fields}
