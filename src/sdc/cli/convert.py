"""`sdc convert`: from any format of transcripts to any other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import TARGET_HELP, note, say_warnings, write
from sdc.formats.targets import Target, target_of

if TYPE_CHECKING:
    from sdc.session import Session


def convert(
    path: Annotated[Path, typer.Argument(help="A .cha, .eaf, .TextGrid, .srt, .vtt, Whisper's JSON or session JSON.")],
    into: Annotated[Path | None, typer.Argument(metavar="[OUT]", help="Write to this file, by its ending.")] = None,
    to: Annotated[
        Target | None, typer.Option("--to", help="What to write; default: by the ending of OUT, else json.")
    ] = None,
    deidentify: Annotated[
        str | None,
        typer.Option(metavar="CHILD", help="Replace names by the roster of this child (`sdc roster CHILD`)."),
    ] = None,
    target: Annotated[str | None, typer.Option(metavar="SPEAKER", help=TARGET_HELP)] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The same as OUT.")] = None,
) -> None:
    """Convert a transcript to CHAT, ELAN, TextGrid, SRT, WebVTT, session JSON or a CSV of utterances.

    What the new format cannot hold is said.

    With --deidentify the names on the child's roster and of the participants become pseudonyms, dates are
    moved, the names of places, transcribers and files go. Read the result before it leaves your hands: a
    name that nobody put on the roster is still there.
    """
    from sdc.formats import read_path
    from sdc.formats.target_child import with_target

    output = output or into
    session = read_path(path)
    if target is not None:
        session = with_target(session, target)
    if deidentify is not None:
        session = _without_names(session, deidentify)
    form = to or (target_of(output) if output else Target.JSON)
    write(form.write(session), output)
    say_warnings(session)
    for sentence in form.losses(session):
        note(f"note: {sentence}")


def _without_names(session: Session, child: str) -> Session:
    from sdc.app import build_app
    from sdc.pipeline.deidentifying import without_names
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        return without_names(app, app.repository.named_child(child), session)
