"""Who did what to which child: an append-only chain of lines, each sealed by the one before.

A line holds ids and the name of an action, never a name or a content. Its ``hash`` is taken over
its own fields and the hash of the line before, so a line that was changed, taken out, put in or
moved breaks the chain. The head (number and hash of the last line) is kept in ``meta`` as well,
so that a tail that was cut off is found. With a key the hash is an HMAC: whoever can write the
store but has not the key cannot make the chain anew. Without one, a chain that was made anew from
its first line to its head is not found; docs/privacy.md says so.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from sdc.errors import ConflictError, StoreError
from sdc.store.clock import now_iso
from sdc.store.documents import Document, Documents

AUDIT = "audit"
HEAD = "audit"
"""The ``_id`` of the head in ``meta``."""
START = "0" * 64
PAGE = 500
MAX_TRIES = 500
MAX_PAUSE_S = 0.02

_WORD = re.compile(r"[A-Za-z0-9._:@+-]{1,120}")
_FIELDS = ("n", "at", "actor", "action", "child_id", "object_id", "prev", "method")

Method = Literal["sha256", "hmac-sha256"]
Damage = Literal["changed", "missing", "inserted", "moved", "cut off", "not checked"]


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line.

    Attributes
    ----------
    n : int
        Its number, from 1 without gaps.
    at : str
        ISO UTC time.
    actor : str
        Id of the account; ``laptop`` (dashboard without accounts), ``cli`` or ``worker``.
    action : str
        What was done, e.g. ``session.add``, ``consent.withdraw``, ``child.erase``.
    child_id, object_id : str or None
    prev : str
        Hash of the line before.
    method : {"sha256", "hmac-sha256"}
        How ``hash`` was made.
    hash : str
    """

    n: int
    at: str
    actor: str
    action: str
    child_id: str | None
    object_id: str | None
    prev: str
    method: Method
    hash: str


