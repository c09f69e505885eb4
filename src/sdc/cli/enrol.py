"""`sdc enrol`: a voice to know a child's later sessions by."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import progress_bar, say

if TYPE_CHECKING:
    from sdc.app import App
    from sdc.store.records import Child


class VoiceOf(StrEnum):
    """Whose voice it is."""

    CHILD = "child"
    ADULT = "adult"
    OTHER = "other"


def enrol(
    media: Annotated[Path, typer.Argument(help="A recording of one person alone, about ten seconds of speech.")],
    child: Annotated[str, typer.Option(help="Whose sessions the voice is heard in.")],
    role: Annotated[VoiceOf, typer.Option("--as", help="Whose voice it is.")] = VoiceOf.CHILD,
    again: Annotated[
        bool,
        typer.Option(
            "--again/--no-again",
            help="Look for the voice in earlier sessions too, where it is not known who speaks.",
        ),
    ] = True,
) -> None:
    """Remember a voice, so that recordings of a child tell who speaks: later ones, and earlier ones still unknown.

    Kept is a voiceprint, some hundred numbers, with the child's other data; it is no speech, but it is
    personal. The same role again replaces it. It helps best when it was recorded in the same room.
    """
    from sdc.app import build_app
    from sdc.pipeline.speakers import enrol_voice
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        known = app.repository.named_child(child)
        enrol_voice(app.repository, known, media, role.value)
        app.audit.record(actor="cli", action="voice.enrol", child_id=known.id)
        voice = f"{known.name}'s voice" if role is VoiceOf.CHILD else f"The {role.value} voice"
        say(f"{voice} is remembered for {known.name}'s recordings.")
        if again:
            know_again_with_progress(app, known)


def know_again_with_progress(app: App, child: Child) -> None:
    """Look for the remembered voices where it is not known who speaks, and say of each session what came of it."""
    from sdc.pipeline.roles import know_again

    with progress_bar("looking for the voices") as update:
        looked = know_again(app.repository, child, update)
    for session in looked:
        name = ", ".join(filter(None, (session.entry.date, session.entry.source)))
        heard = ", ".join(f"{code} is the {role}" for code, role in session.roles.items())
        say(f"{name}: {heard or 'nobody is known'}")
