"""Files on disk: forced there, and what a full disk says."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from sdc.errors import StoreError

FULL = (errno.ENOSPC, errno.EDQUOT)


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_is_full(folder: Path) -> StoreError:
    """Return the error for a folder whose disk is full (``store.full``)."""
    return StoreError(
        f"The disk of {folder} is full.",
        code="store.full",
        hint="Free some space, then go on: what was received before is kept.",
    )


def write_error(folder: Path, error: OSError) -> StoreError:
    """Return the error for a file that cannot be written: ``store.full`` where the disk is full."""
    if error.errno in FULL:
        return disk_is_full(folder)
    return StoreError(
        f"A file cannot be stored in {folder}: {error.strerror or error}.",
        code="store.blob",
        hint="Check the folder and the free space (`sdc doctor`).",
    )
