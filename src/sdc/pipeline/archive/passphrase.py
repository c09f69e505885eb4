"""A file sealed under a passphrase: scrypt for the key, AES-256-GCM in chunks, readable at any place.

::

    0    8    magic and version, ``SDCARCH1``
    8    16   salt
    24   7    prefix of all nonces, random
    31        chunks: 65,536 bytes (the last one: the rest, maybe none) and a tag of 16 bytes each

The nonce of a chunk is the prefix, its index and whether it is the last (the STREAM construction of
Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015), and the header is bound to each chunk: chunks that
were changed or moved and an end that was cut off are found. scrypt's cost is part of the version
(N = 2^15, r = 8, p = 1: 32 MiB; RFC 7914), so that a hostile file cannot ask for more.
"""

from __future__ import annotations

import hashlib
import io
import secrets
from pathlib import Path
from typing import BinaryIO

from sdc.errors import InputError

MAGIC = b"SDCARCH1"
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 16, 7, 16
HEADER_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES
CHUNK_BYTES = 1 << 16
SEALED_BYTES = CHUNK_BYTES + TAG_BYTES
COST = {"n": 1 << 15, "r": 8, "p": 1, "maxmem": 64 << 20}
MIN_LENGTH = 12


def read_passphrase(path: Path) -> str:
    """Return the first line of a file.

    Raises
    ------
    InputError
        ``archive.passphrase``: it cannot be read or is too short to protect anything.
    """
    try:
        passphrase = path.read_text("utf-8").split("\n")[0].strip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise _bad(
            "The passphrase cannot be read", "Give a text file with the passphrase in its first line."
        ) from error
    if len(passphrase) < MIN_LENGTH:
        raise _bad("The passphrase is too short", f"Take {MIN_LENGTH} characters or more, such as five random words.")
    return passphrase


def _bad(message: str, hint: str) -> InputError:
    return InputError(f"{message}.", code="archive.passphrase", hint=hint)


class SealingWriter(io.RawIOBase):
    """Seals what is written to it; ``close`` writes the last chunk, and leaves the file below open.

    Parameters
    ----------
    file : BinaryIO
    passphrase : str
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt, prefix = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(PREFIX_BYTES)
        self._header = MAGIC + salt + prefix
        self._chunks = _Chunks(passphrase, self._header)
        self._file, self._rest, self._index = file, bytearray(), 0
        file.write(self._header)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: object) -> int:
        """Seal bytes."""
        view = memoryview(data)  # type: ignore[arg-type]
        self._rest += view
        while len(self._rest) > CHUNK_BYTES:  # the last chunk is kept back: only the end knows that it is the last
            self._put(bytes(self._rest[:CHUNK_BYTES]), is_last=False)
            del self._rest[:CHUNK_BYTES]
        return view.nbytes

    def _put(self, chunk: bytes, *, is_last: bool) -> None:
        self._file.write(self._chunks.seal(self._index, is_last, chunk))
        self._index += 1

    def close(self) -> None:
        """Write the last chunk."""
        if not self.closed:
            self._put(bytes(self._rest), is_last=True)
        super().close()


class OpeningReader(io.RawIOBase):
    """Reads a sealed file at any place; each chunk is checked when it is read.

    Parameters
    ----------
    file : BinaryIO
        It can seek.
    passphrase : str

    Raises
    ------
    InputError
        ``archive.passphrase``: another passphrase. ``archive.damaged``: it was changed or cut off.
    """

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        header = file.read(HEADER_BYTES)
        sealed = file.seek(0, io.SEEK_END) - HEADER_BYTES
        n_chunks, rest = divmod(sealed, SEALED_BYTES)
        self._n = n_chunks + bool(rest)
        if len(header) != HEADER_BYTES or sealed < TAG_BYTES or 0 < rest < TAG_BYTES:
            raise damaged()
        self._file, self._chunks, self._place = file, _Chunks(passphrase, header), 0
        self._size = sealed - self._n * TAG_BYTES
        self._cached: tuple[int, bytes] = (-1, b"")
        try:
            self._chunk(0)
        except InputError as error:
            raise _bad("The passphrase does not open this archive", "Give the one it was sealed with.") from error
        self._chunk(self._n - 1)

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place of the plain content."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def tell(self) -> int:
        """Return the place."""
        return self._place

    def readinto(self, buffer: object) -> int:
        """Read up to the end of a chunk."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        if self._place >= self._size or not view.nbytes:
            return 0
        index, offset = divmod(self._place, CHUNK_BYTES)
        piece = self._chunk(index)[offset : offset + view.nbytes]
        view[: len(piece)] = piece
        self._place += len(piece)
        return len(piece)

    def _chunk(self, index: int) -> bytes:
        if self._cached[0] != index:
            self._file.seek(HEADER_BYTES + index * SEALED_BYTES)
            chunk = self._chunks.open(index, index == self._n - 1, self._file.read(SEALED_BYTES))
            self._cached = (index, chunk)
        return self._cached[1]


class _Chunks:
    def __init__(self, passphrase: str, header: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt = header[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        key = hashlib.scrypt(passphrase.encode(), salt=salt, dklen=32, **COST)
        self._cipher, self._header = AESGCM(key), header

    def _nonce(self, index: int, is_last: bool) -> bytes:
        return self._header[-PREFIX_BYTES:] + index.to_bytes(4, "big") + bytes([is_last])

    def seal(self, index: int, is_last: bool, chunk: bytes) -> bytes:
        return self._cipher.encrypt(self._nonce(index, is_last), chunk, self._header)

    def open(self, index: int, is_last: bool, sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(self._nonce(index, is_last), sealed, self._header)
        except InvalidTag as error:
            raise damaged() from error


def damaged() -> InputError:
    """Return the error for an archive that is not as it was written."""
    return InputError(
        "The archive is damaged: it was changed or cut off.", code="archive.damaged", hint="Take another copy of it."
    )
