"""Counted measures in words: as rates, for each hundred words or each minute."""

from __future__ import annotations

from dataclasses import replace

from sdc.companion import wordbook
from sdc.companion.evidence import EvidenceBox
from sdc.companion.wordbook import MeasureWords, fill, say
from sdc.progress import COUNT_RULES, Comparison, SessionPoint
from sdc.session import Claim

RATE_DECIMALS = 2


def change_words(measure_id: str) -> MeasureWords | None:
    """Return how changes of a measure are put into words; of a counted one they are changes of its rate."""
    words, rule = wordbook.measure_words(measure_id), COUNT_RULES.get(measure_id)
    if words is None or rule is None:
        return words
    return replace(words, unit=fill("counts", rule.exposure, per=f"{rule.per:.0f}"), decimals=RATE_DECIMALS)


def per_cited(measure_id: str, point: SessionPoint, box: EvidenceBox) -> tuple[str, ...]:
    """Cite the hundred words that a rate is told for; nothing for other measures, and for a single minute."""
    rule = COUNT_RULES.get(measure_id)
    return () if rule is None or rule.per == 1 else (box.figure(point, f"{measure_id}.per", rule.per),)


def rates_claim(comparison: Comparison, first: SessionPoint, second: SessionPoint, box: EvidenceBox) -> Claim | None:
    """Return the sentence with both rates; None for a measure that is not counted, or cannot be compared."""
    words, found = change_words(comparison.measure), comparison.rates
    if words is None or found is None:
        return None
    name = f"{comparison.measure}.rate"
    rates = ((first, found.first), (second, found.second))
    cited = tuple(box.figure(point, name, value) for point, value in rates)
    text = say("counts", "rates", unit=words.unit, first=words.number(found.first), second=words.number(found.second))
    return Claim(text, (*cited, *per_cited(comparison.measure, second, box)))
