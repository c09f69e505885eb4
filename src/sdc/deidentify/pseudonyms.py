"""How a pseudonym is made and recognised: ``PersonB``, ``TownC``, ``IdentifierD``.

A pseudonym is a head that says what it stands for and an index of capital consonants. It is a plain
word of letters, so that it may stand wherever the name stood: on a CHAT line (which takes no digits),
in ``%mor``, in a prompt. Where somebody counts syllables, a pseudonym that counts as the name does is
taken (``PersB``, ``PersonB``, ``SomebodyB``); consonants add none.

A text may hold such a word before anything was replaced; it then gets ``Quoted`` before it, which is
taken off when the text is put back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator
from itertools import product
from typing import Literal

Kind = Literal["person", "place", "identifier"]

HEADS: dict[Kind, tuple[str, ...]] = {
    "person": ("Person", "Pers", "Somebody", "Prian"),
    "place": ("City", "Town", "Settlement"),
    "identifier": ("Identifier",),
}
"""Of two, one and three syllables, and of two that are one vowel group; the first one where nobody counts."""

QUOTED = "Quoted"
LETTERS = "BCDFGHJKLMNPRTVWXZ"
"""Consonants, without Q (it opens a mask) and S (it makes a plural)."""
MASK = "bcdf"
"""Which spelling of each letter of a name stood there: see ``sdc.deidentify.spelling``."""
LENGTHENINGS = ("na", "nia")
"""One syllable; two by a dictionary's rule and one by vowel groups."""
ENDINGS = ("", "e", "xe", "med")
"""``e`` is a vowel group before ``s``; ``xe`` is not heard in ``PersBxe`` and is in ``PersBxe's``, as in ``Rose`` and
``Rose's``; ``med`` is one vowel group and no syllable."""
MAX_LENGTHENINGS = 4

Sound = Callable[[str], Hashable]
"""How a word counts where syllables are counted: words of the same sound may stand for each other."""

_HEAD = "|".join(f"{head}(?:{'|'.join(LENGTHENINGS)})*" for heads in HEADS.values() for head in heads)
_FORMS = "|".join(
    (
        rf"(?:{_HEAD})[{LETTERS}]+(?:x?e|med)?",
        rf"(?:{_HEAD.lower()})[{LETTERS.lower()}]+(?:x?e|med)?",
        rf"(?:{_HEAD.upper()})[{LETTERS}]+(?:X?E|MED)?",
    )
)
COMBINING = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
BEFORE = r"(?<![^\W_])"
AFTER = rf"(?![^\W_]|[{COMBINING}]|['’][tT](?![^\W_]))"
"""Not inside a word; nor before ``'t``: ``don't`` is not Don."""
PLURAL = "(?:e?s|E?S)"
PSEUDONYM = re.compile(
    rf"{BEFORE}(?P<quoted>(?:{QUOTED})*)(?P<base>{_FORMS})(?P<mask>Q[{MASK}]+)?(?P<end>{PLURAL}?){AFTER}"
)


def index_letters(number: int) -> str:
    """Return the index of a number from 0: B, C, …, Z, BB and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


def pseudonym(kind: Kind, number: int, name: str, sound: Sound | None = None) -> str:
    """Return the pseudonym of one word of a name.

    Parameters
    ----------
    kind : {"person", "place", "identifier"}
    number : int
        Different for each word of a roster.
    name : str
        The word that it stands for.
    sound : callable, optional
        Then a pseudonym is taken that sounds as the name does, with ``'s`` and ``s`` too where there
        is such a one.
    """
    index = index_letters(number)
    if sound is None or kind == "identifier":
        return HEADS[kind][0] + index
    found = list(_candidates(kind, index))
    for endings in (("", "'s", "s"), ("", "'s"), ("",)):
        aim = [sound(name + ending) for ending in endings]
        for candidate in found:
            if [sound(candidate + ending) for ending in endings] == aim:
                return candidate
    return HEADS[kind][0] + index


def _candidates(kind: Kind, index: str) -> Iterator[str]:
    for ending in ENDINGS:
        for n in range(MAX_LENGTHENINGS + 1):
            for pieces in product(LENGTHENINGS, repeat=n):
                for head in HEADS[kind]:
                    yield head + "".join(pieces) + index + ending
