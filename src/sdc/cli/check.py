"""`sdc check`: problems of CHAT transcripts, with their lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import EXIT_FAILURES, TableFormat, as_json, as_table, plural, report_failures, say

if TYPE_CHECKING:
    from sdc.formats.chat.check_catalogue import Problem
    from sdc.formats.chat.check_folder import Checked, Checks


def check(
    paths: Annotated[list[Path], typer.Argument(help="Transcripts (.cha) or folders.")],
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the result.")] = TableFormat.TABLE,
) -> None:
    """Check CHAT transcripts: what is wrong, on which line, and what to do.

    The numbers in the column CHECK are those of CLAN's CHECK. Exit status 1 when a file has an
    error.
    """
    from sdc.formats.chat.check_folder import check_paths

    checks = check_paths(paths)
    say(as_json(_document(checks)) if format is TableFormat.JSON else _table(checks))
    report_failures(checks.failures)
    if checks.failures or checks.n_errors:
        raise typer.Exit(EXIT_FAILURES)


def _table(checks: Checks) -> str:
    blocks = [_file(item) for item in checks.done if item.problems]
    return "\n\n".join([*blocks, _summary(checks)])


def _file(item: Checked) -> str:
    rows = [(p.line or "—", _numbers(p), p.code, p.message, p.kind.hint) for p in item.problems]
    return as_table(("line", "CHECK", "code", "problem", "what to do"), rows, title=item.source)


def _numbers(problem: Problem) -> str:
    numbers = problem.kind.clan
    return "—" if not numbers else str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]} …"


def _summary(checks: Checks) -> str:
    n_bad = sum(item.n_errors > 0 for item in checks.done)
    found = f"{plural(checks.n_errors, 'error')} and {plural(checks.n_warnings, 'warning')}"
    return f"{plural(len(checks.done), 'file')} checked: {n_bad} with errors; {found}."


def _document(checks: Checks) -> dict[str, Any]:
    """Return the result as JSON."""
    return {
        "schema": "sdc.check/1",
        "files": [
            {
                "source": item.source,
                "ok": not item.n_errors,
                "problems": [
                    {
                        "line": p.line or None,
                        "severity": p.kind.severity,
                        "code": p.code,
                        "check": list(p.kind.clan),
                        "message": p.message,
                        "hint": p.kind.hint,
                    }
                    for p in item.problems
                ],
            }
            for item in checks.done
        ],
        "summary": {"files": len(checks.done), "errors": checks.n_errors, "warnings": checks.n_warnings},
        "failures": [error.to_dict() for error in checks.failures],
    }
