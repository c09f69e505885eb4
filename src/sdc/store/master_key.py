"""The master key: 32 bytes that whoever runs SDC keeps outside the store.

It encrypts nothing but other keys. What is derived from it for one purpose says nothing about
what is derived for another (HKDF, RFC 5869).
"""

from __future__ import annotations

import base64
import re
import secrets
from pathlib import Path

from sdc.errors import SettingsError

KEY_BYTES = 32

_HEX = re.compile(r"[0-9a-fA-F]{64}")
_HINT = "`sdc keys new` makes one: 32 bytes, written in base64 or hex."


def new_master_key() -> str:
    """Return a fresh master key as base64 text."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def parse_master_key(text: str, *, source: str) -> bytes:
    """Return the 32 bytes that a text stands for; the text itself is in no error.

    Parameters
    ----------
    text : str
        Base64 (44 characters) or hex (64 characters).
    source : str
        Where it was read, for the error.

    Raises
    ------
    SettingsError
        ``settings.master-key``: not 32 bytes.
    """
    text = text.strip()
    try:
        key = bytes.fromhex(text) if _HEX.fullmatch(text) else base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SettingsError("This is no master key.", code="settings.master-key", hint=_HINT, source=source)
    return key


def read_master_key(text: str, file: str) -> bytes | None:
    """Return the master key of the settings, or None when none is set.

    Parameters
    ----------
    text : str
        SDC_MASTER_KEY.
    file : str
        SDC_MASTER_KEY_FILE, whose only content is the key.

    Raises
    ------
    SettingsError
        Both are set, the file cannot be read, or it holds no key.
    """
    if text and file:
        raise SettingsError(
            "SDC_MASTER_KEY and SDC_MASTER_KEY_FILE are both set.",
            code="settings.master-key",
            hint="Set one of them.",
        )
    if text:
        return parse_master_key(text, source="SDC_MASTER_KEY")
    return read_key_file(Path(file).expanduser()) if file else None


def read_key_file(path: Path) -> bytes:
    """Return the master key that a file holds; ``SettingsError`` when it cannot be read or holds none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text"
        raise SettingsError(
            f"The key file cannot be read: {reason}.", code="settings.master-key", hint=_HINT, source=str(path)
        ) from error
    return parse_master_key(text, source=str(path))


def derive(key: bytes, purpose: str, *, length: int = KEY_BYTES) -> bytes:
    """Return a key for one purpose (HKDF-SHA256, expand only: ``key`` is random already)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    return HKDFExpand(algorithm=SHA256(), length=length, info=f"sdc {purpose}".encode()).derive(key)


def key_id(master: bytes) -> str:
    """Return a public name of a master key (16 hex digits): tells keys apart, says nothing about them."""
    return derive(master, "key id", length=8).hex()
