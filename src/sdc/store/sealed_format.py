"""How a blob is sealed: AES-256-GCM in chunks of 64 KiB, so that a part can be read alone.

::

    offset  bytes
    0       8      magic and version, ``SDCSEAL1``
    8       8      size of the plain content, big-endian
    16      7      prefix of all nonces, random
    23      1      zero
    24      12     nonce of the wrapped key
    36      144    wrapped by the child's key: the data key (32), the blob's name (96, its length first), tag (16)
    180            chunks: 65,536 bytes (the last one: the rest) and a tag of 16 bytes each

The wrapped key is bound to the first 24 bytes and to the blob's address; each chunk to the
blob's key, its index and whether it is the last (the STREAM construction of Hoang, Reyhanitabar,
Rogaway and Vizár, CRYPTO 2015). So a bit that was flipped, a chunk or a file that was moved, and an
end that was cut off are all found. The data key is new for each blob, so that nonces, which
count chunks, are never used twice under a key.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from sdc.errors import StoreError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"SDCSEAL1"
CHUNK_BYTES = 1 << 16
TAG_BYTES = 16
SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES
PREFIX_BYTES = 7
NONCE_BYTES = 12
NAME_BYTES = 96
KEY_BYTES = 32
PLAIN_HEAD_BYTES = 24
HEADER_BYTES = PLAIN_HEAD_BYTES + NONCE_BYTES + KEY_BYTES + NAME_BYTES + TAG_BYTES


@dataclass(frozen=True, slots=True, repr=False)
class Header:
    """A header, unlocked.

    Attributes
    ----------
    size : int
        Plain bytes.
    prefix : bytes
    data_key : bytes
    name : str
        The blob's key after the child's id: the SHA-256 of the plain content.
    """

    size: int
    prefix: bytes
    data_key: bytes
    name: str

    @property
    def n_chunks(self) -> int:
        """At least one: an empty blob has an empty chunk, so that nobody can make one up."""
        return max(1, -(-self.size // CHUNK_BYTES))

    @property
    def sealed_size(self) -> int:
        """Bytes of the whole sealed blob."""
        return HEADER_BYTES + self.size + TAG_BYTES * self.n_chunks


def new_header(size: int, name: str) -> Header:
    """Return a header with a fresh data key; ``StoreError`` (``store.key``) for a name that is too long."""
    if len(name.encode()) >= NAME_BYTES:
        raise StoreError(f"{name[:30]}… is too long to name a sealed file.", code="store.key")
    return Header(size, secrets.token_bytes(PREFIX_BYTES), secrets.token_bytes(KEY_BYTES), name)


def write_header(header: Header, wrapper: AESGCM, address: str) -> bytes:
    """Return the bytes of a header, its data key wrapped."""
    head = MAGIC + struct.pack(">Q", header.size) + header.prefix + b"\0"
    nonce = secrets.token_bytes(NONCE_BYTES)
    name = header.name.encode()
    hidden = header.data_key + bytes([len(name)]) + name.ljust(NAME_BYTES - 1, b"\0")
    return head + nonce + wrapper.encrypt(nonce, hidden, head + address.encode())


def read_header(raw: bytes, wrapper: AESGCM, address: str) -> Header:
    """Return the header of a sealed blob.

    Raises
    ------
    StoreError
        ``store.damaged``: it is none, was changed, or belongs to another blob or child.
    """
    from cryptography.exceptions import InvalidTag

    if len(raw) != HEADER_BYTES or not raw.startswith(MAGIC):
        raise damaged(address)
    head, nonce = raw[:PLAIN_HEAD_BYTES], raw[PLAIN_HEAD_BYTES:][:NONCE_BYTES]
    try:
        opened = wrapper.decrypt(nonce, raw[PLAIN_HEAD_BYTES + NONCE_BYTES :], head + address.encode())
    except InvalidTag as error:
        raise damaged(address) from error
    (size,) = struct.unpack(">Q", head[8:16])
    name = opened[KEY_BYTES + 1 :][: opened[KEY_BYTES]].decode()
    return Header(size, head[16:23], opened[:KEY_BYTES], name)


class ChunkCipher:
    """Seals and opens the chunks of one blob.

    Parameters
    ----------
    header : Header
    key : str
        Of the blob, ``{child_id}/{sha256}``.
    """

    def __init__(self, header: Header, key: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._header, self._key = header, key
        self._cipher = AESGCM(header.data_key)

    def seal(self, index: int, plain: bytes) -> bytes:
        """Return a chunk sealed."""
        nonce, bound = self._names(index)
        return self._cipher.encrypt(nonce, plain, bound)

    def open(self, index: int, sealed: bytes | memoryview) -> bytes:
        """Return a chunk's plain bytes; ``StoreError`` (``store.damaged``) when it is not as it was sealed."""
        from cryptography.exceptions import InvalidTag

        nonce, bound = self._names(index)
        try:
            return self._cipher.decrypt(nonce, sealed, bound)
        except InvalidTag as error:
            raise damaged(self._key) from error

    def _names(self, index: int) -> tuple[bytes, bytes]:
        is_last = index == self._header.n_chunks - 1
        nonce = self._header.prefix + struct.pack(">IB", index, is_last)
        return nonce, self._key.encode() + struct.pack(">QB", index, is_last)


def seal_stream(source: BinaryIO, header: Header, cipher: ChunkCipher) -> Iterator[bytes]:
    """Yield the sealed chunks of a file, in constant memory; ``StoreError`` when it is not as long as was said."""
    left = header.size
    for index in range(header.n_chunks):
        plain = source.read(min(CHUNK_BYTES, left))
        left -= len(plain)
        yield cipher.seal(index, plain)
    if left or source.read(1):
        raise StoreError(
            "The file was changed while it was being stored.", code="store.changed", hint="Add the file again."
        )


def damaged(name: str) -> StoreError:
    """Return the error for a blob that is not as it was sealed."""
    return StoreError(
        f"The stored file {name[:30]}… was changed or is damaged.",
        code="store.damaged",
        hint="Restore it from a backup, or add the recording again.",
    )
