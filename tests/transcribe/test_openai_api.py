"""OpenAI's transcription API, from a fake of it on loopback that reads real multipart and real WAV."""

import socket
from dataclasses import replace

import numpy as np
import pytest

from fakes.openai_api import KEY, FakeOpenAI, fake_openai
from sdc.audio import SAMPLE_RATE_HZ, Recording
from sdc.errors import EngineError, SettingsError
from sdc.transcribe import openai_api, to_session
from sdc.transcribe.openai_api import OpenAITranscriber, as_wav
from sdc.transcribe.pieces import pieces

ANSWER = {
    "task": "transcribe",
    "language": "english",
    "duration": 4.0,
    "text": "Look, a dog. A dog!",
    "segments": [
        {
            "id": 0,
            "start": 0.5,
            "end": 2.0,
            "text": " Look, a dog.",
            "avg_logprob": -0.25,
            "no_speech_prob": 0.01,
            "compression_ratio": 0.9,
        },
        {"id": 1, "start": 2.5, "end": 3.5, "text": " A dog!", "avg_logprob": -0.5, "no_speech_prob": 0.02},
    ],
    "words": [
        {"word": "Look", "start": 0.5, "end": 0.9},
        {"word": "a", "start": 1.0, "end": 1.1},
        {"word": "dog", "start": 1.1, "end": 2.0},
        {"word": "A", "start": 2.5, "end": 2.7},
        {"word": "dog", "start": 2.7, "end": 3.5},
    ],
}


def engine(server: FakeOpenAI, language: str = "en", key: str = KEY) -> OpenAITranscriber:
    return OpenAITranscriber(key, "auto", language, url=server.url)


def test_words_with_times_and_figures(speech):
    with fake_openai(ANSWER) as server:
        transcript = engine(server).transcribe(replace(speech, samples=speech.samples[: 4 * SAMPLE_RATE_HZ]))
    assert [s.text for s in transcript.segments] == [" Look, a dog.", " A dog!"]
    words = transcript.segments[0].words
    assert [(w.text.strip(), w.start_s, w.end_s) for w in words] == [
        ("Look,", 0.5, 0.9),
        ("a", 1.0, 1.1),
        ("dog.", 1.1, 2.0),
    ]
    assert transcript.segments[0].avg_logprob == -0.25
    assert transcript.language == "en"
    made_by = transcript.provenance
    assert (made_by.step, made_by.engine, made_by.model) == ("transcribe", "openai", "whisper-1")
    assert KEY not in str(made_by)
    session = to_session(transcript, speech, source="visit.wav")
    assert [u.raw for u in session.utterances] == ["look , a dog .", "a dog !"]
    assert session.utterances[0].tier("xasr").text == "logprob -0.25 nospeech 0.01 compression 0.90"


def test_what_is_asked_for_and_what_goes_out(speech):
    with fake_openai(ANSWER) as server:
        engine(server).transcribe(speech)
    (asked,) = server.asked
    assert asked.fields == {
        "model": ["whisper-1"],
        "response_format": ["verbose_json"],
        "timestamp_granularities[]": ["word", "segment"],
        "temperature": ["0"],
        "language": ["en"],
    }
    assert (asked.filename, asked.media_type, asked.duration_s) == ("recording.wav", "audio/wav", 20.0)
    assert asked.peak == int(float(speech.samples.max()) * 32767)


def test_the_service_tells_the_language(speech):
    with fake_openai(ANSWER) as server:
        assert engine(server, "auto").transcribe(speech).language == "english"
    assert "language" not in server.asked[0].fields


def test_a_long_recording_goes_in_pieces_and_times_go_on(speech, monkeypatch):
    monkeypatch.setattr(openai_api, "PIECE_S", 8.0)
    monkeypatch.setattr(openai_api, "LOOK_BACK_S", 3.0)
    cuts = list(pieces(speech, piece_s=8.0, look_back_s=3.0))
    told: list[float] = []
    with fake_openai(*[ANSWER] * 3) as server:
        transcript = engine(server).transcribe(speech, on_progress=lambda step, fraction: told.append(fraction))
    assert [a.duration_s for a in server.asked] == [(b - a) / SAMPLE_RATE_HZ for a, b in cuts]
    starts = [s.words[0].start_s for s in transcript.segments]
    offsets = [a / SAMPLE_RATE_HZ for a, _ in cuts]
    assert starts == pytest.approx([o + t for o in offsets for t in (0.5, 2.5)])
    assert [s.start_s for s in transcript.segments] == starts
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_nothing_is_sent_of_nothing():
    with fake_openai() as server:
        assert engine(server).transcribe(Recording(np.zeros(0, np.float32), 0.0)).segments == ()
    assert server.n_requests == 0


def test_a_key_that_is_not_accepted_is_not_repeated(speech):
    with fake_openai(ANSWER) as server, pytest.raises(EngineError) as caught:
        engine(server, key="sk-of-somebody").transcribe(speech)
    assert caught.value.code == "engine.refused"
    assert "SDC_OPENAI_API_KEY" in caught.value.hint
    assert "sk-of-somebody" not in str(caught.value)


@pytest.mark.parametrize(("status", "hint"), [(429, "Try again later."), (503, "Try again later."), (400, None)])
def test_the_service_refuses(speech, status, hint):
    with fake_openai(status=status) as server, pytest.raises(EngineError) as caught:
        engine(server).transcribe(speech)
    assert (caught.value.code, caught.value.hint) == ("engine.refused", hint)
    assert caught.value.message == f"The transcription service answered {status}: The server is overloaded."


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (200, b"<html>hello</html>", "engine.answer"),
        (200, b'{"hello": 1}', "engine.answer"),
        (200, b'"hello"', "engine.answer"),
        (502, b"<html>bad gateway</html>", "engine.refused"),
        (500, b'["no"]', "engine.refused"),
    ],
)
def test_an_answer_in_another_form(speech, status, body, code):
    with fake_openai(status=status, body=body) as server, pytest.raises(EngineError) as caught:
        engine(server).transcribe(speech)
    assert caught.value.code == code


def test_the_voice_follows_no_redirect(speech):
    with fake_openai(ANSWER) as elsewhere, fake_openai(to=f"{elsewhere.url}/audio/transcriptions") as server:
        with pytest.raises(EngineError) as caught:
            engine(server).transcribe(speech)
        assert elsewhere.n_requests == 0
    assert caught.value.code == "engine.refused"


def test_nobody_answers(speech):
    with fake_openai() as server:
        pass
    with pytest.raises(EngineError) as caught:
        engine(server).transcribe(speech)
    assert caught.value.code == "engine.unreachable"


@pytest.mark.parametrize("url", ["http://api.example.org/v1", "ftp://127.0.0.1/v1", "api.example.org", ""])
def test_nothing_goes_out_unencrypted(url, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    with pytest.raises(SettingsError) as caught:
        OpenAITranscriber(KEY, "auto", "en", url=url)
    assert caught.value.code == "settings.cloud"


def test_samples_over_full_scale_do_not_wrap_around():
    data = as_wav(np.array([2.0, -2.0, 0.5], np.float32))
    assert np.frombuffer(data[-6:], "<i2").tolist() == [32767, -32767, 16383]
