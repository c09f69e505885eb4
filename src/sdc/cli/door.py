"""How `sdc` meets what it was not told to do: every failure is one line on stderr and an exit status.

The statuses stand in ``docs/how-to/when-something-fails.md``.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperGroup

from sdc.cli.contents import OTHER_WORDS, grouped, line_of
from sdc.cli.output import EXIT_FAILURES, EXIT_USAGE, report_failures
from sdc.errors import SDCError, SettingsError

GC_THRESHOLD = (50_000, 20, 50)
"""Transcripts are many small objects without cycles; the usual looking for cycles takes a quarter of the time."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ROOT = Path(__file__).resolve().parents[2]


class Door(TyperGroup):
    """Lists commands in groups; turns errors into one line on stderr and an exit status."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands in groups, one line each."""
        for title, names in grouped(self.list_commands(ctx)).items():
            commands = {name: self.get_command(ctx, name) for name in names}
            lines = [(name, line_of(name) or c.get_short_help_str(60)) for name, c in commands.items() if c]
            with formatter.section(title):
                formatter.write_dl(lines)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command; a word that people say for it leads to it, but does not start it."""
        meant = OTHER_WORDS.get(args[0].lower())
        if meant and self.get_command(ctx, args[0]) is None:
            ctx.fail(f"No such command {args[0]!r}. Did you mean `sdc {meant}`?")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the whole command line; the process boundary for what nobody expected."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            trouble = of_the_machine(error)
        except Exception as error:
            if sys.flags.dev_mode:
                raise
            trouble = of_our_own(error)
        _leave_stdout()
        report_failures([trouble])
        sys.exit(EXIT_FAILURES)

    def invoke(self, ctx: Any) -> Any:
        """Run a command; the process boundary for SDC's own errors."""
        gc.set_threshold(*GC_THRESHOLD)
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            report_failures([error])
            raise typer.Exit(EXIT_USAGE) from error
        except SDCError as error:
            report_failures([error])
            raise typer.Exit(EXIT_FAILURES) from error
        except BrokenPipeError:
            # The reader of our output (head, less) has gone; there is nobody left to tell.
            _leave_stdout()
            raise typer.Exit(EXIT_FAILURES) from None


def _leave_stdout() -> None:
    """Let what is still to be written go nowhere: Python would try again when it ends, and complain."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        return  # an output of a test, without a file


def of_the_machine(error: OSError) -> SDCError:
    """Return what the machine refused, in one sentence."""
    place = str(error.filename) if error.filename else None
    what = error.strerror or str(error) or type(error).__name__
    if error.errno in NO_ROOM:
        hint = "Free some space, or write to another disk; then run the command again."
        return SDCError(f"There is no room to write ({what}).", code="machine.full", hint=hint, source=place)
    hint = "Check that it is there, and that you may use it."
    return SDCError(f"The machine refused ({what}).", code="machine.refused", hint=hint, source=place)


def of_our_own(error: Exception) -> SDCError:
    """Return a fault of SDC itself in one sentence: its kind and place, nothing of what was processed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "sdc")] or frames
    at = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return SDCError(
        f"This is a fault of SDC ({type(error).__name__}{at}); nothing is wrong with what you typed.",
        code="sdc.fault",
        hint="`python -X dev -m sdc.cli` with the same words shows where; please report it without names.",
    )
