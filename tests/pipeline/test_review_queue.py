"""Which lines deserve a look, in which order, and why."""

from dataclasses import replace

import pytest

from sdc.formats.chat.reader import read_chat
from sdc.pipeline.review_queue import LOGPROB, OVERLAP_MS, WORD, doubtful_lines
from sdc.session import DependentTier, Participant, Provenance, Session, TimeSpan, Token, TokenKind, Utterance

HEARD = Provenance("transcribe", "scripted", "1")
KNOWN = (Participant("CHI", "Target_Child"), Participant("ADU", "Adult"))


def line(index, words, speaker="CHI", span=None, tiers=()):
    """A line of words with their probabilities."""
    tokens = [Token(w, TokenKind.WORD, w, probability=p) for w, p in words.items()]
    raw = " ".join([*words, "."])
    end = Token(".", TokenKind.TERMINATOR, ".")
    where = None if span is None else TimeSpan(*span)
    return Utterance(index, speaker, raw, (*tokens, end), span=where, tiers=tiers)


def heard(*lines, people=KNOWN, **fields):
    return Session("x.wav", languages=("eng",), participants=people, utterances=lines, provenance=(HEARD,), **fields)


def reasons(session):
    return {found.index: [r.code for r in found.reasons] for found in doubtful_lines(session)}


def figures(text):
    return (DependentTier("xasr", text),)


def test_the_least_probable_word_comes_first():
    session = heard(
        line(0, {"a": 0.9, "dog": WORD}),
        line(1, {"a": 0.9, "tog": 0.55}),
        line(2, {"nuff": 0.2, "dag": 0.4, "cat": 0.99}),
    )
    first, second = doubtful_lines(session)
    assert (first.index, second.index) == (2, 1)
    (why,) = first.reasons
    assert (why.code, why.words, why.value) == ("word", ("nuff", "dag"), 0.2)
    assert why.text == "“nuff”, “dag” were recognised with little confidence (20 % at the lowest)."
    assert first.doubt == pytest.approx(0.8)


def test_doubts_of_one_line_add_up():
    tiers = figures("logprob -1.50 nospeech 0.90 compression 2.50")
    (found,) = doubtful_lines(heard(line(0, {"a": 0.5}, tiers=tiers)))
    assert [r.code for r in found.reasons] == ["silence", "repetition", "likelihood", "word"]
    assert found.doubt == pytest.approx(1 - 0.1 * 0.1 * 0.2231 * 0.5, abs=1e-3)


def test_the_recognisers_own_limits_are_no_reason_yet():
    tiers = figures(f"logprob {LOGPROB:.2f} nospeech 0.60 compression 2.40")
    assert doubtful_lines(heard(line(0, {"a": 0.9}, tiers=tiers))) == ()


def test_a_voice_that_nobody_knows_stands_out_only_where_most_are_known():
    people = (*KNOWN, Participant("SP02", "Unidentified"))
    known = [line(i, {"yes": 0.9}, "CHI") for i in range(2)]
    stranger = line(2, {"well": 0.9}, "SP02")
    assert reasons(heard(*known, stranger, people=people)) == {2: ["speaker"]}
    strangers = [line(i, {"well": 0.9}, "SP02") for i in range(2, 5)]
    assert reasons(heard(*known, *strangers, people=people)) == {}


def test_who_speaks_by_machine_alone_is_doubtful_in_short_lines():
    lines = (line(0, {"no": 0.9}, span=(0, 900)), line(1, {"no": 0.9}, span=(1000, 2500)))
    by_voice = Provenance("roles", "voices", "1")
    session = heard(*lines)
    assert reasons(replace(session, provenance=(HEARD, by_voice))) == {0: ["voice"]}
    by_person = Provenance("roles", "person", "1", parameters={"SP00": "CHI"})
    assert reasons(replace(session, provenance=(HEARD, by_voice, by_person))) == {}


def test_overlaps_count_where_a_recogniser_wrote_the_words():
    lines = (
        line(0, {"one": 0.9}, "CHI", (0, 2000)),
        line(1, {"two": 0.9}, "ADU", (2000 - OVERLAP_MS, 3000)),
        line(2, {"three": 0.9}, "CHI", (3000 - OVERLAP_MS + 1, 4000)),
        line(3, {"four": 0.9}, "CHI", (4000, 5000)),
    )
    session = heard(*lines)
    assert reasons(session) == {0: ["overlap"], 1: ["overlap"]}
    assert doubtful_lines(session)[0].reasons[0].text == "Two voices overlap here for 0.2 s."
    assert "overlap" not in str(reasons(replace(session, provenance=())))


def test_a_line_without_times_stands_out_among_timed_ones():
    timed = [line(i, {"yes": 0.9}, span=(i * 1000, i * 1000 + 500)) for i in range(3)]
    assert reasons(heard(*timed, line(3, {"no": 0.9}))) == {3: ["no_time"]}
    untimed = [line(i, {"yes": 0.9}) for i in range(3)]
    assert reasons(heard(*untimed, line(3, {"no": 0.9}, span=(0, 500)))) == {}


CHA = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child
@ID:\teng|sdc|CHI|2;06.||||Target_Child|||
*CHI:\ta dog .
@Comment:\ta word
*CHI:\txxx dog .
*CHI:\ta dawg [?] .
*CHI:\ta dog [x 2] .
%com:\tsaid slowly
*CHI:\ta cat .
@End
"""


def test_what_a_person_marked_and_what_check_finds():
    session = read_chat(CHA, source="mia.cha")
    found = doubtful_lines(session)
    assert {f.index: [r.code for r in f.reasons] for f in found} == {3: ["check"], 1: ["unclear"], 2: ["unclear"]}
    assert [f.index for f in found] == [3, 1, 2]
    assert found[0].reasons[0].text == "CHAT has no code [x 2]."
    assert [f.reasons[0].text for f in found[1:]] == [
        "Words are marked as not understood.",
        "Words are marked as uncertain.",
    ]
    assert found[2].reasons[0].words == ("dawg",)


def test_the_dashboard_underlines_the_same_words():
    from pathlib import Path

    view = Path(__file__).parents[2] / "web/src/features/session/transcript/token-view.tsx"
    assert f"const DOUBTFUL = {WORD};" in view.read_text(encoding="utf-8")
