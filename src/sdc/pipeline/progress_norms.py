"""Where samples of many children lie at the ages of a child's sessions, as far as norms apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sdc.measures.norms import COLUMNS, Norm, is_toy_play, place_value
from sdc.pipeline.history import whole_history
from sdc.progress import SessionPoint
from sdc.store.repository import Repository

LOW, MIDDLE, HIGH = 10, 50, 90
"""Percentiles of the band."""


@dataclass(frozen=True, slots=True)
class NormBand:
    """Where eight of ten samples lie, for the age and the situation of one session.

    Attributes
    ----------
    session_id : str
    low, middle, high : float
        10th, 50th and 90th percentile, in the measure's unit.
    age_band : str
        ``3;00-3;05``.
    n_children, n_transcripts : int
        Children are approximate.
    """

    session_id: str
    low: float
    middle: float
    high: float
    age_band: str
    n_children: int
    n_transcripts: int


def norm_bands(repository: Repository, child_id: str) -> Mapping[str, tuple[NormBand, ...]]:
    """Return the bands of all measures at a child's sessions where norms apply.

    Parameters
    ----------
    repository : Repository
    child_id : str

    Returns
    -------
    Mapping[str, tuple[NormBand, ...]]
        By measure, oldest session first; only those that have a band. ``sdc.measures.norms`` decides: English,
        toy play, known age, the same rule, a sample that is large enough.

    Raises
    ------
    NotFoundError
        No such child.
    """
    bands: dict[str, list[NormBand]] = {measure: [] for measure in COLUMNS}
    # The language stands in the transcript, so only sessions that may have a place are opened.
    for point in whole_history(repository, child_id):
        if is_toy_play(point.context) and point.age_months is not None:
            for measure, norm in _norms_of(repository, point):
                band = _band(point.session_id, norm)
                bands[measure] += [band] if band is not None else []
    return {measure: tuple(found) for measure, found in bands.items() if found}


def _norms_of(repository: Repository, point: SessionPoint) -> list[tuple[str, Norm]]:
    session = repository.transcript_head(point.session_id)
    found = []
    for measure_id in COLUMNS:
        measure = point.measure(measure_id)
        place = place_value(measure, session, point.target) if measure is not None and point.target else None
        if place is not None and place.norm is not None:
            found.append((measure_id, place.norm))
    return found


def _band(session_id: str, norm: Norm) -> NormBand | None:
    at = dict(norm.percentiles)
    if not {LOW, MIDDLE, HIGH} <= set(at):
        return None
    return NormBand(session_id, at[LOW], at[MIDDLE], at[HIGH], norm.age_band, norm.n_children, norm.n_transcripts)
