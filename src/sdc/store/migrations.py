"""Steps that bring a store of an earlier version forward.

Each step may be begun again after a kill, or run in two processes at once, without harm: it
looks for what is still as it was and changes only that.
"""

from __future__ import annotations

from collections.abc import Callable

from sdc.store.blobs import Blobs
from sdc.store.blobs_per_child import give_blobs_to_children
from sdc.store.documents import Documents

Migration = Callable[[Documents, Blobs], None]

PARTS_OF_A_SESSION = ("transcripts", "analyses", "insights")
AT_ONCE = 50
"""So many parts are held in memory; a transcript may be a megabyte."""


def name_the_child_of_each_part(documents: Documents, blobs: Blobs) -> None:
    """Write ``child_id`` into the parts of each session.

    A part without a session is left over from a save that was cut off: nobody can say whose it
    is, so it goes; the job that was saving makes it again.
    """
    children = {entry["_id"]: entry["child_id"] for entry in documents.find("sessions", {})}
    for collection in PARTS_OF_A_SESSION:
        while parts := documents.find(collection, {"child_id": None}, limit=AT_ONCE):
            for identity in (part["_id"] for part in parts):
                here = {"_id": identity, "child_id": None}
                if (child_id := children.get(identity)) is None:
                    documents.delete_one(collection, here)
                else:
                    documents.find_one_and_update(collection, here, {"$set": {"child_id": child_id}})


MIGRATIONS: dict[int, tuple[Migration, ...]] = {
    2: (name_the_child_of_each_part, give_blobs_to_children),
}
"""The version that is reached → its steps, in order."""
