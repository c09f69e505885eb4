"""The ten hottest routes of the server over a large store: processor time, p50, p95, requests a second.

The peer is the same server's ``/api/health``, which does nothing, asked in between: what a route costs beyond the
framework. A child's pages are asked of forty children in turn; the list of children is the owner's (the first fifty
of all, and of those that a search finds) and a therapist's (forty). MongoDB's port talks to the fake of the tests,
with a small store: what the driver and the port cost, not a MongoDB. The goals are held against processor time:
on a machine that others use, the clock tells how busy it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from made_store import make_store
from rows import Row
from serving import FLOOR, Asked, Server, ask, serving, wire

from sdc.access import Role
from sdc.app import build_app
from sdc.settings import Settings

SESSIONS = {"quick": 200, "full": 100_000}
REQUESTS = {"quick": 60, "full": 200}
WIRE_SESSIONS = 500
NAME, PASSWORD = "therapist@clinic.example", "a long way to the green river"
GOAL_MS = 50
WITH_GOAL = ("children", "found", "caseload", "timeline")
ROUTES = {
    "child": "/api/children/{child}",
    "timeline": "/api/children/{child}/sessions",
    "goals": "/api/children/{child}/goals",
    "jobs": "/api/children/{child}/jobs",
    "followed": "/api/children/{child}/progress/page?followed=true",
    "progress": "/api/children/{child}/progress/page",
    "insights": "/api/children/{child}/insights",
    "home": "/api/children/{child}/home",
    "session": "/api/sessions/{session}",
}
SEARCH = "/api/children/{child}/search?q=the+big+red+train"


def run(size: str) -> Iterator[Row]:
    """Yield a row for each route and store."""
    n = SESSIONS[size]
    with store_folder(n) as home:
        asked = make_store(home, n)
        yield from with_accounts(home, asked, size, n)
        yield from rows_of(home, Store(f"sqlite.{n}", REQUESTS[size]), asked)
    if size == "full":
        with wire() as url, TemporaryDirectory() as folder:
            home = Path(folder) / "home"
            asked = make_store(home, WIRE_SESSIONS, url)
            note = f"fake MongoDB, {WIRE_SESSIONS} sessions: driver and port only"
            yield from rows_of(home, Store(f"wire.{WIRE_SESSIONS}", REQUESTS["quick"], url, note), asked)


@dataclass(frozen=True)
class Store:
    """Which store is asked, and how often."""

    key: str
    n_requests: int
    documents: str = ""
    note: str = ""


@contextmanager
def store_folder(n: int) -> Iterator[Path]:
    """Lend the folder that SDC_TEST_BENCH_STORE names, whose store stays for the next run, or one that goes."""
    if kept := os.environ.get("SDC_TEST_BENCH_STORE"):
        yield Path(kept) / str(n)
        return
    with TemporaryDirectory() as folder:
        yield Path(folder) / "home"


def rows_of(home: Path, store: Store, asked: list[str]) -> Iterator[Row]:
    """Yield the rows of a server without accounts: its owner sees every child."""
    n, note = store.n_requests, store.note
    with serving(home, {"SDC_DOCUMENTS": store.documents}) as server:
        found = ask(server, ["/api/children"], n)
        yield row(f"server.{store.key}.children", "GET /api/children, the first of all", found, note)
        found = ask(server, ["/api/children?search=9&limit=50"], n)
        yield row(f"server.{store.key}.found", "GET /api/children?search=9", found, note)
        for name, path in ROUTES.items():
            found = ask(server, paths_of(server, path, asked), n)
            yield row(f"server.{store.key}.{name}", f"GET {path}", found, note)
        found = ask(server, [SEARCH.format(child=asked[0])], n)
        yield row(f"server.{store.key}.search", f"GET {SEARCH}", found, note)
        yield Row(f"server.{store.key}.memory", "most memory of the server", server.peak_mb, "MB", note=note)


def paths_of(server: Server, path: str, asked: list[str]) -> list[str]:
    """Return a route's addresses for the children, or for their last sessions."""
    if "{session}" not in path:
        return [path.format(child=child) for child in asked]
    lists = (server.client.get(f"/api/children/{child}/sessions").json() for child in asked)
    return [path.format(session=sessions[-1]["id"]) for sessions in lists]


def with_accounts(home: Path, asked: list[str], size: str, n: int) -> Iterator[Row]:
    """Yield the row of a therapist's list, on a server with accounts."""
    with build_app(Settings(home=home, accounts=True)) as app:
        known = app.accounts.id_of(NAME)
        account = app.accounts.get(known) if known else app.accounts.add(NAME, Role.THERAPIST)
        app.accounts.set_password(account.id, PASSWORD)
        for child in asked:
            app.accounts.teams.add(child, account.id)
    with serving(home, {"SDC_ACCOUNTS": "yes"}) as server:
        server.sign_in(NAME, PASSWORD)
        found = ask(server, ["/api/children"], REQUESTS[size])
        what = f"GET /api/children, a therapist's {len(asked)}"
        yield row(f"server.sqlite.{n}.caseload", what, found, "")


def row(id: str, what: str, found: Asked, note: str) -> Row:
    """Return a route's row; its ratio is processor time over that of the route that does nothing."""
    names = ("p50_ms", "p95_ms", "cpu_p95_ms", "per_s")
    more = {name: getattr(found, name) for name in names} | {"kB": found.bytes / 1000}
    has_goal = not note and id.rpartition(".")[2] in WITH_GOAL
    goal = f"p95 < {GOAL_MS} ms" if has_goal else ""
    met = found.cpu_p95_ms < GOAL_MS if has_goal else None
    peer = f"GET {FLOOR}"
    return Row(id, what, found.cpu_ms, "ms CPU", peer, found.floor_ms, goal, met, not note, more, note)
