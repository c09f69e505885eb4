import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.errors import TranscriptJsonError
from sdc.formats.whisper_json import read_whisper_json
from sdc.session import Session, TimeSpan, TokenKind


def read(loaded: Any) -> Session:
    return read_whisper_json(json.dumps(loaded), source="made.json")


def words(session: Session) -> list[tuple[str, TimeSpan | None]]:
    kinds = (TokenKind.WORD, TokenKind.FILLER)
    return [(t.raw, t.span) for u in session.utterances for t in u.tokens if t.kind in kinds]


def codes(session: Session) -> list[str]:
    return [n.code for n in session.warnings]


FIGURES = {"id": 0, "seek": 0, "tokens": [1, 2], "temperature": 0.0, "avg_logprob": -0.3, "no_speech_prob": 0.01}
TIMED = [("the", TimeSpan(500, 800)), ("dog", TimeSpan(800, 1200))]

OPENAI_WHISPER = {
    "text": " The dog.",
    "language": "en",
    "segments": [
        {
            **FIGURES,
            "start": 0.5,
            "end": 1.4,
            "text": " The dog.",
            "compression_ratio": 0.8,
            "words": [
                {"word": " The", "start": 0.5, "end": 0.8, "probability": 0.9},
                {"word": " dog.", "start": 0.8, "end": 1.2, "probability": 0.7},
            ],
        }
    ],
}
OPENAI_API = {
    "task": "transcribe",
    "language": "english",
    "duration": 2.0,
    "text": "The dog.",
    "segments": [{**FIGURES, "start": 0.5, "end": 1.4, "text": " The dog."}],
    "words": [{"word": "The", "start": 0.5, "end": 0.8}, {"word": "dog", "start": 0.8, "end": 1.2}],
}
OPENAI_API_WORDS = {key: value for key, value in OPENAI_API.items() if key != "segments"}
FASTER_WHISPER = [
    {
        **FIGURES,
        "start": 0.5,
        "end": 1.4,
        "text": " The dog.",
        "words": [
            {"start": 0.5, "end": 0.8, "word": " The", "probability": 0.9},
            {"start": 0.8, "end": 1.2, "word": " dog.", "probability": 0.7},
        ],
    }
]
WHISPERX = {
    "language": "en",
    "segments": [
        {
            "start": 0.5,
            "end": 1.4,
            "text": " The dog.",
            "speaker": "SPEAKER_01",
            "words": [
                {"word": "The", "start": 0.5, "end": 0.8, "score": 0.9, "speaker": "SPEAKER_01"},
                {"word": "dog.", "start": 0.8, "end": 1.2, "score": 0.7, "speaker": "SPEAKER_01"},
            ],
        }
    ],
    "word_segments": [],
}
WHISPER_CPP = {
    "systeminfo": "",
    "model": {"type": "base", "multilingual": True},
    "params": {"language": "en"},
    "result": {"language": "en"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,500", "to": "00:00:01,400"},
            "offsets": {"from": 500, "to": 1400},
            "text": " The dog.",
            "tokens": [
                {"text": "[_BEG_]", "offsets": {"from": 500, "to": 500}, "id": 50364, "p": 0.9},
                {"text": " The", "offsets": {"from": 500, "to": 800}, "id": 1, "p": 0.9},
                {"text": " d", "offsets": {"from": 800, "to": 900}, "id": 2, "p": 0.8},
                {"text": "og", "offsets": {"from": 900, "to": 1200}, "id": 3, "p": 0.7},
                {"text": ".", "offsets": {"from": 1200, "to": 1200}, "id": 4, "p": 0.95},
                {"text": "[_TT_70]", "offsets": {"from": 1400, "to": 1400}, "id": 50434, "p": 0.1},
            ],
        }
    ],
}
HUGGINGFACE = {"text": " The dog.", "chunks": [{"text": " The dog.", "timestamp": [0.5, 1.4]}]}
HUGGINGFACE_WORDS = {
    "text": " The dog.",
    "chunks": [{"text": " The", "timestamp": [0.5, 0.8]}, {"text": " dog.", "timestamp": [0.8, 1.2]}],
}
TALKBANK = {
    "request_id": "1",
    "outcome": {"kind": "success"},
    "result": {
        "kind": "whisper_chunk_result",
        "lang": "eng",
        "text": "the dog",
        "chunks": [{"text": "the", "start_s": 0.5, "end_s": 0.8}, {"text": "dog", "start_s": 0.8, "end_s": 1.2}],
    },
}


