"""Response times in full: the spread behind ``response_latency_median``, and after questions apart."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles

from sdc.measures.exchanges import is_question
from sdc.measures.sample import Sample
from sdc.measures.timing import OVERLAP_MS, answers, overlaps_are_told

LONG_MS = 3000


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """Response times of one speaker, signed: below zero when the answer began before the other had ended.

    Attributes
    ----------
    n : int
        Answers within ±5 s.
    median_s : float
    quartiles_s : tuple[float, float] or None
        First and third; None below two answers.
    overlap_pct : float or None
        Answers that began more than 50 ms before the other had ended; None where most time codes
        are cut one to the next.
    long_pct : float
        Answers that began more than 3 s after the other had ended.
    n_after_questions : int
    median_after_questions_s : float or None
        None when no question was answered.
    """

    n: int
    median_s: float
    quartiles_s: tuple[float, float] | None
    overlap_pct: float | None
    long_pct: float
    n_after_questions: int
    median_after_questions_s: float | None


def response_times(sample: Sample) -> ResponseTimes | None:
    """Return a speaker's response times; None where ``response_latency_median`` has no value."""
    found = answers(sample)
    if isinstance(found, str):
        return None
    gaps = [answer.gap_ms for answer in found]
    asked = [answer.gap_ms for answer in found if is_question(answer.before)]
    overlapping = 100 * sum(gap < -OVERLAP_MS for gap in gaps) / len(gaps)
    return ResponseTimes(
        n=len(gaps),
        median_s=median(gaps) / 1000,
        quartiles_s=_quartiles(gaps),
        overlap_pct=overlapping if overlaps_are_told(sample) else None,
        long_pct=100 * sum(gap > LONG_MS for gap in gaps) / len(gaps),
        n_after_questions=len(asked),
        median_after_questions_s=median(asked) / 1000 if asked else None,
    )


def _quartiles(gaps: list[int]) -> tuple[float, float] | None:
    if len(gaps) < 2:
        return None
    first, _, third = quantiles(gaps, n=4, method="inclusive")
    return first / 1000, third / 1000
