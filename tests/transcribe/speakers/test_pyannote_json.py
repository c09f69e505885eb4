"""Speakers from pyannote's JSON, made by hand in its published shapes."""

import json

import pytest

from sdc.errors import InputError
from sdc.session import TimeSpan
from sdc.transcribe.speakers import read_pyannote_json

TURNS = [
    {"start": 2.0, "end": 3.5, "speaker": "SPEAKER_01"},
    {"start": 0.25, "end": 2.25, "speaker": "SPEAKER_00"},
    {"start": 5, "end": 6, "speaker": "SPEAKER_00"},
]
AUDIO_4 = {"diarization": TURNS, "exclusive_diarization": TURNS[1:]}
CLOUD = {
    "jobId": "made-up",
    "status": "succeeded",
    "output": {"diarization": [{**TURNS[0], "confidence": {"SPEAKER_00": 12, "SPEAKER_01": 88}}, *TURNS[1:]]},
}
CORE = {
    "pyannote": "Annotation",
    "uri": "visit",
    "content": [
        {"segment": {"start": t["start"], "end": t["end"]}, "track": "ABC"[n], "label": t["speaker"]}
        for n, t in enumerate(TURNS)
    ],
}


@pytest.mark.parametrize("document", [AUDIO_4, CLOUD, CORE], ids=["pyannote.audio", "pyannoteAI", "pyannote.core"])
def test_each_shape(document):
    found = read_pyannote_json("\ufeff" + json.dumps(document), source="visit.json", duration_s=5.5)
    assert [(s.speaker, s.span, s.overlap) for s in found.segments] == [
        ("SPEAKER_00", TimeSpan(250, 2250), True),
        ("SPEAKER_01", TimeSpan(2000, 3500), True),
        ("SPEAKER_00", TimeSpan(5000, 5500), False),
    ]
    assert [s.confidence for s in found.segments] == [None, 0.88 if document is CLOUD else None, None]
    assert found.provenance.engine == "pyannote-json"


def test_numbered_voices():
    numbered = {**CORE, "content": [{**item, "label": 7} for item in CORE["content"]]}
    assert read_pyannote_json(json.dumps(numbered), source="x").speakers == ("7",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("SPEAKER a 1 0 1 <NA> <NA> A <NA> <NA>", "pyannote.shape"),
        ("[]", "pyannote.shape"),
        ('{"segments": []}', "pyannote.shape"),
        ('{"diarization": {}}', "pyannote.shape"),
        ('{"diarization": []}', "pyannote.empty"),
        ('{"status": "failed", "output": {}}', "pyannote.failed"),
        ('{"status": "succeeded", "output": null}', "pyannote.shape"),
        ('{"diarization": [{"start": 1, "end": 2}]}', "pyannote.turn"),
        ('{"diarization": [{"start": 2, "end": 1, "speaker": "A"}]}', "pyannote.turn"),
        ('{"diarization": [{"start": NaN, "end": 1, "speaker": "A"}]}', "pyannote.turn"),
        ('{"diarization": [{"start": 0, "end": 1e300, "speaker": "A"}]}', "pyannote.turn"),
        ('{"diarization": ["A"]}', "pyannote.turn"),
        ('{"pyannote": "Annotation", "content": [{"segment": 1, "label": "A"}]}', "pyannote.turn"),
    ],
)
def test_what_is_no_result(text, code):
    with pytest.raises(InputError) as caught:
        read_pyannote_json(text, source="visit.json")
    assert (caught.value.code, caught.value.source) == (code, "visit.json")
