"""`sdc accounts`: who may sign in to a clinic's server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.access import ACCOUNT_ROLES, CLI, Action, Role
from sdc.cli.output import TableFormat, as_json, as_table, note, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.accounts import Account

app = typer.Typer(
    name="accounts", no_args_is_help=True, help="Who may sign in to a clinic's server (SDC_ACCOUNTS=yes)."
)

Name = Annotated[str, typer.Argument(help="Name to sign in with, usually an e-mail address.")]
RoleOption = Annotated[str | None, typer.Option("--role", help=f"One of: {', '.join(ACCOUNT_ROLES)}.")]
Children = Annotated[list[str] | None, typer.Option("--child", help="Name or id of a child to put it on the team of.")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", help="Read the password from the first line of a file, do not ask.")
]


@app.command("add")
def add(name: Name, role: RoleOption = None, child: Children = None, password_file: PasswordFile = None) -> None:
    """Add an account with a password, which is asked for."""
    from sdc.store.passwords import check_password

    with _open() as opened:
        password = check_password(_password(password_file), name)
        account = _added(opened, name, role, child or [])
        opened.accounts.set_password(account.id, password)
        say(f"{account.name} may sign in as {account.role}.")


@app.command("invite")
def invite(name: Name, role: RoleOption = None, child: Children = None) -> None:
    """Print a link by which somebody chooses a password: a new account's (give --role), or a lost one's."""
    with _open() as opened:
        account = _known(opened, name)
        account = _added(opened, name, role, child or []) if account is None else account
        invitation = opened.accounts.invite(account.id)
        _record(opened, account)
        base = opened.settings.public_url.rstrip("/") or f"http://{opened.settings.host}:{opened.settings.port}"
        say(f"{base}/invitation#{invitation.secret}")
        note(f"Give this link to {account.name} only. It works once, within 7 days.")


@app.command("list")
def list_accounts(
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the list.")] = TableFormat.TABLE,
) -> None:
    """List all accounts."""
    with _open() as opened:
        accounts = opened.accounts.all()
        rows = [(a.name, a.role.value, _state(a), len(opened.accounts.teams.children_of(a.id))) for a in accounts]
    if format is TableFormat.JSON:
        keys = ("name", "role", "state", "n_children")
        say(as_json({"accounts": [dict(zip(keys, row, strict=True)) for row in rows]}))
    elif rows:
        say(as_table(("name", "role", "state", "children"), rows))
    else:
        say("No account yet. Add one with: sdc accounts add NAME --role admin")


@app.command("disable")
def disable(name: Name) -> None:
    """Shut an account out, everywhere and at once."""
    _set_disabled(name, True)


@app.command("enable")
def enable(name: Name) -> None:
    """Let an account in again."""
    _set_disabled(name, False)


@app.command("password")
def password(name: Name, password_file: PasswordFile = None) -> None:
    """Set an account's password, which is asked for; it is signed out everywhere."""
    with _open() as opened:
        account = opened.accounts.named(name)
        opened.accounts.set_password(account.id, _password(password_file))
        _record(opened, account)
        say(f"{account.name} has a new password and is signed out everywhere.")


def _set_disabled(name: str, is_disabled: bool) -> None:
    with _open() as opened:
        account = opened.accounts.set_disabled(opened.accounts.named(name).id, is_disabled)
        _record(opened, account)
        say(f"{account.name} is {_state(account)}.")


def _added(opened: App, name: str, role: str | None, children: list[str]) -> Account:
    from sdc.errors import InputError

    if role not in ACCOUNT_ROLES:
        raise InputError(
            "A new account needs a role." if role is None else f"{role} is no role of an account.",
            code="account.role",
            hint=f"Give --role with one of: {', '.join(ACCOUNT_ROLES)}.",
        )
    found = [opened.repository.named_child(child) for child in children]
    account = opened.accounts.add(name, Role(role))
    for child in found:
        opened.accounts.teams.add(child.id, account.id)
    _record(opened, account)
    return account


def _known(opened: App, name: str) -> Account | None:
    found = opened.accounts.id_of(name)
    return None if found is None else opened.accounts.get(found)


def _password(file: Path | None) -> str:
    if file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    from sdc.errors import MissingInputError

    try:
        return file.read_text(encoding="utf-8").partition("\n")[0]
    except OSError as error:
        raise MissingInputError(
            f"cannot be read: {error.strerror or error}.", source=str(file), hint="Choose another file."
        ) from error


def _state(account: Account) -> str:
    return "disabled" if account.is_disabled else "invited" if account.is_invited else "active"


def _open() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())


def _record(opened: App, account: Account) -> None:
    opened.audit.record(actor=CLI.id, action=Action.MANAGE_ACCOUNTS.value, object_id=account.id)
