"""`sdc team`: which accounts reach which child."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.access import CLI, Action
from sdc.cli.output import as_table, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.accounts import Account
    from sdc.store.records import Child

app = typer.Typer(name="team", no_args_is_help=True, help="A child's care team: the accounts that reach the child.")

WhichChild = Annotated[str, typer.Argument(metavar="CHILD", help="Name or id of the child.")]
WhichAccount = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Name or id of the account.")]


@app.command("add")
def add(child: WhichChild, account: WhichAccount) -> None:
    """Put an account on a child's care team."""
    with _open() as opened:
        whose, who = _both(opened, child, account)
        opened.accounts.teams.add(whose.id, who.id)
        say(f"{who.name} ({who.role}) is on {whose.name}'s care team.")


@app.command("remove")
def remove(child: WhichChild, account: WhichAccount) -> None:
    """Take an account off a child's care team, from its next request on."""
    with _open() as opened:
        whose, who = _both(opened, child, account)
        was = opened.accounts.teams.remove(whose.id, who.id)
        say(f"{who.name} is {'no longer' if was else 'not'} on {whose.name}'s care team.")


@app.command("list")
def list_team(child: WhichChild) -> None:
    """List a child's care team."""
    with _open() as opened:
        whose = opened.repository.named_child(child)
        members = [opened.accounts.get(account_id) for account_id in opened.accounts.teams.members_of(whose.id)]
    if members:
        say(as_table(("account", "role"), [(m.name, m.role.value) for m in members], title=whose.name))
    else:
        say(f"Nobody is on {whose.name}'s care team. Add somebody with: sdc team add '{whose.name}' ACCOUNT")


def _both(opened: App, child: str, account: str) -> tuple[Child, Account]:
    whose, who = opened.repository.named_child(child), opened.accounts.named(account)
    opened.audit.record(actor=CLI.id, action=Action.MANAGE_TEAM.value, child_id=whose.id, object_id=who.id)
    return whose, who


def _open() -> App:
    from sdc.app import build_app
    from sdc.settings import read_settings

    return build_app(read_settings())
