"""Replies that take up a content word, worked by hand."""

import pytest

from sdc.measures.contingency import content_lemmas


@pytest.mark.parametrize(
    ("mor", "lemmas"),
    [
        ("det|the n|dog-PL v|run&PAST adj|red adv|home .", {"dog", "run", "red"}),
        ("pro|it~cop|be&3S n:prop|Eve part|go-PRESP v|have v|do .", {"eve", "go"}),
        ("pron|I-Nom~aux|be verb|go-Part-Pres part|not noun|Dog-Plur propn|Eve cm|cm .", {"go", "dog", "eve"}),
        ("0n|cat co|yes n|+n|ice+n|cream .", {"ice+cream"}),
    ],
)  # fmt: skip
def test_content_lemmas(sample, mor, lemmas):
    words = "a " * (len(mor.split()) - 1)
    assert content_lemmas(sample(f"CHI: {words}.", f"%mor: {mor}").lines[0]) == lemmas


REPLIES = (
    "MOT: see the dogs ?", "%mor: v|see det|the n|dog-PL ?",
    "CHI: my dog ran .", "%mor: det:poss|my n|dog v|run&PAST .",  # takes up dog
    "MOT: a red ball ?", "%mor: det|a adj|red n|ball ?",
    "CHI: red ball .", "%mor: adj|red n|ball .",  # an echo
    "MOT: is it big ?", "%mor: cop|be&3S pro|it adj|big ?",
    "CHI: it is so .", "%mor: pro|it cop|be&3S adv|so .",  # shares no content
    "MOT: www .",
    "CHI: no .", "%mor: co|no .",  # not after words
    "MOT: xxx .", "%mor: n|dog .",
    "CHI: my dog .", "%mor: det:poss|my n|dog .",  # not after words
    "MOT: big .", "%mor: adj|big .",
    "CHI: big one .",  # no %mor
)  # fmt: skip


def test_replies_by_hand(measured):
    found = measured(*REPLIES)["contingency_pct"]
    assert (found.value, found.n, found.utterances) == (pytest.approx(100 / 3), 3, (1,))


def test_no_replies(measured):
    assert measured("MOT: dog .", "CHI: dog .")["contingency_pct"].reason == "no %mor tier"
    alone = measured("CHI: dog .", "%mor: n|dog .")["contingency_pct"]
    assert (alone.value, alone.reason) == (
        None,
        "no utterance directly after an adult's, both with words and a %mor tier",
    )