@pytest.mark.parametrize(
    ("loaded", "shape"),
    [
        (OPENAI_WHISPER, "openai-whisper"),
        (OPENAI_API, "openai-api"),
        (OPENAI_API_WORDS, "openai-api"),
        (FASTER_WHISPER, "faster-whisper"),
        ({"segments": FASTER_WHISPER}, "faster-whisper"),
        (WHISPERX, "whisperx"),
        (WHISPER_CPP, "whisper.cpp"),
        (HUGGINGFACE_WORDS, "huggingface"),
        (TALKBANK, "talkbank"),
    ],
)
def test_word_times_in_every_shape(loaded: Any, shape: str) -> None:
    session = read(loaded)
    assert [u.raw for u in session.utterances] == ["the dog ."]
    assert words(session) == TIMED
    assert session.provenance[0].engine == shape
    assert set(codes(session)) <= {"json.no-speakers"}
    if "language" in json.dumps(loaded) or "lang" in json.dumps(loaded):
        assert session.languages == ("eng",)


@pytest.mark.parametrize("loaded", [OPENAI_WHISPER, FASTER_WHISPER, WHISPERX, WHISPER_CPP])
def test_probability(loaded: Any) -> None:
    assert [t.probability for t in read(loaded).utterances[0].tokens] == [0.9, 0.7, None]


def test_segments_without_words() -> None:
    loaded = {k: v for k, v in OPENAI_API.items() if k != "words"}
    session = read(loaded)
    assert [(u.raw, u.span) for u in session.utterances] == [("the dog .", TimeSpan(500, 1400))]
    assert read(HUGGINGFACE).utterances[0].span == TimeSpan(500, 1400)
    cpp = json.loads(json.dumps(WHISPER_CPP))
    del cpp["transcription"][0]["tokens"]
    assert read(cpp).utterances[0].span == TimeSpan(500, 1400)
    assert read(cpp).provenance[0].model == "base"


def test_nobody_is_told_apart() -> None:
    session = read(OPENAI_WHISPER)
    assert [(p.code, p.role, p.language) for p in session.participants] == [("UNK", "Unidentified", "eng")]
    assert codes(session) == ["json.no-speakers"]


def test_whisperx_with_words_that_lack_times_and_speakers() -> None:
    loaded = {
        "segments": [
            {
                "start": 0.0,
                "end": 3.0,
                "text": "5 dogs. No cat",
                "words": [
                    {"word": "5"},
                    {"word": "dogs.", "start": 0.4, "end": 1.0, "score": 0.5, "speaker": "SPEAKER_00"},
                    {"word": "No", "start": 1.5, "end": 2.0, "score": 0.5, "speaker": "SPEAKER_01"},
                    {"word": "cat", "speaker": "SPEAKER_01"},
                ],
            },
            {"start": 3.0, "end": 4.0, "text": "Yes.", "words": [], "speaker": "Ann"},
        ]
    }
    session = read(loaded)
    assert [(u.speaker, u.raw, u.span) for u in session.utterances] == [
        ("SP00", "5 dogs .", TimeSpan(0, 1000)),
        ("SP01", "no cat .", TimeSpan(1500, 3000)),
        ("ANN", "yes .", TimeSpan(3000, 4000)),
    ]
    assert [(p.code, p.name, p.role) for p in session.participants] == [
        ("SP00", "SPEAKER_00", "Unidentified"),
        ("SP01", "SPEAKER_01", "Unidentified"),
        ("ANN", "Ann", "Unidentified"),
    ]
    assert codes(session) == ["json.missing-times"]


