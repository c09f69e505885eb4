"""What adults did, on a made-up conversation: counted by hand."""

import pytest

from sdc.companion.adult_side import adult_side, is_expansion
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.measures.exchanges import find_exchanges, find_said
from sdc.measures.sample import count_lines

HEAD = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Mia Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
)


def session(*lines):
    text = "\n".join([*HEAD, *lines, "@End", ""])
    return read_chat(text.encode(), source="made-up.cha")


def facts(*lines):
    made = session(*lines)
    return {fact.figure: fact for fact in adult_side(made, analyse(made))}


def timed(*said):
    """Each (speaker, words, start, end) in seconds as a line."""
    return [f"*{who}:\t{words} . \x15{round(a * 1000)}_{round(b * 1000)}\x15" for who, words, a, b in said]


@pytest.mark.parametrize(
    ("child", "adult", "expands"),
    [
        ("red car", "a red car goes", True),
        ("red car", "the car is red", True),
        ("red car", "red car", False),
        ("red car", "a red bus", False),
        ("car car", "a car there", False),
    ],
)
def test_an_expansion_holds_all_the_childs_words_and_more(child, adult, expands):
    lines = count_lines(session(f"*CHI:\t{child} .", f"*MOT:\t{adult} ."))
    (exchange,) = find_exchanges(find_said(lines), "MOT", frozenset({"CHI"}))
    assert is_expansion(exchange) is expands


def test_expansions_and_questions_are_counted_with_their_places():
    pairs = [("*CHI:\tcar .", "*MOT:\ta car ." if i < 3 else "*MOT:\twhat is it ?") for i in range(12)]
    found = facts(*[line for pair in pairs for line in pair])
    expansions, questions = found["adult.expansions.v1"], found["adult.questions.v1"]
    assert (expansions.value, expansions.n, expansions.utterances) == (3.0, 12, (1, 3, 5))
    assert (questions.value, questions.n) == (9.0, 12)


def test_pauses_between_an_adults_own_lines():
    said, now = [], 0.0
    for i in range(12):
        said.append(("MOT", "look here", now, now + 1))
        now += 1 + (0.5 if i < 6 else 2.5)
    found = facts(*timed(*said))["adult.pause_s.v1"]
    assert (found.value, found.n) == (0.5, 11)  # six of 0.5 s, five of 2.5 s
    assert found.utterances == (7, 8, 9)  # the first of the longest


def test_a_long_silence_is_no_pause_in_the_talk():
    said = [("MOT", "look here", 12.0 * i, 12.0 * i + 1) for i in range(12)]
    assert "adult.pause_s.v1" not in facts(*timed(*said))


def test_a_childs_word_between_ends_the_pause():
    said = [x for i in range(12) for x in (("MOT", "look", 3.0 * i, 3 * i + 1), ("CHI", "yes", 3 * i + 1.5, 3 * i + 2))]
    found = facts(*timed(*said))
    assert "adult.pause_s.v1" not in found
    assert found["adult.responsiveness_pct.v1"].value == pytest.approx(100 * 11 / 12)


def test_too_little_is_not_told():
    assert facts("*CHI:\tcar .", "*MOT:\ta car .") == {}


def test_no_child_no_facts():
    head = ("@UTF8", "@Begin", "@Languages:\teng", "@Participants:\tMOT Mother", "@ID:\teng|sdc|MOT|||||Mother|||")
    made = read_chat("\n".join([*head, "*MOT:\thello .", "@End", ""]).encode(), source="x.cha")
    assert adult_side(made, analyse(made)) == ()
