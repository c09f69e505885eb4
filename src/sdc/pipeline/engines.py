"""The engine that the settings ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.settings import Settings

if TYPE_CHECKING:
    from sdc.transcribe import Transcriber


def default_transcriber(settings: Settings) -> Transcriber:
    """Return faster-whisper; its model is loaded when a recording first needs it."""
    from sdc.transcribe import FasterWhisperTranscriber

    return FasterWhisperTranscriber(settings.whisper_model, settings.whisper_device, settings.language)
