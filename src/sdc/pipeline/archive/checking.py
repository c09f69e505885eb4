"""Is this archive what it says, to the last byte? Nothing is written before this has answered yes."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from pydantic import ValidationError

from sdc.errors import InputError, MissingInputError, StoreError
from sdc.pipeline.archive.manifest import (
    FORMAT,
    MANIFEST,
    MAX_LINE_BYTES,
    MAX_MANIFEST_BYTES,
    MAX_RATIO,
    NAME,
    OF_CHILDREN,
    OF_THE_STORE,
    PSEUDONYMS,
    SMALL_BYTES,
    TO_READ_ONLY,
    File,
    Manifest,
    owner_of,
)
from sdc.pipeline.archive.passphrase import MAGIC, OpeningReader, damaged
from sdc.pipeline.parts import Report
from sdc.store.blobs import CHUNK_BYTES
from sdc.store.documents import Document, encode
from sdc.store.schema import SCHEMA_VERSION

_KNOWN = frozenset((*OF_CHILDREN, *OF_THE_STORE, *TO_READ_ONLY, "meta"))


class Archive:
    """An archive that is open for reading.

    Parameters
    ----------
    zip : zipfile.ZipFile

    Raises
    ------
    InputError
        ``archive.version``, ``archive.manifest``, ``archive.hostile``.
    """

    def __init__(self, zip: zipfile.ZipFile) -> None:
        self._zip = zip
        self.manifest = _manifest(zip)
        self._files = {file.name: file for file in self.manifest.files}
        self._refuse_strange_names()

    def check(self, report: Report) -> None:
        """Read everything once, against size, checksum and form.

        Raises
        ------
        InputError
            ``archive.checksum``, ``archive.hostile``, ``archive.damaged``, ``archive.document``.
        """
        done, total = 0, sum(file.size for file in self._files.values()) or 1
        for file in self.manifest.files:
            report(f"checking {file.name[:40]}", done / total)
            if file.name.startswith("blobs/"):
                for _ in self.pieces(file):
                    pass
            else:
                n_documents = sum(1 for _ in self.documents(file))
                if n_documents != file.n_documents:
                    raise damaged()
            done += file.size

    def collection(self, name: str) -> Iterator[Document]:
        """Return the documents of a collection; none where the archive has not got it."""
        file = self._files.get(f"documents/{name}.jsonl")
        return iter(()) if file is None else self.documents(file)

    @property
    def blobs(self) -> list[File]:
        """The files that are blobs."""
        return [file for file in self.manifest.files if file.name.startswith("blobs/")]

    def pieces(self, file: File) -> Iterator[bytes]:
        """Read a file, never more than it declares; at its end the checksum is compared."""
        digest, size = hashlib.sha256(), 0
        try:
            with self._zip.open(file.name) as source:
                while piece := source.read(CHUNK_BYTES):
                    size += len(piece)
                    if size > file.size:
                        raise hostile(f"{file.name} holds more than it declares")
                    digest.update(piece)
                    yield piece
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, KeyError) as error:
            raise damaged() from error
        if digest.hexdigest() != file.sha256 or size != file.size:
            raise InputError(
                f"The checksum of {file.name} is not that of its content.",
                code="archive.checksum",
                hint="Take another copy of the archive.",
            )

    def documents(self, file: File) -> Iterator[Document]:
        """Read a file's documents one by one; each is one that the store could have written."""
        name = file.name.removeprefix("documents/").removesuffix(".jsonl")
        rest = bytearray()
        for piece in self.pieces(file):
            first, *lines = piece.split(b"\n")
            rest += first
            for line in lines:
                yield self._document(name, bytes(rest))
                rest[:] = line
            if len(rest) > MAX_LINE_BYTES:
                raise hostile(f"{file.name} has a line of more than {MAX_LINE_BYTES >> 20} MiB")
        if rest:
            raise damaged()

    def _document(self, name: str, line: bytes) -> Document:
        try:
            document: Document = json.loads(line)
            encode(document)
        except (ValueError, RecursionError, StoreError, AttributeError, TypeError) as error:
            raise InputError(
                f"The archive's {name} hold something that is no document.",
                code="archive.document",
                hint="Take another copy of the archive.",
            ) from error
        owner = owner_of(name, document)
        if name in OF_CHILDREN and owner not in self.manifest.children:
            raise hostile(f"its {name} hold something of a child that it does not name")
        if name == "meta" and document["_id"] != PSEUDONYMS:
            raise hostile("it would change what the store knows of itself")
        return document

    def _refuse_strange_names(self) -> None:
        entries = self._zip.infolist()
        names = [entry.filename for entry in entries if entry.filename != MANIFEST]
        if len(names) != len(entries) - 1 or sorted(names) != sorted(f.name for f in self.manifest.files):
            raise hostile("its files are not those of its manifest")
        for entry in entries:
            if entry.file_size > max(SMALL_BYTES, MAX_RATIO * entry.compress_size):
                raise hostile(f"{entry.filename} would become {entry.file_size} bytes")
        for file in self.manifest.files:
            self._refuse_strange(file)

    def _refuse_strange(self, file: File) -> None:
        if not NAME.fullmatch(file.name) or self._zip.getinfo(file.name).file_size != file.size:
            raise hostile(f"{file.name[:80]!r} is no file of an archive")
        kind, child, *rest = file.name.split("/")
        if kind == "documents" and child.removesuffix(".jsonl") not in _KNOWN:
            raise hostile(f"{child} is no collection of SDC")
        if kind == "blobs" and (child not in self.manifest.children or rest != [file.sha256]):
            raise hostile("a recording is not under the name of its child and content")


