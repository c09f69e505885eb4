"""Names that people give: one line that shows everything it holds.

A control character in a name could reach a terminal as a command, and one that is not seen makes two names
that look alike.
"""

from __future__ import annotations

import unicodedata

JOINERS = "\u200c\u200d"
"""Zero-width joiners are part of the spelling in scripts that come after Latin, Greek and Cyrillic (Persian, Hindi)."""
FIRST_THAT_JOINS = "\u0590"
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def one_line(text: str) -> str:
    """Return a text composed (NFC) and with single spaces; line breaks and tabs are spaces.

    Parameters
    ----------
    text : str

    Raises
    ------
    ValueError
        It holds a character that is not seen: its message names it.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    for before, character in zip(" " + line, line, strict=False):
        if is_unseen(character) and not (character in JOINERS and before >= FIRST_THAT_JOINS):
            raise ValueError(f"it holds U+{ord(character):04X}, a character that is not seen")
    return line


def is_unseen(character: str) -> bool:
    """Tell whether a character shows nothing, or changes how its neighbours are shown."""
    return unicodedata.category(character) in UNSEEN


def search_key(name: str) -> str:
    """Return a name as it is searched in: without case and accents."""
    if name.isascii():
        return name.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if unicodedata.category(c)[0] != "M")


def name_key(name: str) -> str:
    """Return a name as it is compared: normalised, without case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