@dataclass(frozen=True, slots=True)
class AuditDamage:
    """What is wrong with a line; ``n`` is its number."""

    n: int
    kind: Damage
    message: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the whole chain found.

    Attributes
    ----------
    n_lines : int
    n_keyed : int
        Lines whose hash nobody can make without the key.
    damages : tuple[AuditDamage, ...]
        Empty when the chain is whole.
    """

    n_lines: int
    n_keyed: int
    damages: tuple[AuditDamage, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damages


class Audit:
    """The audit collection. Several processes may write to it at once.

    Parameters
    ----------
    documents : Documents
    key : bytes, optional
        Makes the hashes HMACs.
    """

    def __init__(self, documents: Documents, *, key: bytes | None = None) -> None:
        self._documents = documents
        self._key = key

    def record(
        self, *, actor: str, action: str, child_id: str | None = None, object_id: str | None = None
    ) -> AuditLine:
        """Append a line; when this returns it is on disk.

        Raises
        ------
        StoreError
            ``audit.word``: an argument is no id (an id has no spaces; a name has no place here);
            ``audit.busy``: too many others write at the same moment.
        """
        for word in (actor, action, child_id, object_id):
            _check_word(word)
        for attempt in range(MAX_TRIES):
            n, prev = self._head()
            line = self._signed(AuditLine(n + 1, now_iso(), actor, action, child_id, object_id, prev, "sha256", ""))
            try:
                with self._documents.together():
                    self._documents.insert_one(AUDIT, _document(line))
                    self._move_head(line)
                return line
            except ConflictError:  # another writer took the number
                time.sleep(random.uniform(0, min(MAX_PAUSE_S, 0.001 * (attempt + 1))))  # noqa: S311
        raise StoreError("The audit cannot be written: too many write at once.", code="audit.busy", hint="Try again.")

    def lines(self, *, child_id: str | None = None, newest: int | None = None) -> list[AuditLine]:
        """Return lines, oldest first: of one child, the newest so many, or all."""
        which = {} if child_id is None else {"child_id": child_id}
        found = self._documents.find(AUDIT, which, sort=[("_id", -1)], limit=newest or 0)
        return [_line(document) for document in reversed(found)]

    def verify(self) -> AuditReport:
        """Check every line and the head.

        Returns
        -------
        AuditReport
            Which line was changed, is missing, was put in or moved, or where the tail was cut off.
        """
        check = _Check(self._hash_of)
        head = self._documents.find_one("meta", {"_id": HEAD})
        for document in self._pages():
            check.take(document)
            if head is not None and check.expected - 1 == head["n"] and document.get("hash") != head["hash"]:
                check.tell(head["n"], "changed", "is not the line that the head of the chain remembers")
        check.end(head)
        return check.report()

    def _pages(self) -> Iterator[Document]:
        last = ""
        while page := self._documents.find(AUDIT, {"_id": {"$gt": last}}, sort=[("_id", 1)], limit=PAGE):
            yield from page
            last = page[-1]["_id"]

    def _head(self) -> tuple[int, str]:
        """Return number and hash of the last line: what ``meta`` remembers, even if it was cut off since."""
        last = self._documents.find_one(AUDIT, {}, sort=[("_id", -1)])
        head = self._documents.find_one("meta", {"_id": HEAD})
        known = [(d["n"], d["hash"]) for d in (last, head) if d is not None]
        return max(known, default=(0, START))

    def _move_head(self, line: AuditLine) -> None:
        news = {"n": line.n, "hash": line.hash}
        behind = {"_id": HEAD, "n": {"$lt": line.n}}
        if self._documents.find_one_and_update("meta", behind, {"$set": news}) is not None:
            return
        if self._documents.find_one("meta", {"_id": HEAD}) is None:
            try:
                self._documents.insert_one("meta", {"_id": HEAD, **news})
            except ConflictError:  # another writer made it; ours may be the later line
                self._documents.find_one_and_update("meta", behind, {"$set": news})

    def _signed(self, line: AuditLine) -> AuditLine:
        fields = {name: getattr(line, name) for name in _FIELDS} | {"method": self._method}
        return AuditLine(**fields, hash=self._hash_of(fields) or "")

    @property
    def _method(self) -> Method:
        return "sha256" if self._key is None else "hmac-sha256"

    def _hash_of(self, fields: Document) -> str | None:
        """Return the hash that a line must have; None when the key for it is not at hand."""
        text = json.dumps({name: fields.get(name) for name in _FIELDS}, sort_keys=True, separators=(",", ":"))
        if fields.get("method") == "sha256":
            return hashlib.sha256(text.encode()).hexdigest()
        return None if self._key is None else hmac.new(self._key, text.encode(), hashlib.sha256).hexdigest()


class _Check:
    """Goes along the chain line by line."""

    def __init__(self, hash_of: object) -> None:
        self._hash_of = hash_of
        self.expected = 1
        self._prev = START
        self._n_lines = self._n_keyed = 0
        self._was_keyed = False
        self._damages: list[AuditDamage] = []

    def tell(self, n: int, kind: Damage, message: str) -> None:
        self._damages.append(AuditDamage(n, kind, f"Line {n} {message}."))

    def take(self, document: Document) -> None:
        """Check one line against itself and the one before."""
        self._n_lines += 1
        identity = str(document["_id"])
        if not identity.isdecimal() or int(identity) < self.expected or _identity(int(identity)) != identity:
            self._damages.append(AuditDamage(self.expected, "inserted", f"A line {identity} was put in."))
            return
        n = int(identity)
        gap = n > self.expected
        for missing in range(self.expected, n):
            self.tell(missing, "missing", "is missing")
        is_sound = self._check_itself(n, document)
        if is_sound and not gap and document.get("prev") != self._prev:
            self.tell(n, "inserted", "does not follow the line before it")
        self.expected, self._prev = n + 1, str(document.get("hash"))

    def _check_itself(self, n: int, document: Document) -> bool:
        keyed = document.get("method") == "hmac-sha256"
        self._n_keyed += keyed
        right = self._hash_of(document)  # type: ignore[operator]
        if right is None:
            self.tell(n, "not checked", "was written under a key that is not given")
        elif right != document.get("hash") or (self._was_keyed and not keyed):
            self.tell(n, "changed", "was changed")
        elif document.get("n") != n:
            self.tell(n, "moved", f"stands where it was not written: it was line {document.get('n')}")
        else:
            self._was_keyed = self._was_keyed or keyed
            return True
        self._was_keyed = self._was_keyed or keyed
        return False

    def end(self, head: Document | None) -> None:
        """Compare the end with the head that ``meta`` remembers."""
        if head is None:
            if self._n_lines:
                self.tell(self.expected, "cut off", "cannot be told from a last one: the head of the chain is missing")
        elif head["n"] >= self.expected:
            self.tell(self.expected, "cut off", f"to {head['n']} were cut off")

    def report(self) -> AuditReport:
        return AuditReport(self._n_lines, self._n_keyed, tuple(self._damages))


def _check_word(word: str | None) -> None:
    if word is not None and not _WORD.fullmatch(word):
        raise StoreError(f"{word!r} cannot stand in the audit: it holds ids only.", code="audit.word")


def _identity(n: int) -> str:
    return f"{n:012d}"


def _document(line: AuditLine) -> Document:
    return {"_id": _identity(line.n), "hash": line.hash, **{name: getattr(line, name) for name in _FIELDS}}


def _line(document: Document) -> AuditLine:
    return AuditLine(**{key: value for key, value in document.items() if key != "_id"})
