"""A measure over many sessions, in words: how fast it rises or falls, and how sure that is."""

from __future__ import annotations

from sdc.companion import wordbook
from sdc.companion.comparison import week_of, when
from sdc.companion.evidence import EvidenceBox
from sdc.companion.grounding import CHANGE
from sdc.companion.wordbook import MeasureWords, fill, say
from sdc.progress import MeanChange, MeasureProgress, Placed, SessionPoint, Trend
from sdc.session import Claim


def trend_claim(
    found: MeasureProgress, ends: tuple[Placed[SessionPoint], Placed[SessionPoint]], box: EvidenceBox
) -> Claim | None:
    """Return the sentence that tells a trend; None where none can be told or the measure has no words.

    Parameters
    ----------
    found : MeasureProgress
    ends : tuple[Placed[SessionPoint], Placed[SessionPoint]]
        The first and the last of the sessions behind it.
    box : EvidenceBox
    """
    words, line = wordbook.measure_words(found.measure), found.trend
    if words is None or line.reason is not None or line.slope_per_month is None:
        return None
    assert line.low is not None and line.high is not None
    low, high = sorted((abs(line.low), abs(line.high))) if _is_clear(line) else (line.low, line.high)
    fields = {name: _signed(words, value) for name, value in (("low", low), ("high", high))}
    key = {"increase": "rises", "decrease": "falls"}.get(line.verdict, "unclear")
    over = fill("trend", "over", n=line.n_sessions, first_when=week_of(ends[0]), last_when=week_of(ends[1]))
    text = say("trend", key, over=over, name=words.name, slope=_amount(words, line.slope_per_month), **fields)
    later = ends[1].point
    cited = [*(box.week(placed) for placed in ends), box.figure(later, "recordings", float(line.n_sessions))]
    for name, value in (("slope", line.slope_per_month), ("low", line.low), ("high", line.high)):
        cited.append(box.figure(later, f"{found.measure}.{name}_per_month{CHANGE}", value, line.n_sessions))
    return Claim(text, tuple(cited))


def _is_clear(line: Trend) -> bool:
    return line.verdict in ("increase", "decrease")


def _amount(words: MeasureWords, value: float) -> str:
    """Return the size of an amount with its unit."""
    return fill("part", "unit", value=words.number(abs(value)), unit=words.unit).strip()


def _signed(words: MeasureWords, value: float) -> str:
    """Return a number; a minus as people print it."""
    number = words.number(abs(value))
    return f"−{number}" if value < 0 and number.strip("0.") else number


def means_claim(found: MeasureProgress, later: SessionPoint, box: EvidenceBox) -> Claim | None:
    """Return the sentence that holds the last recordings against the first ones; None where there are too few."""
    words, ends = wordbook.measure_words(found.measure), found.ends
    if words is None or ends is None or not ends.difference:
        return None
    difference, threshold = words.amounts(ends.difference, ends.threshold)
    fields = {"first": words.number(ends.first), "second": words.number(ends.second), "k": ends.k_first}
    key = "means_up" if ends.difference > 0 else "means_down"
    text = say("trend", key, **fields, difference=difference, threshold=threshold)
    return Claim(text, _cited(found.measure, ends, later, box))


def _cited(measure_id: str, ends: MeanChange, later: SessionPoint, box: EvidenceBox) -> tuple[str, ...]:
    figures = {
        ".mean_first": ends.first,
        ".mean_last": ends.second,
        f".means{CHANGE}": ends.difference,
        ".means.mdc95": ends.threshold,
    }
    return tuple(box.figure(later, measure_id + name, value, ends.k_first) for name, value in figures.items())


def contradiction_claim(placed: Placed[SessionPoint], days: float, box: EvidenceBox) -> Claim:
    """Return the sentence that warns of a date that contradicts the child's age."""
    text = say("trend", "contradiction", when=when(placed), days=f"{abs(days):.0f}")
    return Claim(text, (box.week(placed), box.figure(placed.point, f"days_from_age{CHANGE}", days)))
