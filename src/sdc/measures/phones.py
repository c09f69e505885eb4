"""Phones of the International Phonetic Alphabet: which are consonants, and which of a target were said."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

VOWELS = frozenset("iyɨʉɯuɪʏʊeøɘɵɤoəɛœɜɞʌɔæɐaɶɑɒɚɝ")
AFFRICATES = frozenset({("t", "ʃ"), ("d", "ʒ"), ("t", "ɕ"), ("d", "ʑ")})
"""Written without a tie these are one phone too; ``ts`` is two."""

TIES = frozenset("\u0361\u035c")
SYLLABIC = "\u0329"

NOT_COMPARED = frozenset("ːˑʰ\u031a\u0306\u0303")
"""Length, aspiration, no release, nasalisation: what varies in casual speech makes no other consonant."""

SAME = {"g": "ɡ", "ɫ": "l", "ʧ": "tʃ", "ʤ": "dʒ"}
"""Two ways to write one phone."""

_LETTERS = frozenset({"Ll", "Lu", "Lo"})
_STRESS = "ˈˌ"
_HOOK = "\u02de"
"""Makes a vowel r-coloured: ``ə˞``."""


@dataclass(frozen=True, slots=True)
class Consonant:
    """One consonant of a target word, with what was said in its place.

    Attributes
    ----------
    target : str
    said : str or None
        None when nothing was said in its place.
    """

    target: str
    said: str | None

    @property
    def is_correct(self) -> bool:
        """Whether it was said as in the target."""
        return self.said == self.target


@lru_cache(maxsize=8192)
def read_phones(ipa: str) -> tuple[str, ...]:
    """Return the phones of a word: each letter with its diacritics, affricates as one.

    Stress, syllable boundaries and all else that is no phone are left out.
    """
    phones: list[str] = []
    tied = False
    for char in unicodedata.normalize("NFD", "".join(SAME.get(c, c) for c in unicodedata.normalize("NFC", ipa))):
        if char in TIES:
            tied = True
        elif phones and (tied or _is_diacritic(char)):
            phones[-1] += "" if char in NOT_COMPARED else char
            tied = tied and _is_diacritic(char)
        elif unicodedata.category(char) in _LETTERS:
            phones.append(char)
    return _with_affricates(phones)


def _is_diacritic(char: str) -> bool:
    return (unicodedata.category(char) in ("Mn", "Lm") and char not in _STRESS) or char == _HOOK


def _with_affricates(phones: list[str]) -> tuple[str, ...]:
    joined: list[str] = []
    for phone in phones:
        if joined and (joined[-1], phone[0]) in AFFRICATES:
            joined[-1] += phone
        else:
            joined.append(phone)
    return tuple(joined)


def is_consonant(phone: str) -> bool:
    """Whether a phone is a consonant; syllabic r and off-glides such as ``ʊ̯`` are vowels."""
    return phone[0] not in VOWELS and not (phone[0] in "ɹr" and SYLLABIC in phone)


@lru_cache(maxsize=8192)
def match_consonants(target: str, said: str) -> tuple[Consonant, ...]:
    """Return the consonants of a target word with what was said for each.

    The two words are laid beside each other so that as many phones as possible agree; consonants
    stand beside consonants, vowels beside vowels. What was added is not counted.
    """
    pairs = _aligned(read_phones(target), read_phones(said))
    return tuple(Consonant(want, got) for want, got in pairs if want is not None and is_consonant(want))


def read_alignment(word: str) -> tuple[Consonant, ...]:
    """Return the consonants of a target from one word of an ``%xphoaln`` tier: ``b↔p,ɑ↔∅``."""
    found = []
    for pair in word.split(","):
        want, _, got = pair.partition("↔")
        wanted, heard = read_phones(want), "".join(read_phones(got)) or None
        if wanted and is_consonant("".join(wanted)):
            found.append(Consonant("".join(wanted), heard))
    return tuple(found)


_LACKS = 2
_REPLACES = 3


def _aligned(target: tuple[str, ...], said: tuple[str, ...]) -> list[tuple[str | None, str | None]]:
    """Align two rows of phones by least cost; of equal ones, the pairing that comes first from the end."""
    costs = [[_LACKS * (i + j) for j in range(len(said) + 1)] for i in range(len(target) + 1)]
    for i, want in enumerate(target, start=1):
        for j, got in enumerate(said, start=1):
            together = costs[i - 1][j - 1] + _cost(want, got)
            costs[i][j] = min(together, costs[i - 1][j] + _LACKS, costs[i][j - 1] + _LACKS)
    pairs: list[tuple[str | None, str | None]] = []
    i, j = len(target), len(said)
    while i or j:
        if i and j and costs[i][j] == costs[i - 1][j - 1] + _cost(target[i - 1], said[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((target[i], said[j]))
        elif i and costs[i][j] == costs[i - 1][j] + _LACKS:
            i -= 1
            pairs.append((target[i], None))
        else:
            j -= 1
            pairs.append((None, said[j]))
    return pairs[::-1]


def _cost(want: str, got: str) -> int:
    if want == got:
        return 0
    same_kind = is_consonant(want) == is_consonant(got)
    return _REPLACES if same_kind else 2 * _LACKS + 1
