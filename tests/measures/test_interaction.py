"""Conversational turns and answers, worked by hand on made-up time codes."""

import pytest

HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Target_Child, MOT Mother, FAT Father, BRO Brother
"""


def turns(measured, *lines):
    """Return conversational turns, from the rate and the time that it is over."""
    found = measured(*lines)["conversational_turns_per_min"]
    starts, ends = zip(*(map(int, line.rpartition(" ")[2].split("_")) for line in lines), strict=True)
    return found.value * (max(ends) - min(starts)) / 60_000


@pytest.mark.parametrize(("who", "n"), [("CMC", 1), ("CMCM", 2), ("CM", 1), ("MCM", 1), ("MMCCMM", 1), ("CMCMC", 2)])
def test_pairs_of_turns(measured, who, n):
    codes = {"C": "CHI", "M": "MOT"}
    lines = [f"{codes[letter]}: dog . {1000 * i}_{1000 * i + 500}" for i, letter in enumerate(who)]
    assert turns(measured, *lines, "CHI: end . 90000_90500") == pytest.approx(n)


def test_five_seconds_end_a_conversation(measured):
    assert turns(measured, "MOT: dog . 0_1000", "CHI: yes . 5999_7000") == pytest.approx(1)
    assert turns(measured, "MOT: dog . 0_1000", "CHI: yes . 6000_7000") == 0
    apart = ("MOT: dog . 0_1000", "CHI: yes . 1500_2000", "MOT: dog . 9000_9500", "CHI: yes . 9600_9700")
    assert turns(measured, *apart) == pytest.approx(2)


def test_rate_time_and_evidence(measured):
    found = measured(
        "MOT: hi . 0_1000", "CHI: xxx . 2000_3000", "MOT: bye . 50000_51000", "CHI: &=vocalizes . 52000_53000",
        "CHI: &=cries . 119000_120000",
    )["conversational_turns_per_min"]  # fmt: skip
    assert (found.value, found.n, found.n_unit) == (pytest.approx(1.0), 120, "seconds")
    assert (found.utterances, found.reliability) == ((0, 1, 2, 3), "rough")


def test_what_lies_inside_the_others_utterance_is_no_turn(measured):
    assert turns(measured, "MOT: well then . 0_3000", "CHI: dog . 1000_2000") == 0
    assert turns(measured, "MOT: well then . 0_3000", "CHI: dog . 2500_3500") == pytest.approx(1)


def test_another_child_ends_a_conversation_and_two_adults_are_one_side(chat):
    from sdc.measures import analyse

    def rate(*lines):
        return analyse(chat(*lines, head=HEAD)).speakers["CHI"].measures["conversational_turns_per_min"].value

    assert rate("MOT: dog . 0_1000", "BRO: me . 1100_1500", "CHI: yes . 1600_2000") == 0
    assert rate("CHI: dog . 0_1000", "MOT: so . 1100_1500", "FAT: oh . 1600_2000") == pytest.approx(60 / 2)
    assert rate("CHI: dog . 0_1000", "MOT: so . 1100_1500", "FAT: oh . 1600_2000", "CHI: a . 2100_3000") == 20


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: dog .", "MOT: yes ."), "no time codes"),
        (("CHI: dog . 0_900", "MOT: yes ."), "only 1 of 2 utterances have time codes"),
        (("CHI: dog . 0_900", "CHI: cat . 1000_1900"), "no adult, or no child, to answer"),
        (("CHI: dog . 900_900", "MOT: cat . 900_900"), "the time codes span no time"),
    ],
)
def test_no_conversational_turns(measured, lines, reason):
    found = measured(*lines)["conversational_turns_per_min"]
    assert (found.value, found.reason) == (None, reason)


ASKED = (
    "MOT: what is it ? 0_1000", "MOT: a dog ? 1200_2000", "CHI: dog . 3000_3500",  # both: within 5 s of the end
    "MOT: where ? 10000_11000", "CHI: &=vocalizes . 16000_16500",  # just within
    "MOT: why ? 20000_21000", "CHI: so . 26001_27000",  # just too late
    "MOT: who ? 30000_32000", "CHI: me . 31500_32500",  # overlapping
    "MOT: look . 40000_41000",
)  # fmt: skip


def test_followed_within_five_seconds(measured):
    found = measured(*ASKED)
    assert (found["question_response_pct"].value, found["question_response_pct"].n) == (80.0, 5)
    assert found["question_response_pct"].utterances == (0, 1, 3, 7)
    assert (found["responsiveness_pct"].value, found["responsiveness_pct"].n) == (pytest.approx(100 * 4 / 6), 6)


def test_followed_next(measured):
    found = measured(*ASKED)["question_followed_pct"]
    assert (found.value, found.n, found.utterances) == (80.0, 5, (1, 3, 5, 7))
    untimed = ("MOT: what ?", "MOT: 0 .", "CHI: dog .", "MOT: what ?", "MOT: so .", "CHI: dog .", "MOT: eh ?")
    found = measured(*untimed)
    assert (found["question_followed_pct"].value, found["question_followed_pct"].n) == (pytest.approx(100 / 3), 3)
    assert found["question_response_pct"].reason == "no time codes"


def test_an_adult_follows_the_child(measured):
    mother = measured("CHI: dog ? 0_1000", "MOT: yes . 1500_2000", "CHI: cat . 9000_9500", speaker="MOT")
    assert (mother["responsiveness_pct"].value, mother["responsiveness_pct"].n) == (50.0, 2)
    assert (mother["question_response_pct"].value, mother["question_followed_pct"].value) == (100.0, 100.0)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("MOT: www . 0_10", "CHI: dog . 20_30"), "no question was asked"),
        (("MOT: 0 . 0_10", "CHI: dog . 20_30"), "nothing was said that could be answered"),
        (("CHI: dog . 20_30",), "no adult, or no child, to answer"),
        (("MOT: eh ? 0_10", "CHI: dog . 20_30", "CHI: cat ."), "only 2 of 3 utterances have time codes"),
    ],
)
def test_nothing_to_follow(measured, lines, reason):
    found = measured(*lines)["question_response_pct"]
    assert (found.value, found.reason) == (None, reason)


def test_a_brother_answers_nobody(chat):
    from sdc.measures import analyse

    measures = analyse(chat("MOT: eh ? 0_10", "BRO: dog . 20_30", head=HEAD)).speakers["BRO"].measures
    assert measures["question_response_pct"].reason == "no adult, or no child, to answer"
