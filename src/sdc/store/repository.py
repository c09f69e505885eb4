"""Children, sessions, recordings and uploads: what the rest of SDC asks the store for."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, suppress
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.session import Analysis, Insight, Session, VoiceLabels
from sdc.store.blobs import Blobs, blob_key, sha256_of
from sdc.store.clock import now_iso
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents
from sdc.store.feedback import Feedback, Pairs
from sdc.store.goals import Goals
from sdc.store.names import name_key, one_line
from sdc.store.phase_plans import PhasePlans
from sdc.store.pseudonyms import Pseudonyms
from sdc.store.records import (
    Child,
    SessionEntry,
    StoredRecording,
    StoredSession,
    Upload,
    in_time_order,
)
from sdc.store.reviews import Reviews
from sdc.store.schema import prepare
from sdc.store.session_notes import SessionNotes
from sdc.store.signed_reports import SignedReports
from sdc.store.summaries import ChildSummaries
from sdc.store.uploads import safe_name, upload_kind
from sdc.store.versions import ORIGINAL, Edit, StaleVersionError, TranscriptVersions
from sdc.store.voiceprints import Voiceprints
from sdc.store.work import lend

if TYPE_CHECKING:
    from sdc.audio import SoundTracks

MAX_LISTED = 10
"""So many children are named when one is not found."""

CHANGED_BY_EDITS = (
    "age_months",
    "target",
    "n_utterances",
    "n_warnings",
    "measures",
    "within_errors",
    "recognised",
    "review",
    "version",
)
"""Fields of a session's entry that follow from its transcript."""


ENTRY_FIELDS = tuple(f.name for f in fields(SessionEntry) if f.name not in ("id", "measures", "within_errors"))
"""Fields of a session's entry that are small."""


