"""The engine that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.settings import Settings

if TYPE_CHECKING:
    from sdc.audio.acoustics import Acoustics
    from sdc.transcribe import Transcriber


def default_transcriber(settings: Settings) -> Transcriber:
    """Return the engine of ``SDC_TRANSCRIBER``; its model is loaded when a recording first needs it.

    Raises
    ------
    SettingsError
        There is no such engine, or it may not be used.
    ExtraMissingError
        It is not installed.
    """
    from sdc.transcribe.engines import EngineOptions, make_transcriber

    options = EngineOptions(
        settings.whisper_model,
        settings.whisper_device,
        settings.language,
        settings.openai_api_key,
        settings.openai_url,
        settings.allow_cloud,
    )
    return make_transcriber(settings.transcriber, options)


def default_acoustics(settings: Settings) -> Acoustics:
    """Return the back end of ``SDC_ACOUSTICS``, which measures pitch, loudness and voice.

    Raises
    ------
    SettingsError
        There is no such back end.
    ExtraMissingError
        It is not installed.
    """
    from sdc.audio.acoustics import make_acoustics

    return make_acoustics(settings.acoustics)


def check_diarizer(settings: Settings) -> None:
    """Make sure that what ``SDC_DIARIZER`` names can be used, before any file is read.

    Raises
    ------
    SettingsError
        There is no such diarizer.
    ExtraMissingError
        It is not installed.
    """
    from sdc.transcribe.diarizers import require_diarizer

    require_diarizer(settings.diarizer)


def check_acoustics(settings: Settings) -> None:
    """Refuse a back end that cannot be had, before any file is touched; its errors are those of ``default_acoustics``.

    SDC's own is always there and nothing is loaded for it: much is measured without any sound.
    """
    if settings.acoustics != "sdc":
        default_acoustics(settings)
