"""Files on their way in: announced, received piece by piece, checked, then kept as an upload."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sdc.errors import ConflictError, InputError
from sdc.formats.reading import MAX_FILE_BYTES
from sdc.store.blobs import sha256_of
from sdc.store.records import Upload
from sdc.store.repository import Repository
from sdc.store.spool import Appender, Spool, Spooled
from sdc.store.uploads import empty, safe_name, too_large, upload_kind


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file has come; ``upload`` is set when it is kept."""

    id: str
    child_id: str
    filename: str
    offset: int
    size: int | None
    upload: Upload | None = None


class Incoming:
    """Receives files into a spool and hands them on when they are whole.

    Parameters
    ----------
    repository : Repository
    spool : Spool
    limit_bytes : int
        A larger file is refused.
    """

    def __init__(self, repository: Repository, spool: Spool, limit_bytes: int) -> None:
        self._repository = repository
        self.spool = spool
        self._limit_bytes = limit_bytes

    def begin(self, child_id: str, filename: str, size: int | None = None, sha256: str | None = None) -> Progress:
        """Announce a file.

        Raises
        ------
        InputError
            ``upload.kind``, ``upload.too-large``, ``upload.empty``.
        NotFoundError
            No such child.
        """
        filename = safe_name(filename)
        upload_kind(filename)
        limit_bytes = self._limit_of(filename)
        if size is not None and size > limit_bytes:
            raise too_large(filename, limit_bytes)
        if size == 0:
            raise empty(filename)
        spooled = self.spool.begin(self._repository.child(child_id).id, filename, size, sha256)
        return _progress(spooled, 0)

    def progress(self, upload_id: str) -> Progress:
        """Return how far a file has come; ``NotFoundError`` when there is no such upload."""
        spooled = self.spool.find(upload_id)
        if spooled is not None:
            return _progress(spooled, self.spool.offset(upload_id))
        return _kept(self._repository.upload(upload_id))

    @contextmanager
    def append(self, upload_id: str, offset: int) -> Iterator[Receiver]:
        """Open a file to add bytes from ``offset`` on; what was written stays, however it ends.

        Raises
        ------
        ConflictError
            ``upload.offset``: not so many bytes, or more, have come; ``upload.whole``.
        """
        spooled = self._open(upload_id)
        limit = self._limit_of(spooled.filename) if spooled.size is None else spooled.size
        with self.spool.append(upload_id, offset) as appender:
            yield Receiver(appender, spooled, offset, limit)

    def finish(self, upload_id: str, sha256: str | None = None) -> Progress:
        """Keep a file that is whole; one that is not stays on its way.

        Doing it again, after a kill for instance, does no harm.

        Parameters
        ----------
        upload_id : str
        sha256 : str, optional
            What the whole must have, where it was not announced.

        Raises
        ------
        InputError
            ``upload.empty``; ``upload.sum``: the bytes are not those that were sent; they are forgotten.
        """
        spooled = self.spool.find(upload_id)
        if spooled is None:
            return _kept(self._repository.upload(upload_id))
        offset = self.spool.offset(upload_id)
        if spooled.size is not None and offset < spooled.size:
            return _progress(spooled, offset)
        if offset == 0:
            raise empty(spooled.filename)
        path = self.spool.path(upload_id)
        found = sha256_of(path)
        wanted = (sha256 or spooled.sha256 or found).lower()
        if found != wanted:
            self.spool.remove(upload_id)
            raise _other_content(spooled)
        upload = self._repository.keep_file(spooled.child_id, path, spooled.filename, found, upload_id=upload_id)
        self.spool.remove(upload_id)
        return _kept(upload)

    def forget(self, upload_id: str) -> None:
        """Give a file on its way up.

        Raises
        ------
        NotFoundError
            There is no such upload.
        ConflictError
            ``upload.whole``: it is kept already.
        """
        self.spool.remove(self._open(upload_id).id)

    def _limit_of(self, filename: str) -> int:
        is_transcript = upload_kind(filename) == "transcript"
        return min(self._limit_bytes, MAX_FILE_BYTES) if is_transcript else self._limit_bytes

    def _open(self, upload_id: str) -> Spooled:
        spooled = self.spool.find(upload_id)
        if spooled is not None:
            return spooled
        upload = self._repository.upload(upload_id)
        raise ConflictError(
            "The file is whole already.", code="upload.whole", hint="Go on with it.", source=upload.filename
        )


class Receiver:
    """One stretch of a file, bounded."""

    def __init__(self, appender: Appender, spooled: Spooled, offset: int, limit_bytes: int) -> None:
        self._appender = appender
        self._spooled = spooled
        self._limit_bytes = limit_bytes
        self.offset = offset

    @property
    def filename(self) -> str:
        """The file's name, as it was announced."""
        return self._spooled.filename

    def write(self, data: bytes) -> None:
        """Add bytes; ``InputError`` (``upload.too-large``, ``upload.size``) beyond the limit."""
        if self.offset + len(data) > self._limit_bytes:
            raise self._too_much()
        self._appender.write(data)
        self.offset += len(data)

    def _too_much(self) -> InputError:
        if self._spooled.size is None:
            return too_large(self._spooled.filename, self._limit_bytes)
        return InputError(
            f"More bytes came than the {self._spooled.size} that were announced.",
            code="upload.size",
            hint="Upload the file again.",
            source=self._spooled.filename,
        )


def _other_content(spooled: Spooled) -> InputError:
    return InputError(
        "What arrived is not what was sent: the SHA-256 sums differ.",
        code="upload.sum",
        hint="Upload the file again from its beginning.",
        source=spooled.filename,
    )


def _progress(spooled: Spooled, offset: int) -> Progress:
    return Progress(spooled.id, spooled.child_id, spooled.filename, offset, spooled.size)


def _kept(upload: Upload) -> Progress:
    return Progress(upload.id, upload.child_id, upload.filename, upload.size, upload.size, upload)
