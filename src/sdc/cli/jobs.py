"""`sdc jobs`: work that waits, runs, is done or has failed; failed work is tried again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from sdc.cli.output import EXIT_FAILURES, TableFormat, as_json, as_table, progress_bar, report_failures, say
from sdc.errors import SDCError

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.jobs import Job

KEYS = ("id", "child_id", "source", "state", "step", "attempt", "session_id", "error", "created_at", "updated_at")


class ListedByDefault(TyperGroup):
    """``sdc jobs Sarah`` is ``sdc jobs list Sarah``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put ``list`` before what names no command."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["list", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(cls=ListedByDefault, help="List jobs (the default), or try failed ones again.")


@app.command("list")
def list_jobs(
    child: Annotated[str | None, typer.Argument(help="Name or id of the child; default: all children.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only those that failed for good, with the reason.")] = False,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the list.")] = TableFormat.TABLE,
) -> None:
    """List jobs, newest first.

    A job that was cut off or broke three times has failed for good: nothing of it is lost, and
    `sdc jobs retry` begins it again.
    """
    from sdc.app import build_app
    from sdc.settings import read_settings

    with build_app(read_settings()) as application:
        names = {c.id: c.name for c in application.repository.children()}
        if child is not None:
            found = application.jobs.of_child(application.repository.named_child(child).id)
            found = [job for job in found if job.state == "failed" or not failed]
        else:
            found = application.jobs.all(state="failed" if failed else None)
    if format is TableFormat.JSON:
        say(as_json({"jobs": [_document(job) for job in found]}))
    elif not found:
        say("No failed job." if failed else "No job.")
    else:
        say(_table(found, names))


@app.command("retry")
def retry(
    jobs: Annotated[list[str], typer.Argument(help="Ids of failed jobs (`sdc jobs --failed` lists them).")],
) -> None:
    """Try failed jobs again, here and now."""
    from sdc.app import build_app
    from sdc.settings import read_settings

    with build_app(read_settings()) as application:
        failures = [error for job_id in jobs if (error := _tried_again(application, job_id)) is not None]
    report_failures(failures)
    if failures:
        raise typer.Exit(EXIT_FAILURES)


def _tried_again(application: App, job_id: str) -> SDCError | None:
    """Run one failed job; return why it failed again, or cannot be tried."""
    from sdc.pipeline.intake import retry_now, told_again

    try:
        with progress_bar("trying again") as update:
            job = retry_now(application, job_id, update)
    except SDCError as error:
        error.source = error.source or job_id
        return error
    if job.error:
        return told_again(job.error)
    say(f"{job.source}: {job.state}")
    return None


def _document(job: Job) -> dict[str, Any]:
    return {key: getattr(job, key) for key in KEYS}


def _table(jobs: Sequence[Job], names: dict[str, str]) -> str:
    heads = ("job", "child", "source", "state", "attempts", "what")
    rows = [(job.id, names.get(job.child_id, "—"), job.source, job.state, job.attempt, _what(job)) for job in jobs]
    return as_table(heads, rows)


def _what(job: Job) -> str:
    return job.error["message"] if job.error else job.step
