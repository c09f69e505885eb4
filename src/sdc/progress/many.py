"""Several measures tested at once: the more that are looked at, the more change by luck."""

from __future__ import annotations

from collections.abc import Mapping

MAX_VERDICTS = 3
"""So many measures, chosen beforehand, may carry a verdict (MEASURES, section 5, rule 7)."""


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return p-values adjusted for their number.

    Parameters
    ----------
    p_values : Mapping[str, float]
        By measure.

    Returns
    -------
    dict[str, float]
        Adjusted, in the same order; at most 1.

    Notes
    -----
    Holm 1979, Scand J Stat 6:65.
    """
    adjusted, highest = {}, 0.0
    for rank, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}
