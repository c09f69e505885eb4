"""faster-whisper's real code on a model with made-up weights (scripts/make_tiny_whisper.py)."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from sdc.audio import Recording
from sdc.errors import EngineError, ModelMissingError, SettingsError
from sdc.transcribe import FasterWhisperTranscriber
from sdc.transcribe.faster_whisper import OPTIONS

SAID = ["The little dog found um a red ball.", "Can you throw it to me?"]


@pytest.fixture(scope="module")
def engine(tiny_whisper):
    return FasterWhisperTranscriber(str(tiny_whisper), "cpu", "en")


def test_words_come_with_times_and_probabilities(engine, speech):
    transcript = engine.transcribe(speech)
    assert [s.text.strip() for s in transcript.segments] == SAID
    for segment in transcript.segments:
        assert "".join(w.text for w in segment.words) == segment.text
        times = [t for w in segment.words for t in (w.start_s, w.end_s)]
        assert times == sorted(times)
        assert all(0 <= t <= speech.duration_s for t in times)
        assert all(0 < w.probability <= 1 for w in segment.words)
        assert segment.avg_logprob < 0
        assert 0 <= segment.no_speech_prob <= 1
        assert segment.compression_ratio > 0
        assert {type(t) for t in (*times, segment.start_s, segment.avg_logprob, segment.words[0].probability)} == {
            float
        }
    assert transcript.language == "en"


def test_provenance_tells_model_revision_and_options(engine, speech, tiny_whisper):
    import hashlib

    made_by = engine.transcribe(speech).provenance
    assert (made_by.step, made_by.engine, made_by.model) == ("transcribe", "faster-whisper", "tiny-whisper")
    assert made_by.revision == hashlib.sha256((tiny_whisper / "model.bin").read_bytes()).hexdigest()
    assert made_by.parameters["device"] == "cpu"
    assert made_by.parameters["compute_type"] == "int8"
    assert set(OPTIONS) <= set(made_by.parameters)


def test_the_same_recording_gives_the_same_transcript(engine, speech):
    assert engine.transcribe(speech) == engine.transcribe(speech)


def test_options_reach_whisper(engine, speech):
    """Nothing carries over, words have times, silence is skipped."""
    model, _ = engine._model(lambda step, fraction: None)
    _, info = model.transcribe(speech.samples, language="en", **OPTIONS)
    options = info.transcription_options
    assert options.condition_on_previous_text is False
    assert options.word_timestamps is True
    assert options.hallucination_silence_threshold == 2.0
    assert list(options.temperatures) == [0.0, 0.2, 0.4]
    assert info.vad_options is not None


def test_silence_is_no_words(engine, silence):
    assert engine.transcribe(silence).segments == ()


def test_no_samples_are_no_words(engine):
    assert engine.transcribe(Recording(np.zeros(0, np.float32), 0.0)).segments == ()


def test_no_time_lies_behind_the_end(engine, speech):
    short = replace(speech, samples=speech.samples[: 4 * 16_000], duration_s=4.0)
    segments = engine.transcribe(short).segments
    assert segments
    assert max(w.end_s for s in segments for w in s.words) <= 4.0
    assert max(s.end_s for s in segments) <= 4.0


def test_progress_grows_and_may_stop_the_work(tiny_whisper, speech):
    engine = FasterWhisperTranscriber(str(tiny_whisper), "cpu", "en")
    told: list[tuple[str, float]] = []
    engine.transcribe(speech, on_progress=lambda *what: told.append(what))
    assert told[0] == ("loading the model", 0.0)
    fractions = [fraction for step, fraction in told if step == "transcribing"]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0.0
    assert 0.2 < fractions[-1] <= 1.0
    assert {type(fraction) for fraction in fractions} == {float}  # none of NumPy's: the store refuses them

    class StopError(Exception):
        pass

    def stop(step: str, fraction: float) -> None:
        if fraction > 0:
            raise StopError

    with pytest.raises(StopError):
        engine.transcribe(speech, on_progress=stop)
    assert len(engine.transcribe(speech).segments) == 2  # and it can be used again


def test_the_model_is_loaded_once(tiny_whisper, speech, silence):
    engine = FasterWhisperTranscriber(str(tiny_whisper), "cpu", "en")
    told: list[str] = []
    for recording in (silence, speech):
        engine.transcribe(recording, on_progress=lambda step, fraction: told.append(step))
    assert told.count("loading the model") == 1


def test_whisper_tells_the_language(tiny_whisper, speech, silence):
    engine = FasterWhisperTranscriber(str(tiny_whisper), "cpu", "auto")
    assert engine.transcribe(speech).language == "en"
    assert engine.transcribe(silence).segments == ()  # nothing to tell it by


def test_a_language_that_whisper_does_not_know(tiny_whisper, speech):
    with pytest.raises(SettingsError, match="tlh") as caught:
        FasterWhisperTranscriber(str(tiny_whisper), "cpu", "tlh").transcribe(speech)
    assert "SDC_LANGUAGE" in caught.value.hint


def test_a_damaged_model_is_told(tiny_whisper, speech, tmp_path):
    folder = shutil.copytree(tiny_whisper, tmp_path / "damaged")
    (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:2000])
    with pytest.raises(EngineError) as caught:
        FasterWhisperTranscriber(str(folder), "cpu", "en").transcribe(speech)
    assert caught.value.code == "engine.load"


def test_a_device_that_is_not_there_is_told(tiny_whisper, speech):
    import ctranslate2

    if ctranslate2.get_cuda_device_count():
        pytest.skip("this machine has a GPU")
    with pytest.raises(EngineError) as caught:
        FasterWhisperTranscriber(str(tiny_whisper), "cuda", "en").transcribe(speech)
    assert caught.value.code == "engine.load"
    assert "SDC_WHISPER_DEVICE" in caught.value.hint


def test_auto_takes_what_is_there(tiny_whisper, speech):
    import ctranslate2

    made_by = FasterWhisperTranscriber(str(tiny_whisper), "auto", "en").transcribe(speech).provenance
    assert made_by.parameters["device"] == ("cuda" if ctranslate2.get_cuda_device_count() else "cpu")


def test_a_folder_without_a_model(tmp_path, speech):
    with pytest.raises(ModelMissingError) as caught:
        FasterWhisperTranscriber(str(tmp_path), "cpu", "en").transcribe(speech)
    assert caught.value.code == "engine.model-incomplete"
    assert "tokenizer.json" in caught.value.message
