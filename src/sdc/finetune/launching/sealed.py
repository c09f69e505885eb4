"""A folder as one encrypted file, and back: what travels to a rented machine and home again.

The file is ``SDCRUN1``, a random nonce of 12 bytes, and AES-256-GCM over a compressed tar archive; what it is (``data``
or ``run``) is authenticated with it, so that one is never taken for the other.
"""

from __future__ import annotations

import base64
import io
import os
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from sdc.errors import InputError, SettingsError
from sdc.finetune.launching.job import KEY_NAME

MAGIC = b"SDCRUN1"
NONCE_BYTES = 12
KEY_BYTES = 32


def read_key(environment: Mapping[str, str] = os.environ) -> bytes:
    """Return the key of the environment; ``SettingsError`` ``launch.key`` where there is none that can be used."""
    try:
        key = base64.b64decode(environment.get(KEY_NAME, "").strip(), validate=True)
    except ValueError:  # no base64, or no ASCII
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError(
            f"{KEY_NAME} holds no key of 32 bytes in base64.",
            code="launch.key",
            hint=f"Make one with `export {KEY_NAME}=$(sdc keys new)` and keep it until the run is home.",
        )
    return key


def seal(folder: Path, names: Sequence[str], key: bytes, kind: str) -> bytes:
    """Return files or folders of a folder as one encrypted file."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz", compresslevel=6) as archive:
        for name in names:
            archive.add(folder / name, arcname=name, filter=_plain)
    nonce = os.urandom(NONCE_BYTES)
    return MAGIC + nonce + AESGCM(key).encrypt(nonce, buffer.getvalue(), MAGIC + kind.encode())


def _plain(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leave out who owns a file, and what is no file or folder."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    return entry if entry.isfile() or entry.isdir() else None


def unseal(data: bytes, folder: Path, key: bytes, kind: str) -> None:
    """Write an encrypted file out into a folder, which only its owner can read.

    Raises
    ------
    InputError
        ``launch.sealed``: it is no such file, was changed on the way, or the key is another one.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(MAGIC) + NONCE_BYTES
    try:
        if data[: len(MAGIC)] != MAGIC:
            raise InvalidTag
        plain = AESGCM(key).decrypt(data[len(MAGIC) : start], data[start:], MAGIC + kind.encode())
    except (InvalidTag, ValueError) as error:
        raise InputError(
            f"This is no sealed {kind}, was changed on the way, or {KEY_NAME} holds another key.",
            code="launch.sealed",
            hint="Fetch it again, with the key that was set when the job was written.",
        ) from error
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(plain), mode="r:gz") as archive:
        archive.extractall(folder, filter="data")
