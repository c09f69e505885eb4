"""Counted measures: what they are counted in, and how far counts of an unchanged child scatter. One table.

A count hangs on how long a recording is, so it is compared as a rate: for each hundred words, or for
each minute. Counts scatter more than chance alone would have them (variance μ + αμ², negative
binomial; Tumanova, Conture, Lambert & Walden 2014, J Commun Disord 49:25, found it for disfluencies).

The dispersions α are moments between neighbouring sessions of Brown's Adam (55 sessions), Eve (20) and
Sarah (22), computed for this project; of the children with one event a session or more the largest
stands here: it is better to miss a change than to announce one that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sdc.progress.point import SessionPoint

Exposure = Literal["words", "minutes"]

PER: dict[Exposure, float] = {"words": 100.0, "minutes": 1.0}
"""A rate is told for so many."""


@dataclass(frozen=True, slots=True)
class CountRule:
    """How the counts of one measure are compared.

    Attributes
    ----------
    exposure : {"words", "minutes"}
        What they are counted in: the words of the sample (the measure's ``n``), or the recording's minutes.
    minimum, firm : float
        Exposure below which no verdict is given, and from which on a sample is ``ok``.
    source : str
    dispersion : float or None
        α of an unchanged child's sessions; None: not measured, so that only the child's own sessions can tell.
    """

    exposure: Exposure
    minimum: float
    firm: float
    source: str
    dispersion: float | None = None

    @property
    def unit(self) -> str:
        """Unit of the rate: ``per 100 words``, ``per minute``."""
        return "per 100 words" if self.exposure == "words" else "per minute"

    @property
    def per(self) -> float:
        """How many words or minutes a rate is told for."""
        return PER[self.exposure]


_NEIGHBOURS = "α between neighbouring sessions of Adam / Eve / Sarah"


def _in_words(dispersion: float | None, figures: str) -> CountRule:
    """Return a rule of FluCalc's counts: 100 words at least, 300 wanted (MEASURES, section 1)."""
    return CountRule("words", 100, 300, f"{_NEIGHBOURS}: {figures}" if dispersion else figures, dispersion)


_NONE_THERE = "marked too rarely in these transcripts to be measured"
_PER_MINUTE = "nobody has measured it: public transcripts of one child carry no times"

COUNT_RULES: dict[str, CountRule] = {
    "td_total": _in_words(0.24, ".03 / .08 / .24"),
    "sld_total": _in_words(0.27, ".27 / .18 / below 0"),
    "utterance_pauses": _in_words(0.13, ".03 / .13 / .10"),
    "whole_word_repetitions": _in_words(0.33, ".33 / .06 / .11"),
    "mono_word_repetitions": _in_words(0.35, ".35 / .13 / .14"),
    "phrase_repetitions": _in_words(0.58, ".29 / .28 / .58"),
    "phrase_revisions": _in_words(0.34, ".34 / .13 / too rare"),
    "word_revisions": _in_words(0.21, ".21 / below 0 / too rare"),
    "prolongations": _in_words(0.50, ".33 / .50 / .08"),
    "word_errors": _in_words(0.42, ".19 / .42 / too rare"),
    **dict.fromkeys(
        ("filled_pauses", "broken_words", "blocks", "part_word_repetitions", "fragments"), _in_words(None, _NONE_THERE)
    ),
    **dict.fromkeys(("turns", "utterances_total"), CountRule("minutes", 3.0, 5.0, _PER_MINUTE)),
}
"""Measure id → its rule. Units of repetitions are left out: they come several at a time."""


def exposure_of(point: SessionPoint, measure_id: str) -> float | None:
    """Return the words or minutes that a session's count was counted in; None where they are not known."""
    rule, measure = COUNT_RULES[measure_id], point.measure(measure_id)
    if rule.exposure == "minutes":
        return point.minutes or None
    return float(measure.n) if measure is not None and measure.n else None
