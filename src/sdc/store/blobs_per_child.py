"""Version 1 → 2 of the blobs: ``ab/abcdef…`` becomes ``{child_id}/abcdef…`` for each child that uses it.

In version 1 a blob had no owner, and an upload's child stood only in the job that used it. The
copies are made first, then the documents point at them; what no job and no session uses is
nobody's and goes. After a kill everything is looked at again, and only what is still as it was
is changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from sdc.store.blobs import Blobs, blob_key
from sdc.store.documents import Document, Documents

_OLD_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")


def give_blobs_to_children(documents: Documents, blobs: Blobs) -> None:
    """Move each blob to the children that use it, and write its key where it is used."""
    orders = documents.find("jobs", {}, sort=[("created_ms", 1)])
    uploads = {upload["_id"]: upload for upload in documents.find("uploads", {})}
    sessions = documents.find("sessions", {})
    for sha256, children in _uses(orders, uploads, sessions).items():
        _copy(blobs, sha256, sorted(children))
    for job in orders:
        _name_uploads(documents, uploads, job)
    for session in sessions:
        _name_session(documents, session)
    for upload in documents.find("uploads", {"key": None}):
        documents.delete_one("uploads", {"_id": upload["_id"], "key": None})
    for key in [key for key in blobs.keys() if _OLD_KEY.fullmatch(key)]:  # noqa: SIM118 - no mapping
        blobs.delete(key)


def _uses(orders: list[Document], uploads: dict[str, Document], sessions: list[Document]) -> dict[str, set[str]]:
    """Return SHA-256 → the children that use it, of what is still as it was."""
    uses: dict[str, set[str]] = defaultdict(set)
    for job in orders:
        for upload_id in job["order"]["upload_ids"]:
            if upload_id in uploads:
                uses[uploads[upload_id]["sha256"]].add(job["child_id"])
    for session in sessions:
        recording, tracks = session.get("recording"), session.get("tracks")
        if recording and "key" not in recording:
            uses[recording["sha256"]].add(session["child_id"])
        if tracks and "/" not in tracks:
            uses[tracks].add(session["child_id"])
    return uses


def _copy(blobs: Blobs, sha256: str, children: list[str]) -> None:
    old = f"{sha256[:2]}/{sha256}"
    path = blobs.local_path(old)  # version 1 knew blobs in a folder only
    if path is None:
        return
    for child_id in children:
        blobs.put_file(blob_key(child_id, sha256), path)
    # At once: a store that fills half the disk has no room for all of it twice.
    blobs.delete(old)


def _name_uploads(documents: Documents, uploads: dict[str, Document], job: Document) -> None:
    """Give a job's uploads to its child; one that another child has already is entered once more."""
    child_id, order = job["child_id"], job["order"]
    ids = []
    for upload_id in order["upload_ids"]:
        upload = uploads.get(upload_id)
        if upload is None or upload.get("child_id") == child_id:
            ids.append(upload_id)
            continue
        mine = {**upload, "child_id": child_id, "key": blob_key(child_id, upload["sha256"])}
        if "child_id" in upload:
            mine["_id"] = f"{upload_id}{child_id}"
        documents.replace_one("uploads", {"_id": mine["_id"]}, mine, upsert=True)
        uploads[mine["_id"]] = mine
        ids.append(mine["_id"])
    if ids != order["upload_ids"]:
        changed = {"$set": {"order": {**order, "upload_ids": ids}}}
        documents.find_one_and_update("jobs", {"_id": job["_id"], "child_id": child_id}, changed)


def _name_session(documents: Documents, session: Document) -> None:
    child_id = session["child_id"]
    recording, tracks = session.get("recording"), session.get("tracks")
    changes: dict[str, Any] = {}
    if recording and "key" not in recording:
        changes["recording"] = {**recording, "key": blob_key(child_id, recording["sha256"])}
    if tracks and "/" not in tracks:
        changes["tracks"] = blob_key(child_id, tracks)
    if changes:
        documents.find_one_and_update("sessions", {"_id": session["_id"], "child_id": child_id}, {"$set": changes})
