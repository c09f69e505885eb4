"""Syllables by CMUdict, and by the letter rule for the words that it does not list."""

from importlib.resources import files

import pytest

from sdc.measures.syllables import count_by_rule, count_part, n_syllables


@pytest.mark.parametrize(
    ("word", "n"),
    [
        ("dog", 1), ("mommy", 2), ("banana", 3), ("make", 1), ("the", 1), ("table", 2), ("whale", 1), ("little", 2),
        ("thank_you", 2), ("choo+choo", 2), ("bye-bye", 2), ("don't", 1), ("hmm", 1), ("5", 1), ("I", 1), ("tree", 1),
        ("Café", 2), ("elephant", 3), ("something", 2), ("chocolate", 2), ("idea", 3), ("everybody", 4), ("fire", 2),
        ("tv", 2), ("eye", 1),
    ],
)  # fmt: skip
def test_counts(word, n):
    assert n_syllables(word) == n


@pytest.mark.parametrize(
    ("word", "n"),
    [
        ("being", 2), ("playing", 2), ("crying", 2), ("played", 1), ("jumped", 1), ("wanted", 2), ("pulled", 1),
        ("makes", 1), ("glasses", 2), ("tables", 2), ("beaches", 2), ("piano", 3), ("special", 2), ("nation", 2),
        ("violin", 3), ("actual", 3), ("quack", 1), ("likely", 2), ("didn't", 2), ("it'll", 2), ("prism", 2),
        ("mcdonald", 3), ("crayon", 2), ("one", 1),
    ],
)  # fmt: skip
def test_the_rule_alone(word, n):
    assert count_by_rule(word) == n


def test_an_ending_in_s_is_added_to_a_listed_word():
    listed = {"something": 2, "facade": 3, "voyage": 2}
    assert [count_part(w, listed) for w in ("something's", "facades", "voyages")] == [2, 3, 3]


def test_either_apostrophe():
    assert n_syllables("didn’t") == n_syllables("didn't") == 2


def test_the_list_holds_what_the_rule_gets_wrong_and_says_where_it_is_from():
    data = files("sdc.measures") / "data"
    text = (data / "syllables.txt").read_text("utf-8")
    assert "CMUDICT-LICENCE.txt" in text
    assert "Carnegie Mellon University" in (data / "CMUDICT-LICENCE.txt").read_text("utf-8")
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    words = [word for _, *words in rows for word in words]
    assert len(set(words)) == len(words) > 8000
    assert all(n_syllables(word) == int(n) for n, *words in rows for word in words)
    # A listed word may equal the rule only where it keeps the count without its s from being used.
    idle = [w for n, *words in rows for w in words if count_by_rule(w) == int(n)]
    assert all(w.endswith("s") for w in idle)
