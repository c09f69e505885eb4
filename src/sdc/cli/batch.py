"""`sdc batch`: a corpus into the store, on all cores of a machine or of a Ray cluster."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import EXIT_FAILURES, console, note, plural, report_failures, say
from sdc.cli.work import told_to_stop

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.scale.batch import Done, Opens
    from sdc.scale.pace import Pace
    from sdc.scale.task import Record

EXIT_STOPPED = 130
TELL_EVERY_S = 30.0
DAY_S = 86_400.0


class ChildFrom(StrEnum):
    """What tells whose a file is."""

    FOLDER = "folder"
    NAME = "name"
    PARTICIPANT = "participant"


class BatchFormat(StrEnum):
    """How tables are written."""

    CSV = "csv"
    PARQUET = "parquet"


def batch(
    paths: Annotated[list[Path], typer.Argument(help="Folders of transcripts and recordings, or files.")],
    child_from: Annotated[
        ChildFrom,
        typer.Option(help="What tells whose a file is: its folder, its name's first part, or @Participants."),
    ] = ChildFrom.FOLDER,
    workers: Annotated[
        int | None, typer.Option(min=1, max=256, help="How many processes; default: one a core.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for tables: sessions, measures, failures.")
    ] = None,
    format: Annotated[BatchFormat, typer.Option("--format", help="How to write the tables.")] = BatchFormat.CSV,
    retry: Annotated[bool, typer.Option("--retry", help="Try again what failed for good before.")] = False,
    limit: Annotated[
        float, typer.Option(min=0.1, max=DAY_S, help="A session that takes longer is ended (seconds).")
    ] = 3600.0,
    ray: Annotated[
        bool, typer.Option("--ray", help="Work on Ray: on this machine, or where --ray-address says.")
    ] = False,
    ray_address: Annotated[
        str | None, typer.Option(help="HOST:PORT of a Ray cluster that runs; docs/batch.md says how it is guarded.")
    ] = None,
    transcribers: Annotated[
        int | None,
        typer.Option(min=1, help="On Ray: how many processes hold a speech model; default: what GPUs allow."),
    ] = None,
    gpu: Annotated[float, typer.Option(min=0.01, max=8.0, help="On Ray: the share of a GPU that each takes.")] = 1.0,
) -> None:
    """Bring a corpus into the store: each session once, on all cores; a bad one is told and the rest done.

    Ctrl-C stops it; the same command again goes on where it was. A file whose worker crashes or does not
    end is tried three times and then given up. With --ray the same is done by workers on a Ray cluster.
    """
    from sdc.app import build_app
    from sdc.scale.batch import Batch
    from sdc.scale.corpus import ChildFrom as From
    from sdc.scale.corpus import Corpus
    from sdc.scale.pace import Pace
    from sdc.scale.tables import check_tables
    from sdc.settings import read_settings

    settings = read_settings()
    if output is not None:
        check_tables(output, format.value)
    corpus = Corpus(tuple(paths), From(child_from.value), retry=retry)
    n_sessions = corpus.count()
    far = _Far(ray_address, transcribers, gpu) if ray or ray_address else None
    with build_app(settings) as app, told_to_stop() as stop:
        with _plan(app, (workers, max(1, n_sessions)), limit, far) as plan:
            pace = Pace(n_sessions)  # to connect with a cluster is not the sessions' time
            with _shown(pace) as update:
                done = Batch(corpus, app.jobs, plan, stop).run(update)
        written = _written(done, app, output, format) if output is not None and done.is_whole else []
    _tell(done, pace, written)
    raise typer.Exit(EXIT_FAILURES if done.failures else 0) if done.is_whole else typer.Exit(EXIT_STOPPED)


def _written(done: Done, app: App, output: Path, format: BatchFormat) -> list[Path]:
    """Write the tables; they hold names, so whose they hold is in the audit first."""
    from sdc.scale.tables import children_of, write_tables

    for child_id in children_of(done, app.repository):
        app.audit.record(actor="cli", action="tables.write", child_id=child_id)
    return write_tables(done, app.repository, output, format.value)


@dataclass(frozen=True, slots=True)
class _Far:
    """What is told of a cluster."""

    address: str | None
    transcribers: int | None
    gpu: float


@contextmanager
def _plan(app: App, workers: tuple[int | None, int], limit: float, far: _Far | None) -> Iterator[Opens]:
    """Lend what starts the workers: so many as were asked for, and not more than there are sessions."""
    from sdc.app import build_app
    from sdc.cores import n_cores
    from sdc.scale.pool import Plan

    asked, n_sessions = workers
    if far is None:
        from sdc.scale.worker import work

        yield Plan(app.settings, build_app, work, min(asked or n_cores(), n_sessions), limit)
        return
    from sdc.scale.ray_cluster import connected

    with connected(far.address):
        from sdc.scale.ray_pool import RayPlan

        yield RayPlan(app, build_app, min(asked or n_sessions, n_sessions), limit, far.transcribers, far.gpu)


@contextmanager
def _shown(pace: Pace) -> Iterator[Callable[[Record], None]]:
    """Show how far it is: a bar on a terminal, else a line now and then."""
    with _bar(pace) if sys.stderr.isatty() else _lines(pace) as show:

        def update(record: Record) -> None:
            pace.add(failed=record.state == "failed")
            show()

        yield update


@contextmanager
def _lines(pace: Pace) -> Iterator[Callable[[], None]]:
    told_at = time.monotonic()

    def show() -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= TELL_EVERY_S:
            told_at = time.monotonic()
            note(pace.line())

    yield show


@contextmanager
def _bar(pace: Pace) -> Iterator[Callable[[], None]]:
    from rich.progress import BarColumn, Progress, TextColumn

    columns: tuple[Any, ...] = (BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TextColumn("{task.description}"))
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=pace.total)
        yield lambda: progress.update(task, description=pace.line(), total=pace.total, completed=pace.n_done)


def _tell(done: Done, pace: Pace, written: list[Path]) -> None:
    from sdc.pipeline.intake import told_again

    n_children = len({child for child, _, _ in done.sessions})
    n_sessions = done.n_made + done.n_known
    children = "1 child" if n_children == 1 else f"{n_children:,} children"
    told = f"{plural(n_sessions, 'session')} of {children}: {done.n_made:,} new, {done.n_known:,} here already"
    rate = f"; {pace.rate:.1f} a second" if pace.rate else ""
    say(f"{told}; {done.n_failed:,} failed{rate}.")
    report_failures([told_again(failure) for failure in done.failures])
    for path in written:
        note(f"written: {path}")
    if not done.is_whole:
        note("Stopped. Nothing is lost: the same command again goes on.")
