"""Every command with its arguments and options, from the app itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from reference.markdown import cell, code, table
from sdc.cli.contents import grouped
from sdc.cli.main import app

HEAD = """# Command line

`sdc COMMAND --help` says the same in a terminal. Exit status: 0 all done, 1 some input failed (the rest is done, the
failures are listed on stderr), 2 wrong usage or a setting that cannot be used ([errors](errors.md)). Settings are
environment variables ([settings](../settings.md)). A command of the store works in `SDC_HOME`.
"""


def page(root: Path) -> str:
    """Return docs/reference/command-line.md."""
    door = get_command(app)
    parts = [HEAD]
    for title, names in grouped(list(door.commands)).items():
        parts.append(f"## {title}\n")
        for name in names:
            parts += _command(door.commands[name], f"sdc {name}")
    return "\n".join(parts)


def _command(command: Any, path: str) -> Iterator[str]:
    """Yield a command, and what stands below it."""
    yield f"### {path}\n"
    yield from _one(command, path)
    for name, below in getattr(command, "commands", {}).items():
        yield f"#### {path} {name}\n"
        yield from _one(below, f"{path} {name}")


def _one(command: Any, path: str) -> Iterator[str]:
    """Yield how a command is written, what it does, and its arguments and options as its help tells them."""
    context = command.context_class(command, info_name=path)
    yield "```text\n" + " ".join([path, *command.collect_usage_pieces(context)]) + "\n```\n"
    yield cell(command.help or "") + "\n"
    records = [record for parameter in command.params if (record := parameter.get_help_record(context))]
    if records:
        yield table(("", "meaning"), [(code(written), cell(means)) for written, means in records])
