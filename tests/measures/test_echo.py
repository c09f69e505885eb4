"""Echoes and self-repetitions, worked by hand."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.measures.echo import expected_echoes, is_made_of, self_repetitions
from sdc.measures.exchanges import Exchange, Said

ECHOES = ("echo_exact_pct", "echo_partial_pct", "echo_one_word_pct", "echo_above_chance")


def values(measures, *names):
    return [measures[name].value for name in names]


TALK = (
    "MOT: do you want the red ball ?", "CHI: red ball .",  # in part
    "MOT: a big dog .", "CHI: a big dog .",  # exact
    "MOT: look .", "CHI: Um look .",  # exact, one word
    "MOT: is it a cat ?", "CHI: cat .",  # one word
    "MOT: what is it ?", "CHI: green frog .",  # none
    "CHI: green frog .",  # nothing of an adult before it
    "MOT: go home now .", "CHI: xxx home .",  # not wholly understood
    "CHI: &=laughs .",
)  # fmt: skip


def test_echoes_by_hand(measured):
    found = measured(*TALK)
    assert values(found, *ECHOES[:3]) == pytest.approx([100 * 2 / 6, 100 * 2 / 6, 100 * 2 / 6])
    assert {found[name].n for name in ECHOES} == {6}
    assert [found[name].utterances for name in ECHOES] == [(3, 5), (1, 3), (5, 7), (1, 3)]
    assert (found["echo_exact_pct"].rule, found["echo_exact_pct"].reliability) == ("echo_exact_pct.v1", "too_few")


def test_echoes_above_chance_by_hand(measured):
    """Of five utterances of the mother, one holds *red ball* and one *a big dog*: 2 × 1/5 by chance."""
    assert measured(*TALK)["echo_above_chance"].value == pytest.approx(100 * (2 - 2 / 5) / 6)


def test_what_everybody_says_all_the_time_is_chance(measured):
    found = measured("MOT: go go dog .", "CHI: go dog .", "MOT: dog go .", "CHI: dog go .")
    assert values(found, *ECHOES) == [50.0, 100.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("words", "others", "made"),
    [
        ("a b c d", "a b c", False), ("a b c d e", "d c b a", True), ("a b c d e", "a b c", False),
        ("a a b", "b a x", True), ("a b c d e f g h i j", "a b c d e f g h", True), ("a", "b", False), ("a", "", False),
    ],
)  # fmt: skip
def test_four_fifths_of_the_words(words, others, made):
    assert is_made_of(tuple(words.split()), tuple(others.split())) is made


WORDS = st.lists(st.sampled_from("abc"), min_size=1, max_size=11).map(tuple)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4))
def test_expected_echoes_are_the_mean_over_all_orders(pairs):
    said = [(Said(None, mine, True), Said(None, theirs, True)) for mine, theirs in pairs]
    sources = tuple(theirs for _, theirs in said)
    orders = list(permutations(sources))
    total = sum(
        is_made_of(mine.words, one.words) for order in orders for (mine, _), one in zip(said, order, strict=True)
    )
    exchanges = [Exchange(mine, theirs) for mine, theirs in said]
    assert expected_echoes(exchanges, sources) == pytest.approx(total / len(orders))


def test_an_utterance_without_an_adult_before_it_is_no_echo_by_chance_either():
    source = Said(None, ("a",), True)
    assert expected_echoes([Exchange(source, None), Exchange(source, source)], (source,)) == 1.0


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: red ball .",), "no adult's words were transcribed"),
        (("MOT: xxx .", "CHI: red ball ."), "no adult's words were transcribed"),
        (("MOT: red ball .", "CHI: xxx ball ."), "no utterance with words that was wholly understood"),
    ],
)
def test_no_echoes(measured, lines, reason):
    found = measured(*lines)
    assert {(found[name].value, found[name].reason) for name in ECHOES} == {(None, reason)}


def test_one_pairing_has_no_chance(measured):
    found = measured("MOT: red ball .", "CHI: red ball .")
    assert (found["echo_partial_pct"].value, found["echo_above_chance"].value) == (100.0, None)
    assert "fewer than 2" in found["echo_above_chance"].reason


def test_echoes_are_told_of_the_child(measured):
    assert measured("CHI: dog .", "MOT: dog .", speaker="MOT")["echo_exact_pct"].reason == "told of the child only"


def test_an_echo_of_what_was_not_wholly_understood_is_not_exact(measured):
    found = measured("MOT: xxx red ball .", "CHI: red ball .")
    assert values(found, "echo_exact_pct", "echo_partial_pct") == [0.0, 100.0]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("CHI: go home .", "CHI: go home ."), (1,)),
        (("CHI: go home .", "MOT: soon .", "CHI: home go ."), (2,)),
        (("CHI: go home .", "MOT: what ?", "CHI: go home ."), ()),
        (("CHI: go home .", "MOT: we go home soon .", "CHI: go home ."), ()),
        (("CHI: go home .", "MOT: what ?", "CHI: no no .", "CHI: go home ."), ()),
        (("CHI: go home .", "CHI: go home now ."), ()),
        (("CHI: go home now .", "CHI: go home ."), ()),
        (("CHI: let me go right home .", "CHI: me go right home ."), (1,)),
        (("CHI: home .", "CHI: home ."), ()),
        (("CHI: go home .", *["CHI: no ."] * 9, "CHI: go home ."), (10,)),
        (("CHI: go home .", *["CHI: no ."] * 10, "CHI: go home ."), ()),
    ],
)
def test_self_repetitions(sample, measured, lines, found):
    assert tuple(e.index for e in self_repetitions(sample(*lines))) == found
    measure = measured(*lines)["self_repetition_pct"]
    n = sum(line.startswith("CHI") for line in lines)
    assert (measure.value, measure.n, measure.utterances) == (pytest.approx(100 * len(found) / n), n, found)


@pytest.mark.shared
def test_groups_differ_in_the_direction_of_the_literature(shared_data):
    """Autistic children of the Nadig corpus echo more than the others; they do not repeat themselves more."""
    from sdc.formats import read_path
    from sdc.measures.registry import REGISTRY
    from sdc.measures.sample import Sample, count_lines

    sums = {}
    for path in sorted((shared_data / "cha" / "Nadig").glob("*.cha")):
        session = read_path(path)
        if session.target is None or session.languages[:1] != ("eng",):
            continue
        made = Sample(session, session.target.code, count_lines(session))
        for name in ("echo_exact_pct", "echo_one_word_pct", "self_repetition_pct"):
            found = REGISTRY[name].function(made)
            hits, n = sums.get((session.target.group, name), (0, 0))
            sums[session.target.group, name] = (hits + len(found.utterances), n + found.n)
    rates = {key: hits / n for key, (hits, n) in sums.items()}
    assert rates["ASD", "echo_exact_pct"] > 2 * rates["TYP", "echo_exact_pct"]
    assert rates["ASD", "echo_one_word_pct"] > 2 * rates["TYP", "echo_one_word_pct"]
    assert rates["ASD", "self_repetition_pct"] < 1.5 * rates["TYP", "self_repetition_pct"]
