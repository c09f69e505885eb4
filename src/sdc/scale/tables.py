"""What a batch made, as tables: sessions, their measures, and what failed; CSV or Parquet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

from sdc.errors import ExtraMissingError, InputError
from sdc.formats.cells import plain_row
from sdc.scale.batch import Done
from sdc.session import Measure
from sdc.store.records import SessionEntry
from sdc.store.repository import Repository

Row = tuple[object, ...]
AT_ONCE = 10_000
"""So many rows are held in memory."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table; those that are named in neither set are text."""

    names: tuple[str, ...]
    whole: frozenset[str] = frozenset()
    real: frozenset[str] = frozenset()


SESSIONS = Columns(
    (
        "session_id",
        "child_id",
        "child",
        "source",
        "date",
        "age_months",
        "context",
        "speaker",
        "n_utterances",
        "n_warnings",
        "duration_s",
        "transcript_version",
    ),
    whole=frozenset({"n_utterances", "n_warnings", "transcript_version"}),
    real=frozenset({"age_months", "duration_s"}),
)
MEASURES = Columns(
    ("session_id", "measure", "value", "unit", "n", "n_unit", "sd", "rule", "reliability", "reason"),
    whole=frozenset({"n"}),
    real=frozenset({"value", "sd"}),
)
FAILURES = Columns(("source", "line", "code", "message", "hint"), whole=frozenset({"line"}))

Write = Callable[[Iterable[Row]], None]
Open = Callable[[Path, Columns], AbstractContextManager[Write]]


@contextmanager
def _csv(path: Path, columns: Columns) -> Iterator[Write]:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns.names)
        yield lambda rows: writer.writerows(plain_row(row) for row in rows)


@contextmanager
def _parquet(path: Path, columns: Columns) -> Iterator[Write]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types: dict[str, Any] = dict.fromkeys(columns.whole, pa.int64()) | dict.fromkeys(columns.real, pa.float64())
    schema = pa.schema([(name, types.get(name, pa.string())) for name in columns.names])

    with pq.ParquetWriter(path, schema) as writer:

        def write(rows: Iterable[Row]) -> None:
            left = iter(rows)
            while some := [dict(zip(columns.names, row, strict=True)) for row in islice(left, AT_ONCE)]:
                writer.write_table(pa.Table.from_pylist(some, schema=schema))

        yield write


FORMATS: dict[str, Open] = {"csv": _csv, "parquet": _parquet}


def check_tables(folder: Path, format: str) -> None:
    """Make the folder, and make sure that tables can be written, before any work is done.

    Raises
    ------
    ExtraMissingError
        Parquet without pyarrow.
    InputError
        ``output.unwritable``.
    """
    if format == "parquet" and find_spec("pyarrow") is None:
        raise ExtraMissingError(
            "Parquet needs pyarrow, which is not installed.",
            hint="Run `pip install 'speech-development-companion[parquet]'`, or choose --format csv.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from error


def write_tables(done: Done, repository: Repository, folder: Path, format: str) -> list[Path]:
    """Write the tables and return their files; the same store gives the same tables.

    Parameters
    ----------
    done : Done
    repository : Repository
    folder : Path
        Made by ``check_tables``. Tables of an earlier run are replaced, each when it is whole.
    format : {"csv", "parquet"}

    Raises
    ------
    InputError
        ``output.unwritable``.
    """
    sessions = sorted(set(done.sessions))
    tables: tuple[tuple[str, Columns, Iterator[Row]], ...] = (
        ("sessions", SESSIONS, (_session(name, source, entry) for name, source, entry in _kept(sessions, repository))),
        ("measures", MEASURES, _measures(sessions, repository)),
        ("failures", FAILURES, (tuple(f.get(key) for key in FAILURES.names) for f in done.failures)),
    )
    return [_write(folder / f"{name}.{format}", columns, rows, FORMATS[format]) for name, columns, rows in tables]


def children_of(done: Done, repository: Repository) -> tuple[str, ...]:
    """Return the ids of the children that stand in the tables."""
    names = sorted({child for child, _, _ in done.sessions})
    return tuple(child.id for name in names if (child := repository.find_child(name)) is not None)


def _write(path: Path, columns: Columns, rows: Iterator[Row], opened: Open) -> Path:
    half = path.with_name(f".{path.name}.part")
    try:
        with opened(half, columns) as write:
            write(rows)
        half.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    return path


def _kept(sessions: Sequence[tuple[str, str, str]], repository: Repository) -> Iterator[tuple[str, str, SessionEntry]]:
    """Yield child, name in the corpus and entry of each session, once; one that was erased meanwhile is left out."""
    told: set[str] = set()
    for child, source, session_id in sessions:
        entry = None if session_id in told else repository.find_entry(session_id)
        if entry is not None:
            told.add(session_id)
            yield child, source, entry


def _session(child: str, source: str, entry: SessionEntry) -> Row:
    return (
        entry.id,
        entry.child_id,
        child,
        source,
        entry.date,
        entry.age_months,
        entry.context,
        entry.target,
        entry.n_utterances,
        entry.n_warnings,
        entry.duration_s,
        entry.version,
    )


def _measures(sessions: Sequence[tuple[str, str, str]], repository: Repository) -> Iterator[Row]:
    for _, _, entry in _kept(sessions, repository):
        for measure in entry.measures.values():
            yield _measure(entry.id, measure)


def _measure(session_id: str, m: Measure) -> Row:
    return (session_id, m.id, m.value, m.unit, m.n, m.n_unit, m.sd, m.rule, m.reliability, m.reason)


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"cannot be written: {error.strerror or error}.",
        code="output.unwritable",
        hint="Choose another folder with -o.",
        source=str(path),
    )
