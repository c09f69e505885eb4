"""Files on disk: forced there, and what a full disk says."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from sdc.errors import StoreError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""No room: the disk is full, the user's share of it is, or the file has the largest size that is allowed."""
PROBE_BYTES = 65_536


def sync_folder(folder: Path) -> None:
    """Force a folder's entries to disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def disk_is_full(folder: Path, error: OSError | None = None) -> StoreError:
    """Return the error for a folder that has no room (``store.full``); what refused it says more."""
    if error is None or error.errno != errno.EFBIG:
        return StoreError(
            f"The disk of {folder} is full.",
            code="store.full",
            hint="Free some space, then go on: what was received before is kept.",
        )
    return StoreError(
        f"A file in {folder} has the largest size that is allowed here.",
        code="store.full",
        hint="Raise the limit (`ulimit -f`, or LimitFSIZE of the service), then go on: what was received is kept.",
    )


def no_room_for(file: Path) -> OSError | None:
    """Return what refuses a file to grow for want of room; None where it could.

    Whoever is told only that writing failed asks here. It is tried beside the file, from its size on, so that
    a limit of the size of a file is met as well as a full disk; nothing is left of the trial.
    """
    try:
        with tempfile.TemporaryFile(dir=file.parent) as trial:
            trial.seek(file.stat().st_size)
            trial.write(bytes(PROBE_BYTES))
            trial.flush()
    except OSError as error:
        return error if error.errno in FULL else None
    return None


def write_error(folder: Path, error: OSError) -> StoreError:
    """Return the error for a file that cannot be written: ``store.full`` where there is no room."""
    if error.errno in FULL:
        return disk_is_full(folder, error)
    return StoreError(
        f"A file cannot be stored in {folder}: {error.strerror or error}.",
        code="store.blob",
        hint="Check the folder and the free space (`sdc doctor`).",
    )
