"""The spool: files on their way in, which survive a lost connection and a restart.

An upload is two files: what was announced (``{id}.json``) and the bytes so far (``{id}.part``).
The length of the second is the truth about how far it has come. Nothing here is a blob yet.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sdc.errors import ConflictError, InputError, NotFoundError
from sdc.store.disk import sync_folder, write_error

ABANDONED_S = 24 * 3600
_ID = re.compile(r"[A-Za-z0-9]{1,64}")


@dataclass(frozen=True, slots=True)
class Spooled:
    """A file on its way in, as it was announced.

    Attributes
    ----------
    id : str
        The upload's, later too.
    child_id : str
    filename : str
    size : int or None
        Bytes; None where the sender does not know.
    sha256 : str or None
        What the whole must have.
    """

    id: str
    child_id: str
    filename: str
    size: int | None = None
    sha256: str | None = None


class Spool:
    """A folder of files on their way in; those that nobody has added to for a day are swept.

    Parameters
    ----------
    folder : Path
        Made when it is missing; only the owner can read it.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._lock = threading.Lock()
        self._writers: dict[str, int] = {}
        self.sweep()

    def begin(self, child_id: str, filename: str, size: int | None = None, sha256: str | None = None) -> Spooled:
        """Make room for a file."""
        self.sweep()
        spooled = Spooled(f"u{secrets.token_hex(12)}", child_id, filename, size, sha256)
        try:
            self._write(f"{spooled.id}.part", b"")
            # Last: what has no announcement is in nobody's way.
            self._write(f"{spooled.id}.json", json.dumps(asdict(spooled)).encode())
            sync_folder(self._folder)
        except OSError as error:
            self.remove(spooled.id)
            raise write_error(self._folder, error) from error
        return spooled

    def find(self, upload_id: str) -> Spooled | None:
        """Return what was announced, or None."""
        if not _ID.fullmatch(upload_id):  # it becomes the name of a file
            return None
        try:
            return Spooled(**json.loads((self._folder / f"{upload_id}.json").read_bytes()))
        except (FileNotFoundError, ValueError):
            return None

    def get(self, upload_id: str) -> Spooled:
        """Return what was announced; ``NotFoundError`` when there is no such upload."""
        found = self.find(upload_id)
        if found is None:
            raise NotFoundError("There is no such upload.", code="upload.not-found", hint="Upload the file again.")
        return found

    def of_child(self, child_id: str) -> list[Spooled]:
        """Return a child's files on their way in."""
        found = (self.find(path.stem) for path in sorted(self._folder.glob("*.json")))
        return [spooled for spooled in found if spooled is not None and spooled.child_id == child_id]

    def path(self, upload_id: str) -> Path:
        """Return the file of the bytes so far."""
        return self._folder / f"{self.get(upload_id).id}.part"

    def offset(self, upload_id: str) -> int:
        """Return how many bytes have come."""
        return self.path(upload_id).stat().st_size

    @contextmanager
    def append(self, upload_id: str, offset: int) -> Iterator[Appender]:
        """Open a file to add bytes from ``offset`` on; forced to disk at the end, however it ends.

        The newest writer has the file: a connection that the sender gave up while the server
        still waits for it cannot write between the bytes of the next one.

        Raises
        ------
        ConflictError
            ``upload.offset``: not so many bytes, or more, have come.
        """
        path = self.path(upload_id)
        with self._lock:
            token = self._writers[upload_id] = self._writers.get(upload_id, 0) + 1
            here = path.stat().st_size
        if here != offset:
            raise OffsetError(here, offset)
        try:
            with path.open("ab", buffering=0) as file:
                try:
                    yield Appender(self, upload_id, token, file.fileno())
                finally:
                    os.fsync(file.fileno())
        except OSError as error:
            raise write_error(self._folder, error) from error

    def add(self, upload_id: str, token: int, descriptor: int, data: bytes) -> None:
        """Write bytes for the writer who holds ``token``."""
        view = memoryview(data)
        with self._lock:
            if self._writers.get(upload_id) != token:
                raise InputError(
                    "The upload goes on over another connection.", code="upload.taken-over", hint="Ask how far it is."
                )
            while view:  # the system may take only a part, on a disk that is nearly full for instance
                view = view[os.write(descriptor, view) :]

    def remove(self, upload_id: str) -> bool:
        """Forget a file; return whether it was there."""
        there = self.find(upload_id) is not None
        with self._lock:
            self._writers.pop(upload_id, None)
            for suffix in ("json", "part"):
                with suppress(FileNotFoundError):
                    (self._folder / f"{upload_id}.{suffix}").unlink()
        return there

    def remove_child(self, child_id: str) -> int:
        """Forget a child's files; return how many there were."""
        return sum(self.remove(spooled.id) for spooled in self.of_child(child_id))

    def sweep(self) -> None:
        """Remove what nobody has added to for a day."""
        for part in self._folder.glob("*.part"):
            with suppress(FileNotFoundError):
                if time.time() - part.stat().st_mtime > ABANDONED_S:
                    self.remove(part.stem)

    def _write(self, name: str, data: bytes) -> None:
        descriptor = os.open(self._folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(descriptor)


@dataclass(frozen=True, slots=True)
class Appender:
    """A file of the spool, open to be written."""

    spool: Spool
    upload_id: str
    token: int
    descriptor: int

    def write(self, data: bytes) -> None:
        """Add bytes; ``InputError`` (``upload.taken-over``) when another connection has the file."""
        self.spool.add(self.upload_id, self.token, self.descriptor, data)


class OffsetError(ConflictError):
    """Bytes for another place than where the file ends.

    Attributes
    ----------
    offset : int
        Where it ends.
    """

    default_code = "upload.offset"

    def __init__(self, offset: int, given: int) -> None:
        super().__init__(f"{offset} bytes have come, not {given}.", hint=f"Go on at offset {offset}.")
        self.offset = offset
