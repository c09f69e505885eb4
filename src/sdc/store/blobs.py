"""The blob port: bytes under the SHA-256 of their content, written once.

A blob is either whole under its key or not there: it is written beside its place, forced to
disk, and renamed. Writing the same content again changes nothing.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sdc.errors import NotFoundError, StoreError

if TYPE_CHECKING:
    from obstore.store import LocalStore

CHUNK_BYTES = 1 << 20
PART_PREFIX = ".part-"
ABANDONED_S = 24 * 3600

_KEY = re.compile(r"[0-9a-f]{64}")


class BlobWriter(Protocol):
    """A blob on its way in; nothing of it is stored before ``commit``."""

    def write(self, chunk: bytes) -> None:
        """Append bytes."""

    def commit(self) -> str:
        """Make the blob durable; return its key."""


class Blobs(Protocol):
    """A blob store. Keys are SHA-256 sums in lower-case hex."""

    def writer(self) -> AbstractContextManager[BlobWriter]:
        """Open a blob to write piece by piece, in constant memory."""

    def put_bytes(self, data: bytes) -> str:
        """Store bytes; return their key."""

    def put_file(self, path: Path) -> str:
        """Store a file's content in constant memory; return its key. The file stays."""

    def get(self, key: str) -> bytes:
        """Return a whole blob; ``NotFoundError`` when it is not there."""

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Return ``length`` bytes from ``start``; fewer at the end."""

    def size(self, key: str) -> int | None:
        """Return the number of bytes, or None when it is not there."""

    def local_path(self, key: str) -> Path | None:
        """Return where the blob lies as a file, or None where the back end has no files."""


class ObstoreBlobs:
    """Blobs in a folder, read through obstore.

    Parameters
    ----------
    folder : Path
        Made when it is missing. A blob lies in ``ab/abcdef…``.
    """

    def __init__(self, folder: Path) -> None:
        from obstore.store import LocalStore

        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder.resolve()
        self._store: LocalStore = LocalStore(prefix=str(self._folder))
        self._sweep()

    @contextmanager
    def writer(self) -> Iterator[BlobWriter]:
        """Open a blob to write."""
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=PART_PREFIX) as staged:
                yield _Staged(staged, self._folder)
        except OSError as error:
            raise StoreError(
                f"A file cannot be stored in {self._folder}: {error.strerror or error}.",
                code="store.blob",
                hint="Check the folder and the free space (`sdc doctor`).",
            ) from error

    def put_bytes(self, data: bytes) -> str:
        """Store bytes."""
        with self.writer() as writer:
            writer.write(data)
            return writer.commit()

    def put_file(self, path: Path) -> str:
        """Store a file."""
        with path.open("rb") as source, self.writer() as writer:
            while chunk := source.read(CHUNK_BYTES):
                writer.write(chunk)
            return writer.commit()

    def get(self, key: str) -> bytes:
        """Return a whole blob."""
        return self.get_range(key, 0, self._size(key))

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Return a part of a blob."""
        import obstore

        length = min(length, self._size(key) - start)
        if length <= 0:
            return b""
        return bytes(obstore.get_range(self._store, object_path(key), start=start, length=length))

    def size(self, key: str) -> int | None:
        """Return the number of bytes."""
        import obstore

        try:
            return int(obstore.head(self._store, object_path(key))["size"])
        except FileNotFoundError:
            return None

    def local_path(self, key: str) -> Path | None:
        """Return the blob's file."""
        path = self._folder / object_path(key)
        return path if path.is_file() else None

    def _sweep(self) -> None:
        """Remove what uploads that a kill cut off left behind, once nobody can be writing to it."""
        for part in self._folder.glob(f"{PART_PREFIX}*"):
            with suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > ABANDONED_S:
                    part.unlink()

    def _size(self, key: str) -> int:
        size = self.size(key)
        if size is None:
            raise NotFoundError(
                f"The stored file {key[:12]}… is missing.",
                code="store.no-blob",
                hint="Restore the folder of the store.",
            )
        return size


class _Staged:
    """A blob in a temporary file beside its place."""

    def __init__(self, file: tempfile._TemporaryFileWrapper[bytes], folder: Path) -> None:
        self._file = file
        self._folder = folder
        self._digest = hashlib.sha256()

    def write(self, chunk: bytes) -> None:
        self._digest.update(chunk)
        self._file.write(chunk)

    def commit(self) -> str:
        key = self._digest.hexdigest()
        place = self._folder / object_path(key)
        place.parent.mkdir(exist_ok=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        # A second name, then the temporary one goes: create-only and atomic.
        with suppress(FileExistsError):
            os.link(self._file.name, place)
        sync_folder(place.parent)
        sync_folder(self._folder)
        return key


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def object_path(key: str) -> str:
    """Return a blob's place in its store; ``StoreError`` when the key is no SHA-256 sum."""
    if not _KEY.fullmatch(key):
        raise StoreError(f"{key!r} is no SHA-256 sum.", code="store.key")
    return f"{key[:2]}/{key}"
