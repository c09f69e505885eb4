"""Who is an adult, and what an adult said directly before the child."""

import pytest

from sdc.measures.counting import message_words, plain_words
from sdc.measures.exchanges import adult_codes, is_question, is_voiced

HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Target_Child, MOT Mother, INV Investigator, BRO Brother, FRI Playmate, TVX Media, WHO Unidentified
"""


def pairs(sample):
    return [(e.index, e.before.line.index if e.before else None) for e in sample.exchanges]


def test_adults_are_neither_children_nor_machines(chat):
    lines = [f"{code}: dog ." for code in ("CHI", "MOT", "INV", "BRO", "FRI", "TVX", "WHO", "UNK")]
    assert adult_codes(chat(*lines, head=HEAD)) == {"MOT", "INV", "WHO"}
    assert adult_codes(chat("CHI: dog .", "MOT: yes .", head=HEAD)) == {"MOT"}


def test_words_are_compared_without_case_form_and_fillers(sample):
    made = sample("CHI: um Ball@o &-uh <the red> [//] gonna [: going to] I’m xxx .")
    assert message_words(made.lines[0]) == ("ball", "going", "to", "i'm")
    assert plain_words("I’m gonna, thank_you: ice-cream!") == ("i'm", "gonna", "thank_you", "ice-cream")


def test_directly_before(sample):
    made = sample(
        "CHI: dog .", "MOT: a cat .", "CHI: 0 .", "MOT: 0 [=! nods] .", "CHI: cat .", "CHI: cat .", "MOT: www .",
        "CHI: xxx cat .", "MOT: cat .", "CHI: &=laughs .", "CHI: big cat .",
    )  # fmt: skip
    assert pairs(made) == [(0, None), (4, 1), (5, None), (10, 8)]
    assert pairs(sample("MOT: cat .", "MOT: xxx .", "CHI: cat .", "MOT: dog .", "CHI: www .", "CHI: dog .")) == [
        (2, 1), (5, None),
    ]  # fmt: skip
    assert pairs(sample("CHI: cat .", "MOT: cat .", "MOT: dog .", speaker="MOT")) == [(1, None), (2, None)]


def test_another_child_between_is_no_adult(chat):
    from sdc.measures.sample import Sample, count_lines

    session = chat("MOT: dog .", "BRO: cat .", "CHI: dog .", "MOT: dog .", "CHI: dog .", head=HEAD)
    assert pairs(Sample(session, "CHI", count_lines(session))) == [(2, None), (4, 3)]


@pytest.mark.parametrize(
    ("text", "is_one"), [("dog ?", True), ("dog +..?", True), ("dog +/?", True), ("dog .", False), ("dog", False)]
)
def test_question(sample, text, is_one):
    assert is_question(sample(f"CHI: {text}").lines[0]) is is_one


@pytest.mark.parametrize(
    ("text", "voiced"),
    [
        ("dog .", True), ("xxx .", True), ("www .", True), ("&=vocalizes .", True), ("0 .", False), ("&~gaga .", True),
        ("&=laughs .", False), ("&=coughs .", False), ("&=hums .", True), ("&=humphs .", False),
    ],
)  # fmt: skip
def test_voice(sample, text, voiced):
    assert is_voiced(sample(f"CHI: {text}").lines[0]) is voiced
