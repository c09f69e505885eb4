"""What the tiny transcriber knows: 56 words of the demo's dialogue, and the sentences made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np

_LIST = """
    the a I it he you we they my this one
    is are can goes go see want does sit run look it's
    for on to in here now very fast so more yes no and where who
    train Biscuit Sarah Grandma engine zoo blanket bridge teddy home wheels
    big green red warm first um uh
"""
WORDS = tuple(_LIST.split())
ENDS = (".", "?")
FILLERS = ("um", "uh")

NAMES = ("Biscuit", "Sarah", "Grandma", "teddy", "he", "this one", "it")
THINGS = ("train", "engine", "blanket", "bridge", "zoo", "teddy")
KINDS = ("big", "green", "red", "warm", "very big", "so big", "so warm", "very fast", "fast", "first")
PLACES = (
    "here",
    "home",
    "to the zoo",
    "on the train",
    "in the train",
    "on the bridge",
    "on the blanket",
    "now",
    "fast",
)

Random = np.random.Generator
T = TypeVar("T")


def sentences(seed: int, repeats: int = 1, jumbled: float = 0.25) -> Iterator[str]:
    """Yield sentences without end: the child's kind of talk, and a share of words in any order.

    Words are repeated, at most so many times, and fillers put in as young children do it, so
    that the decoder cannot rely on grammar where it should listen.
    """
    random = np.random.default_rng(seed)
    while True:
        if random.random() < jumbled:
            words = [str(word) for word in random.choice(WORDS, random.integers(1, 6))]
            yield " ".join(words) + "."
        else:
            yield _disfluent(_pick(random, _FRAMES)(random), repeats, random)


def _disfluent(sentence: str, repeats: int, random: Random) -> str:
    words = sentence.split(" ")
    if len(words) > 2 and random.random() < 0.25:  # a repetition at the start: I want I want the train
        times = int(random.integers(1, repeats + 1)) if repeats > 1 else 1
        words = times * words[: random.integers(1, 3)] + words
    if random.random() < 0.25:
        words.insert(int(random.integers(0, min(3, len(words)))), _pick(random, FILLERS))
    return " ".join(words)


def _pick(random: Random, options: tuple[T, ...]) -> T:
    return options[random.integers(len(options))]


def _someone(random: Random) -> str:
    return _pick(random, NAMES) if random.random() < 0.5 else _thing(random)


def _thing(random: Random) -> str:
    owner = _pick(random, ("the", "my", "a", "this", "one", "the big", "the green", "my red", "a big", "a red"))
    return f"{owner} {_pick(random, THINGS)}"


def _pair(random: Random) -> str:
    return f"{_someone(random)} and {_someone(random)}"


Frame = Callable[[Random], str]
_FRAMES: tuple[Frame, ...] = (
    lambda r: f"{_someone(r)} goes {_pick(r, PLACES)}.",
    lambda r: f"{_someone(r)} is {_pick(r, KINDS)}.",
    lambda r: f"{_someone(r)} is {_pick(r, PLACES)}.",
    lambda r: f"it's {_pick(r, KINDS)}.",
    lambda r: f"it's {_thing(r)}.",
    lambda r: f"{_pick(r, ('I', 'we', 'they', 'you'))} {_pick(r, ('want', 'see'))} {_thing(r)}.",
    lambda r: f"{_pick(r, ('I', 'we', 'they', 'you'))} {_pick(r, ('sit', 'run', 'go'))} {_pick(r, PLACES)}.",
    lambda r: f"{_someone(r)} can {_pick(r, ('sit', 'run', 'go'))} {_pick(r, PLACES)}.",
    lambda r: f"{_pick(r, ('I', 'we', 'they'))} can see {_someone(r)}.",
    lambda r: f"can {_pick(r, ('I', 'we', 'you', 'they'))} {_pick(r, ('see', 'sit', 'run', 'go'))} {_pick(r, PLACES)}?",
    lambda r: f"where {_pick(r, ('is', 'does'))} {_someone(r)} {_pick(r, ('go', 'sit', 'run', 'now'))}?",
    lambda r: f"where is {_someone(r)}?",
    lambda r: f"who is {_pick(r, (*PLACES, 'this', 'it'))}?",
    lambda r: f"{_pair(r)} are {_pick(r, (*KINDS, *PLACES))}.",
    lambda r: f"{_pick(r, ('yes', 'no', 'look', 'now'))} {_someone(r)} is {_pick(r, (*KINDS, *PLACES))}.",
    lambda r: f"{_pick(r, ('here', 'where'))} {_pick(r, ('it is', 'they are', 'you are', 'we are'))}.",
    lambda r: f"{_pick(r, ('they', 'the wheels', 'my wheels', 'we'))} are {_pick(r, KINDS)}.",
    lambda r: f"{_pick(r, ('more wheels', 'one more', 'more', 'the wheels', 'wheels'))} for {_someone(r)}.",
    lambda r: f"{_pick(r, ('and', 'for', 'yes', 'no', 'look', 'run'))} {_someone(r)}.",
    lambda r: f"{_thing(r)}.",
)