def test_speaker_labels_that_look_alike_stay_apart() -> None:
    loaded = {
        "segments": [
            {"text": "No.", "start": i, "end": i + 1, "speaker": s} for i, s in enumerate(["A", "a", "é", "UNK"])
        ]
    }
    assert len({u.speaker for u in read(loaded).utterances}) == 4


def test_words_of_the_whole_recording_find_their_segments() -> None:
    loaded = {
        "text": "It's twenty-one. No, no!",
        "segments": [
            {"text": " It's twenty-one.", "start": 0, "end": 2},
            {"text": " No, no!", "start": 2, "end": 4},
        ],
        "words": [
            {"word": "It's", "start": 0, "end": 0.5},
            {"word": "twenty", "start": 0.5, "end": 1},
            {"word": "one", "start": 1, "end": 1.5},
            {"word": "No", "start": 2, "end": 2.5},
            {"word": "no", "start": 3, "end": 3.5},
        ],
    }
    session = read(loaded)
    assert [u.raw for u in session.utterances] == ["it's twenty-one .", "no , no !"]
    assert words(session) == [
        ("it's", TimeSpan(0, 500)),
        ("twenty-one", TimeSpan(500, 1500)),
        ("no", TimeSpan(2000, 2500)),
        ("no", TimeSpan(3000, 3500)),
    ]


def test_a_word_in_two_segments_has_two_times() -> None:
    loaded = {
        "text": "No. No.",
        "segments": [{"text": " No.", "start": 0, "end": 1}, {"text": " No.", "start": 2, "end": 3}],
        "words": [{"word": "No", "start": 0, "end": 0.5}, {"word": "No", "start": 2, "end": 2.5}],
    }
    assert words(read(loaded)) == [("no", TimeSpan(0, 500)), ("no", TimeSpan(2000, 2500))]


def test_words_that_are_not_in_the_text_leave_its_words_without_times() -> None:
    loaded = {**OPENAI_API, "words": [{"word": "cat", "start": 0.5, "end": 1}]}
    session = read(loaded)
    assert words(session) == [("the", None), ("dog", None)]


def test_words_alone_without_punctuation_are_cut_at_pauses() -> None:
    loaded = json.loads(json.dumps(TALKBANK))
    loaded["result"]["chunks"][1].update(start_s=1.9, end_s=2.5)
    assert [u.raw for u in read(loaded).utterances] == ["the .", "dog ."]


def test_open_end_of_the_last_chunk() -> None:
    loaded = {
        "text": " No. Yes.",
        "chunks": [{"text": " No.", "timestamp": [0, 1]}, {"text": " Yes.", "timestamp": [1, None]}],
    }
    session = read(loaded)
    assert [u.raw for u in session.utterances] == ["no .", "yes ."]
    assert [u.span for u in session.utterances] == [TimeSpan(0, 1000), None]
    assert "json.missing-times" in codes(session)


def test_times_out_of_order() -> None:
    loaded = json.loads(json.dumps(OPENAI_WHISPER))
    loaded["segments"][0]["words"][1].update(start=0.2, end=7)
    session = read(loaded)
    assert words(session)[1] == ("dog", TimeSpan(500, 1400))
    assert "json.clamped-times" in codes(session)


def test_text_alone() -> None:
    session = read({"text": "Hello there."})
    assert [(u.raw, u.span) for u in session.utterances] == [("hello there .", None)]
    assert codes(session) == ["json.missing-times", "json.no-speakers"]


