"""`sdc doctor`: what is here, what is missing, every setting with its value."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from sdc.cli.output import EXIT_FAILURES, TableFormat, as_json, as_table, say


def doctor(
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the result.")] = TableFormat.TABLE,
) -> None:
    """Check this installation and list all settings with their values."""
    from sdc.pipeline.doctor import examine
    from sdc.settings import SETTINGS, read_settings

    settings = read_settings()
    checks = examine(settings)
    if format is TableFormat.JSON:
        say(
            as_json(
                {
                    "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail, "hint": c.hint} for c in checks],
                    "settings": {s.variable: _plain(s.shown(settings)) for s in SETTINGS},
                }
            )
        )
    else:
        rows = [
            ("ok" if c.ok else "--", c.name, c.detail + (f" {c.hint}" if c.hint and not c.ok else "")) for c in checks
        ]
        say(as_table(("", "check", "found"), rows))
        say()
        say(
            as_table(
                ("setting", "value", "meaning"),
                [(s.variable, _plain(s.shown(settings)), s.help) for s in SETTINGS],
            )
        )
    if not all(c.ok for c in checks if c.needed):
        sys.exit(EXIT_FAILURES)


def _plain(value: object) -> object:
    return value if isinstance(value, (int, float, bool)) else str(value)
