"""What SDC does not say: a check of every sentence that it makes, from the word list ``wording_rules.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

QUOTED = re.compile(r"“[^“”]*”|\"[^\"]*\"")
"""What stands in double quotation marks: somebody's words, not SDC's."""


@dataclass(frozen=True, slots=True)
class WordingFinding:
    """A word that SDC does not say.

    Attributes
    ----------
    category : str
        ``diagnosis``, ``risk``, ``severity``, ``deficit``, ``emotion``, ``comparison``, ``advice``.
    word : str
        As it stands in the text.
    start, end : int
        Where: ``text[start:end]``.
    advice : str
        What to do instead.
    """

    category: str
    word: str
    start: int
    end: int
    advice: str


def lint_wording(text: str) -> list[WordingFinding]:
    """Return the words in a text that SDC does not say, in order.

    Parameters
    ----------
    text : str
        One or more sentences. What stands in double quotation marks is not looked at.
    """
    plain = QUOTED.sub(_blank, text.replace("’", "'"))
    plain = _allowed().sub(_blank, plain)
    found = [
        WordingFinding(category, match.group(), match.start(), match.end(), advice)
        for category, pattern, advice in _rules()
        for match in pattern.finditer(plain)
    ]
    return sorted(found, key=lambda f: (f.start, f.end))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


@cache
def _word_list() -> dict[str, Any]:
    return tomllib.loads(files("sdc.companion").joinpath("wording_rules.toml").read_text(encoding="utf-8"))


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    rules = {name: rule for name, rule in _word_list().items() if name != "allowed"}
    return tuple((name, pattern(rule["words"]), rule["advice"]) for name, rule in rules.items())


@cache
def _allowed() -> re.Pattern[str]:
    return pattern(_word_list()["allowed"])


def pattern(entries: list[str]) -> re.Pattern[str]:
    """Return a pattern of whole words; a space matches any run of spaces or hyphens."""
    shapes = [r"[\s-]+".join(re.escape(word).replace(r"\*", r"\w*") for word in e.split()) for e in entries]
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(shapes, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
