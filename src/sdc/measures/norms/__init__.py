"""Norms: how samples of many children spread, by age, in one situation, by one counting rule.

A value is placed only among samples that were taken and counted in the same way: English, toy
play, known age, the same rule. Where one of these is not given there is no place, with the
reason. README.md beside the data tells where they come from.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sdc.measures.needs import is_english
from sdc.session import Measure, Session

SOURCE = "KIDEVAL toy-play database (TalkBank), English; recomputed by child"
DATA = "kideval_eng_toyplay.csv"

COLUMNS = {
    "mlu_words": "MLUw",
    "mlu_words_50": "MLU50w",
    "ndw_100": "NDW100",
    "vocd_d": "vocdD",
    "ipsyn": "IPSyn50",
    "dss": "DSS50",
}
"""Measure id → measure in the data: those that are counted by the same rule."""

OTHER_RULE = {"mlu_morphemes": "MLUm", "mlu_morphemes_50": "MLU50m"}
"""Measures that the data have by an older rule."""

MAX_LABEL_WORDS = 4
_PLAY = re.compile(r"\b(?:play|toyplay|freeplay|toys)\b", re.IGNORECASE)
_PERCENTILE = re.compile(r"p(\d+)")
_BAND = re.compile(r"(\d+);(\d+)-(\d+);(\d+)")


@dataclass(frozen=True, slots=True)
class Norm:
    """How one measure spreads in one age band.

    Attributes
    ----------
    measure : str
        Our measure id.
    age_band : str
        ``3;00-3;05``.
    n_children, n_transcripts : int
        Children are approximate.
    mean, sd : float
    percentiles : tuple[tuple[int, float], ...]
        Percentile and value, rising.
    """

    measure: str
    age_band: str
    n_children: int
    n_transcripts: int
    mean: float
    sd: float
    percentiles: tuple[tuple[int, float], ...]

    @property
    def months(self) -> tuple[int, int]:
        """First month of the band, and the first one after it."""
        found = _BAND.fullmatch(self.age_band)
        assert found is not None
        years, months, last_years, last_months = map(int, found.groups())
        return 12 * years + months, 12 * last_years + last_months + 1


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a value lies among the samples of other children.

    Attributes
    ----------
    norm : Norm or None
    above, below : int or None
        The value is at or above the percentile ``above``, and below the percentile ``below``;
        None: below the lowest, or at or above the highest that the data tell.
    reason : str or None
        Why there is no place.
    """

    norm: Norm | None = None
    above: int | None = None
    below: int | None = None
    reason: str | None = None


def place_value(measure: Measure, session: Session, speaker: str) -> Placement | None:
    """Place a measure of a speaker among samples of children of that age.

    Parameters
    ----------
    measure : Measure
    session : Session
        Its language, its situation and the speaker's age decide whether there is a place.
    speaker : str

    Returns
    -------
    Placement or None
        None for a measure that the norms do not hold.
    """
    if measure.id in OTHER_RULE:
        return Placement(reason="the norms were counted by an older rule (CLAN before February 2024)")
    if measure.id not in COLUMNS:
        return None
    reason = _obstacle(measure, session, speaker)
    if reason is not None:
        return Placement(reason=reason)
    person = session.participant(speaker)
    assert person is not None and person.age is not None and measure.value is not None
    norm = find_norm(measure.id, person.age.in_months)
    if norm is None:
        return Placement(reason="there are no norms for this age")
    above = max((p for p, value in norm.percentiles if value <= measure.value), default=None)
    below = min((p for p, value in norm.percentiles if value > measure.value), default=None)
    return Placement(norm, above, below)


def _obstacle(measure: Measure, session: Session, speaker: str) -> str | None:
    person = session.participant(speaker)
    checks = (
        (person is not None and person.role == "Target_Child", "norms are for the target child only"),
        (measure.value is not None, "the measure has no value"),
        (measure.reliability != "too_few", "the sample is too small"),
        (is_english(session), "the norms are for English"),
        (person is not None and person.age is not None and person.age.months is not None, "the age is not known"),
        (is_toy_play(session.context), "the situation is not known to be toy play, which the norms are for"),
    )
    return next((reason for holds, reason in checks if not holds), None)


def is_toy_play(context: str | None) -> bool:
    """Whether a situation is told, in a short label, as play."""
    words = (context or "").split()
    return 0 < len(words) <= MAX_LABEL_WORDS and _PLAY.search(" ".join(words)) is not None


def find_norm(measure_id: str, age_months: float) -> Norm | None:
    """Return the norm of a measure for an age; None when the data have none."""
    rows = norms()
    return next((n for n in rows if n.measure == measure_id and n.months[0] <= age_months < n.months[1]), None)


@cache
def norms() -> tuple[Norm, ...]:
    """Read the norms that can be compared with our measures."""
    ids = {column: measure_id for measure_id, column in COLUMNS.items()}
    text = files(__name__).joinpath(DATA).read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(_norm(row, ids[row["measure"]]) for row in rows if row["measure"] in ids)


def _norm(row: dict[str, str], measure_id: str) -> Norm:
    found = ((_PERCENTILE.fullmatch(name), value) for name, value in row.items())
    percentiles = sorted((int(match[1]), float(value)) for match, value in found if match is not None and value)
    return Norm(
        measure_id,
        row["age_band"],
        int(row["n_children_approx"]),
        int(row["n_transcripts"]),
        float(row["mean"]),
        float(row["sd"]),
        tuple(percentiles),
    )
