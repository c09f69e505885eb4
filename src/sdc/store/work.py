"""A folder for files that are being worked on, gone with the process that made it.

Where recordings lie in S3 or are sealed, the programs that decode them need a plain file for a
moment. Each process has a folder of its own under ``SDC_HOME/tmp`` and holds a lock in it as
long as it lives; what a killed one left behind is removed by the next that starts.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from sdc.store.blobs import CHUNK_BYTES, Blobs
from sdc.store.disk import write_error

LOCK = "lock"
ABANDONED_S = 24 * 3600


class WorkFolder:
    """A folder of this process; only the owner can read it.

    Parameters
    ----------
    parent : Path
        Made when it is missing.

    Attributes
    ----------
    path : Path
    """

    def __init__(self, parent: Path) -> None:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Locked before it has its name: another process that sweeps takes no folder half-made.
        made = Path(tempfile.mkdtemp(dir=parent, prefix=".new-"))
        self._lock: int | None = os.open(made / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        _try_lock(self._lock)
        self.path = made.rename(parent / secrets.token_hex(8))
        _sweep(parent)

    def close(self) -> None:
        """Remove the folder with all that is in it."""
        if self._lock is not None:
            shutil.rmtree(self.path, ignore_errors=True)
            os.close(self._lock)
            self._lock = None


@contextmanager
def lend(blobs: Blobs, key: str, folder: Path) -> Iterator[Path]:
    """Lend a blob as a file on this machine; copied into ``folder`` only where the blobs are no files."""
    path = blobs.local_path(key)
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(dir=folder, prefix="plain-") as copy:
        _copy(blobs, key, copy, folder)
        yield Path(copy.name)


def _copy(blobs: Blobs, key: str, copy: IO[bytes], folder: Path) -> None:
    start = 0
    while chunk := blobs.get_range(key, start, CHUNK_BYTES):
        try:
            copy.write(chunk)
            copy.flush()
        except OSError as error:
            raise write_error(folder, error) from error
        start += len(chunk)


def _sweep(parent: Path) -> None:
    """Remove the folders whose processes have ended."""
    for folder in parent.iterdir():
        if folder.is_dir() and not _is_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_in_use(folder: Path) -> bool:
    with suppress(FileNotFoundError):
        if folder.name.startswith(".new-") or os.name != "posix":
            return time.time() - folder.stat().st_mtime < ABANDONED_S
        lock = os.open(folder / LOCK, os.O_RDONLY)
        try:
            return not _try_lock(lock)
        finally:
            os.close(lock)
    return False


def _try_lock(descriptor: int) -> bool:
    """Lock a file for as long as it is open; False when another holds it."""
    if os.name != "posix":
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
