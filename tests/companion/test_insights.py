from dataclasses import replace

import pytest

from sdc.companion import check_grounding, insights, lint_wording
from sdc.companion.insights import SEEN, VERDICTS
from sdc.companion.wordbook import measures_in_words
from sdc.progress import ERROR_RULES
from sdc.session import Age, Participant, Provenance


def told(point, whole, history=(), **more):
    session, analysis = whole(point, **more)
    found = insights(session, analysis, history, session_id=point.session_id, child="Sarah")
    for insight in found:
        assert check_grounding(insight.claims, insight.evidence) == []
        assert lint_wording(insight.text) == []
        assert all(claim.evidence for claim in insight.claims)
        assert insight.status == "draft"
        assert [p.engine for p in insight.provenance] == ["rules"]
    assert [i.id for i in found] == [f"i{n}" for n in range(1, len(found) + 1)]
    return found


def texts(found, kind):
    return [i.text for i in found if i.kind == kind]


def test_a_session_alone(weeks, whole):
    found = told(weeks[0], whole)
    assert texts(found, "caveat") == [
        "The sample is small: 40 utterances, and 50 are wanted; take the average as a rough figure."
    ]
    assert texts(found, "seen") == [
        "The longest utterance was “I want I want a red train”.",
        "An utterance held 2.00 words on average (40 utterances).",
        "51 different words were heard among 100 words at the beginning.",
        "22.0 % of the words were fillers, repetitions or revisions (200 words). "
        "6.0 % of the words were fillers (200 words).",
        "The speech rate was 2.1 syllables a second, pauses counted in (120 syllables).",
        "The middle pitch of the voice was 301 Hz (44 seconds of voice).",
    ]
    assert texts(found, "change") == []


def test_what_rests_on_too_little_is_not_told(weeks, whole):
    def unsure(measures, *ids):
        return {k: replace(m, reliability="too_few") if k in ids else m for k, m in measures.items()}

    point = replace(weeks[0], measures=unsure(weeks[0].measures, "speech_rate", "mlu_words"))
    seen = " ".join(texts(told(point, whole), "seen"))
    assert "speech rate" not in seen
    assert "An utterance held 2.00 words" in seen  # its caveat stands above


def test_changes_against_the_session_before_and_the_first(weeks, whole):
    found = [i for i in told(weeks[3], whole, weeks[:3]) if i.kind == "change"]
    assert [(i.measure, i.verdict) for i in found] == [
        ("mlu_words", "cannot_tell"),  # week 4 has 20 utterances
        ("mlu_words", "no_clear_change"),
        ("maze_words_pct", "cannot_tell"),  # week 4 has 90 words
        ("maze_words_pct", "decrease"),
    ]
    assert "20 utterances, and at least 25 are needed" in found[0].text
    assert "in week 4 (24 March 2026)" in found[0].text
    assert "in week 1 (2 March 2026)" in found[1].text
    assert "the difference of 19.0 percentage points" in found[3].text


def test_the_second_session_is_compared_once(weeks, whole):
    found = [i for i in told(weeks[1], whole, weeks[:1]) if i.kind == "change"]
    assert [i.measure for i in found] == ["mlu_words", "maze_words_pct"]


def test_the_session_before_is_one_in_the_same_situation(weeks, whole):
    reading = replace(weeks[1], context="book reading")
    found = [i for i in told(weeks[3], whole, [weeks[0], reading]) if i.kind == "change"]
    assert [(i.measure, i.verdict) for i in found] == [
        ("mlu_words", "no_clear_change"),
        ("maze_words_pct", "decrease"),
    ]


def test_the_session_itself_is_no_earlier_one(weeks, whole):
    assert [i.kind for i in told(weeks[0], whole, [weeks[0]])].count("change") == 0


def test_later_sessions_are_not_earlier_ones(weeks, whole):
    assert texts(told(weeks[0], whole, weeks[1:]), "change") == []


def test_a_sample_that_is_too_small(weeks, whole):
    (caveat,) = texts(told(weeks[2], whole), "caveat")
    assert caveat == (
        "The sample is too small to tell the length of utterances: 20 utterances, and at least 25 are needed."
    )


def test_recognised_words_are_told(weeks, whole):
    session, analysis = whole(weeks[3])
    heard = replace(session, provenance=(Provenance("transcribe", "faster-whisper", "1"),))
    found = insights(heard, analysis, (), session_id="w5")
    assert any("speech recogniser" in text for text in texts(found, "caveat"))


def test_no_child(weeks, whole):
    (caveat,) = told(weeks[0], whole, child=Participant("MOT", "Mother"))
    assert caveat.text.startswith("The session does not tell which speaker is the child")


def test_a_child_who_is_told_by_age_alone(point, whole):
    """Sessions without a date are placed by age."""
    before = point("a", age_months=27.0, mlu_words=(1.6, 300))
    child = Participant("CHI", "Target_Child", age=Age(2, 4, 0))
    found = told(point("b", mlu_words=(2.6, 300)), whole, [before], child=child)
    assert [i.verdict for i in found if i.kind == "change"] == ["increase"]


def test_nothing_to_tell(point, whole):
    (caveat,) = told(point("s", texts=()), whole)
    assert caveat.text == "The child's lines hold nothing that could be measured."


@pytest.mark.parametrize("value", [float("nan"), float("inf"), None])
def test_what_is_no_number_is_not_told(point, whole, value):
    found = told(point("s", mlu_words=(value, 60), texts=("yes",)), whole)
    assert [i.text for i in found] == ["The child's lines hold nothing that could be measured."]


def test_what_is_told_has_words_and_what_is_compared_an_error():
    assert {m for row in SEEN for m in row} <= set(measures_in_words())
    assert set(VERDICTS) <= set(ERROR_RULES)
    assert len(VERDICTS) <= 3
