"""A recording → a transcript, without a store."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sdc.errors import MissingInputError
from sdc.pipeline import steps
from sdc.pipeline.consenting import told_leave
from sdc.pipeline.engines import default_transcriber
from sdc.pipeline.parts import Engine, Given, Report
from sdc.pipeline.speakers import SpeakerHints
from sdc.session import Session
from sdc.settings import Settings
from sdc.transcribe.consented import with_leave


def transcribe_file(
    path: Path,
    settings: Settings,
    *,
    child_only: bool = False,
    hints: SpeakerHints | None = None,
    on_progress: Report | None = None,
    engine: Engine | None = None,
    consent_given: bool = False,
) -> Session:
    """Transcribe an audio or video file.

    Parameters
    ----------
    path : Path
    settings : Settings
    child_only : bool
        Only the child speaks.
    hints : SpeakerHints, optional
        What is known of who speaks.
    on_progress : callable, optional
        Told each step and the fraction of the whole work that is done.
    engine : Engine, optional
        Default: what the settings ask for.
    consent_given : bool
        Somebody says that the family agreed to a service outside this machine.

    Returns
    -------
    Session

    Raises
    ------
    InputError
        There is no such file, or it is no recording that can be decoded.
    EngineError
        The engine, or what tells voices apart, cannot run here.
    ConsentError
        The engine sends the recording out of this machine and nobody said that there is consent.
    """
    report = on_progress or (lambda step, fraction: None)
    if not path.is_file():
        raise MissingInputError(
            "This is a folder, not a recording." if path.is_dir() else "There is no such file.",
            code="input.missing",
            hint="Check the name.",
            source=path.name or str(path),
        )
    engine = engine or Engine(settings, default_transcriber(settings))
    material, given = steps.Material(path.name, None, path, path.name), Given(child_only=child_only)
    hints = replace(hints or SpeakerHints(), settings=engine.settings).require()
    report("decoding", 0.0)
    sound = steps.load_sound(material, engine.settings, needed=True)
    transcriber = with_leave(engine.transcriber, told_leave(consent_given))
    session = steps.transcribe(material, sound, given, transcriber, report, hints=hints)
    return steps.describe(session, material, sound, given)
