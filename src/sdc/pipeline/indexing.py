"""Sessions are made searchable when they are kept, and searched within one child.

The documents' own index is always kept first. One elsewhere (Weaviate, Pinecone) mirrors it: trouble
with it fails no session, is told, and ``sdc index rebuild`` repairs it. What lies with a service of
others needs a consent of its own, and is made of texts without names.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from sdc.companion.retrieval import Embedder, Entry, Hit, VectorIndexError, Window, windows_of
from sdc.companion.retrieval.index import Indexes, IndexOptions, RemoteIndex, make_indexes
from sdc.errors import EngineError
from sdc.pipeline.afterwards import Afterwards
from sdc.pipeline.deidentifying import participants_names, roster_with
from sdc.pipeline.reviewing import reviewed_session
from sdc.progress import place
from sdc.session import Insight, Session
from sdc.settings import Settings
from sdc.store.consents import Consents, Purpose
from sdc.store.erasure import Erasure
from sdc.store.records import Child, SessionEntry, StoredSession
from sdc.store.repository import Repository
from sdc.store.rosters import Rosters

if TYPE_CHECKING:
    from sdc.companion.retrieval.embedder import Vectors
    from sdc.store.documents import Documents

MAX_FOUND = 100
"""So many windows are told at most."""

SPARE = 3
"""So many times as many are looked for as are told: windows overlap, and two of one exchange are told once."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """A window that was found: how near it is (cosine, 0 to 1), and the week of its session now."""

    window: Window
    score: float
    week: int | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found, nearest first, and how many of the child's sessions could not be searched."""

    found: tuple[Found, ...]
    n_not_indexed: int
    embedder: str


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How much of a child was indexed anew, and where: ``elsewhere`` is False where nothing was sent."""

    child: Child
    n_sessions: int
    n_windows: int
    elsewhere: bool


@dataclass(frozen=True)
class Retrieval:
    """Keeps the windows of all children, and finds them.

    Attributes
    ----------
    repository : Repository
    embedder : Embedder
    indexes : Indexes
    consents : Consents
    rosters : Rosters
        Of names, which are replaced in what goes to a service of others.
    """

    repository: Repository
    embedder: Embedder
    indexes: Indexes
    consents: Consents
    rosters: Rosters
    _troubles: dict[str, str] = field(default_factory=dict)
    _afterwards: Afterwards = field(default_factory=Afterwards)

    def watch(self, stored: StoredSession) -> None:
        """Make a session searchable that was just kept; what hinders that is written down, not raised."""
        try:
            self.keep(stored)
        except (VectorIndexError, EngineError) as error:
            log.warning("session %s is kept and not searchable yet: %s [%s]", stored.entry.id, error, error.code)
            told = f"The session is kept, but it cannot be searched yet: {error.message} Run `sdc index rebuild`."
            self._troubles[stored.entry.id] = told

    def watch_later(self, stored: StoredSession) -> None:
        """Make an edited session searchable after its editor was answered; a search meanwhile sees to it itself."""
        self._afterwards.put(stored.entry.id, lambda: self.watch(stored))

    def _catch_up(self, child_id: str, entries: Sequence[SessionEntry]) -> None:
        """Index sessions anew that were edited and are not searchable as they stand: nothing old is found."""
        versions = self.indexes.local.kept.versions(child_id)
        for entry in entries:
            if (versions.get(entry.id) or entry.version) != entry.version:
                self.watch(self.repository.session(entry.id))

    def follow_decision(self, insight: Insight, key: str) -> None:
        """Make the session of an insight searchable as it stands after somebody decided about the insight."""
        for session_id in dict.fromkeys(e.session for e in insight.evidence):
            if self.repository.find_entry(session_id) is None:
                continue
            stored = self.repository.session(session_id)
            if any(i.key == key for i in stored.insights):
                self.watch(stored)

    def trouble(self, session_id: str) -> tuple[str, ...]:
        """Return, once, what hindered a session from being made searchable; empty where nothing did."""
        told = self._troubles.pop(session_id, None)
        return () if told is None else (told,)

    def keep(self, stored: StoredSession) -> int:
        """Make a session searchable, in place of what was there of it; return the number of windows.

        Raises
        ------
        EngineError
            The embedder cannot run.
        VectorIndexError
            The index elsewhere does not answer; the local one is up to date all the same.
        """
        entry, local, remote = stored.entry, self.indexes.local, self.indexes.remote
        insights = tuple(r.insight for r in reviewed_session(self.repository, stored) if not r.is_outdated)
        windows = windows_of(entry.child_id, entry.id, stored.session, insights)
        # An edit changes two or three windows of hundreds: the vectors of the others are there.
        known = {e.window.text: e.vector for e in local.kept.read_session(entry.child_id, entry.id)}
        entries = self._entries([window.text for window in windows], windows, known)
        local.replace_session(entry.child_id, entry.id, entries, version=entry.version)
        if remote is not None and self._may_send(remote, entry.child_id):
            if remote.leaves_house:
                clean = self._without_names(entry.child_id, stored.session)
                entries = self._entries([clean(window.text) for window in windows], windows, {})
            remote.delete_session(entry.child_id, entry.id)
            remote.upsert(entry.child_id, entries)
        return len(windows)

    def search(
        self, child_id: str, text: str, *, k: int = 10, since: date | None = None, until: date | None = None
    ) -> SearchResult:
        """Find windows of a child that are near to a text in meaning (or in words, without a model).

        Parameters
        ----------
        child_id : str
        text : str
        k : int
            At most ``MAX_FOUND``.
        since, until : date, optional
            Only sessions of these days, both included; sessions without a date are left out then.

        Raises
        ------
        NotFoundError
            No such child.
        EngineError, VectorIndexError
            The embedder or the index elsewhere does not work.
        """
        child = self.repository.child(child_id)
        entries = self.repository.session_entries(child.id, measures=())
        self._catch_up(child.id, entries)
        k = min(k, MAX_FOUND)
        hits = self._hits(child, text, k * SPARE, since, until)
        windows = self.indexes.local.windows(child.id, [hit.window_id for hit in hits])
        weeks = {placed.point.id: placed.week for placed in place(entries)}
        found = [
            Found(window, min(hit.score, 1.0), weeks[window.session_id])
            for hit in hits
            if hit.score >= self.embedder.floor
            and (window := windows.get(hit.window_id)) is not None
            and window.session_id in weeks
        ]
        n_indexed = self.indexes.local.kept.n_sessions(child.id)
        return SearchResult(apart(found)[:k], max(0, len(entries) - n_indexed), self.embedder.id)

    def rebuild(self, child: Child) -> Rebuilt:
        """Index a child's sessions anew, here and elsewhere; what is elsewhere without a consent is deleted."""
        remote, n_windows = self.indexes.remote, 0
        self.indexes.local.delete_child(child.id)
        if remote is not None:
            remote.delete_child(child.id)
        entries = self.repository.session_entries(child.id, measures=())
        for entry in entries:
            n_windows += self.keep(self.repository.session(entry.id))
        return Rebuilt(child, len(entries), n_windows, remote is not None and self._may_send(remote, child.id))

    def clear_elsewhere(self, child_id: str) -> int:
        """Delete what lies elsewhere of a child; return how many windows that were."""
        return self.indexes.remote.delete_child(child_id) if self.indexes.remote is not None else 0

    def wait(self) -> None:
        """Return when all edits until now are searchable."""
        self._afterwards.wait()

    def close(self) -> None:
        """Do what is left to be done, and let go of connections."""
        self.wait()
        if self.indexes.remote is not None:
            self.indexes.remote.close()

    def _hits(self, child: Child, text: str, k: int, since: date | None, until: date | None) -> list[Hit]:
        remote = self.indexes.remote
        if remote is None or not self._may_send(remote, child.id):
            return self.indexes.local.search(child.id, self._vector(text), k, since=since, until=until)
        if remote.leaves_house:
            text = self._without_names(child.id, None)(text)
        return remote.search(child.id, self._vector(text), k, since=since, until=until)

    def _vector(self, text: str) -> Vectors:
        vector: Vectors = self.embedder.embed([text])[0]
        return vector

    def _entries(self, texts: Sequence[str], windows: Sequence[Window], known: Mapping[str, Vectors]) -> list[Entry]:
        """Return windows with the vectors of their texts; what is known is not embedded again."""
        unknown = [text for text in dict.fromkeys(texts) if text not in known]
        vectors = {**known, **dict(zip(unknown, self.embedder.embed(unknown), strict=True))} if unknown else known
        return [Entry(window, vectors[text]) for window, text in zip(windows, texts, strict=True)]

    def _may_send(self, remote: RemoteIndex, child_id: str) -> bool:
        return not remote.leaves_house or self.consents.allows(child_id, Purpose.CLOUD_SEARCH)

    def _without_names(self, child_id: str, session: Session | None) -> Callable[[str], str]:
        """Return what takes the names of a child's roster, and of a session, out of a text."""
        from sdc.deidentify import deidentify_text

        people = [self.repository.child(child_id).name, *(participants_names(session) if session else ())]
        roster = roster_with(self.rosters, child_id, people)
        return lambda text: deidentify_text(text, roster).text


