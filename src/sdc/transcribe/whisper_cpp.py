"""whisper.cpp: Whisper in C++ (MIT), by the package pywhispercpp (MIT), an extra.

It tells the times of words by a rule of thumb from its time stamps and the probabilities of its
tokens, so they are rougher than faster-whisper's; a probability of no speech it does not tell.
It has no voice activity filter of its own here: the gate drops what it writes into silence.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.errors import EngineError, SettingsError
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.session import Provenance
from sdc.transcribe.ggml import fetch_ggml, find_ggml
from sdc.transcribe.ggml_file import is_whole
from sdc.transcribe.models import AUTO, SUITED, sha256_of
from sdc.transcribe.pieces import moved, pieces
from sdc.transcribe.transcript import Progress, Transcript

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sdc.audio import Recording

OPTIONS: dict[str, Any] = {
    "token_timestamps": True,
    "no_context": True,
    "temperature": 0.0,
    "temperature_inc": 0.2,
}
"""What whisper.cpp is asked for: nothing carries over from one window to the next."""

PIECE_S, LOOK_BACK_S = 60.0, 15.0
"""It is given a minute at a time, so that the work can be told and stopped."""

LOG_ERROR = 4


class WhisperCppTranscriber:
    """Whisper through whisper.cpp; the model is loaded when a recording first needs it.

    Parameters
    ----------
    model : str
        Name (``small``), file in ggml format, or ``auto``: small.
    language : str
        ISO 639-1, or ``auto`` to let Whisper tell.
    threads : int, optional
        Of the processor; default: whisper.cpp's own choice. More threads than free cores are slow.
    """

    is_remote = False

    def __init__(self, model: str = AUTO, language: str = "en", *, threads: int | None = None) -> None:
        self._name, self._language = SUITED["cpu"] if model == AUTO else model, language
        self._chosen: dict[str, Any] = {} if threads is None else {"n_threads": threads}
        self._lock = threading.Lock()
        self._loaded: tuple[Any, Provenance] | None = None

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Transcribe a recording; see ``Transcriber``.

        Raises
        ------
        ModelMissingError
            The model is not on this machine and cannot be fetched.
        EngineError
            ``engine.load``: it cannot be loaded here; ``engine.failed``: it gave up.
        SettingsError
            ``settings.language``: Whisper does not know the language.
        """
        tell = on_progress or (lambda step, fraction: None)
        self._check_language()
        with self._lock:  # a model hears one recording at a time
            if self._loaded is None:
                self._loaded = self._load(tell)
            model, provenance = self._loaded
            tell("transcribing", 0.0)
            segments: list[RecognisedSegment] = []
            language = None if self._language == AUTO else self._language
            for start, end in pieces(recording, piece_s=PIECE_S, look_back_s=LOOK_BACK_S):
                segments += (
                    moved(s, start / recording.sample_rate_hz) for s in _heard(model, recording.samples[start:end])
                )
                language = language or _language_of(model)
                tell("transcribing", end / recording.samples.size)
        return Transcript(tuple(segments), language, provenance)

    def _check_language(self) -> None:
        from pywhispercpp.model import Model

        if self._language != AUTO and self._language not in Model.available_languages():
            raise SettingsError(
                f"Whisper does not know the language {self._language}.",
                code="settings.language",
                hint="Set SDC_LANGUAGE to a code such as en, es or fr, or to auto.",
            )

    def _load(self, tell: Progress) -> tuple[Any, Provenance]:
        if find_ggml(self._name) is None:
            tell(f"fetching the model {self._name}", 0.0)
        path = fetch_ggml(self._name)
        tell("loading the model", 0.0)
        name = path.name if Path(self._name).is_file() else self._name  # where it lies is nobody's business
        parameters = {"language": self._language, **{option: str(value) for option, value in OPTIONS.items()}}
        made_by = Provenance(
            "transcribe", "whisper.cpp", f"pywhispercpp {version('pywhispercpp')}", name, sha256_of(path), parameters
        )
        language = "" if self._language == AUTO else self._language  # an empty one lets it tell
        return _open(path, {**OPTIONS, **self._chosen, "language": language}), made_by


def _open(path: Path, options: dict[str, Any]) -> Any:
    """Load a model. whisper.cpp tells failure in its log alone; what it gives back then crashes at the first use."""
    from pywhispercpp.model import Model

    if not is_whole(path):
        raise _no_model(path, "it is no whole file in ggml format")
    with _log() as told:
        model = Model(str(path), print_progress=False, print_realtime=False, **options)
    errors = [text for level, text in told if level >= LOG_ERROR]
    if errors:
        raise _no_model(path, errors[0].rpartition(": ")[2].strip())
    return model


@contextmanager
def _log() -> Iterator[list[tuple[int, str]]]:
    """Collect (level, text) of what whisper.cpp says; else it writes on stderr."""
    import _pywhispercpp as cpp

    told: list[tuple[int, str]] = []
    cpp.whisper_log_set(lambda level, text, *_: told.append((int(level), text)))
    try:
        yield told
    finally:
        cpp.whisper_log_set(None)  # it must not call back when Python ends


def _no_model(path: Path, why: str) -> EngineError:
    return EngineError(
        f"The model {path.name} cannot be loaded by whisper.cpp: {why}.",
        code="engine.load",
        hint="`sdc models fetch small --engine whisper.cpp` fetches one that can.",
    )


def _heard(model: Any, samples: NDArray[np.float32]) -> Iterator[RecognisedSegment]:
    import _pywhispercpp as cpp

    if cpp.whisper_full(model._ctx, model._params, samples, samples.size):
        raise EngineError("whisper.cpp could not transcribe the recording.")
    end_s = samples.size / cpp.WHISPER_SAMPLE_RATE
    for index in range(cpp.whisper_full_n_segments(model._ctx)):
        yield _segment(cpp, model._ctx, index, end_s)


def _language_of(model: Any) -> str | None:
    import _pywhispercpp as cpp

    return cpp.whisper_lang_str(cpp.whisper_full_lang_id(model._ctx)) or None


def _segment(cpp: Any, context: Any, index: int, duration_s: float) -> RecognisedSegment:
    """Return a segment in our terms; whisper.cpp counts in hundredths of a second."""
    times = (cpp.whisper_full_get_segment_t0(context, index), cpp.whisper_full_get_segment_t1(context, index))
    start, end = (min(time / 100, duration_s) for time in times)
    n_tokens = cpp.whisper_full_n_tokens(context, index)
    tokens = [cpp.whisper_full_get_token_data(context, index, number) for number in range(n_tokens)]
    spoken = [token for token in tokens if token.id < cpp.whisper_token_eot(context)]
    words = _words([(cpp.whisper_token_to_bytes(context, token.id), token) for token in spoken], duration_s)
    mean = sum(token.plog for token in spoken) / len(spoken) if spoken else None
    return RecognisedSegment("".join(w.text for w in words), start, end, words, avg_logprob=mean)


def _words(tokens: list[tuple[bytes, Any]], duration_s: float) -> tuple[RecognisedWord, ...]:
    """Join tokens to words: one that begins with a space begins a word. A letter may be spread over tokens."""
    groups: list[list[tuple[bytes, Any]]] = []
    for text, token in tokens:
        if not groups or text.startswith(b" "):
            groups.append([])
        groups[-1].append((text, token))
    return tuple(
        RecognisedWord(
            b"".join(text for text, _ in group).decode("utf-8", "replace"),
            min(group[0][1].t0 / 100, duration_s),
            min(group[-1][1].t1 / 100, duration_s),
            min(1.0, *(token.p for _, token in group)),
        )
        for group in groups
    )
