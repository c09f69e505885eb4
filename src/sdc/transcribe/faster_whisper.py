"""faster-whisper: OpenAI's Whisper, used as it is, on CTranslate2 (MIT).

The options keep a child's speech as it was said: no text carries over from one window to the
next (that makes repetitions out of nothing and hides real ones), nothing is suppressed for
being repeated, and what is heard in silence is dropped by time, not by wording.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.errors import EngineError, SettingsError
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.session import Provenance
from sdc.transcribe.models import AUTO, device_of, fetch_model, find_model, model_for, model_revision
from sdc.transcribe.transcript import Progress, Transcript

if TYPE_CHECKING:
    from sdc.audio import Recording

OPTIONS: dict[str, Any] = {
    "word_timestamps": True,
    "condition_on_previous_text": False,
    "vad_filter": True,
    "hallucination_silence_threshold": 2.0,
    "temperature": (0.0, 0.2, 0.4),
    "beam_size": 5,
}
"""What ``WhisperModel.transcribe`` is asked for."""


class FasterWhisperTranscriber:
    """Whisper through faster-whisper; the model is loaded when a recording first needs it.

    Parameters
    ----------
    model : str
        Name (``small``), repository on the Hugging Face Hub, folder, or ``auto``: what suits the device.
    device : str
        ``cpu``, ``cuda``, or ``auto``: cuda where there is one.
    language : str
        ISO 639-1, or ``auto`` to let Whisper tell.
    """

    is_remote = False

    def __init__(self, model: str = AUTO, device: str = AUTO, language: str = "en") -> None:
        self._name, self._device, self._language = model, device, language
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Provenance] | None = None

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Transcribe a recording; see ``Transcriber``.

        Raises
        ------
        ModelMissingError
            The model is not on this machine and cannot be fetched.
        EngineError
            ``engine.load``: it cannot be loaded here.
        SettingsError
            ``settings.language``: Whisper does not know the language.
        """
        tell = on_progress or (lambda step, fraction: None)
        model, provenance = self._model(tell)
        language = self._known_language(model)
        if not recording.samples.size:
            return Transcript((), language, provenance)
        tell("transcribing", 0.0)
        found, info = model.transcribe(recording.samples, language=language, **OPTIONS)
        segments = tuple(_segments(found, recording.duration_s, tell))
        return Transcript(segments, info.language, provenance)

    def _known_language(self, model: Any) -> str | None:
        if self._language == AUTO:
            return None
        if self._language not in model.supported_languages:
            raise SettingsError(
                f"Whisper does not know the language {self._language}.",
                code="settings.language",
                hint="Set SDC_LANGUAGE to a code such as en, es or fr, or to auto.",
            )
        return self._language

    def _model(self, tell: Progress) -> tuple[Any, Provenance]:
        with self._lock:  # several workers share one model
            if self._loaded is None:
                self._loaded = self._load(tell)
            return self._loaded

    def _load(self, tell: Progress) -> tuple[Any, Provenance]:
        device = device_of(self._device)
        compute_type = "float16" if device == "cuda" else "int8"
        name = model_for(self._name, device)
        if find_model(name) is None:
            tell(f"fetching the model {name}", 0.0)
        folder = fetch_model(name)
        tell("loading the model", 0.0)
        from faster_whisper import WhisperModel

        try:
            model = WhisperModel(str(folder), device=device, compute_type=compute_type, local_files_only=True)
        except (RuntimeError, ValueError) as error:  # CTranslate2 tells no kinds apart
            raise EngineError(
                f"The Whisper model {name} cannot be loaded on {device}: {error}.",
                code="engine.load",
                hint="Try SDC_WHISPER_DEVICE=cpu, or another model with SDC_WHISPER_MODEL.",
            ) from error
        name = folder.name if Path(name).is_dir() else name  # where it lies is nobody's business
        parameters = {"device": device, "compute_type": compute_type, "language": self._language}
        parameters |= {option: _shown(value) for option, value in OPTIONS.items()}
        return model, Provenance(
            "transcribe", "faster-whisper", version("faster-whisper"), name, model_revision(folder), parameters
        )


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _segments(found: Iterable[Any], duration_s: float, tell: Progress) -> Iterable[RecognisedSegment]:
    for segment in found:  # the work is done here: faster-whisper decodes as it is read
        yield _segment(segment, duration_s)
        tell("transcribing", min(1.0, float(segment.end) / duration_s))


def _segment(segment: Any, duration_s: float) -> RecognisedSegment:
    """Return a segment of faster-whisper's as plain numbers (its are NumPy's), with no time behind the end."""

    def seconds(value: Any) -> float:
        return min(float(value), duration_s)

    words = tuple(
        RecognisedWord(w.word, seconds(w.start), seconds(w.end), float(w.probability)) for w in segment.words or ()
    )
    return RecognisedSegment(
        segment.text,
        seconds(segment.start),
        seconds(segment.end),
        words,
        avg_logprob=float(segment.avg_logprob),
        no_speech_prob=float(segment.no_speech_prob),
        compression_ratio=float(segment.compression_ratio),
    )
