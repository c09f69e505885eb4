"""Blobs in a folder: a file each, made beside its place, forced to disk, then named."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sdc.store.blobs import CHUNK_BYTES, ObstoreBlobs, check_key
from sdc.store.disk import sync_folder, write_error

PART_PREFIX = ".part-"
ABANDONED_S = 24 * 3600


class FolderBlobs(ObstoreBlobs):
    """Blobs in a folder.

    Parameters
    ----------
    folder : Path
        Made when it is missing. The blob of the key ``c1/ab…`` is the file ``c1/ab…``.
    """

    def __init__(self, folder: Path) -> None:
        from obstore.store import LocalStore

        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder.resolve()
        super().__init__(LocalStore(prefix=str(self._folder)), f"The folder {folder}")
        self._sweep()

    def put_file(self, key: str, path: Path) -> bool:
        """Store a file."""
        with path.open("rb") as source, self._staged(key) as staged:
            shutil.copyfileobj(source, staged, CHUNK_BYTES)
            return self._place_file(staged, key)

    def put_bytes(self, key: str, data: bytes) -> bool:
        """Store bytes."""
        with self._staged(key) as staged:
            staged.write(data)
            return self._place_file(staged, key)

    def local_path(self, key: str) -> Path | None:
        """Return the blob's file."""
        path = self._folder / check_key(key)
        return path if path.is_file() else None

    def delete(self, key: str) -> bool:
        """Delete a blob, and its folder with the last one: it names the child."""
        path = self._folder / check_key(key)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise write_error(self._folder, error) from error
        for folder in path.relative_to(self._folder).parents:
            with suppress(OSError):
                if folder.parts:
                    (self._folder / folder).rmdir()
        return True

    @contextmanager
    def _staged(self, key: str) -> Iterator[IO[bytes]]:
        check_key(key)
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=PART_PREFIX) as staged:
                yield staged
        except OSError as error:
            raise write_error(self._folder, error) from error

    def _place_file(self, staged: IO[bytes], key: str) -> bool:
        staged.flush()
        os.fsync(staged.fileno())
        place = self._folder / key
        # A second name, then the temporary one goes: create-only and atomic.
        made = self._link(staged.name, place)
        sync_folder(place.parent)
        sync_folder(self._folder)
        return made

    def _link(self, name: str, place: Path) -> bool:
        while True:
            place.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(name, place)
                return True
            except FileExistsError:
                return False
            except FileNotFoundError:  # the child's last blob was deleted between the two lines
                if not self._folder.is_dir():
                    raise

    def _sweep(self) -> None:
        """Remove what writers that a kill cut off left behind, once nobody can be writing to it."""
        for part in self._folder.glob(f"{PART_PREFIX}*"):
            with suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > ABANDONED_S:
                    part.unlink()
