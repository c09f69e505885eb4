"""pyannote.audio 4 (MIT; Bredin 2023), an extra: a trained pipeline that also hears where voices overlap.

Its models lie on the Hugging Face Hub, behind their own licences and mostly behind a login: a pipeline is
given by name (then the Hub's cache or a download has it) or as a local folder. The sound is handed over
as an array and never leaves this machine: pyannote's telemetry is switched off, and a pipeline that would
send it to a service is refused.
"""

from __future__ import annotations

import io
import os
import threading
import warnings
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.errors import EngineError, ModelMissingError, SettingsError
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers.segments import Diarization, SpeakerSegment, label, with_overlaps

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sdc.audio import Recording

CLOUD = ("pyannote.audio.pipelines.pyannoteai.sdk", "pyannoteai.")
"""Modules of pipelines that upload what they are given."""

UNLOADED = (OSError, ValueError, TypeError, KeyError, AttributeError, ImportError, RuntimeError)
"""What loading raises: the Hub's errors are OSErrors and ValueErrors, a damaged pipeline's the others."""

_LOCK = threading.Lock()
_LOADED: dict[str, Any] = {}
"""The last pipeline, by name: loading takes seconds, and a pipeline hears one recording at a time."""


class PyannoteDiarizer:
    """Tells voices apart by a pyannote pipeline; it gives no confidence.

    Parameters
    ----------
    model : str
        Name on the Hugging Face Hub, or a folder with a ``config.yaml``.
    n_speakers : int, optional
        How many voices; default: as heard.
    token : str
        Of the Hub, for a model behind a login; default: the one that ``hf auth login`` left.
    """

    def __init__(self, model: str, n_speakers: int | None = None, *, token: str = "") -> None:
        self._model, self._n, self._token = model, n_speakers, token

    def diarize(self, recording: Recording) -> Diarization:
        """Return which voice is heard when; see ``Diarizer``.

        Raises
        ------
        ModelMissingError
            There is no such pipeline here, and it cannot be fetched.
        SettingsError
            ``settings.cloud``: it would send the recording to a service.
        EngineError
            ``engine.failed``: it gave up.
        """
        with _LOCK:
            pipeline = self._pipeline()
            found = self._run(pipeline, recording)
        return Diarization(_segments(found, recording.duration_s), self._provenance())

    def _pipeline(self) -> Any:
        if self._model not in _LOADED:
            _LOADED.clear()
            _LOADED[self._model] = self._load()
        return _LOADED[self._model]

    def _load(self) -> Any:
        with _quietly():
            torch, Pipeline = _packages()  # noqa: N806
            try:
                pipeline = Pipeline.from_pretrained(self._model, token=self._token or None)
            except UNLOADED as error:  # its words may hold the token, so they are not passed on
                raise self._missing(type(error).__name__) from None
            if pipeline is None:
                raise self._missing("no pipeline")
            if type(pipeline).__module__.startswith(CLOUD):
                raise SettingsError(
                    f"The pipeline {_shown(self._model)} sends the recording to a service outside this machine.",
                    code="settings.cloud",
                    hint="Set SDC_PYANNOTE_MODEL to a pipeline that runs here; or give its result by --speakers-from.",
                )
            if torch.cuda.is_available():
                pipeline.to(torch.device("cuda"))
        return pipeline

    def _run(self, pipeline: Any, recording: Recording) -> Any:
        import torch

        sound = {"waveform": torch.from_numpy(recording.samples)[None], "sample_rate": recording.sample_rate_hz}
        with _quietly():
            try:
                return pipeline(sound, **({"num_speakers": self._n} if self._n else {}))
            except (RuntimeError, ValueError) as error:
                raise EngineError(
                    f"pyannote could not tell the voices apart ({type(error).__name__}).",
                    hint="Try --diarizer sdc; or look whether the machine has memory left.",
                ) from error

    def _missing(self, why: str) -> ModelMissingError:
        return ModelMissingError(
            f"The pipeline {_shown(self._model)} is not here and cannot be fetched ({why}).",
            hint="Accept its conditions on the Hugging Face Hub and set SDC_HUGGINGFACE_TOKEN, or set"
            " SDC_PYANNOTE_MODEL to a folder that holds it.",
        )

    def _provenance(self) -> Provenance:
        from pyannote.audio import __version__

        parameters = {"speakers": str(self._n or "as heard")}
        return Provenance("diarize", "pyannote.audio", __version__, model=_shown(self._model), parameters=parameters)


def _packages() -> tuple[Any, Any]:
    try:
        import torch
        from pyannote.audio import Pipeline
    except (ImportError, OSError) as error:  # OSError: torch and torchaudio that do not fit together
        raise EngineError(
            f"pyannote.audio is installed, but cannot be loaded ({type(error).__name__}).",
            code="engine.load",
            hint="Install torch and torchaudio of one version and build, or use --diarizer sdc.",
        ) from error
    return torch, Pipeline


def _shown(model: str) -> str:
    """Return a model's name; of a folder its last part: where it lies is nobody's business."""
    return Path(model).name if Path(model).exists() else model


@contextmanager
def _quietly() -> Iterator[None]:
    """Switch telemetry off, and keep what pyannote prints out of our own output."""
    os.environ["PYANNOTE_METRICS_ENABLED"] = "false"  # read by pyannote each time that it would tell
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # of decoders for files: it is given arrays
        yield


def _segments(found: Any, duration_s: float) -> tuple[SpeakerSegment, ...]:
    """Return a result in our terms; voices are numbered as they appear."""
    turns = getattr(found, "speaker_diarization", found)  # older pipelines give the turns alone
    end_ms = round(duration_s * 1000)
    heard = [
        (min(end_ms, max(0, round(t.start * 1000))), min(end_ms, round(t.end * 1000)), voice)
        for t, _, voice in turns.itertracks(yield_label=True)
    ]
    heard = sorted(turn for turn in heard if turn[1] > turn[0])
    names = {voice: label(number) for number, voice in enumerate(dict.fromkeys(voice for _, _, voice in heard))}
    return with_overlaps(tuple(SpeakerSegment(names[voice], TimeSpan(a, b)) for a, b, voice in heard))
