"""Accounts of a clinic: who may sign in, and the links that invite them.

An account is made by an invitation: it has a name and a role and stands on care teams from then on,
but no password until whoever holds the link chooses one. A lost password is a new invitation.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from sdc.access import ACCOUNT_ROLES, Actor, Role
from sdc.errors import AccessError, ConflictError, InputError, NotFoundError
from sdc.store.back_off import BackOff
from sdc.store.clock import now_iso, now_ms
from sdc.store.codec import from_document, to_document
from sdc.store.documents import Document, Documents
from sdc.store.login_sessions import LoginSessions, digest
from sdc.store.passwords import Passwords, check_password
from sdc.store.teams import Teams

ACCOUNTS = "accounts"
INVITATIONS = "invitations"
INVITATION_MS = 7 * 24 * 3_600_000

_NAME = re.compile(r"[^\s\x00-\x1f<>\"'&]{2,120}")


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    Attributes
    ----------
    id : str
    name : str
        To sign in with, usually an e-mail address; unique without regard to case.
    role : Role
    password : str
        Argon2 hash; empty until the invitation is accepted.
    is_disabled : bool
    created_at : str
        ISO UTC time.
    """

    id: str
    name: str
    role: Role
    password: str = ""
    is_disabled: bool = False
    created_at: str = ""

    @property
    def is_invited(self) -> bool:
        """Whether it has no password yet."""
        return not self.password


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that sets a password, once. ``secret`` is shown to whoever invites and kept nowhere."""

    secret: str
    account: Account
    end_ms: int


class Accounts:
    """Accounts, their login sessions, invitations and care teams.

    Parameters
    ----------
    documents : Documents
    idle_s, max_s : float
        Ends of a login session: without a request, and in all (seconds).
    passwords : Passwords, optional
    clock : callable
        Milliseconds, UTC.
    """

    def __init__(
        self,
        documents: Documents,
        *,
        idle_s: float = 3600,
        max_s: float = 43_200,
        passwords: Passwords | None = None,
        clock: Callable[[], int] = now_ms,
    ) -> None:
        self._documents = documents
        self._passwords = passwords or Passwords()
        self._clock = clock
        self.teams = Teams(documents)
        self.logins = LoginSessions(documents, idle_s=idle_s, max_s=max_s, clock=clock)
        self.back_off = BackOff(documents, clock)

    # Accounts

    def add(self, name: str, role: Role) -> Account:
        """Add an account without a password; it is set by an invitation, or ``set_password``.

        Raises
        ------
        InputError
            ``account.name``, ``account.role``; ConflictError ``account.exists``.
        """
        name = unicodedata.normalize("NFKC", name.strip())
        if not _NAME.fullmatch(name):
            raise InputError(
                "An account needs a name of 2 to 120 characters without spaces.",
                code="account.name",
                hint="Use the person's e-mail address.",
            )
        if role not in ACCOUNT_ROLES:
            raise InputError(f"{role} is no role of an account.", code="account.role", hint=", ".join(ACCOUNT_ROLES))
        account = Account(f"a{secrets.token_hex(8)}", name, role, created_at=now_iso())
        try:
            self._documents.insert_one(ACCOUNTS, {**to_document(account), "name_key": account_key(name)})
        except ConflictError as error:
            raise ConflictError(
                f"There is an account named {name} already.", code="account.exists", hint="See the list of accounts."
            ) from error
        return account

    def all(self) -> list[Account]:
        """Return all accounts by name."""
        return [_account(d) for d in self._documents.find(ACCOUNTS, {}, sort=[("name_key", 1)])]

    def get(self, account_id: str) -> Account:
        """Return an account; ``NotFoundError`` when there is none."""
        return self._one({"_id": account_id})

    def named(self, name_or_id: str) -> Account:
        """Return the account of this name or id; ``NotFoundError`` when there is none."""
        return self._one({"$or": [{"_id": name_or_id}, {"name_key": account_key(name_or_id)}]})

    def id_of(self, name: str) -> str | None:
        """Return the id of the account of this name, for the audit; None where nobody has it."""
        found = self._documents.find_one(ACCOUNTS, {"name_key": account_key(name)})
        return None if found is None else str(found["_id"])

    def _one(self, which: dict[str, object]) -> Account:
        found = self._documents.find_one(ACCOUNTS, which)
        if found is None:
            raise NotFoundError("There is no such account.", code="account.not-found", hint="See the list of accounts.")
        return _account(found)

    def set_disabled(self, account_id: str, is_disabled: bool) -> Account:
        """Shut an account out, everywhere and at once, or let it in again."""
        account = self._changed(account_id, {"is_disabled": is_disabled})
        if is_disabled:
            self.logins.end_all(account_id)
            self._drop_invitations(account_id)
        return account

    def set_role(self, account_id: str, role: Role) -> Account:
        """Give an account another role; it holds from the next request."""
        if role not in ACCOUNT_ROLES:
            raise InputError(f"{role} is no role of an account.", code="account.role", hint=", ".join(ACCOUNT_ROLES))
        return self._changed(account_id, {"role": role.value})

    def set_password(self, account_id: str, password: str) -> Account:
        """Set a password; every login session of the account ends.

        Raises
        ------
        InputError
            ``password.short``, ``password.long``, ``password.common``.
        """
        kept = self._passwords.hash(check_password(password, self.get(account_id).name))
        account = self._changed(account_id, {"password": kept})
        self.logins.end_all(account_id)
        self._drop_invitations(account_id)
        return account

    def _changed(self, account_id: str, fields: dict[str, object]) -> Account:
        found = self._documents.find_one_and_update(ACCOUNTS, {"_id": account_id}, {"$set": fields})
        return _account(found) if found is not None else self.get(account_id)

    # Signing in

    def sign_in(self, name: str, password: str, address: str) -> tuple[Account, str]:
        """Check a password; return the account and the secret of a new login session.

        Parameters
        ----------
        name, password : str
        address : str
            From where: failures are counted per address too.

        Raises
        ------
        AccessError
            ``access.wait`` after failures; ``access.password``: the same, with the same work done, for
            a wrong password, an unknown name, a disabled account and one without a password.
        """
        key = account_key(name)
        self.back_off.attempt(key, address)
        found = self._documents.find_one(ACCOUNTS, {"name_key": key})
        account = None if found is None else _account(found)
        right, new_hash = self._passwords.verify(password, account.password if account else "")
        if account is None or not right or account.is_disabled:
            raise AccessError(
                "Name or password is not right.", code="access.password", hint="Try again, or ask for a new invitation."
            )
        self.back_off.succeeded(key, address)
        if new_hash is not None:
            self._changed(account.id, {"password": new_hash})
        return account, self.logins.begin(account.id)

    def change_password(self, account_id: str, old: str, new: str, address: str) -> str:
        """Change one's own password; every session ends, and the secret of a new one is returned."""
        account = self.get(account_id)
        key = account_key(account.name)
        self.back_off.attempt(key, address)
        if not self._passwords.verify(old, account.password)[0]:
            raise AccessError("The old password is not right.", code="access.old-password", hint="Try again.")
        self.back_off.succeeded(key, address)
        self.set_password(account_id, new)
        return self.logins.begin(account_id)

    def actor_of(self, secret: str) -> Actor | None:
        """Return who holds a login session, with the care teams of this moment; None for nobody."""
        account_id = self.logins.account_of(secret)
        found = None if account_id is None else self._documents.find_one(ACCOUNTS, {"_id": account_id})
        if found is None or found["is_disabled"]:
            return None
        account = _account(found)
        return Actor(account.id, account.name, account.role, self.teams.children_of(account.id))

    # Invitations

    def invite(self, account_id: str) -> Invitation:
        """Return a link's secret for an account; earlier links of it end."""
        account = self.get(account_id)
        if account.is_disabled:
            raise ConflictError(
                f"{account.name} is disabled.", code="account.disabled", hint="Enable the account first."
            )
        self._drop_invitations(account_id)
        secret, end_ms = secrets.token_urlsafe(32), self._clock() + INVITATION_MS
        self._documents.insert_one(
            INVITATIONS, {"_id": digest(secret), "account_id": account_id, "end_ms": end_ms, "created_at": now_iso()}
        )
        return Invitation(secret, account, end_ms)

    def invited(self, secret: str) -> Account:
        """Return whom a link invites.

        Raises
        ------
        AccessError
            ``access.invitation``: it was used, has ended, or never was.
        """
        found = self._documents.find_one(INVITATIONS, {"_id": digest(secret), "end_ms": {"$gt": self._clock()}})
        if found is None:
            raise AccessError(
                "This invitation was used already or has ended.",
                code="access.invitation",
                hint="Ask whoever invited you for a new one.",
            )
        return self.get(found["account_id"])

    def accept(self, secret: str, password: str) -> tuple[Account, str]:
        """Set the password of the account that a link invites, and sign it in; the link is spent.

        Raises
        ------
        AccessError
            ``access.invitation``.
        InputError
            The password is refused; the link still holds.
        """
        account = self.invited(secret)
        check_password(password, account.name)
        if not self._documents.delete_one(INVITATIONS, {"_id": digest(secret)}):  # spent by another just now
            self.invited(secret)
        self.set_password(account.id, password)
        return account, self.logins.begin(account.id)

    def invitation_ends(self) -> dict[str, int]:
        """Return when the open invitations end (UTC milliseconds), by account."""
        found = self._documents.find(INVITATIONS, {"end_ms": {"$gt": self._clock()}})
        return {document["account_id"]: document["end_ms"] for document in found}

    def _drop_invitations(self, account_id: str) -> None:
        while self._documents.delete_one(INVITATIONS, {"account_id": account_id}):
            pass


def account_key(name: str) -> str:
    """Return a name as it is compared."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


def _account(document: Document) -> Account:
    return from_document(Account, {key: value for key, value in document.items() if key != "name_key"})
