"""`sdc convert`: .cha and Whisper's JSON to and from session JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sdc.cli.output import say_warnings, write
from sdc.formats.targets import Target


def convert(
    path: Annotated[Path, typer.Argument(help="A .cha, Whisper's JSON or session JSON.")],
    to: Annotated[
        Target | None, typer.Option("--to", help="What to write; default: by -o's ending, else json.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Convert a transcript to session JSON, CHAT or a CSV of utterances."""
    from sdc.formats import read_path

    session = read_path(path)
    target = to or Target.of(output)
    write(target.write(session), output)
    say_warnings(session)
