"""Counts by FluCalc's rules."""

import pytest

NAMES = (
    "filled_pauses", "fragments", "whole_word_repetitions", "phrase_repetitions", "word_revisions", "phrase_revisions",
    "utterance_pauses",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("the dog .", {}),
        ("&-um the &-uh dog .", {"filled_pauses": 2}),
        ("um the dog .", {}),
        ("&+d &+d dog &~ga .", {"fragments": 2}),
        ("the [/] the dog .", {"whole_word_repetitions": 1}),
        ("the [/] the [/] the dog .", {"whole_word_repetitions": 1}),
        ("the [/] the dog [/] dog .", {"whole_word_repetitions": 2}),
        ("the [/] cat [/] cat ran .", {"whole_word_repetitions": 2}),
        ("the [/] (.) the [/] (.) the .", {"whole_word_repetitions": 2, "utterance_pauses": 2}),
        ("<th(e)> [/] the [/] the .", {"whole_word_repetitions": 2}),
        ("no [/] no no [/] no .", {"whole_word_repetitions": 2}),
        ("<the> [/] the dog .", {"whole_word_repetitions": 1}),
        ("the [/] &-um the dog .", {"whole_word_repetitions": 1, "filled_pauses": 1}),
        ("<the &-um> [/] the dog .", {"phrase_repetitions": 1, "filled_pauses": 1}),
        ("<the dog> [/] the dog .", {"phrase_repetitions": 1}),
        ("cat [//] dog .", {"word_revisions": 1}),
        ("<a cat> [//] a dog .", {"phrase_revisions": 1}),
        ("<a cat> [///] my dog <or so> [/-] no .", {}),
        ("no [x 3] .", {"whole_word_repetitions": 1}),
        ("<go to bed> [x 3] .", {"phrase_repetitions": 2}),
        ("(.) the (.) dog (1.5) ran (..) .", {"utterance_pauses": 2}),
        ("&-um (.) dog .", {"filled_pauses": 1, "utterance_pauses": 1}),
        ("&=sighs (.) dog (.) &=sighs .", {"utterance_pauses": 2}),
        ('+" (.) dog .', {"utterance_pauses": 1}),
        ("(.) .", {}),
    ],
)
def test_counts(measured, text, counts):
    found = measured(f"CHI: {text}", "CHI: yes .")
    assert {name: found[name].value for name in NAMES if found[name].value} == counts
    assert {found[name].n for name in NAMES} == {len(found["ttr"].utterances) and found["word_tokens"].value}


def test_no_count_without_speech(measured):
    found = measured("CHI: www .", "CHI: 0 .")["filled_pauses"]
    assert (found.value, found.reason) == (None, "no utterance with speech")
