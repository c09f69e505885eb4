"""A measure over many sessions, in words: how fast it rises or falls, and how sure that is."""

from __future__ import annotations

import math

from sdc.companion import wordbook
from sdc.companion.comparison import pair_claim, verdict_claim, week_of, when
from sdc.companion.counted import change_words, per_cited, rates_claim
from sdc.companion.evidence import EvidenceBox
from sdc.companion.grounding import CHANGE
from sdc.companion.selection import Line
from sdc.companion.wordbook import MeasureWords, fill, say
from sdc.progress import MeanChange, MeasureProgress, Placed, SessionPoint, Trend
from sdc.progress.trend import MINIMUM_SESSIONS
from sdc.session import Claim

SLOPE_DIGITS = 2

MOST_MORE = 4
"""Decimals beyond a measure's own that a slope shows at most."""


def progress_sentences(found: MeasureProgress, line: Line) -> tuple[str, ...]:
    """Return what may be said of a measure over the sessions of a child: the verdict with what it rests on.

    Parameters
    ----------
    found : MeasureProgress
        Without phases.
    line : Sequence[Placed[SessionPoint]]
        The child's whole time line.

    Returns
    -------
    tuple[str, ...]
        Nothing for a measure that has no words or carries no verdict (is not chosen). Each sentence
        has passed the checks of grounding and wording.
    """
    if wordbook.measure_words(found.measure) is None or not found.chosen:
        return ()
    box = EvidenceBox()
    claims = progress_claims(found, line, box)
    return tuple(claim.text for claim in wordbook.publishable(claims, box.all))


def progress_claims(found: MeasureProgress, line: Line, box: EvidenceBox) -> list[Claim]:
    """Return the sentences of ``progress_sentences`` with their evidence, not checked yet."""
    by_id = {p.point.session_id: p for p in line}
    if found.comparison is None:
        return [Claim(say("trend", "nothing"), tuple(box.week(p) for p in line))]
    pair = (by_id[found.used[0]], by_id[found.used[-1]])
    if found.basis not in ("trend", "means"):
        told = [
            pair_claim(found.comparison, pair, box),
            rates_claim(found.comparison, pair[0].point, pair[1].point, box),
            verdict_claim(found.comparison, pair, box),
        ]
        return [claim for claim in told if claim is not None]
    unknown = (
        [Claim(say("trend", "context_unknown"), tuple(box.week(p) for p in pair))] if found.context_unknown else []
    )
    return [*course_claims(found, line, box), *unknown]


def course_claims(found: MeasureProgress, line: Line, box: EvidenceBox) -> list[Claim]:
    """Return the sentences that tell what five or more sessions show: the one that carries the verdict.

    Where the trend and the means contradict each other both are told, and that nothing follows.
    """
    by_id = {p.point.session_id: p for p in line}
    ends = (by_id[found.used[0]], by_id[found.used[-1]])
    opposed = found.basis == "trend" and found.verdict != found.trend.verdict and found.chosen
    means = means_claim(found, ends[1].point, box) if found.basis == "means" or opposed else None
    steady = trend_claim(found, ends, box) if means is None or opposed else None
    told = [claim for claim in (steady, means) if claim is not None]
    if opposed and told:
        told.append(Claim(say("trend", "opposed"), tuple(dict.fromkeys(i for c in told for i in c.evidence))))
    return told


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
    words, line = change_words(found.measure), found.trend
    if words is None or line.reason is not None or line.slope_per_month is None:
        return None
    assert line.low is not None and line.high is not None
    low, high = sorted((abs(line.low), abs(line.high))) if _is_clear(line) else (line.low, line.high)
    more = slope_decimals(words, line)
    fields = {name: _signed(words, value, more) for name, value in (("low", low), ("high", high))}
    key = {"increase": "rises", "decrease": "falls"}.get(line.verdict, "unclear")
    over = fill("trend", "over", n=line.n_sessions, first_when=week_of(ends[0]), last_when=week_of(ends[1]))
    text = say("trend", key, over=over, name=words.name, slope=_amount(words, line.slope_per_month, more), **fields)
    later = ends[1].point
    shown = [("slope", line.slope_per_month)] if _is_clear(line) else []
    cited = [*(box.week(placed) for placed in ends), *per_cited(found.measure, later, box)]
    for name, value in (*shown, ("low", line.low), ("high", line.high)):
        cited.append(box.figure(later, f"{found.measure}.{name}_per_month{CHANGE}", value, line.n_sessions))
    return Claim(text, tuple(cited))


def _is_clear(line: Trend) -> bool:
    return line.verdict in ("increase", "decrease")


def slope_decimals(words: MeasureWords, line: Trend) -> int:
    """Return how many decimals beyond its measure's own a slope and its interval need.

    A slope is small beside the values that it is of (a count rises by less than 1 a month): it shows
    ``SLOPE_DIGITS`` figures, and the ends of a clear one show at least one, so that none reads as 0.
    """
    assert line.slope_per_month is not None and line.low is not None and line.high is not None
    wanted = [(line.slope_per_month if _is_clear(line) else line.high - line.low, SLOPE_DIGITS)]
    if _is_clear(line):
        wanted += [(line.low, 1), (line.high, 1)]
    places = [digits - 1 - math.floor(math.log10(abs(value))) for value, digits in wanted if value]
    return min(max(0, *(place - words.decimals for place in places)), MOST_MORE) if places else 0


def _amount(words: MeasureWords, value: float, more: int) -> str:
    """Return the size of an amount with its unit."""
    return fill("part", "unit", value=words.number(abs(value), more=more), unit=words.unit).strip()


def _signed(words: MeasureWords, value: float, more: int) -> str:
    """Return a number; a minus as people print it."""
    number = words.number(abs(value), more=more)
    return f"−{number}" if value < 0 and number.strip("0.") else number


def too_few_claim(measure_id: str, later: SessionPoint, box: EvidenceBox) -> Claim:
    """Return the sentence that a steady course cannot be told yet."""
    minimum = box.figure(later, f"{measure_id}.recordings.minimum", float(MINIMUM_SESSIONS))
    return Claim(say("trend", "too_few", wanted=MINIMUM_SESSIONS), (minimum,))


def means_claim(found: MeasureProgress, later: SessionPoint, box: EvidenceBox) -> Claim | None:
    """Return the sentence that holds the last recordings against the first ones; None where there are too few."""
    words, ends = change_words(found.measure), found.ends
    if words is None or ends is None or not ends.difference:
        return None
    difference, threshold = words.amounts(ends.difference, ends.threshold)
    fields = {"first": words.number(ends.first), "second": words.number(ends.second), "k": ends.k_first}
    key = "means_up" if ends.difference > 0 else "means_down"
    text = say("trend", key, **fields, difference=difference, threshold=threshold)
    return Claim(text, (*_cited(found.measure, ends, later, box), *per_cited(found.measure, later, box)))


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
