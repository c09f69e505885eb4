"""`sdc convert`: .cha and Whisper's JSON to and from session JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import say_warnings, write
from sdc.formats.targets import Target

if TYPE_CHECKING:
    from sdc.session import Session


def convert(
    path: Annotated[Path, typer.Argument(help="A .cha, Whisper's JSON or session JSON.")],
    to: Annotated[
        Target | None, typer.Option("--to", help="What to write; default: by -o's ending, else json.")
    ] = None,
    deidentify: Annotated[
        str | None,
        typer.Option(metavar="CHILD", help="Replace names by the roster of this child (`sdc roster CHILD`)."),
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Convert a transcript to session JSON, CHAT or a CSV of utterances.

    With --deidentify the names on the child's roster and of the participants become pseudonyms, dates are
    moved, the names of places, transcribers and files go. Read the result before it leaves your hands: a
    name that nobody put on the roster is still there.
    """
    from sdc.formats import read_path

    session = read_path(path)
    if deidentify is not None:
        session = _without_names(session, deidentify)
    target = to or Target.of(output)
    write(target.write(session), output)
    say_warnings(session)


def _without_names(session: Session, child: str) -> Session:
    from sdc.app import build_app
    from sdc.pipeline.deidentifying import without_names
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        return without_names(app, app.repository.named_child(child), session)