def apart(found: Iterable[Found]) -> tuple[Found, ...]:
    """Leave out windows of what was said that share a line with a nearer one."""
    kept: list[Found] = []
    for one in found:
        if not any(_share_a_line(one.window, other.window) for other in kept):
            kept.append(one)
    return tuple(kept)


def _share_a_line(one: Window, other: Window) -> bool:
    if one.session_id != other.session_id or (one.kind, other.kind) != ("said", "said"):
        return False
    assert one.first is not None and one.last is not None and other.first is not None and other.last is not None
    return one.first <= other.last and other.first <= one.last


def open_indexes(settings: Settings, documents: Documents) -> tuple[Embedder, Indexes]:
    """Return the embedder and the indexes that the settings name; nothing is loaded or connected yet.

    Raises
    ------
    SettingsError, ExtraMissingError, ModelMissingError
        One of them cannot be had.
    """
    from sdc.companion.retrieval import make_embedder

    embedder = make_embedder(settings.embedder, settings.embedder_model, settings.home)
    options = IndexOptions(documents, embedder, settings.vectors_url, settings.vectors_key, settings.store_wait_s)
    return embedder, make_indexes(settings.vectors, options, allow_cloud=settings.allow_cloud)


def remover(indexes: Indexes) -> Callable[[str], int]:
    """Return what erasure calls to remove a child's vectors from memory and from elsewhere."""
    told: set[str] = set()

    def remove(child_id: str) -> int:
        indexes.local.forget(child_id)
        gone = indexes.remote.delete_child(child_id) if indexes.remote is not None else 0
        # A service that counts late would be asked without end: what was deleted once is not told again.
        first = child_id not in told
        told.add(child_id)
        return gone if first else 0

    return remove


def finish_erasures(erasure: Erasure) -> None:
    """Finish erasures that were cut off; where an index elsewhere does not answer, the next start tries again."""
    try:
        erasure.finish_begun()
    except VectorIndexError as error:
        log.warning("an erasure is not finished: %s [%s]", error, error.code)


def every_child(retrieval: Retrieval, child: Child | None) -> Iterator[Child]:
    """Go through the children that a command is about: one, or all."""
    yield from [child] if child is not None else retrieval.repository.children()
