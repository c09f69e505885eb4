"""The engine that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.settings import Settings

if TYPE_CHECKING:
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
