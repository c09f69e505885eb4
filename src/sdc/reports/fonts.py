"""Which fonts of this computer print the letters that the report's own font has not; never an empty box in silence.

The body font, Libertinus Serif, comes with typst and has Latin, Greek, Cyrillic and Hebrew letters. For
every other script the fonts that are installed are searched for what is missing, Noto's and DejaVu's first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

BODY = "Libertinus Serif"

COVERED = (
    (0x20, 0x7E),
    (0xA0, 0x24F),  # Latin
    (0x370, 0x3FF),  # Greek
    (0x400, 0x45F),  # Cyrillic
    (0x5D0, 0x5EA),  # Hebrew
    (0x1E00, 0x1EFF),  # Latin, Vietnamese
)
PUNCTUATION = frozenset("–—‘’“”•…−→≥≤‰₂")
"""What the body font has beside letters; a test prints all of it."""

UNPRINTED = "[?]"
"""Stands for letters that no font has; a note then says so."""

PREFERRED = ("Noto Sans", "Noto Naskh", "Noto", "DejaVu Sans", "DejaVu", "Droid")
"""Families that are tried first, by how their names begin."""


@dataclass(frozen=True, slots=True)
class FontChoice:
    """Fonts for a text.

    Attributes
    ----------
    families : tuple[str, ...]
        The body font, then those that print what it has not.
    unprinted : frozenset[str]
        Letters that no font has.
    """

    families: tuple[str, ...]
    unprinted: frozenset[str]


def choose_fonts(text: str, *, system: bool = True) -> FontChoice:
    """Return the fonts that print a text.

    Parameters
    ----------
    text : str
    system : bool
        Whether the fonts installed on this computer are looked at.
    """
    missing = {c for c in text if not _in_body(c) and not _is_blank(c)}
    families = [BODY]
    for family, path, index in _installed() if system and missing else ():
        found = missing & _characters(path, index)
        if found:
            families.append(family)
            missing -= found
        if not missing:
            break
    return FontChoice(tuple(families), frozenset(missing))


def without_unprinted(text: str, unprinted: Collection[str]) -> str:
    """Return a text with ``[?]`` for each run of letters that cannot be printed."""
    parts: list[str] = []
    for c in text:
        if c not in unprinted:
            parts.append(c)
        elif not parts or parts[-1] != UNPRINTED:
            parts.append(UNPRINTED)
    return "".join(parts)


def _in_body(c: str) -> bool:
    return c in PUNCTUATION or any(
        low <= ord(c) <= high and unicodedata.category(c) not in ("Cn", "Cc") for low, high in COVERED
    )


def _is_blank(c: str) -> bool:
    """Whether nothing is drawn for it: line ends, joiners, marks of direction."""
    return unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Zs")


@cache
def _installed() -> tuple[tuple[str, str, int], ...]:
    """Return family, file and index of the upright fonts of normal weight, those to prefer first."""
    import typst

    found = {
        (font.family, font.path, font.index)
        for font in typst.Fonts(include_embedded_fonts=False).fonts()
        if font.path is not None and font.style == "normal" and font.weight == 400 and font.stretch == 1.0
    }
    return tuple(sorted(found, key=lambda f: (_preference(f[0]), f)))


def _preference(family: str) -> int:
    return next((i for i, start in enumerate(PREFERRED) if family.startswith(start)), len(PREFERRED))


@cache
def _characters(path: str, index: int) -> frozenset[str]:
    """Return the characters that a font file draws; none where the file cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return frozenset(map(chr, font.getBestCmap() or ()))
    except (OSError, TTLibError):
        return frozenset()


_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]"
_RIGHT_TO_LEFT = re.compile(rf"{_LETTER}(?:[^\w]*{_LETTER})*")


def isolated(text: str) -> str:
    """Keep letters that run from right to left (a name) from pulling figures beside them to their other side."""
    return _RIGHT_TO_LEFT.sub("\u2068\\g<0>\u2069", text)


def all_text(value: object) -> Iterable[str]:
    """Yield every text inside a document's data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from all_text(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from all_text(inner)
