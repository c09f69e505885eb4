"""A recogniser's figures stand beside the words, in CHAT too, and say no more than the engine did."""

import json
import math

import pytest

from sdc.formats.asr_tier import AsrFigures, asr_figures, asr_tier
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.writer import write_chat
from sdc.formats.recognised import RecognisedSegment, to_utterances
from sdc.formats.session_json import dump_session, load_session
from sdc.formats.whisper_json import read_whisper_json

HEARD = {
    "language": "en",
    "segments": [
        {"start": 0, "end": 1, "text": " The dog ran.", "avg_logprob": -0.324, "no_speech_prob": 0.0, "words": []},
        {"start": 2, "end": 3, "text": " And then", "avg_logprob": -0.2, "no_speech_prob": 0.02},
        {"start": 3, "end": 4, "text": " it sat.", "avg_logprob": -1.1, "no_speech_prob": 0.01},
        {"start": 5, "end": 6, "text": " Oh."},
    ],
}


def segment(text: str, start_s: float, **figures: float) -> RecognisedSegment:
    return RecognisedSegment(text, start_s, start_s + 1, **figures)


def test_each_utterance_carries_its_segments_figures():
    heard = segment("The dog ran. It sat.", 0, avg_logprob=-0.324, no_speech_prob=0.021, compression_ratio=1.408)
    first, second = to_utterances([heard], speaker="UNK")
    assert first.tiers[0].name == "xasr"
    assert first.tiers[0].text == second.tiers[0].text == "logprob -0.32 nospeech 0.02 compression 1.41"
    assert asr_figures(first) == AsrFigures(-0.32, 0.02, 1.41)


def test_of_several_segments_the_figures_that_most_call_for_a_look():
    (joined,) = to_utterances(
        [
            segment("The dog", 0, avg_logprob=-0.2, no_speech_prob=0.4, compression_ratio=1.0),
            segment("ran away.", 1, avg_logprob=-0.9, no_speech_prob=0.1, compression_ratio=2.5),
        ],
        speaker="UNK",
    )
    assert asr_figures(joined) == AsrFigures(-0.9, 0.4, 2.5)


@pytest.mark.parametrize("figure", [None, math.nan, -math.inf])
def test_what_the_engine_did_not_tell_is_not_there(figure):
    assert asr_tier([segment("yes", 0, avg_logprob=figure)]) == ()
    (utterance,) = to_utterances([segment("yes", 0, avg_logprob=figure, no_speech_prob=0.5)], speaker="UNK")
    assert asr_figures(utterance) == AsrFigures(no_speech_prob=0.5)


def test_it_travels_through_chat_and_json_and_check_is_content():
    session = read_whisper_json(json.dumps(HEARD), source="visit.json")
    tiers = [u.tier("xasr") and u.tier("xasr").text for u in session.utterances]
    assert tiers == ["logprob -0.32 nospeech 0.00", "logprob -1.10 nospeech 0.02", None]
    text = write_chat(session)
    again = read_chat(text, source="visit.cha")
    assert again.warnings == ()
    assert list(map(asr_figures, again.utterances)) == list(map(asr_figures, session.utterances))
    assert write_chat(again) == text
    assert not [p for p in check_chat(text, source="visit.cha") if "xasr" in p.message or "tier" in p.code]
    assert load_session(dump_session(session), source="visit.json") == session


@pytest.mark.parametrize("text", ["", "good", "logprob", "logprob high", "logprob nan", "tempo 3"])
def test_a_tier_of_this_name_that_says_something_else(text):
    lines = ("@UTF8", "@Begin", "@Participants:\tCHI Target_Child", "*CHI:\tyes .", f"%xasr:\t{text}", "@End")
    (utterance,) = read_chat("\n".join(lines) + "\n", source="visit.cha").utterances
    assert asr_figures(utterance) is None
