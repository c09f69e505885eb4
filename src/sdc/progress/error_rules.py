"""How far two sessions of an unchanged child can lie apart, per measure: every constant in one table.

Each figure is the smallest detectable change at 95 % (MDC95 = 1.96 · √2 · SEM) between
neighbouring sessions of public longitudinal transcripts (Brown: Adam, Eve, Sarah; Flusberg:
six autistic boys), computed for this project. Where the corpora differ, the largest stands
here: it is better to miss a change than to announce one that is not there. True growth between
neighbouring sessions makes the figures slightly too large.

A measure that is not in the table stands in ``without_error`` with the reason why it gets no
verdict.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

SEM_SHARE_OF_MLU = 0.15
"""SEM of MLU at 50 utterances, as a share of MLU; grows with √(50 / n)."""

SEM_FLOOR_OF_MLU = 0.10
"""SEM of MLU in long samples, as a share of MLU: more utterances bring it no lower."""

SEM_UTTERANCES = 50
"""Sample size at which ``SEM_SHARE_OF_MLU`` holds."""


def relative_sem(n: int) -> float:
    """Return the SEM of MLU in a session of ``n`` utterances (at least 1), as a share of MLU."""
    return max(SEM_SHARE_OF_MLU * sqrt(SEM_UTTERANCES / n), SEM_FLOOR_OF_MLU)


_NEIGHBOURS = "neighbouring sessions of Brown's Adam, Sarah, Eve"


@dataclass(frozen=True, slots=True)
class ErrorRule:
    """The error of one measure between two sessions.

    Attributes
    ----------
    kind : {"relative", "fixed", "share"}
        ``relative``: the error grows with the value and shrinks with √n (MLU).
        ``fixed``: ``mdc95`` as it stands.
        ``share``: ``mdc95`` in percentage points, made wider by the sampling error of a
        proportion where the samples are smaller than those behind the figure.
    minimum_n : int
        Below this no verdict is given.
    firm_n : int
        From here on a sample is ``ok``, below it ``rough``.
    source : str
    mdc95 : float
        In the measure's unit; 0 for ``relative``.
    measured_n : int or None
        Sample size behind ``mdc95``; None: whole sessions, longer than a clip.
    """

    kind: Literal["relative", "fixed", "share"]
    minimum_n: int
    firm_n: int
    source: str
    mdc95: float = 0.0
    measured_n: int | None = None


_MLU = ErrorRule(
    "relative",
    25,
    50,
    "SEM ≈ 0.15 · MLU · √(50 / n), at least 0.10 · MLU: fits Flusberg (55 pairs), Sarah (133), Adam (51), Eve (19); "
    "measured on words, taken over for morphemes",
)

ERROR_RULES: dict[str, ErrorRule] = {
    "mlu_words": _MLU,
    "mlu_words_50": _MLU,
    "mlu_morphemes": _MLU,
    "mlu_morphemes_50": _MLU,
    # The estimate lies within 1 % of the tier's count in 95 % of transcripts (docs/estimated-morphemes.md).
    "mlu_morphemes_estimated": _MLU,
    "ndw_100": ErrorRule("fixed", 100, 100, f"MDC95 14 / 19 / 19 types, {_NEIGHBOURS}", mdc95=19.0),
    "mattr_50": ErrorRule("fixed", 50, 100, f"MDC95 .13 / .19 / .18 on 50 utterances, {_NEIGHBOURS}", mdc95=0.19),
    "intelligible_utterances_pct": ErrorRule(
        "share", 25, 50, f"MDC95 7 / 20 / 18 points on 50 utterances, {_NEIGHBOURS}", mdc95=20.0, measured_n=50
    ),
    "maze_words_pct": ErrorRule(
        "share",
        100,
        300,
        f"repetitions, revisions and fillers: MDC95 0.8 / 4.4 / 5.2 per 100 words on whole sessions, {_NEIGHBOURS}",
        mdc95=5.2,
    ),
    "echo_partial_pct": ErrorRule("share", 25, 50, "MDC95 9.5 points, neighbouring sessions of Flusberg", mdc95=9.5),
}

HESITATIONS = frozenset({"maze_words_pct", "filler_words_pct"})
"""Measures of what a recogniser tends to leave out."""
