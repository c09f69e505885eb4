"""Passwords: what one must be, and how it is kept (Argon2id through pwdlib).

The rules are those of NIST SP 800-63B (section 3.1.1): length counts, kinds of characters do not,
and what everybody tries first is refused. Text is normalised (NFKC) before it is hashed, so that the
same password typed on another keyboard is the same.
"""

from __future__ import annotations

import threading
import unicodedata
from functools import cached_property
from itertools import pairwise

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from sdc.errors import InputError

MIN_LENGTH = 12
MAX_LENGTH = 200  # a longer one only costs time

MIN_DISTINCT = 5
"""So many different characters at least, beside common words."""
MAX_SEQUENCE = 0.7
"""Share of steps from a character to itself or its neighbour."""
AT_ONCE = 4

COMMON = (
    "password",
    "passwort",
    "letmein",
    "welcome",
    "qwerty",
    "qwertz",
    "asdfgh",
    "iloveyou",
    "administrator",
    "changeme",
    "speech",
    "therapist",
    "companion",
    "sdc",
    "abc",
    "123",
)
"""Words that a password may hold, but not consist of (with digits and signs around them, or repeated)."""


def check_password(password: str, name: str) -> str:
    """Return the password, normalised, or refuse it.

    Parameters
    ----------
    password : str
    name : str
        Name of the account; the password may not be made of it.

    Raises
    ------
    InputError
        ``password.short``, ``password.long`` or ``password.common``.
    """
    password = unicodedata.normalize("NFKC", password)
    if len(password) < MIN_LENGTH:
        raise InputError(
            f"A password needs at least {MIN_LENGTH} characters.",
            code="password.short",
            hint="Three or four words that do not belong together are easy to keep in mind.",
        )
    if len(password) > MAX_LENGTH:
        raise InputError(f"A password has at most {MAX_LENGTH} characters.", code="password.long")
    if _is_common(password.casefold(), name.casefold()):
        raise InputError(
            "This password is among the first that somebody would try.",
            code="password.common",
            hint="Three or four words that do not belong together are easy to keep in mind.",
        )
    return password


def _is_common(password: str, name: str) -> bool:
    """Tell whether hardly anything is left of a password without common words and the account's name."""
    rest = password
    for word in sorted({*COMMON, *_parts(name)}, key=len, reverse=True):
        rest = rest.replace(word, "")
    few = len({c for c in rest if c.isalnum()}) < MIN_DISTINCT or len(set(password)) < MIN_DISTINCT
    steps = [abs(ord(after) - ord(before)) for before, after in pairwise(password)]
    return few or sum(step <= 1 for step in steps) > MAX_SEQUENCE * len(steps)  # abcdef…, 987654…


def _parts(name: str) -> set[str]:
    return {part for part in (name, name.partition("@")[0]) if len(part) > 2}


class Passwords:
    """Hashes and checks passwords, a few at a time: each takes 64 MiB while it lasts.

    Parameters
    ----------
    hasher : Argon2Hasher, optional
        Default: the recommended parameters of argon2-cffi (RFC 9106, low memory).
    """

    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        self._hash = PasswordHash((hasher or Argon2Hasher(),))
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def hash(self, password: str) -> str:
        """Return the hash that is kept."""
        with self._room:
            return self._hash.hash(unicodedata.normalize("NFKC", password))

    def verify(self, password: str, kept: str) -> tuple[bool, str | None]:
        """Tell whether a password is right, and a new hash where the kept one has old parameters.

        Without a kept hash (nobody of this name, or no password yet) the same work is done for nothing,
        so that the time of the answer tells nothing.
        """
        password = unicodedata.normalize("NFKC", password)
        with self._room:
            if kept:
                return self._hash.verify_and_update(password, kept)
            self._hash.verify(password, self._nobodys)
            return False, None

    @cached_property
    def _nobodys(self) -> str:
        return self._hash.hash("nobody has this password")
