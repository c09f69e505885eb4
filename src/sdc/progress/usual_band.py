"""Between which values a session would lie if nothing had changed since the first ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from sdc.progress.over_time import SESSIONS_IN_MEAN, MeasureProgress


@dataclass(frozen=True, slots=True)
class UsualBand:
    """The usual variation from session to session, around where the child began.

    Attributes
    ----------
    centre : float
        Mean of the first comparable sessions, in the measure's unit.
    low, high : float
        95 % of the next sessions lie between them where nothing changes; a count is never below 0, a
        share never above 100.
    k : int
        Sessions behind the centre, 1 to 3.
    """

    centre: float
    low: float
    high: float
    k: int


def usual_band(found: MeasureProgress, *, first: Sequence[str] = ()) -> UsualBand | None:
    """Return the band of a measure; None where the error between its sessions is not known.

    Parameters
    ----------
    found : MeasureProgress
    first : Sequence[str]
        Ids of the sessions of the baseline; without any, the first three that can be compared.

    Notes
    -----
    Half of it is the error's quantile times SEM · √(1 + 1 / k): the prediction interval of one more
    session given the mean of ``k``.
    """
    if found.error is None:
        return None
    usable = [i for i in found.used if not first or i in first]
    ids = usable if first else usable[:SESSIONS_IN_MEAN]
    shown = [p.measure for p in found.points if p.session_id in ids and p.measure is not None]
    values = [m.value for m in shown if m.value is not None]
    if not values:
        return None
    centre, k, error = fmean(values), len(values), found.error
    half = error.quantile * error.at(error.n) * sqrt(1 + 1 / k)
    low, high = centre - half, centre + half
    top = 100.0 if shown[0].unit == "%" else high
    return UsualBand(centre, max(0.0, low) if centre >= 0 else low, min(top, high), k)
