"""`sdc enrol`: a voice to know a child's later sessions by."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sdc.cli.output import say


class VoiceOf(StrEnum):
    """Whose voice it is."""

    CHILD = "child"
    ADULT = "adult"
    OTHER = "other"


def enrol(
    media: Annotated[Path, typer.Argument(help="A recording of one person alone, about ten seconds of speech.")],
    child: Annotated[str, typer.Option(help="Whose sessions the voice is heard in.")],
    role: Annotated[VoiceOf, typer.Option("--as", help="Whose voice it is.")] = VoiceOf.CHILD,
) -> None:
    """Remember a voice, so that later recordings of a child tell who speaks.

    Kept is a voiceprint, some hundred numbers, with the child's other data; it is no speech, but it is
    personal. The same role again replaces it. It helps best when it was recorded in the same room.
    """
    from sdc.app import build_app
    from sdc.pipeline.speakers import enrol_voice
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        known = app.repository.named_child(child)
        enrol_voice(app.repository, known, media, role.value)
    voice = f"{known.name}'s voice" if role is VoiceOf.CHILD else f"The {role.value} voice"
    say(f"{voice} is remembered for {known.name}'s recordings.")
