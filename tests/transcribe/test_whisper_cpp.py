"""whisper.cpp's real code on a model with made-up weights (scripts/make_tiny_ggml.py)."""

import hashlib
import math
import runpy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sdc.audio import SAMPLE_RATE_HZ, Recording
from sdc.errors import EngineError, ModelMissingError, SettingsError
from sdc.transcribe import to_session, whisper_cpp
from sdc.transcribe.engines import EngineOptions, make_transcriber
from sdc.transcribe.ggml_file import is_whole
from sdc.transcribe.whisper_cpp import OPTIONS, WhisperCppTranscriber, _words

SAID = [" The little dog found um a red ball.", " Can you throw it to me?"]


@pytest.fixture(scope="module")
def tiny_ggml(tmp_path_factory) -> Path:
    script = Path(__file__).parents[2] / "scripts" / "make_tiny_ggml.py"
    return runpy.run_path(str(script))["make_tiny_ggml"](tmp_path_factory.mktemp("ggml") / "ggml-tiny.bin")


@pytest.fixture(scope="module")
def engine(tiny_ggml):
    return WhisperCppTranscriber(str(tiny_ggml), "en", threads=1)


def test_words_come_with_times_and_probabilities(engine, speech):
    transcript = engine.transcribe(speech)
    assert [s.text for s in transcript.segments] == SAID
    for segment in transcript.segments:
        assert "".join(w.text for w in segment.words) == segment.text
        times = [t for w in segment.words for t in (w.start_s, w.end_s)]
        assert times == sorted(times)
        assert all(segment.start_s <= t <= segment.end_s for t in times)
        assert all(0.9 < w.probability <= 1 for w in segment.words)
        assert -0.1 < segment.avg_logprob <= 0
        assert segment.no_speech_prob is None  # it does not tell
    assert (transcript.segments[0].start_s, transcript.segments[0].end_s) == (0.0, 2.6)
    assert transcript.language == "en"


def test_provenance_tells_model_revision_and_options(engine, speech, tiny_ggml):
    made_by = engine.transcribe(speech).provenance
    assert (made_by.step, made_by.engine, made_by.model) == ("transcribe", "whisper.cpp", "ggml-tiny.bin")
    assert made_by.revision == hashlib.sha256(tiny_ggml.read_bytes()).hexdigest()
    assert set(OPTIONS) <= set(made_by.parameters)


def test_the_same_recording_gives_the_same_transcript(engine, speech):
    assert engine.transcribe(speech) == engine.transcribe(speech)


def test_whisper_tells_the_language(tiny_ggml, speech):
    assert WhisperCppTranscriber(str(tiny_ggml), "auto", threads=1).transcribe(speech).language == "en"


def test_a_long_recording_goes_in_pieces_and_may_be_stopped(engine, speech, monkeypatch):
    monkeypatch.setattr(whisper_cpp, "PIECE_S", 8.0)
    monkeypatch.setattr(whisper_cpp, "LOOK_BACK_S", 3.0)
    told: list[float] = []
    segments = engine.transcribe(speech, on_progress=lambda step, fraction: told.append(fraction)).segments
    assert [s.text for s in segments] == SAID * 3
    starts = [s.start_s for s in segments]
    assert starts == sorted(starts)
    assert starts[2] > 5
    assert told == sorted(told)
    assert told[-1] == 1.0

    class StopError(Exception):
        pass

    def stop(step: str, fraction: float) -> None:
        if fraction > 0:
            raise StopError

    with pytest.raises(StopError):
        engine.transcribe(speech, on_progress=stop)
    assert len(engine.transcribe(speech).segments) == 6  # and it can be used again


