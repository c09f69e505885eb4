"""`sdc transcribe`: a recording in, a transcript out; nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from sdc.cli.output import progress_bar, say_warnings, write
from sdc.formats.targets import Target


def transcribe(
    media: Annotated[Path, typer.Argument(help="An audio or video file.")],
    engine: Annotated[
        str | None,
        typer.Option(help="What listens: faster-whisper, whisper.cpp or openai; default: SDC_TRANSCRIBER."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(help="Whisper model: a name such as small, auto, or a folder; default: SDC_WHISPER_MODEL."),
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Language spoken, e.g. en, or auto; default: SDC_LANGUAGE.")
    ] = None,
    child_only: Annotated[bool, typer.Option("--child-only", help="Only the child speaks on the recording.")] = False,
    speakers: Annotated[
        int | None,
        typer.Option(min=1, max=20, help="How many people speak; 1: voices are not told apart; default: 1 or 2."),
    ] = None,
    speakers_from: Annotated[
        Path | None,
        typer.Option(
            "--speakers-from",
            "--rttm",
            help="Who spoke when: RTTM or pyannote's JSON of another program, or a CHAT transcript with times.",
        ),
    ] = None,
    diarizer: Annotated[
        str | None, typer.Option(help="What tells voices apart: sdc or pyannote; default: SDC_DIARIZER.")
    ] = None,
    child: Annotated[
        str | None, typer.Option(help="Which voice is the child's, e.g. SP01, after listening to a first draft.")
    ] = None,
    child_voice: Annotated[
        Path | None, typer.Option(help="A recording of the child alone, some seconds long, to know the voice by.")
    ] = None,
    adult_voice: Annotated[Path | None, typer.Option(help="A recording of the adult alone.")] = None,
    consent_given: Annotated[
        bool,
        typer.Option("--consent-given", help="The family agreed to the service that transcribes (--engine openai)."),
    ] = False,
    to: Annotated[Target | None, typer.Option("--to", help="What to write; default: by -o's ending, else cha.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file (.cha, .json, .csv).")
    ] = None,
) -> None:
    """Write down what is said on a recording, with Whisper as it is.

    The words are a draft: a recogniser leaves out hesitations, and voices are told apart by machine.
    Whose voice is whose is only said where a recording of it was given, or a person says so.
    """
    from sdc.pipeline.speakers import SpeakerHints, read_voices
    from sdc.pipeline.transcribing import transcribe_file
    from sdc.settings import read_settings

    settings = read_settings()
    settings = replace(
        settings,
        transcriber=engine or settings.transcriber,
        whisper_model=model or settings.whisper_model,
        language=language or settings.language,
        diarizer=diarizer or settings.diarizer,
    )
    voices = read_voices({"child": child_voice, "adult": adult_voice})
    hints = SpeakerHints(speakers, speakers_from, child, voices)
    with progress_bar("transcribing") as update:
        session = transcribe_file(
            media, settings, child_only=child_only, hints=hints, on_progress=update, consent_given=consent_given
        )
    target = to or (Target.of(output) if output else Target.CHA)
    write(target.write(session), output)
    say_warnings(session)