class Repository:
    """The store's records over documents and blobs.

    Parameters
    ----------
    documents : Documents
    blobs : Blobs
    work : Path, optional
        Where blobs that are no plain files are copied to while they are worked on; default the
        system's folder for temporary files.
    """

    def __init__(self, documents: Documents, blobs: Blobs, work: Path | None = None) -> None:
        self.blobs = blobs
        self._work = work or Path(tempfile.gettempdir())
        self._documents = documents
        self.versions = TranscriptVersions(documents)
        self.goals = Goals(documents)
        self.phase_plans = PhasePlans(documents)
        self.reviews = Reviews(documents)
        self.summaries = ChildSummaries(documents)
        self.feedback = Feedback(documents)
        self.pairs = Pairs(documents)
        self.notes = SessionNotes(documents)
        self.reports = SignedReports(documents, blobs)
        self.pseudonyms = Pseudonyms(documents)
        self.voiceprints = Voiceprints(documents)
        self._watchers: list[Callable[[StoredSession], None]] = []
        self._edit_watchers: list[Callable[[StoredSession], None]] = []
        prepare(documents, blobs)

    # Children

    def add_child(self, name: str, *, birth_date: str | None = None, sex: str | None = None) -> Child:
        """Add a child; ``ConflictError`` (``child.exists``) when the name is taken."""
        try:
            name = one_line(name)
        except ValueError as error:
            raise InputError(
                f"This cannot be a name: {error}.", code="child.name", hint="Type the name by hand."
            ) from error
        key = name_key(name)
        if not key:
            raise InputError("A child needs a name.", code="child.no-name", hint="Write a name or a code.")
        child = Child(f"c{secrets.token_hex(8)}", name, birth_date, sex, now_iso())
        try:
            self._documents.insert_one("children", {**to_document(child), "name_key": key})
        except ConflictError as error:
            raise ConflictError(
                f"There is a child named {name} already.",
                code="child.exists",
                hint="Add the session to that child, or choose another name.",
            ) from error
        return child

    def children(self, within: Collection[str] | None = None) -> list[Child]:
        """Return all children by name, or those whose ids are ``within``."""
        # Sorted here: in a sealed store the names that a back end could sort by are hidden from it.
        return sorted(
            (_child(d) for d in self._documents.find("children", _any_of(within))), key=lambda c: name_key(c.name)
        )

    def child_names(self, within: Collection[str] | None = None) -> dict[str, str]:
        """Return the names of all children, or of those whose ids are ``within``, by id; in the order of names."""
        found = self._documents.find("children", _any_of(within), fields=["name"])
        found.sort(key=lambda document: name_key(document["name"]))
        return {document["_id"]: document["name"] for document in found}

    def child(self, child_id: str) -> Child:
        """Return a child; ``NotFoundError`` when there is none."""
        found = self._documents.find_one("children", {"_id": child_id})
        if found is None:
            raise NotFoundError("There is no such child.", code="child.not-found", hint="See the list of children.")
        return _child(found)

    def find_child(self, name_or_id: str) -> Child | None:
        """Return the child of this id or name (without regard to case and spaces), or None."""
        either = [{"_id": name_or_id}, {"name_key": name_key(name_or_id)}]
        found = self._documents.find_one("children", {"$or": either})
        return None if found is None else _child(found)

    def named_child(self, name_or_id: str) -> Child:
        """Return the child of this id or name; ``NotFoundError`` with the names there are when there is none."""
        found = self.find_child(name_or_id)
        if found is not None:
            return found
        names = [child.name for child in self.children()]
        known = f"Known: {', '.join(names[:MAX_LISTED])}{' …' if len(names) > MAX_LISTED else ''}." if names else ""
        raise NotFoundError(
            f"There is no child named {name_or_id}.",
            code="child.not-found",
            hint=known or "Add a child with `sdc add FILE --child NAME`.",
        )

    # Uploads

    def upload_file(self, child_id: str, path: Path, filename: str | None = None) -> Upload:
        """Take a file of this machine as an upload for a child."""
        filename = safe_name(filename or path.name)
        upload_kind(filename)
        return self.keep_file(child_id, path, filename, sha256_of(path))

    def keep_file(
        self, child_id: str, path: Path, filename: str, sha256: str, *, upload_id: str | None = None
    ) -> Upload:
        """Make a file a blob of the child and an upload; when this returns it survives a power cut.

        The same content twice is one blob; the same ``upload_id`` again is one upload.
        """
        key = blob_key(self.child(child_id).id, sha256)
        self.blobs.put_file(key, path)
        upload = Upload(
            id=upload_id or f"u{secrets.token_hex(12)}",
            child_id=child_id,
            filename=filename,
            size=path.stat().st_size,
            sha256=sha256,
            key=key,
            kind=upload_kind(filename),
            created_at=now_iso(),
        )
        self._documents.replace_one(
            "uploads", {"_id": upload.id, "child_id": child_id}, to_document(upload), upsert=True
        )
        return upload

    def upload(self, upload_id: str) -> Upload:
        """Return an upload; ``NotFoundError`` when there is none."""
        found = self._documents.find_one("uploads", {"_id": upload_id})
        if found is None:
            raise NotFoundError("There is no such upload.", code="upload.not-found", hint="Upload the file again.")
        return from_document(Upload, found)

    def upload_of(self, child_id: str, upload_id: str) -> Upload:
        """Return a child's upload; that of another child is not there."""
        upload = self.upload(upload_id)
        if upload.child_id != child_id:
            raise NotFoundError("There is no such upload.", code="upload.not-found", hint="Upload the file again.")
        return upload

    def lend(self, key: str) -> AbstractContextManager[Path]:
        """Lend a blob as a file on this machine for as long as a block lasts; ``NotFoundError`` when it is gone."""
        return lend(self.blobs, key, self._work)

    # Sessions

    def on_kept(self, watcher: Callable[[StoredSession], None]) -> None:
        """Call a watcher with each session that was kept: what is derived from it follows it."""
        self._watchers.append(watcher)

    def on_edited(self, watcher: Callable[[StoredSession], None]) -> None:
        """Call a watcher with each session whose transcript was edited; somebody waits for its end."""
        self._edit_watchers.append(watcher)

    def _tell_kept(self, stored: StoredSession) -> None:
        for watcher in self._watchers:
            watcher(stored)

    def save_session(self, stored: StoredSession, labels: VoiceLabels | None = None) -> None:
        """Keep a session, and its label scores where there are some; a session of the same id is replaced.

        Where another transcript stood, this one is its next version. The light entry is written
        last: a session is in no list before it is whole.

        Raises
        ------
        StaleVersionError
            Somebody edited the transcript after ``stored.entry.version``.
        """
        stored = self._as_version(stored)
        entry = stored.entry
        try:
            with self._documents.together():
                self._save_parts(stored)
                self._save_labels(entry, labels)
                self._documents.replace_one("sessions", _not_later(entry), to_document(entry), upsert=True)
                self.summaries.changed(entry.child_id)
                self.versions.applied(entry.child_id, entry.id, entry.version)
        except ConflictError as error:
            raise StaleVersionError(entry.version, self.entry(entry.id).version) from error
        self._tell_kept(stored)

    def _save_parts(self, stored: StoredSession) -> None:
        """Write transcript, measures and insights; ``ConflictError`` where a later version's stand already."""
        entry = stored.entry
        heavy = {
            "transcripts": to_document(stored.session, identity=entry.id),
            "analyses": to_document(stored.analysis, identity=entry.id),
            "insights": {"_id": entry.id, **_insights_part(stored)},
        }
        for collection, document in heavy.items():
            document |= {"child_id": entry.child_id, "version": entry.version}
            self._documents.replace_one(collection, _not_later(entry), document, upsert=True)

    def _as_version(self, stored: StoredSession) -> StoredSession:
        """Make what was processed again a version of its own, if it says something else."""
        entry = stored.entry
        if self.find_entry(entry.id) is None:
            return stored
        before, version = self._transcript(entry.id)
        if version != entry.version:
            raise StaleVersionError(entry.version, version)
        if before == stored.session:
            return stored
        return self._accepted(stored, before, Edit("processed", "pipeline"))

    def edit_transcript(
        self, session_id: str, expected_version: int, changed: StoredSession, edit: Edit
    ) -> StoredSession:
        """Keep an edited transcript with its measures and insights as the next version.

        Parameters
        ----------
        session_id : str
        expected_version : int
            The version that the writer saw and changed.
        changed : StoredSession
            What it is to be.
        edit : Edit
            What was done, and who did it.

        Raises
        ------
        StaleVersionError
            Another writer was quicker; nothing is overwritten.
        """
        before, version = self._transcript(session_id)
        if version != expected_version:
            raise StaleVersionError(expected_version, self.versions.latest(session_id) or version)
        accepted = self._accepted(changed, before, edit)
        self.bring_up(accepted)
        return accepted

    def _accepted(self, stored: StoredSession, before: Session, edit: Edit) -> StoredSession:
        """Add the next version to the log: from here on the edit is kept, whatever happens."""
        entry = stored.entry
        if entry.version == ORIGINAL:
            self.versions.keep_original(entry.child_id, entry.id, before, "pipeline", entry.added_at)
        new = replace(entry, version=entry.version + 1)
        self.versions.add(entry.child_id, entry.id, new.version, before=before, after=stored.session, edit=edit)
        return replace(stored, entry=new)

    def bring_up(self, stored: StoredSession) -> None:
        """Write the parts of an accepted version; those of a later one stay as they are."""
        entry = stored.entry
        with self._documents.together():
            with suppress(ConflictError):  # a later version is being written: that one counts
                self._save_parts(stored)
                document = to_document(entry)
                # Only what an edit changes: the recording may have been deleted meanwhile.
                update = {"$set": {name: document[name] for name in CHANGED_BY_EDITS}}
                self._documents.find_one_and_update("sessions", _not_later(entry), update)
                self.summaries.changed(entry.child_id)
            self.versions.applied(entry.child_id, entry.id, entry.version)
        for watcher in self._edit_watchers:
            watcher(stored)

    def save_insights(self, stored: StoredSession) -> None:
        """Keep a session's insights that were made anew, if its transcript is still the one that they are about."""
        entry = stored.entry
        document = {"_id": entry.id, **_insights_part(stored), "child_id": entry.child_id, "version": entry.version}
        with suppress(ConflictError):  # it was edited meanwhile: what was made then counts
            self._documents.replace_one("insights", _not_later(entry), document, upsert=True)
            self._tell_kept(stored)

    def _transcript(self, session_id: str) -> tuple[Session, int]:
        """Return a session's transcript and its version."""
        self.entry(session_id)
        found = self._documents.find_one("transcripts", {"_id": session_id})
        assert found is not None, session_id
        return from_document(Session, found), int(found.get("version") or ORIGINAL)

    def _save_labels(self, entry: SessionEntry, labels: VoiceLabels | None) -> None:
        """Keep an experimental classifier's scores in a place of their own, which no report and no answer reads."""
        where = {"_id": entry.id}
        if labels is None:
            self._documents.delete_one("voice_labels", where)
            return
        document = {**where, "child_id": entry.child_id, "labels": to_document(labels, identity="")}
        self._documents.replace_one("voice_labels", where, document, upsert=True)

    def voice_labels(self, session_id: str) -> VoiceLabels:
        """Return a session's label scores, for researchers; ``NotFoundError`` when it has none."""
        self.entry(session_id)
        found = self._documents.find_one("voice_labels", {"_id": session_id})
        if found is None:
            raise NotFoundError(
                "This session has no voice labels.",
                code="session.no-voice-labels",
                hint="They are made where SDC_EMOTION_MODEL names a model; process the session again.",
            )
        return from_document(VoiceLabels, found["labels"])

    def session_entries(self, child_id: str, *, measures: Collection[str] | None = None) -> list[SessionEntry]:
        """Return a child's sessions for lists, oldest first; ``NotFoundError`` without such a child.

        ``measures``: only these are needed, and the errors inside a session of none; reading all of them takes
        ten times as long.
        """
        wanted = () if measures is None else (*ENTRY_FIELDS, *(f"measures.{measure}" for measure in measures))
        found = self._documents.find("sessions", {"child_id": self.child(child_id).id}, fields=wanted)
        return in_time_order([from_document(SessionEntry, document) for document in found])

    def find_entry(self, session_id: str) -> SessionEntry | None:
        """Return a session's entry, or None."""
        found = self._documents.find_one("sessions", {"_id": session_id})
        return None if found is None else from_document(SessionEntry, found)

    def entry(self, session_id: str) -> SessionEntry:
        """Return a session's entry; ``NotFoundError`` when there is none."""
        found = self.find_entry(session_id)
        if found is None:
            raise NotFoundError("There is no such session.", code="session.not-found", hint="See the child's sessions.")
        return found

    def session(self, session_id: str) -> StoredSession:
        """Return a session, whole; ``NotFoundError`` when there is none."""
        entry = self.entry(session_id)
        where = {"_id": session_id}
        transcript = self._documents.find_one("transcripts", where)
        analysis = self._documents.find_one("analyses", where)
        insights = self._documents.find_one("insights", where)
        assert transcript is not None and analysis is not None and insights is not None, session_id
        return StoredSession(
            entry=entry,
            session=from_document(Session, transcript),
            analysis=from_document(Analysis, analysis),
            insights=tuple(from_document(Insight, {**i, "_id": i["id"]}) for i in insights["insights"]),
            rests_on=insights.get("rests_on"),
        )

    def transcript(self, session_id: str) -> Session:
        """Return a session's transcript alone; ``NotFoundError`` when there is none."""
        return from_document(Session, self._part("transcripts", session_id))

    def transcript_head(self, session_id: str) -> Session:
        """Return a session's transcript without its utterances: who speaks, in which language, where."""
        return from_document(Session, self._part("transcripts", session_id) | {"utterances": []})

    def analysis(self, session_id: str) -> Analysis:
        """Return a session's measures of all speakers alone; ``NotFoundError`` when there are none."""
        return from_document(Analysis, self._part("analyses", session_id))

    def _part(self, collection: str, session_id: str) -> Document:
        found = self._documents.find_one(collection, {"_id": session_id})
        if found is None:
            raise NotFoundError("There is no such session.", code="session.not-found", hint="See the child's sessions.")
        return found

    # Recordings

    def recording(self, session_id: str) -> StoredRecording:
        """Return a session's recording; ``NotFoundError`` when it has none."""
        recording = self.entry(session_id).recording
        if recording is None:
            raise NotFoundError("This session has no recording.", code="session.no-recording")
        return recording

    def tracks(self, session_id: str) -> SoundTracks:
        """Return a session's sound tracks; ``NotFoundError`` when it has none."""
        key = self.entry(session_id).tracks
        if key is None:
            raise NotFoundError("This session has no sound tracks.", code="session.no-tracks")
        from sdc.audio import SoundTracks

        return SoundTracks.from_bytes(self.blobs.get(key))

    def delete_recordings(self, child_id: str, session_ids: Collection[str] | None = None) -> int:
        """Delete recordings and sound tracks of a child; transcripts and measures stay.

        Parameters
        ----------
        child_id : str
        session_ids : Collection[str], optional
            Only these sessions'. Default: all, and every recording that was uploaded and not used yet.

        Returns
        -------
        int
            How many sessions had one. Doing it again after a kill deletes the rest.
        """
        entries = self.session_entries(child_id)
        chosen = [e for e in entries if session_ids is None or e.id in session_ids]
        kept = {key for e in entries if e not in chosen for key in e.sound_keys}
        gone = {key for e in chosen for key in e.sound_keys} - kept
        media = [from_document(Upload, d) for d in self._documents.find("uploads", {"child_id": child_id})]
        media = [u for u in media if u.kind == "media" and (session_ids is None or u.key in gone)]
        # The bytes go first: what still names them can be found again, what nobody names cannot.
        for key in gone | {upload.key for upload in media}:
            self.blobs.delete(key)
        for upload in media:
            self._documents.delete_one("uploads", {"_id": upload.id, "child_id": child_id})
        heard = [entry for entry in chosen if entry.sound_keys]
        for entry in heard:
            where = {"_id": entry.id, "child_id": child_id}
            self._documents.find_one_and_update("sessions", where, {"$set": {"recording": None, "tracks": None}})
        return len(heard)

    def unused_recordings(self, child_id: str) -> list[Upload]:
        """Return recordings that were handed in and are in no session: the work on them failed, or never began."""
        used = {key for entry in self.session_entries(child_id) for key in entry.sound_keys}
        uploads = (from_document(Upload, d) for d in self._documents.find("uploads", {"child_id": child_id}))
        return [upload for upload in uploads if upload.kind == "media" and upload.key not in used]

    def delete_unused(self, child_id: str, uploads: Collection[Upload]) -> None:
        """Delete recordings that are in no session; one that was handed in again later keeps its bytes."""
        others = {upload.key for upload in self.unused_recordings(child_id) if upload not in uploads}
        for upload in uploads:
            if upload.key not in others:
                self.blobs.delete(upload.key)
            self._documents.delete_one("uploads", {"_id": upload.id, "child_id": child_id})


def _any_of(ids: Collection[str] | None) -> dict[str, Any]:
    return {} if ids is None else {"_id": {"$in": sorted(ids)}}


def _not_later(entry: SessionEntry) -> dict[str, Any]:
    """Return the filter for a session's part that is not of a later version; an old store's has no number."""
    older = [{"version": None}, {"version": {"$lte": entry.version}}]
    return {"_id": entry.id, "child_id": entry.child_id, "$or": older}


def _child(document: dict[str, object]) -> Child:
    return from_document(Child, {key: value for key, value in document.items() if key != "name_key"})


def _insights_part(stored: StoredSession) -> dict[str, object]:
    return {"insights": [_insight_document(i) for i in stored.insights], "rests_on": stored.rests_on}


def _insight_document(insight: Insight) -> dict[str, object]:
    return to_document(insight, identity="") | {"id": insight.id}