def test_behind_the_gate_silence_is_no_words(tiny_ggml, silence, speech):
    gated = make_transcriber("whisper.cpp", EngineOptions(model=str(tiny_ggml)))
    assert isinstance(gated.engine, WhisperCppTranscriber)
    gated.engine = WhisperCppTranscriber(str(tiny_ggml), "en", threads=1)
    heard = gated.transcribe(silence)
    assert heard.segments == ()
    assert heard.notices[0].code == "transcribe.unheard"
    session = to_session(gated.transcribe(speech), speech, source="visit.wav")
    assert [u.raw for u in session.utterances] == ["the little dog found &-um a red ball .", "can you throw it to me ?"]


def test_no_time_lies_behind_the_end(engine, speech):
    short = replace(speech, samples=speech.samples[: 4 * SAMPLE_RATE_HZ], duration_s=4.0)
    segments = engine.transcribe(short).segments
    assert max(w.end_s for s in segments for w in s.words) <= 4.0
    assert max(s.end_s for s in segments) <= 4.0


def test_no_samples_are_no_words(engine):
    assert engine.transcribe(Recording(np.zeros(0, np.float32), 0.0)).segments == ()


def test_a_letter_may_be_spread_over_tokens():
    class Token:
        def __init__(self, start: int, p: float) -> None:
            self.t0, self.t1, self.p = start, start + 10, p

    tokens = [
        (b" Ni\xc3", Token(0, 0.9)),
        (b"\xb1o", Token(10, 0.5)),
        (b"!", Token(20, 0.8)),
        (b" s\xed", Token(30, 1.1)),
    ]
    first, second = _words(tokens, 10.0)
    assert (first.text, first.start_s, first.end_s, first.probability) == (" Niño!", 0.0, 0.3, 0.5)
    assert second.probability == 1.0
    assert math.isclose(second.start_s, 0.3)


def test_a_language_that_whisper_does_not_know(tiny_ggml, speech):
    with pytest.raises(SettingsError, match="tlh"):
        WhisperCppTranscriber(str(tiny_ggml), "tlh").transcribe(speech)


@pytest.mark.parametrize("size", [0, 3, 2000, 60_000, 3_000_000, -1000])
def test_a_damaged_model_is_told(tiny_ggml, speech, tmp_path, size):
    damaged = tmp_path / "ggml-damaged.bin"
    damaged.write_bytes(tiny_ggml.read_bytes()[:size])
    with pytest.raises(EngineError) as caught:
        WhisperCppTranscriber(str(damaged), "en").transcribe(speech)
    assert caught.value.code == "engine.load"


def test_a_file_is_whole_or_not(tiny_ggml, tmp_path):
    data, other = tiny_ggml.read_bytes(), tmp_path / "other.bin"
    assert is_whole(tiny_ggml)
    for cut in range(1, len(data), 187_501):
        other.write_bytes(data[:cut])
        assert not is_whole(other), cut
    other.write_bytes(data + b"0")
    assert not is_whole(other)


def test_a_model_that_lacks_weights(tiny_ggml, speech, tmp_path):
    """Cut between two tensors: whole by its form, and whisper.cpp counts."""
    data, cut = tiny_ggml.read_bytes(), tmp_path / "ggml-cut.bin"
    name = b"decoder.blocks.0.mlp.2.bias"
    cut.write_bytes(data[: data.index(name) - 16])  # before its head: three numbers and one length
    assert is_whole(cut)
    with pytest.raises(EngineError) as caught:
        WhisperCppTranscriber(str(cut), "en").transcribe(speech)
    assert caught.value.code == "engine.load"


def test_a_file_of_another_kind(speech, tmp_path):
    other = tmp_path / "model.bin"
    other.write_text("no model\n" * 100)
    with pytest.raises(EngineError) as caught:
        WhisperCppTranscriber(str(other), "en").transcribe(speech)
    assert caught.value.code == "engine.load"


def test_a_name_that_there_is_not(speech):
    with pytest.raises(ModelMissingError) as caught:
        WhisperCppTranscriber("enormous", "en").transcribe(speech)
    assert caught.value.code == "engine.model-unknown"
