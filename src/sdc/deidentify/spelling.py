"""The spellings of one word of a name, as a pattern; and which of them stood there, as a mask.

``Müller`` may be written ``müller``, ``MÜLLER``, with the dots as a character of their own, or with
odd capitals. All are the same name. So that a text can be put back exactly, the spelling is kept:
the usual ones in the pseudonym's own case (``PersonB``, ``personb``, ``PERSONB``), any other as a
mask, a letter for each letter of the name (``PersonBQbccb``), which tells nothing of the name but
its length.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sdc.deidentify.pseudonyms import MASK

_APOSTROPHES = ("'", "’")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One word of a name.

    Attributes
    ----------
    word : str
        As the roster has it, composed (NFC).
    choices : tuple[tuple[str, ...], ...]
        For each letter how it may be written; the first one is that of ``word``.
    """

    word: str
    choices: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, word: str) -> Spelling:
        """Return the spellings of a word."""
        composed = unicodedata.normalize("NFC", word)
        return cls(composed, tuple(map(_choices, composed)))

    def pattern(self, *, any_case: bool = True, between: str = "") -> str:
        """Return a regular expression for all of them.

        Parameters
        ----------
        any_case : bool
            Also in other case than ``word`` has.
        between : str
            A regular expression for what may stand between the letters, as in CHAT's ``Mi:a``.
        """
        return between.join(f"(?:{'|'.join(map(re.escape, _cased(choice, any_case)))})" for choice in self.choices)

    def cased(self, pseudonym: str, found: str) -> str:
        """Return the pseudonym in the spelling that was found."""
        if found == self.word:
            return pseudonym
        for change in (str.lower, str.upper):
            if found == change(self.word) and change(self.word) != self.word and self._is_plain(change(self.word)):
                return change(pseudonym)
        return f"{pseudonym}Q{self._mask(found)}"

    def spelled(self, mask: str) -> str:
        """Return the word in the spelling of a mask; as the roster has it where the mask does not fit."""
        if len(mask) != len(self.choices):
            return self.word
        numbers = [MASK.index(letter) for letter in mask]
        if any(n >= len(choice) for n, choice in zip(numbers, self.choices, strict=True)):
            return self.word
        return "".join(choice[n] for n, choice in zip(numbers, self.choices, strict=True))

    def _is_plain(self, text: str) -> bool:
        return re.fullmatch(self.pattern(), text) is not None

    def _mask(self, found: str) -> str:
        letters, position = "", 0
        for choice in self.choices:
            # The longest first: a letter with its mark is not the letter alone.
            for spelled in sorted(choice, key=len, reverse=True):
                if found.startswith(spelled, position):
                    letters += MASK[choice.index(spelled)]
                    position += len(spelled)
                    break
        return letters


def _cased(choice: tuple[str, ...], any_case: bool) -> tuple[str, ...]:
    first = unicodedata.normalize("NFC", choice[0])
    return choice if any_case else tuple(c for c in choice if unicodedata.normalize("NFC", c) == first)


def _choices(letter: str) -> tuple[str, ...]:
    if letter in _APOSTROPHES:
        return (letter, *(a for a in _APOSTROPHES if a != letter))
    swapped = letter.swapcase()
    letters = [letter]
    if swapped != letter and len(swapped) == 1 and swapped.swapcase() == letter:
        letters.append(swapped)
    decomposed = [unicodedata.normalize("NFD", each) for each in letters]
    return tuple(dict.fromkeys([*letters, *(each for each in decomposed if each not in letters)]))