@pytest.mark.parametrize(
    "loaded", [{"text": "", "segments": [], "language": "en"}, {"transcription": []}, {"text": " "}]
)
def test_silence(loaded: Any) -> None:
    session = read(loaded)
    assert session.utterances == ()
    assert codes(session) == ["json.no-speech"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "json.not-json"),
        (b"\xff\xfe{}", "json.not-json"),
        (b"[" * 100_000, "json.not-json"),
        (b"{}", "json.unknown-shape"),
        (b"[]", "json.unknown-shape"),
        (b"3", "json.unknown-shape"),
        (b'{"segments": []}', "json.unknown-shape"),
        (b'{"segments": [{"start": 1}]}', "json.unknown-shape"),
        (b'{"name": "package", "version": "1"}', "json.unknown-shape"),
        (b'{"text": "x", "author": "y"}', "json.unknown-shape"),
        (b'{"outcome": {"kind": "error"}}', "json.failed-result"),
    ],
)
def test_other_json_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(TranscriptJsonError) as caught:
        read_whisper_json(data, source="x.json")
    assert (caught.value.code, caught.value.source) == (code, "x.json")
    assert caught.value.hint


def test_byte_order_mark() -> None:
    data = b"\xef\xbb\xbf" + json.dumps(OPENAI_WHISPER).encode()
    assert len(read_whisper_json(data, source="x").utterances) == 1


@pytest.mark.shared
def test_exchange_file(shared_data: Path) -> None:
    path = shared_data / "whisper_json" / "talkbank_asr_success.json"
    session = read_whisper_json(path.read_bytes(), source=path.name)
    assert [(u.raw, u.span) for u in session.utterances] == [("hello world .", TimeSpan(0, 1030))]


# Whatever stands in a known shape ---------------------------------------------------------

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6) | st.just([]) | st.just({})
SHAPES = [OPENAI_WHISPER, OPENAI_API, OPENAI_API_WORDS, FASTER_WHISPER, WHISPERX, WHISPER_CPP, HUGGINGFACE, TALKBANK]


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path, *(p for key, child in children for p in places(child, (*path, key)))]


@given(st.data())
def test_a_known_shape_with_a_wrong_value(data: st.DataObject) -> None:
    loaded = json.loads(json.dumps(data.draw(st.sampled_from(SHAPES))))
    *parents, last = data.draw(st.sampled_from(places(loaded)[1:]))
    node = loaded
    for key in parents:
        node = node[key]
    node[last] = data.draw(leaves)
    try:
        session = read(loaded)
    except TranscriptJsonError as error:
        assert error.hint
    else:
        assert all(u.tokens for u in session.utterances)


def test_whisperx_words_go_to_their_own_speakers_and_numbers_with_the_word_before() -> None:
    def word(text: str, start: float | None = None, speaker: str | None = None) -> dict:
        timed = {} if start is None else {"start": start, "end": start + 0.3, "score": 0.8}
        return {"word": text, **timed, **({"speaker": speaker} if speaker else {})}

    words = [
        word("2"),  # the aligner spells no numbers: no times, no speaker
        word("dogs.", 0.5, "SPEAKER_01"),
        word("3?"),
        word("Where", 1.5, "SPEAKER_00"),
        word("are", 1.9, "SPEAKER_00"),
        word("they?", 2.3, "SPEAKER_00"),
    ]
    segment = {"start": 0.1, "end": 2.6, "text": "2 dogs. 3? Where are they?", "speaker": "SPEAKER_00", "words": words}
    result = {"segments": [segment], "word_segments": words, "language": "en"}
    session = read_whisper_json(json.dumps(result), source="visit.json")
    said = [(u.speaker, [t.text for t in u.tokens if t.kind is TokenKind.WORD]) for u in session.utterances]
    assert said == [("SP01", ["2", "dogs"]), ("SP01", ["3"]), ("SP00", ["where", "are", "they"])]
    assert [t.span for t in session.utterances[2].tokens][:1] == [TimeSpan(1500, 1800)]
    assert {(p.code, p.name, p.role) for p in session.participants} == {
        ("SP00", "SPEAKER_00", "Unidentified"),
        ("SP01", "SPEAKER_01", "Unidentified"),
    }
