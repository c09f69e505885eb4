"""Blobs that are sealed on their way in and opened on their way out, over any back end.

The name of a blob is hidden, too: inside, it lies under an HMAC of its content's hash, so that
nobody who sees the store can tell whether it holds a file that they know.
"""

from __future__ import annotations

import hmac
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sdc.errors import NotFoundError, StoreError
from sdc.store.blobs import Blobs, check_key
from sdc.store.keyring import Keyring
from sdc.store.sealed_format import (
    CHUNK_BYTES,
    HEADER_BYTES,
    SEALED_CHUNK_BYTES,
    TAG_BYTES,
    ChunkCipher,
    Header,
    damaged,
    new_header,
    read_header,
    seal_stream,
    write_header,
)

MAX_HEADERS = 32
"""So many opened headers are kept in memory."""


class SealedBlobs:
    """A blob store over another one.

    Parameters
    ----------
    inner : Blobs
    keyring : Keyring
    work : Path
        Folder for sealed files on their way in.
    """

    def __init__(self, inner: Blobs, keyring: Keyring, work: Path) -> None:
        self._inner, self._keyring, self._work = inner, keyring, work
        self._headers: dict[str, Header] = {}

    def put_file(self, key: str, path: Path) -> bool:
        """Store a file under a key."""
        with path.open("rb") as source:
            return self._put(key, source, path.stat().st_size)

    def put_bytes(self, key: str, data: bytes) -> bool:
        """Store bytes under a key."""
        return self._put(key, io.BytesIO(data), len(data))

    def get(self, key: str) -> bytes:
        """Return a whole blob."""
        header = self._open(key)
        return self._read(key, header, 0, header.size)

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """Return a part of a blob; only the chunks that it touches are read."""
        return self._read(key, self._known(key), start, length)

    def size(self, key: str) -> int | None:
        """Return the number of plain bytes."""
        try:
            return self._open(key).size
        except NotFoundError:
            return None

    def delete(self, key: str) -> bool:
        """Delete a blob."""
        self._headers.pop(key, None)
        return self._inner.delete(self.address(key))

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys of all blobs whose key begins so; each header is opened."""
        child, slash, rest = prefix.partition("/")
        for address in self._inner.keys(child + slash):
            child_id = _child_of(address)
            header = read_header(self._header_bytes(address), self._keyring.keys_of(child_id).blobs, address)
            key = f"{child_id}/{header.name}"
            if key.startswith(child + slash + rest):
                yield key

    def local_path(self, key: str) -> Path | None:
        """Return None: no plain file lies anywhere."""
        check_key(key)
        return None

    def presigned(self, key: str, expires_s: int) -> str | None:
        """Return None: who fetched it could not read it."""
        check_key(key)
        return None

    def address(self, key: str) -> str:
        """Return the name under which a blob lies inside."""
        child_id = _child_of(key)
        secret = self._keyring.keys_of(child_id).address
        return f"{child_id}/{hmac.digest(secret, key.encode(), 'sha256').hex()}"

    def _put(self, key: str, source: BinaryIO, size: int) -> bool:
        address = self.address(key)
        if self._inner.size(address) is not None:
            return False
        header = new_header(size, key.partition("/")[2])
        wrapper = self._keyring.keys_of(_child_of(key)).blobs
        with tempfile.NamedTemporaryFile(dir=self._work, prefix="sealed-") as sealed:
            sealed.write(write_header(header, wrapper, address))
            for chunk in seal_stream(source, header, ChunkCipher(header, key)):
                sealed.write(chunk)
            sealed.flush()
            return self._inner.put_file(address, Path(sealed.name))

    def _open(self, key: str) -> Header:
        """Return a blob's header, having seen that it is the blob asked for and not cut off."""
        address = self.address(key)
        size = self._inner.size(address)
        if size is None:
            raise NotFoundError(
                f"The stored file {key[:30]}… is missing.", code="store.no-blob", hint="Restore the blobs of the store."
            )
        header = read_header(self._header_bytes(address), self._keyring.keys_of(_child_of(key)).blobs, address)
        if size != header.sealed_size or header.name != key.partition("/")[2]:
            raise damaged(key)
        return header

    def _known(self, key: str) -> Header:
        """Return a blob's header, as it was opened before: a player asks for one recording in many ranges."""
        try:
            self.address(key)
        except NotFoundError:  # the child's key was destroyed: nothing that it opened stays in memory
            self._headers.clear()
            raise
        header = self._headers.get(key)
        if header is None:
            header = self._open(key)
            while len(self._headers) >= MAX_HEADERS:
                self._headers.pop(next(iter(self._headers), ""), None)
            self._headers[key] = header
        return header

    def _header_bytes(self, address: str) -> bytes:
        return self._inner.get_range(address, 0, HEADER_BYTES)

    def _read(self, key: str, header: Header, start: int, length: int) -> bytes:
        stop = min(start + length, header.size)
        if start >= stop and header.size:
            return b""
        first, last = start // CHUNK_BYTES, max(0, stop - 1) // CHUNK_BYTES
        sealed = self._inner.get_range(
            self.address(key), HEADER_BYTES + first * SEALED_CHUNK_BYTES, (last - first + 1) * SEALED_CHUNK_BYTES
        )
        cipher, view = ChunkCipher(header, key), memoryview(sealed)
        pieces = [
            cipher.open(first + number, view[at : at + SEALED_CHUNK_BYTES])
            for number, at in enumerate(range(0, max(len(sealed), TAG_BYTES), SEALED_CHUNK_BYTES))
        ]
        if len(pieces) != last - first + 1:
            raise damaged(key)
        plain = b"".join(pieces)
        return plain[start - first * CHUNK_BYTES : stop - first * CHUNK_BYTES]


def _child_of(key: str) -> str:
    child_id, slash, _ = check_key(key).partition("/")
    if not slash:
        raise StoreError(f"{key!r} is no key of a blob.", code="store.key")
    return child_id