@contextmanager
def open_archive(path: Path, passphrase: str | None = None) -> Iterator[Archive]:
    """Open an archive for reading.

    Raises
    ------
    InputError
        ``archive.passphrase``, ``archive.no-archive`` and what ``Archive`` refuses.
    """
    try:
        with path.open("rb") as file, _zip(file, passphrase) as zip:
            yield Archive(zip)
    except FileNotFoundError as error:
        raise MissingInputError("There is no such file.", hint="Check the name.", source=str(path)) from error
    except OSError as error:
        raise InputError(
            f"The archive cannot be read: {error.strerror or error}.", code="archive.unreadable", source=str(path)
        ) from error
    except InputError as error:
        error.source = error.source or path.name
        raise


@contextmanager
def _zip(file: BinaryIO, passphrase: str | None) -> Iterator[zipfile.ZipFile]:
    is_sealed = file.read(len(MAGIC)) == MAGIC
    file.seek(0)
    if is_sealed and passphrase is None:
        raise InputError(
            "The archive is sealed with a passphrase.", code="archive.passphrase", hint="Give --passphrase-file."
        )
    plain = cast(IO[bytes], io.BufferedReader(OpeningReader(file, passphrase))) if is_sealed and passphrase else file
    try:
        opened = zipfile.ZipFile(plain)
    except (zipfile.BadZipFile, ValueError) as error:
        raise InputError(
            "This is no archive of SDC, or it was cut off.",
            code="archive.no-archive",
            hint="Give a file that `sdc export` wrote.",
        ) from error
    with opened:
        yield opened


def _manifest(zip: zipfile.ZipFile) -> Manifest:
    try:
        with zip.open(MANIFEST) as file:
            text = file.read(MAX_MANIFEST_BYTES + 1)
        if len(text) > MAX_MANIFEST_BYTES:
            raise hostile("its manifest is too large")
        told = json.loads(text)
    except (KeyError, ValueError, zipfile.BadZipFile, zlib.error, RecursionError, NotImplementedError) as error:
        raise InputError(
            "This is no archive of SDC: it has no manifest.",
            code="archive.no-archive",
            hint="Give a file that `sdc export` wrote.",
        ) from error
    _refuse_newer(told)
    try:
        return Manifest.model_validate(told)
    except ValidationError as error:
        raise InputError(
            "The archive's manifest is damaged.", code="archive.manifest", hint="Take another copy of it."
        ) from error


def _refuse_newer(told: object) -> None:
    if not isinstance(told, dict):
        return
    form, version = told.get("format"), told.get("store_version")
    newer_store = isinstance(version, int) and version > SCHEMA_VERSION
    if newer_store or (isinstance(form, str) and form.startswith("sdc.archive/") and form != FORMAT):
        raise InputError(
            f"A newer SDC wrote this archive ({told.get('written_by')}).",
            code="archive.version",
            hint="Update SDC, then import it.",
        )


def hostile(what: str) -> InputError:
    """Return the error for an archive that SDC cannot have written."""
    return InputError(
        f"SDC has not written this archive: {what}.",
        code="archive.hostile",
        hint="Import only archives that come from somebody you trust.",
    )
