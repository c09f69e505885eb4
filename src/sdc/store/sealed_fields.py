"""How a field of a document is sealed: AES-256-GCM under the child's key, bound to its place.

A sealed field is the text ``sdc1:`` and base64 of nonce, ciphertext and tag. The associated data
is collection, ``_id`` and field, so that no field can stand in another's place. None stays
None: that nothing is known is no secret, and filters for missing fields go on working.
"""

from __future__ import annotations

import base64
import json
import secrets
import zlib
from typing import TYPE_CHECKING, Any

from sdc.errors import StoreError
from sdc.store.documents import encode

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MARK = "sdc1:"
NONCE_BYTES = 12
COMPRESSED_FROM = 1024
"""A transcript's JSON shrinks to a tenth; short values are not worth it (bytes)."""

_PLAIN, _DEFLATED = b"\0", b"\1"


def place(collection: str, identity: str, field: str) -> bytes:
    """Return what a sealed field is bound to."""
    return json.dumps([collection, identity, field]).encode()


def seal_value(cipher: AESGCM, value: Any, where: bytes) -> str | None:
    """Return a value sealed; ``StoreError`` for what no document may hold."""
    if value is None:
        return None
    encode({"_id": "x", "value": value})  # what the inner store can no longer see is checked here
    raw = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    packed = _DEFLATED + zlib.compress(raw, 1) if len(raw) >= COMPRESSED_FROM else _PLAIN + raw
    nonce = secrets.token_bytes(NONCE_BYTES)
    return MARK + base64.b64encode(nonce + cipher.encrypt(nonce, packed, where)).decode()


def is_sealed(value: Any) -> bool:
    """Whether a value is one that ``seal_value`` made (or None)."""
    return value is None or (isinstance(value, str) and value.startswith(MARK))


def open_value(cipher: AESGCM, sealed: Any, where: bytes) -> Any:
    """Return a sealed value.

    Raises
    ------
    StoreError
        ``store.not-sealed``: it is plain. ``store.damaged``: it was changed or moved.
    """
    from cryptography.exceptions import InvalidTag

    if sealed is None:
        return None
    if not is_sealed(sealed):
        raise StoreError(
            "Something in the store is not sealed.",
            code="store.not-sealed",
            hint="Another SDC without the key wrote to it; stop it and run `sdc keys seal`.",
        )
    try:
        raw = base64.b64decode(sealed[len(MARK) :], validate=True)
        packed = cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], where)
    except (InvalidTag, ValueError) as error:
        collection, identity, field = json.loads(where)
        raise StoreError(
            f"The field {field} of {collection}/{identity} was changed or is damaged.",
            code="store.damaged",
            hint="Restore the store from a backup.",
        ) from error
    return json.loads(zlib.decompress(packed[1:]) if packed[:1] == _DEFLATED else packed[1:])
