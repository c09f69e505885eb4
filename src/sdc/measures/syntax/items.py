"""The items of IPSyn, read from ``ipsyn.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, reduce
from importlib.resources import files
from operator import and_

from sdc.measures.syntax.patterns import Pattern, Vocabulary


@dataclass(frozen=True, slots=True)
class Look:
    """One way to earn an item's points.

    Attributes
    ----------
    patterns, exceptions : tuple[Pattern, ...]
    shared : int
        Bits that every pattern needs: a row that lacks one of these is passed over.
    apart : str or int or None
        How two examples must differ: ``lemmas``, or by the word in this place (from 1).
    second_only : bool
        Whether it earns only the second point.
    """

    patterns: tuple[Pattern, ...]
    shared: int
    exceptions: tuple[Pattern, ...] = ()
    apart: str | int | None = None
    second_only: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One structure: its looks, and the items whose own points count here too."""

    id: str
    title: str
    looks: tuple[Look, ...]
    also: tuple[str, ...] = ()


@cache
def ipsyn_table() -> tuple[Vocabulary, tuple[Item, ...]]:
    """Return the items with the vocabulary of their patterns."""
    table = tomllib.loads(files("sdc.measures.syntax").joinpath("ipsyn.toml").read_text("utf-8"))
    vocabulary = Vocabulary(table["classes"], table["phrases"])
    items = []
    for id, item in table["items"].items():
        first = vocabulary.read(item["looks"])
        looks = [Look(first, _shared(first), vocabulary.read(item.get("not", ())), item.get("apart"))]
        if "second" in item:
            second = vocabulary.read(item["second"])
            looks.append(Look(second, _shared(second), second_only=True))
        items.append(Item(id, item["title"], tuple(looks), tuple(item.get("also", ()))))
    return vocabulary, tuple(items)


def _shared(patterns: tuple[Pattern, ...]) -> int:
    return reduce(and_, (pattern.needed for pattern in patterns))
