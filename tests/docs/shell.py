"""Just enough of a shell for the documentation: settings, comments, continued lines, and `sdc`."""

import re
import shlex
from dataclasses import dataclass
from typing import Any

from typer.main import get_command

from sdc.cli.jobs import ListedByDefault
from sdc.cli.main import app

DOOR: Any = get_command(app)
ASSIGNMENT = re.compile(r"[A-Z_][A-Z0-9_]*=")


@dataclass(frozen=True)
class Line:
    """One logical line: what it sets, for itself or (export) for those below, and what it runs."""

    words: tuple[str, ...]
    settings: dict[str, str]
    exported: bool

    @property
    def is_sdc(self) -> bool:
        return self.words[:1] == ("sdc",)


def lines_of(text: str) -> list[Line]:
    """Return the lines of a block; of a `console` block only those behind `$ `."""
    if re.search(r"^\$ ", text, re.MULTILINE):
        text = "\n".join(line[2:] for line in text.splitlines() if line.startswith("$ "))
    logical = text.replace("\\\n", " ").splitlines()
    return [read for line in logical if (read := _read(shlex.split(line, comments=True)))]


def _read(words: list[str]) -> Line | None:
    if not words:
        return None
    exported = words[0] == "export"
    words = words[1:] if exported else words
    count = next((at for at, word in enumerate(words) if not ASSIGNMENT.match(word)), len(words))
    settings = dict(word.split("=", 1) for word in words[:count])
    return Line(tuple(words[count:]), settings, exported)


def refusal(words: tuple[str, ...] | list[str]) -> str | None:
    """Return what is wrong with a command, checked by its own parser without running it: None if nothing is.

    Arguments that are missing are no fault: sentences leave them out.
    """
    command, rest = DOOR, list(words[1:])
    while True:
        if isinstance(command, ListedByDefault) and (not rest or rest[0] not in command.commands):
            rest = ["list", *rest]
        context = command.context_class(command, info_name="sdc")
        try:
            _, rest, _ = command.make_parser(context).parse_args(rest)
        except Exception as error:  # noqa: BLE001 - the parser's own kind moved between its versions
            return getattr(error, "message", None) or str(error) or type(error).__name__
        if not hasattr(command, "commands"):
            return f"{rest[0]!r} is too much" if rest else None
        if not rest:
            return None
        if rest[0] not in command.commands:
            return f"there is no command {rest[0]!r}"
        command, rest = command.commands[rest[0]], rest[1:]
