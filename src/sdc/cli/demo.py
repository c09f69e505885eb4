"""`sdc demo`: the made-up child Sarah, from her recordings to the dashboard."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.ask import answer_text
from sdc.cli.output import EXIT_FAILURES, as_table, number, progress_bar, report_failures, say

if TYPE_CHECKING:
    from pathlib import Path

    from sdc.progress import Placed
    from sdc.store.records import SessionEntry
    from sdc.transcribe import Transcript

MEASURES = (
    "utterances_analysed",
    "mlu_words",
    "mlu_morphemes",
    "word_types",
    "word_tokens",
    "ttr",
    "turns",
    "intelligible_utterances_pct",
    "filler_words_pct",
    "maze_words_pct",
    "speech_rate",
    "pauses_per_min",
    "f0_median",
    "f0_sd_st",
)
"""What the summary shows, in this order."""

N_HEARD = 6
"""How many utterances of the recording without a transcript are shown."""


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End after the summary.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the dashboard in the browser.")] = False,
) -> None:
    """Process five weekly sessions of a made-up child, print what was measured, serve the dashboard.

    They are kept in a store of their own, unless SDC_HOME names one. The second time there is
    nothing left to process.
    """
    from sdc.app import build_app
    from sdc.cli.serve import run_server
    from sdc.demo import QUESTION
    from sdc.pipeline.asking import answer_question
    from sdc.pipeline.demo import add_demo, demo_settings, hear_demo

    settings = demo_settings()
    with build_app(settings) as app:
        say("Sarah is made up: her five sessions were written for SDC and spoken by a computer.\n")
        with progress_bar("processing the sessions") as update:
            child, failures = add_demo(app, on_step=update)
        report_failures(failures)
        say(summary(app.timeline(child.id)))
        say()
        say(answer_text(answer_question(app.repository, child.id, QUESTION)))
        say(heard(hear_demo()))
        say(where_next(settings.home))
        if failures:
            raise typer.Exit(EXIT_FAILURES)
        if not no_serve:
            run_server(app, open_browser=open_browser)


def where_next(home: Path) -> str:
    """Return what to type next; `make demo` runs an `sdc` that the terminal does not find by its name."""
    sdc = "sdc" if shutil.which("sdc") else sys.argv[0]
    question = f'SDC_HOME="{home}" {sdc} ask Sarah "Are the sentences getting longer?"'
    lines = (f"\nThis is kept in {home}. Go on:", question, f"{sdc} demo --open", "or with docs/tutorial.md")
    return "\n  ".join(lines)


def summary(placed: tuple[Placed[SessionEntry], ...]) -> str:
    """Return the measures by week: one row a measure, one column a session."""
    entries = [p.point for p in placed]
    heads = ("measure", *(f"week {p.week}" for p in placed), "unit")
    rows = [("date", *(entry.date or "—" for entry in entries), "")]
    for measure in MEASURES:
        found = [entry.measures.get(measure) for entry in entries]
        unit = next((m.unit for m in found if m), "")
        rows.append((measure, *(number(m.value if m else None) for m in found), unit))
    return as_table(heads, rows)


def heard(transcript: Transcript) -> str:
    """Return the first utterances of a recording that came without a transcript."""
    rows = [f"  {segment.start_s:4.1f} s  {segment.text.strip()}" for segment in transcript.segments]
    return "\n".join(
        (
            "\nA recording without a transcript, heard by a tiny model made for this demo (it knows 56 words):",
            *rows[:N_HEARD],
            f"  … and {len(rows) - N_HEARD} utterances more",
        )
    )
