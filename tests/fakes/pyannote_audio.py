"""A fake of pyannote.audio 4 and of the little of torch that goes with it: the real call shape, made-up ears.

``Pipeline.from_pretrained(checkpoint, token=…)``, a pipeline that is called with
``{"waveform": tensor of shape [channel, time], "sample_rate": int}`` and ``num_speakers``, a result with
``speaker_diarization.itertracks(yield_label=True)``. It looks at the environment as the real one does
each time that it would tell how it is used.
"""

import os
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.machinery import ModuleSpec
from typing import Any

import numpy as np
import pytest


@dataclass(frozen=True)
class Segment:
    start: float
    end: float


@dataclass(frozen=True)
class Annotation:
    turns: tuple[tuple[float, float, str], ...]

    def itertracks(self, yield_label: bool = False) -> Iterator[tuple[Any, ...]]:
        for number, (start, end, voice) in enumerate(self.turns):
            yield (Segment(start, end), number, voice) if yield_label else (Segment(start, end), number)


@dataclass(frozen=True)
class DiarizeOutput:
    speaker_diarization: Annotation
    exclusive_speaker_diarization: Annotation
    speaker_embeddings: Any = None


@dataclass
class FakePyannote:
    """What the fake is to hear and to do, and what it was asked."""

    turns: tuple[tuple[float, float, str], ...] = ()
    legacy: bool = False
    refuses: Exception | None = None
    breaks: Exception | None = None
    is_cloud: bool = False
    loads: list[tuple[str, str | None]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def tell(self, what: str) -> None:
        if os.environ.get("PYANNOTE_METRICS_ENABLED", "true").lower() in ("true", "1"):
            self.told.append(what)

    def pipeline_class(self) -> type:
        fake = self

        class SpeakerDiarization:
            @classmethod
            def from_pretrained(cls, checkpoint: str, token: str | None = None) -> Any:
                fake.loads.append((checkpoint, token))
                sys.stdout.write("Could not download, says the fake.\n")
                if fake.refuses is not None:
                    raise fake.refuses
                fake.tell("init")
                return cls()

            def to(self, device: Any) -> None:
                raise AssertionError("there is no such device")

            def __call__(self, file: Any, num_speakers: int | None = None) -> Any:
                waveform = file["waveform"]
                assert waveform.shape[0] == 1, "(channel, time) is asked for"
                fake.calls.append({"samples": waveform.shape[1], "rate": file["sample_rate"], "n": num_speakers})
                if fake.breaks is not None:
                    raise fake.breaks
                fake.tell("apply")
                heard = Annotation(fake.turns)
                return heard if fake.legacy else DiarizeOutput(heard, heard)

        module = "pyannote.audio.pipelines." + ("pyannoteai.sdk" if self.is_cloud else "speaker_diarization")
        SpeakerDiarization.__module__ = module
        return SpeakerDiarization


def install_fake(monkeypatch: pytest.MonkeyPatch, fake: FakePyannote) -> None:
    """Put the fake where the real packages would be imported from."""

    def module(name: str, **contents: Any) -> None:
        made = types.ModuleType(name)
        made.__spec__ = ModuleSpec(name, None)
        vars(made).update(contents)
        monkeypatch.setitem(sys.modules, name, made)

    module("pyannote", __path__=[])
    module("pyannote.audio", Pipeline=fake.pipeline_class(), __version__="4.0.fake")
    cuda = types.SimpleNamespace(is_available=lambda: False)
    module("torch", from_numpy=np.asarray, cuda=cuda, device=str)
