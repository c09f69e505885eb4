"""The blob port: bytes under a key, written once.

A key is ``{child_id}/{sha256 of the content}``: a blob belongs to one child, so that access,
encryption and erasure are per child, and the same file twice for a child is one blob. A blob
is either whole under its key or not there.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, Protocol

from sdc.errors import NotFoundError, StoreError

if TYPE_CHECKING:
    from obstore.store import LocalStore, S3Store

CHUNK_BYTES = 1 << 20

# No part begins with a dot: neither `..` nor the names of files in work are keys.
_KEY = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}){0,3}")


class Blobs(Protocol):
    """A blob store."""

    def put_file(self, key: str, path: Path) -> bool:
        """Store a file's content in constant memory; False when the key is there already. The file stays."""

    def put_bytes(self, key: str, data: bytes) -> bool:
        """Store bytes; False when the key is there already."""

    def get(self, key: str) -> bytes:
        """Return a whole blob; ``NotFoundError`` when it is not there."""

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Return ``length`` bytes from ``start``; fewer at the end."""

    def size(self, key: str) -> int | None:
        """Return the number of bytes, or None when it is not there."""

    def delete(self, key: str) -> bool:
        """Delete a blob; return whether it was there."""

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Go through the keys that begin with ``prefix``, in no stated order."""

    def local_path(self, key: str) -> Path | None:
        """Return where the blob lies as a file, or None where the back end has no plain files."""

    def presigned(self, key: str, expires_s: int) -> str | None:
        """Return an address that gives the blob to whoever has it, or None where the back end cannot."""


class ObstoreBlobs:
    """What the back ends have in common: reading, deleting and listing through obstore.

    Parameters
    ----------
    store : LocalStore or S3Store
    place : str
        As messages name it.
    """

    def __init__(self, store: LocalStore | S3Store, place: str) -> None:
        self._store = store
        self._place = place

    def get(self, key: str) -> bytes:
        """Return a whole blob."""
        import obstore

        try:
            return bytes(obstore.get(self._store, check_key(key)).bytes())
        except FileNotFoundError:
            self._missing(key)
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Return a part of a blob."""
        import obstore

        try:
            if length > 0:
                return bytes(obstore.get_range(self._store, check_key(key), start=start, length=length))
        except FileNotFoundError:
            self._missing(key)
        except (obstore.exceptions.BaseError, OSError) as error:
            if start < self._size(key):
                self._refused(error)
        return b""

    def size(self, key: str) -> int | None:
        """Return the number of bytes."""
        import obstore

        try:
            return int(obstore.head(self._store, check_key(key))["size"])
        except FileNotFoundError:
            return None
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)

    def delete(self, key: str) -> bool:
        """Delete a blob."""
        import obstore

        if self.size(key) is None:
            return False
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:  # another process was quicker
            return False
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)
        return True

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Go through the keys."""
        import obstore

        folder = prefix.rpartition("/")[0]  # obstore lists by whole parts of a path
        try:
            for page in obstore.list(self._store, prefix=folder or None):
                for entry in page:
                    if entry["path"].startswith(prefix) and _KEY.fullmatch(entry["path"]):
                        yield entry["path"]
        except FileNotFoundError:
            return
        except (obstore.exceptions.BaseError, OSError) as error:
            self._refused(error)

    def local_path(self, key: str) -> Path | None:
        """Return None: there are no files."""
        check_key(key)
        return None

    def presigned(self, key: str, expires_s: int) -> str | None:
        """Return None: nobody but this process can give the blob out."""
        check_key(key)
        return None

    def _size(self, key: str) -> int:
        size = self.size(key)
        return self._missing(key) if size is None else size

    def _missing(self, key: str) -> NoReturn:
        raise NotFoundError(
            f"The stored file {key[-12:]} is missing.",
            code="store.no-blob",
            hint="Restore it from a backup.",
        )

    def _refused(self, error: Exception) -> NoReturn:
        raise StoreError(
            f"{self._place} cannot be used: {_first_line(error)}.",
            code="store.blob",
            hint="Check the folder and the free space (`sdc doctor`).",
        ) from error


def _first_line(error: Exception) -> str:
    """Return what obstore says without its debugging text."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def check_key(key: str) -> str:
    """Return a key, or refuse it (``StoreError``, ``store.key``)."""
    if not _KEY.fullmatch(key):
        raise StoreError(f"{key!r} cannot be the key of a blob.", code="store.key")
    return key


def blob_key(child_id: str, sha256: str) -> str:
    """Return the key of a child's blob."""
    return check_key(f"{child_id}/{sha256}")


def bytes_key(child_id: str, data: bytes) -> str:
    """Return the key of a child's bytes."""
    return blob_key(child_id, hashlib.sha256(data).hexdigest())


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's content, read in constant memory."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
