"""The sentences of ``sentences.toml``, filled in: numbers, dates and names as people write them."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sdc.companion.grounding import MONTHS, check_grounding
from sdc.companion.wording import lint_wording
from sdc.session import Claim, Evidence, Measure

NAMELESS = "the child"

MORE_DECIMALS = 3
"""Shown beyond a measure's own where two numbers would look alike."""


@dataclass(frozen=True, slots=True)
class MeasureWords:
    """How a measure is put into words; see ``sentences.toml``."""

    name: str
    seen: str
    value: str
    unit: str
    counts: str
    decimals: int

    def number(self, value: float, *, more: int = 0) -> str:
        """Return a number with the measure's decimals, or more."""
        text = f"{value:.{self.decimals + more}f}"
        return text.removeprefix("-") if not text.strip("-0.") else text

    def amounts(self, difference: float, threshold: float) -> tuple[str, str]:
        """Return a difference and its error with their unit, with decimals enough to tell them apart."""
        for more in range(MORE_DECIMALS + 1):
            numbers = [self.number(abs(value), more=more) for value in (difference, threshold)]
            if numbers[0] != numbers[1]:
                break
        amounts = [fill("part", "unit", value=number, unit=self.unit).strip() for number in numbers]
        return amounts[0], amounts[1]

    def shown(self, measure: Measure) -> str:
        """Return a value with what it rests on, to stand beside another."""
        assert measure.value is not None
        text = self.value.format(value=self.number(measure.value))
        return text + (self.over(measure) if not self.counts_itself else "")

    def sentence(self, measure: Measure, who: str) -> str:
        """Return the sentence that tells a value."""
        assert measure.value is not None
        fields = {"value": self.number(measure.value), "who": who}
        return capital(self.seen.format(**fields, over_n=self.over(measure), among_n=self._among(measure)))

    @property
    def counts_itself(self) -> bool:
        """Whether the value is a count of what ``n`` counts: saying both would say it twice."""
        return self.counts == self.unit

    def over(self, measure: Measure) -> str:
        """Return `` (50 utterances)``, or nothing when the sample is not told."""
        return "" if measure.n is None else fill("part", "over_n", n=measure.n, counts=self.counts)

    def _among(self, measure: Measure) -> str:
        return "" if measure.n is None else fill("part", "among_n", n=measure.n)


def measure_words(measure_id: str) -> MeasureWords | None:
    """Return how a measure is put into words; None when there are no words for it."""
    found = _book()["measure"].get(measure_id)
    return None if found is None else MeasureWords(**found)


def measures_in_words() -> tuple[str, ...]:
    """Return the ids of all measures that have words."""
    return tuple(_book()["measure"])


def fill(group: str, key: str, **fields: object) -> str:
    """Return a part of a sentence, filled in."""
    text: str = _book()[group][key]
    return text.format(**fields)


def say(group: str, key: str, **fields: object) -> str:
    """Return a whole sentence, filled in, with a capital letter."""
    return capital(fill(group, key, **fields))


def capital(text: str) -> str:
    """Return a sentence with a capital letter."""
    return text[:1].upper() + text[1:]


def show_date(iso: str) -> str:
    """Return ``2 March 2026`` for ``2026-03-02``."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04d}"


def who(name: str | None) -> str:
    """Return the child's name, or "the child" where a name would break the checks of a sentence."""
    plain = " ".join((name or "").split())
    if not plain or not all(c.isalpha() or c in " -'’." for c in plain):
        return NAMELESS
    return NAMELESS if lint_wording(plain) or check_grounding([Claim(plain)], []) else plain


def listed(parts: Sequence[str]) -> str:
    """Return ``1, 2 and 4``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def weeks(numbers: Sequence[int]) -> str:
    """Return ``week 3`` or ``weeks 2, 3 and 5``."""
    return f"{'week' if len(numbers) == 1 else 'weeks'} {listed([str(n) for n in numbers])}"


def publishable(claims: Sequence[Claim], evidence: Sequence[Evidence]) -> tuple[Claim, ...]:
    """Return the claims that pass both checks: grounded in the evidence they cite, and well worded."""
    bad = {u.claim for u in check_grounding(claims, evidence)}
    return tuple(c for i, c in enumerate(claims) if i not in bad and not lint_wording(c.text))


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads(files("sdc.companion").joinpath("sentences.toml").read_text(encoding="utf-8"))
