"""The `sdc` command: every public face of the product from a terminal.

Exit status: 0 all done, 1 some input failed (the rest is done, failures are on stderr),
2 wrong usage.
"""

from __future__ import annotations

from typing import Annotated

import typer

from sdc.cli import (
    accounts,
    analyze,
    archive,
    ask,
    audit,
    batch,
    candidates,
    check,
    consent,
    convert,
    dataset,
    demo,
    doctor,
    edit,
    enrol,
    erase,
    feedback,
    finetune,
    goals,
    index,
    insights,
    jobs,
    keys,
    models,
    note,
    phases,
    progress,
    remeasure,
    report,
    retention,
    review,
    roles,
    roster,
    search,
    serve,
    sessions,
    team,
    transcribe,
    work,
)
from sdc.cli.door import Door
from sdc.cli.output import say

app = typer.Typer(
    name="sdc",
    cls=Door,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Speech & Development Companion: recordings and transcripts of a child in; "
    "measures, progress and cited answers out. It never diagnoses.",
    epilog="Exit status: 0 all done, 1 some input failed, 2 wrong usage. Settings: `sdc doctor`.",
)


def _version(wanted: bool) -> None:
    if wanted:
        from sdc import __version__

        say(f"sdc {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Read the options that stand before the command."""


app.command("analyze")(analyze.analyze)
app.command("candidates")(candidates.candidates)
app.command("convert")(convert.convert)
app.command("check")(check.check)
app.command("transcribe")(transcribe.transcribe)
app.add_typer(models.app, name="models")
app.command("enrol")(enrol.enrol)
app.command("roles")(roles.roles)
app.command("review")(review.review)
app.command("edit")(edit.edit)
app.command("remeasure")(remeasure.remeasure)
app.command("add")(sessions.add)
app.add_typer(jobs.app, name="jobs")
app.command("children")(sessions.children)
app.command("sessions")(sessions.sessions)
app.command("progress")(progress.progress)
app.command("report")(report.report)
app.command("reports")(report.reports)
app.command("note")(note.note)
app.add_typer(goals.app, name="goals")
app.add_typer(phases.app, name="phases")
app.command("insights")(insights.insights)
app.add_typer(feedback.app, name="feedback")
app.command("ask")(ask.ask)
app.command("search")(search.search)
app.add_typer(index.app, name="index")
app.add_typer(dataset.app, name="dataset")
app.add_typer(finetune.app, name="finetune")
app.command("consent")(consent.consent)
app.add_typer(roster.app, name="roster")
app.add_typer(audit.app, name="audit")
app.command("export")(archive.export)
app.command("import")(archive.import_)
app.command("erase")(erase.erase)
app.command("retention")(retention.retention)
app.add_typer(keys.app, name="keys")
app.add_typer(accounts.app, name="accounts")
app.add_typer(team.app, name="team")
app.command("serve")(serve.serve)
app.command("work")(work.work)
app.command("batch")(batch.batch)
app.command("demo")(demo.demo)
app.command("doctor")(doctor.doctor)
