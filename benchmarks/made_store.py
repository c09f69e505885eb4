"""A store of many children, made quickly: one child's sessions go through the pipeline, the others are its copies.

::

    python benchmarks/made_store.py HOME --sessions 100000

Every child has fifty weekly sessions of forty utterances, two goals and the finished jobs of its uploads.
A copy is the documents of the first child with other ids, written by the store's own insert, a thousand
sessions in one transaction. Every session has its entry, its insights and its job; transcripts and measures of
all speakers, which are read by a session's id alone, only those of the ``ASKED`` children, and windows for the
search (most of the bytes) only the first child's. A folder that holds the same already is used again.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from batch import sentence

from sdc.app import App, build_app, open_documents
from sdc.pipeline.goals import GoalDraft, add_goal
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings
from sdc.store.documents import Documents, encode
from sdc.store.sqlite import SqliteDocuments

SESSIONS_OF_CHILD = 50
EXCHANGES = 20
ASKED = 40
"""So many children are asked for: a therapist's caseload."""

IN_ONE_TRANSACTION = 20  # children: a thousand sessions
LIGHT = ("children", "sessions", "insights", "goals", "jobs")
HEAVY = ("transcripts", "analyses")
IDENTITY = re.compile(r"(\b[csjg][0-9a-f]{14,24}\b|Child 00000|child 00000)")
MARK = "made.json"
HEAD = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Child Target_Child, MOT Mother
@ID:\teng|made|CHI|{age}|||||Target_Child|||
@ID:\teng|made|MOT|||||Mother|||
@Date:\t{date}
"""
GOALS = (("mlu_words", 4.0), ("ndw_100", 14.0))


def make_store(home: Path, n_sessions: int, documents: str = "", per_child: int = SESSIONS_OF_CHILD) -> list[str]:
    """Make a store, or find it made; return the ids of the children that are asked for.

    Parameters
    ----------
    home : Path
        A folder of this benchmark alone: one that holds another store is made anew.
    n_sessions : int
    documents : str
        ``SDC_DOCUMENTS``; empty for SQLite.
    per_child : int
        Sessions of a child.
    """
    mark, wanted = home / MARK, {"sessions": n_sessions, "per_child": per_child, "documents": documents}
    if mark.is_file():
        known = json.loads(mark.read_text())
        if known["store"] == wanted:
            return known["asked"]
    shutil.rmtree(home, ignore_errors=True)
    settings = Settings(home=home, documents=documents)
    with build_app(settings) as app:
        first = make_child(app, per_child)
    raw = open_documents(settings)  # under the application's wrappers: many documents in one transaction
    try:
        asked = copy_child(raw, first, max(1, n_sessions // per_child))
    finally:
        raw.close()
    mark.write_text(json.dumps({"store": wanted, "asked": asked}))
    return asked


def make_child(app: App, n_sessions: int) -> str:
    """Send one child's sessions through the pipeline, and set its goals; return its id."""
    with TemporaryDirectory() as folder:
        paths = list(write_sessions(Path(folder), n_sessions))
        (first, *_) = added = add_paths(app, paths, "Child 00000", Given())
    assert first.entry is not None and not any(item.failures for item in added)
    child = first.entry.child_id
    for measure, criterion in GOALS[: n_sessions - 1]:
        draft = GoalDraft("Says longer things", "at play", measure, criterion, due="2030-01-01")
        add_goal(app, child, draft, actor="laptop")
    return child


def write_sessions(folder: Path, n_sessions: int) -> Iterator[Path]:
    """Write weekly transcripts of a child whose sentences grow, the same each time."""
    dice = random.Random(1)  # noqa: S311
    for week in range(n_sessions):
        day, months = date(2025, 1, 6) + timedelta(weeks=week), 30 + week * 12 // 52
        head = HEAD.format(age=f"{months // 12};{months % 12:02}.00", date=f"{day:%d-%b-%Y}".upper())
        tail = [word for word in ("now", "there", "again", "please") if dice.random() < week / n_sessions]
        lines = (
            f"*{who}:\t{' '.join([sentence(dice), *(tail if who == 'CHI' else ())])} ."
            for _ in range(EXCHANGES)
            for who in ("MOT", "CHI")
        )
        path = folder / f"visit{week:04}.cha"
        path.write_text(head + "\n".join(lines) + "\n@End\n", encoding="utf-8")
        yield path


def copy_child(documents: Documents, child: str, n_children: int) -> list[str]:
    """Copy a child's documents until there are so many children; return the ids of those that are asked for."""
    kept = {name: documents_of(documents, name, child) for name in (*LIGHT, *HEAVY)}
    ids = [child, *(f"c{number:016x}" for number in range(1, n_children))]
    for start in range(1, n_children, IN_ONE_TRANSACTION):
        numbers = range(start, min(start + IN_ONE_TRANSACTION, n_children))
        for name in (*LIGHT, *HEAVY):
            copies = (
                copied(pieces, child, ids[n], n) for n in numbers if name in LIGHT or n < ASKED for pieces in kept[name]
            )
            insert(documents, name, copies)
    return ids[:ASKED]


def documents_of(documents: Documents, name: str, child: str) -> list[tuple[list[str], list[str]]]:
    """Return a child's documents of a collection, ids and texts, cut up where another child's differ."""
    owner = "_id" if name == "children" else "child_id"
    found = documents.find(name, {owner: child})
    return [(IDENTITY.split(document["_id"]), IDENTITY.split(encode(document))) for document in found]


def copied(pieces: tuple[list[str], list[str]], child: str, other: str, number: int) -> tuple[str, str]:
    """Return a document with the ids, and the name, of another child."""

    def renamed(text: str) -> str:
        return other if text == child else f"{text[:-5]}{number:05x}" if text[0] in "sjg" else f"{text[:-5]}{number:05}"

    identity, text = ("".join(renamed(t) if k % 2 else t for k, t in enumerate(cut)) for cut in pieces)
    return identity, text


def insert(documents: Documents, name: str, copies: Iterator[tuple[str, str]]) -> None:
    """Insert documents: into SQLite in one transaction, as the store inserts one."""
    if not isinstance(documents, SqliteDocuments):
        for _, text in copies:
            documents.insert_one(name, json.loads(text))
        return
    with documents._write(name) as connection:
        for identity, text in copies:
            documents._insert(connection, name, identity, text)


def count(home: Path, documents: str = "") -> int:
    """Return how many sessions a store holds."""
    opened = open_documents(Settings(home=home, documents=documents))
    try:
        return opened.count("sessions", {})
    finally:
        opened.close()


def main() -> None:
    """Make a store and tell what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--sessions", type=int, default=100_000)
    options = parser.parse_args()
    asked = make_store(options.home, options.sessions)
    print(f"{count(options.home):,} sessions; {len(asked)} children to ask for, the first {asked[0]}")


if __name__ == "__main__":
    main()
