"""OpenAI's transcription API. It sends the recording out of the house: ``engines`` asks for leave first.

What goes out is the sound alone, as WAV named ``recording.wav``, in pieces; no file name, no
metadata, nothing about the child. The answer is ``verbose_json`` with times of words.
"""

from __future__ import annotations

import wave
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import numpy as np

from sdc.errors import EngineError, SettingsError, TranscriptJsonError
from sdc.formats.whisper_shapes import WhisperResult, read_result
from sdc.session import Provenance
from sdc.transcribe.models import AUTO
from sdc.transcribe.pieces import moved, pieces
from sdc.transcribe.transcript import Progress, Transcript

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sdc.audio import Recording
    from sdc.formats.recognised import RecognisedSegment

MODEL = "whisper-1"
"""The one model of the service that gives times of words, as of 2026."""

PIECE_S = 600.0
"""A piece of ten minutes is 19 MB of WAV; the service takes 25."""
LOOK_BACK_S = 30.0
"""A piece ends in the quietest moment of its last half minute."""
TIMEOUT_S = 600.0

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class OpenAITranscriber:
    """Whisper at OpenAI, or at a server that speaks the same protocol.

    Parameters
    ----------
    api_key : str
    model : str
        As the service calls it; ``auto`` is ``whisper-1``.
    language : str
        ISO 639-1, or ``auto`` to let it tell.
    url : str
        Of the API. Sound and key go out encrypted: ``http:`` only to this machine.
    """

    is_remote = True

    def __init__(self, api_key: str, model: str = AUTO, language: str = "en", *, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise SettingsError(
                f"A recording is not sent to {url}: the connection is not encrypted.",
                code="settings.cloud",
                hint="SDC_OPENAI_URL must begin with https://.",
            )
        self._key, self._model, self._language = api_key, MODEL if model == AUTO else model, language
        self._url = url.rstrip("/")

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Transcribe a recording; see ``Transcriber``.

        Raises
        ------
        EngineError
            ``engine.unreachable``, ``engine.refused`` (key or request), ``engine.answer``.
        """
        tell = on_progress or (lambda step, fraction: None)
        segments: list[RecognisedSegment] = []
        language: str | None = None
        tell("sending the recording", 0.0)
        for start, end in pieces(recording, piece_s=PIECE_S, look_back_s=LOOK_BACK_S):
            result = self._ask(recording.samples[start:end])
            segments += (moved(s, start / recording.sample_rate_hz) for s in result.segments)
            language = language or result.language
            tell("transcribing", end / recording.samples.size)
        told = None if self._language == AUTO else self._language
        return Transcript(tuple(segments), told or language, self._provenance())

    def _provenance(self) -> Provenance:
        parameters = {"language": self._language, "temperature": "0", "host": urlsplit(self._url).hostname or ""}
        return Provenance("transcribe", "openai", "v1", self._model, parameters=parameters)

    def _ask(self, samples: NDArray[np.float32]) -> WhisperResult:
        import httpx

        fields: dict[str, Any] = {
            "model": self._model,
            "response_format": "verbose_json",
            "timestamp_granularities[]": ["word", "segment"],
            "temperature": "0",
        }
        if self._language != AUTO:
            fields["language"] = self._language
        try:
            answer = httpx.post(
                f"{self._url}/audio/transcriptions",
                headers={"Authorization": f"Bearer {self._key}"},
                data=fields,
                files={"file": ("recording.wav", as_wav(samples), "audio/wav")},
                timeout=TIMEOUT_S,
                follow_redirects=False,  # the voice goes to nobody else
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EngineError(
                f"The transcription service cannot be reached: {type(error).__name__}.",
                code="engine.unreachable",
                hint="Check the connection, or take an engine on this machine.",
            ) from error
        return _read(answer)


def _read(answer: Any) -> WhisperResult:
    if answer.status_code in {401, 403}:  # the service's own words may hold the key
        raise EngineError(
            "The transcription service does not accept the key.",
            code="engine.refused",
            hint="Check SDC_OPENAI_API_KEY.",
        )
    if answer.status_code != 200:
        raise EngineError(
            f"The transcription service answered {answer.status_code}{_reason(answer)}.",
            code="engine.refused",
            hint="Try again later." if answer.status_code == 429 or answer.status_code >= 500 else None,
        )
    try:
        return read_result(answer.json(), source="the service's answer")
    except (ValueError, TranscriptJsonError) as error:
        raise EngineError(
            "The transcription service answered in a form that is not known.",
            code="engine.answer",
            hint="SDC_OPENAI_URL must name a server that speaks OpenAI's API, and the model must give verbose_json.",
        ) from error


def _reason(answer: Any) -> str:
    try:
        message = answer.json()["error"]["message"]
    except (ValueError, KeyError, TypeError):
        return ""
    return f": {str(message).rstrip('.')}"


def as_wav(samples: NDArray[np.float32], rate: int = 16_000) -> bytes:
    """Return samples as a WAV file, 16 bit."""
    buffer = BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return buffer.getvalue()
