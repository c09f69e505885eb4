"""The sentences of ``sentences.toml``: drawn by a hash, filled in, and linted."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from sdc.companion.wordbook import capital, measure_words
from sdc.companion.wording import lint_wording
from sdc.finetune.dataset.facts import Fact
from sdc.session import Measure

T = TypeVar("T")


def draw(options: Sequence[T], *key: object) -> T:
    """Return one of several, the same for the same key whatever else is drawn.

    Parameters
    ----------
    options : Sequence
        Not empty.
    *key : object
        The seed first, then what it is drawn for.
    """
    return options[hash_of(*key) % len(options)]


def hash_of(*key: object) -> int:
    """Return a number of 64 bits that the key decides, on every machine the same."""
    return int.from_bytes(hashlib.sha256("|".join(map(str, key)).encode()).digest()[:8], "big")


def fact_sentence(fact: Fact, *key: object) -> str:
    """Return a sentence that tells a fact; empty where its words would break it."""
    return _checked(draw(_book()[fact.kind], *key).format(said=fact.said, other=fact.other))


def nothing_sentence(*key: object) -> str:
    """Return a sentence that says that nothing is marked."""
    return _checked(draw(_book()["nothing"], *key))


def measure_sentence(measure: Measure, *key: object) -> str:
    """Return a sentence that tells a value, or why there is none; empty where there are no words for the measure."""
    words = measure_words(measure.id)
    if words is None:
        return ""
    named = {"name": words.name, "Name": capital(words.name)}
    if measure.value is None:
        reason = (measure.reason or "").rstrip(".")
        return _checked(draw(_book()["no_value"], *key).format(reason=reason, **named))
    seen, shown = words.sentence(measure, "the child"), words.shown(measure)
    return _checked(draw(_book()["measure"], *key).format(seen=seen, shown=shown, **named))


def question_about(kind: str, *key: object) -> str | None:
    """Return a question that an insight of a kind answers; None for a kind without one."""
    options = _book()["question"].get(kind)
    return draw(options, *key) if options else None


def sentences_version() -> str:
    """Return the version of the sentences."""
    return str(_book()["version"])


def _checked(text: str) -> str:
    return "" if lint_wording(text) else text


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files("sdc.finetune.dataset").joinpath("sentences.toml").read_text(encoding="utf-8"))
