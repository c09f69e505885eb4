"""One file, whole or not there: written beside its place, forced to disk, then named."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from sdc.errors import InputError
from sdc.pipeline.archive.manifest import File
from sdc.pipeline.archive.passphrase import SealingWriter

ZIP_TIME = (1980, 1, 1, 0, 0, 0)


class ArchiveWriter:
    """Files into a zip, each hashed on its way.

    Parameters
    ----------
    zip : zipfile.ZipFile
    """

    def __init__(self, zip: zipfile.ZipFile) -> None:
        self._zip = zip
        self.files: list[File] = []

    def add(self, name: str, pieces: Iterable[bytes], *, compress: bool, n_documents: int | None = None) -> File:
        """Add a file piece by piece, in constant memory."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name, ZIP_TIME)
        info.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        with self._zip.open(info, "w", force_zip64=True) as target:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                target.write(piece)
        file = File(name=name, size=size, sha256=digest.hexdigest(), n_documents=n_documents)
        self.files.append(file)
        return file


@contextmanager
def new_archive(path: Path, passphrase: str | None = None) -> Iterator[ArchiveWriter]:
    """Open a new archive; it has its name only when the block has ended well.

    Raises
    ------
    InputError
        ``archive.exists``: nothing is overwritten. ``archive.unwritable``.
    """
    if path.exists():
        raise InputError(
            "There is a file of this name.", code="archive.exists", hint="Choose another -o.", source=str(path)
        )
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".sdc-export-", delete=False) as staged:
            try:
                with _sealed(cast(BinaryIO, staged), passphrase) as target, zipfile.ZipFile(target, "w") as zip:
                    yield ArchiveWriter(zip)
                staged.flush()
                os.fsync(staged.fileno())
                Path(staged.name).replace(path)
            except BaseException:
                Path(staged.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise InputError(
            f"The archive cannot be written: {error.strerror or error}.",
            code="archive.unwritable",
            hint="Check the folder and the free space, or choose another -o.",
            source=str(path),
        ) from error


@contextmanager
def _sealed(file: BinaryIO, passphrase: str | None) -> Iterator[IO[bytes]]:
    if passphrase is None:
        yield file
        return
    with SealingWriter(file, passphrase) as writer:
        yield cast(IO[bytes], writer)
