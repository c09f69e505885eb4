"""Endings and contractions, told from the words."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.measures.tagging import Ending, tag_endings

NAMES = {
    "pl": Ending.PLURAL, "3s": Ending.THIRD_PERSON, "poss": Ending.POSSESSIVE, "past": Ending.PAST,
    "ing": Ending.PROGRESSIVE, "not": Ending.NOT, "aux": Ending.AUXILIARY, "name": Ending.NAME_AUXILIARY,
    "main": Ending.MAIN_VERB, "modal": Ending.MODAL,
}  # fmt: skip


@pytest.mark.parametrize(
    "utterance",
    [
        "two dogs/pl",
        "this is his bus",
        "Charles wants/3s scissors",
        "he turns/3s it",
        "two turns/pl",
        "turns/pl",
        "it looks/3s good",
        "the looks/pl on their faces/pl",
        "looks/3s good",
        "skis/pl and tennis",
        "ice+creams/pl",
        "two boo_boos/pl as_soon_as good_mornings",
        "Boy_Scouts like the boys/pl",
        "she jumped/past into bed",
        "I need a red sled",
        "they agreed/past to feed them",
        "I'm/aux going/ing",
        "I'm/main a king",
        "goin'/ing home in the morning",
        "bathing/ing something",
        "the building is tall",
        "he is building/ing it",
        "it's/main a dog",
        "it's/aux not really raining/ing",
        "it's/aux broken",
        "it's/main for eating/ing",
        "what's/aux he doing/ing",
        "what's/aux Eve doing/ing",
        "what's/aux the big dog doing/ing",
        "what's/main that",
        "there's/main one missing/ing",
        "let's/main go",
        "isn't/not he coming/ing",
        "isn't/main it",
        "I don't/not know and can't/not cannot/not",
        "you've/aux seen it",
        "I should've/modal gone",
        "I'll/modal see what he'd/modal do",
        "Mommy's/poss shoe",
        "Mommy's/poss",
        "Mommy's/name going/ing",
        "Mommy's/main here",
        "the dog's/poss bone",
        "the dog's/aux running/ing",
        "somebody's/poss hat",
        "the boys'/poss hats/pl",
        "o'clock",
        "you’re/aux eating/ing",
        "gonna/ing",
        "sposta/past",
    ],
)
def test_endings(utterance):
    pairs = [item.partition("/") for item in utterance.split()]
    expected = tuple(NAMES[name] if name else Ending.NONE for _, _, name in pairs)
    assert tag_endings([word for word, _, _ in pairs]) == expected


def test_an_empty_word_has_no_ending_and_is_no_neighbour():
    assert tag_endings(["", "turns", ""]) == (Ending.NONE, Ending.PLURAL, Ending.NONE)
    assert tag_endings([]) == ()


def test_every_list_holds_each_word_once_and_no_word_decides_two_ways():
    text = files("sdc.measures").joinpath("data/english_endings.toml").read_text("utf-8")
    lists = {name: words.split() for name, words in tomllib.loads(text).items()}
    assert all(len(set(words)) == len(words) for words in lists.values())
    assert all(re.fullmatch(r"[a-z]+", word) for words in lists.values() for word in words)
    kinds = ("no_s", "plural_is", "verb_s", "verb_or_noun_s", "noun_or_verb_s")
    listed = [word for name in kinds for word in lists[name]]
    assert all(word.endswith("s") for word in listed)
    assert len(set(listed)) == len(listed)
    assert not set(lists["subject"]) & set(lists["before_noun"])
    assert not set(lists["no_ing"]) & set(lists["noun_ing"])


def test_every_list_is_used():
    text = files("sdc.measures").joinpath("data/english_endings.toml").read_text("utf-8")
    code = files("sdc.measures").joinpath("tagging.py").read_text("utf-8")
    assert not [name for name in tomllib.loads(text) if f'"{name}"' not in code]


WORDS = st.text("abinstegd'’+_DS ", max_size=8)


@given(st.lists(WORDS, max_size=6))
def test_one_ending_for_each_word_whatever_it_is(words):
    tags = tag_endings(words)
    assert len(tags) == len(words)
    assert all(isinstance(tag, Ending) for tag in tags)
