"""Erasing a child: everything goes, the key first, and a search shows that nothing is left.

The order makes it safe against a kill and against work that is under way: a tombstone (from now on
nothing is kept for the child), the jobs and the child's own document (work stops, nobody lists it),
the key (what remains cannot be read), all other documents and blobs, files in work, and again until
a round finds nothing. An erasure that was cut off is finished when the store is opened again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sdc.store.blobs import Blobs
from sdc.store.collections import COLLECTIONS, Collection
from sdc.store.documents import Documents
from sdc.store.keyring import KEYS
from sdc.store.tombstones import Tombstone, Tombstones
from sdc.store.traces import BLOBS, Trace, traces_in_blobs, traces_in_documents, traces_in_files

Remove = Callable[[str], int]
"""Removes what there is of a child in one place; returns how many things that were."""

FIRST = ("jobs", "children")
KEPT = "audit"
"""Its lines name the child by its id for good: that something was done stays provable."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did.

    Attributes
    ----------
    tombstone : Tombstone
        With the counts of what was removed.
    is_scrubbed : bool
        Whether the deleted documents were overwritten on disk.
    traces : tuple[Trace, ...]
        What a search found afterwards; empty when nothing is left.
    """

    tombstone: Tombstone
    is_scrubbed: bool
    traces: tuple[Trace, ...]


@dataclass(frozen=True)
class Erasure:
    """Erases children from a store.

    Attributes
    ----------
    documents, blobs : Documents, Blobs
        The raw back ends: sealed ones could not name what they no longer open.
    forget_key : callable
        Destroys a child's key (``Keyring.destroy``, where there is a keyring).
    places : mapping
        Other places that hold something of a child, by name: the spool; later vector indexes.
    home : Path
        Folder of the store, searched afterwards.
    opened : Documents, optional
        The documents as they can be read, searched for names; default: the raw ones.
    """

    documents: Documents
    blobs: Blobs
    home: Path
    opened: Documents | None = None
    forget_key: Callable[[str], bool] | None = None
    places: Mapping[str, Remove] = field(default_factory=dict)
    table: Sequence[Collection] = COLLECTIONS

    @property
    def tombstones(self) -> Tombstones:
        """Those of this store."""
        return Tombstones(self.documents)

    def erase(self, child_id: str, *, names: Sequence[str] = ()) -> Erased:
        """Erase a child.

        Parameters
        ----------
        child_id : str
        names : Sequence[str]
            The child's name and whatever else is searched for afterwards.
        """
        self.tombstones.begin(child_id)
        counts: Counter[str] = Counter()
        while removed := self._round(child_id):
            counts += removed
        with suppress(OSError):  # where blobs are files, their folder bears the child's id
            (self.home / BLOBS / child_id).rmdir()
        self.documents.scrub()
        stone = self.tombstones.finish(child_id, counts)
        # Once more: until now the tombstone itself bore the child's id.
        is_scrubbed = self.documents.scrub()
        return Erased(stone, is_scrubbed, tuple(self.search(child_id, names)))

    def finish_begun(self) -> int:
        """Finish erasures that were cut off; return how many there were."""
        begun = self.tombstones.begun()
        for child_id in begun:
            self.erase(child_id)
        return len(begun)

    def search(self, child_id: str, names: Sequence[str] = ()) -> list[Trace]:
        """Look for what is left of a child, in documents, blobs and the files of the store's folder."""
        collections = [row.name for row in self.table if row.name != KEPT]
        found = traces_in_documents(self.documents, collections, [child_id]) + traces_in_blobs(self.blobs, child_id)
        if not found:  # else something is left that cannot be opened any more
            found = traces_in_documents(self.opened or self.documents, collections, names)
        # A name that other children's documents hold is in the files for their sake.
        elsewhere = {trace.what for trace in found}
        left = [name for name in names if name not in elsewhere]
        kept = bool(self.documents.count(KEPT, {"child_id": child_id}))
        return found + traces_in_files(self.home, ([] if kept else [child_id]) + left)

    def _round(self, child_id: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        owned = {row.name: row.owner for row in self.table if row.owner is not None}
        for name in FIRST:
            counts[name] += self._delete(name, {owned.pop(name): child_id})
        counts["key"] += self._forget_key(child_id)
        for name, owner in owned.items():
            counts[name] += self._delete(name, {owner: child_id})
        for key in list(self.blobs.keys(f"{child_id}/")):
            counts["blobs"] += self.blobs.delete(key)
        for place, remove in self.places.items():
            counts[place] += remove(child_id)
        return +counts

    def _delete(self, collection: str, which: Mapping[str, str]) -> int:
        number = 0
        while self.documents.delete_one(collection, which):
            number += 1
        return number

    def _forget_key(self, child_id: str) -> bool:
        if self.forget_key is not None:
            return self.forget_key(child_id)
        return self.documents.delete_one(KEYS, {"_id": child_id})
