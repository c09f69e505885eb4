"""What an output is held against: its prompt, the marks of the transcript, the wording rules."""

import json

import pytest

from sdc.companion.prompting import fenced
from sdc.finetune.evaluation.judging import Judged, judge
from sdc.finetune.training.pairs import Pair

EVIDENCE = [
    {"id": "e1", "week": 1, "what": "a recording"},
    {"id": "e2", "what": "words in fillers", "week": 1, "value": "12.0 %", "rests_on": "150 words"},
    {"id": "e3", "quote": "a big train"},
]
ASKED = Pair(f"Say it.\n\n{fenced({'question': 'How?', 'evidence': EVIDENCE})}", "")
FACTS = [
    {"kind": "target_word", "utterance": 0, "said": "twain", "other": "train"},
    {"kind": "event", "utterance": 1, "said": "", "other": "laughs"},
]
LINES = Pair("Transcript: 'CHI: a twain .\nCHI: 2 dogs [laughs] .'", "", metadata={"facts": FACTS})


def claims(*rows: tuple[str, list[str]]) -> str:
    return json.dumps({"claims": [{"text": text, "evidence": ids} for text, ids in rows]})


def test_claims_that_the_evidence_holds():
    output = claims(("It was 12.0 % in week 1 (150 words).", ["e1", "e2"]), ("The child said “a big train”.", ["e3"]))
    assert judge(ASKED, output) == Judged(n_figures=3, n_grounded=3, in_form=True)


@pytest.mark.parametrize(
    ("text", "ids", "invented"),
    [
        ("It was 13.0 % in week 1.", ["e1", "e2"], ("13.0",)),
        ("It was 12.0 % in week 2.", ["e1", "e2"], ("week 2",)),
        ("It was 12.0 %.", ["e3"], ("12.0",)),
        ("It was 12.0 %.", ["e2", "e9"], ("e9",)),
        ("The child said “a small train”.", ["e3"], ("“a small train”",)),
    ],
)
def test_claims_that_it_does_not_hold(text, ids, invented):
    found = judge(ASKED, claims((text, ids)))
    assert found.invented == invented
    assert found.n_figures - found.n_grounded == (invented[0] in ("13.0", "12.0", "week 2"))


def test_another_form_than_asked_for():
    assert judge(ASKED, "It was 12.0 %.") == Judged(in_form=False)
    assert judge(ASKED, '{"claims": [{"text": 1}]}').in_form is False


def test_marks_that_are_told():
    found = judge(LINES, "“Twain” stands for “train” here. The line is marked with “laughs”.")
    assert (found.n_facts, found.n_told, found.n_quoted, found.n_right, found.invented) == (2, 2, 3, 3, ())


def test_marks_that_are_not_told_and_words_that_nobody_said():
    found = judge(LINES, "“Twain” stands for “crane” here.")
    assert (found.n_told, found.n_quoted, found.n_right, found.invented) == (0, 2, 1, ("crane",))


def test_figures_in_sentences():
    assert judge(LINES, "There are 2 dogs.").invented == ()
    found = judge(LINES, "There are 3 dogs.")
    assert (found.n_figures, found.n_grounded, found.invented) == (1, 0, ("3",))


def test_words_that_sdc_does_not_say():
    assert judge(LINES, "The child suffers from a delay.").n_wording > 0
    assert judge(LINES, "The child names a train.").n_wording == 0
