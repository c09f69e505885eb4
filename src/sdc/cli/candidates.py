"""`sdc candidates`: what a person should look at and decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import EXIT_FAILURES, TableFormat, as_json, as_table, progress_bar, report_failures, say

if TYPE_CHECKING:
    from sdc.pipeline.candidates import Candidates


def candidates(
    paths: Annotated[list[Path], typer.Argument(help="Transcripts of one child, or folders, oldest first.")],
    speaker: Annotated[str | None, typer.Option(help="Whose words; default: the target child's.")] = None,
    scripts: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="A text file with one phrase a line (songs, books, films) to look for."
        ),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="List so many phrases; --format json has all.")] = 20,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the result.")] = TableFormat.TABLE,
) -> None:
    """List what a rule found and only a person can tell: words in another form, pronouns, phrases used as a whole.

    Repeating phrases is communication; whether a phrase is one that the child uses as a whole,
    and whom a pronoun meant, somebody who knows the child decides.
    """
    from sdc.pipeline.candidates import find_candidates

    phrases = scripts.read_text(encoding="utf-8").splitlines() if scripts else ()
    with progress_bar("reading") as update:
        found = find_candidates(paths, speaker=speaker, scripts=phrases, on_progress=update)
    say(as_json(found.document()) if format is TableFormat.JSON else _text(found, most))
    report_failures(found.failures)
    if found.failures:
        raise typer.Exit(EXIT_FAILURES)


def _text(found: Candidates, most: int) -> str:
    document = found.document()
    rows = [row for session in document["sessions"] for row in _rows(session)]
    blocks = [as_table(("source", "line", "what", "found", "utterance"), rows)] if rows else []
    phrases = [(p["phrase"], p["n_sessions"], len(p["places"]), _first(p)) for p in document["phrases"]]
    if phrases:
        more = f" (the first {most} of {len(phrases)})" if len(phrases) > most else ""
        blocks.append(as_table(("phrase", "sessions", "times", "first"), phrases[:most], title=f"said again{more}"))
    return "\n\n".join(blocks) or "Nothing to look at was found."


def _rows(session: dict[str, Any]) -> list[tuple[Any, ...]]:
    forms = [("another form", f"{a['said']} for {a['target']}", a) for a in session["approximations"]]
    pronouns = [(f"pronoun, {c['pattern']}", c["word"], c) for c in (session["pronouns"] or {}).get("candidates", ())]
    return [(session["source"], a["line"], what, text, a["text"]) for what, text, a in forms + pronouns]


def _first(phrase: dict[str, Any]) -> str:
    place = phrase["places"][0]
    return f"{place['source']}:{place['line']}"
