"""Turns, by MLT's rules."""

import pytest

TALK = ("CHI: dog .", "CHI: big dog .", "MOT: yes .", "CHI: xxx .", "MOT: no .", "MOT: go .")


def test_turns(measured):
    child = measured(*TALK)
    assert [child[m].value for m in ("turns", "turn_utterances", "words_per_turn", "utterances_per_turn")] == [
        2, 3, 1.5, 1.5,
    ]  # fmt: skip
    assert (child["words_per_turn"].n, child["words_per_turn"].n_unit) == (2, "turns")
    assert measured(*TALK, speaker="MOT")["turns"].value == 2


def test_a_completed_utterance_takes_no_new_turn(measured):
    child = measured("CHI: the dog +/.", "MOT: yes .", "CHI: +, runs home .")
    assert (child["turns"].value, child["turn_utterances"].value, child["words_per_turn"].value) == (1, 1, 4.0)
    child = measured("CHI: the dog +/.", "MOT: yes .", "CHI: +, runs home .", "CHI: look .")
    assert (child["turns"].value, child["turn_utterances"].value) == (2, 2)


@pytest.mark.parametrize("other", ["yes", "xxx", "0", "+, yes ."])
def test_any_line_of_another_ends_the_turn(measured, other):
    child = measured("CHI: dog .", f"MOT: {other}", "CHI: cat .")
    assert (child["turns"].value, child["turn_utterances"].value) == (2, 2)


def test_two_utterances_on_one_line(measured):
    child = measured("CHI: no . yes .", "MOT: oh .")
    assert (child["turns"].value, child["turn_utterances"].value) == (1, 2)


def test_shares_are_the_childs(measured):
    child, mother = measured(*TALK), measured(*TALK, speaker="MOT")
    assert (child["child_turn_share"].value, child["child_turn_share"].n) == (50.0, 4)
    assert (child["child_word_share"].value, child["child_word_share"].n) == (50.0, 6)
    assert (mother["child_turn_share"].value, mother["child_turn_share"].reason) == (None, "told of the child only")


@pytest.mark.parametrize("measure", ["child_turn_share", "child_word_share"])
def test_one_speaker_has_no_share(measured, measure):
    found = measured("CHI: dog .")[measure]
    assert (found.value, found.reason) == (None, "only one speaker")


def test_no_turn_without_an_end(measured):
    found = measured("CHI: the dog")
    assert found["turns"].value == 0
    assert (found["words_per_turn"].value, found["words_per_turn"].reason) == (None, "no turn of the speaker")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<xxx> [<] .", 1), ("a xxx, dog .", 3), ("xxx@s:spa dog .", 2), ("xxx dog .", 1), ("<xxx dog> [?] .", 1),
        ("<a xxx> [//] the dog .", 2), ("dog [= xxx, not clear] xxx .", 1),
        ("<a xxx> [x 2] .", 1), ("<a xxx> [x 2] . [+ imit]", 2), ("<a xxx> [x 2] dog .", 2),
        ("<a xxx> [x 2] dog [<] .", 2), ("<a xxx> [x 2] [= twice] .", 2), ("<a xxx> [= twice] [x 2] .", 2),
        ("<a xxx> [: a dog] .", 2),
    ],
)  # fmt: skip
def test_mlt_takes_glued_codes_for_words(measured, text, words):
    assert measured(f"CHI: {text}")["words_per_turn"].value == words
