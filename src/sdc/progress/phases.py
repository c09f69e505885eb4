"""Two phases of one child, baseline and intervention: how much their sessions overlap, and their means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean
from typing import TYPE_CHECKING

from sdc.progress.session_error import SessionError
from sdc.session import Verdict

if TYPE_CHECKING:
    import numpy as np

MINIMUM_SESSIONS = 3
"""Sessions that each phase needs (MEASURES, section 5, rule 5)."""

FIRM_SESSIONS = 5
TREND_ALPHA = 0.05

TAU_VARIANT = "Tau-U, A against B with the trend of A taken off (Parker, Vannest, Davis & Sauber 2011)"
PLAIN_VARIANT = "Tau, A against B without correction"


@dataclass(frozen=True, slots=True)
class Overlap:
    """How far the values of phase B lie above those of phase A.

    Attributes
    ----------
    nap : float
        Nonoverlap of all pairs: the share of pairs (one session of each phase) in which B is
        above A, ties counting half; 0 to 1, .5 when nothing changed.
    tau : float
        2 · NAP − 1, or the corrected Tau-U where the baseline has a clear trend of its own.
    p : float
        Two-sided, exact where there are no ties: of the uncorrected comparison.
    pnd : float
        Share of B's sessions above the highest of A, 0 to 1; told for completeness, hostage to
        a single session.
    variant : str
        Which tau it is.
    baseline_p : float or None
        Kendall's p of the trend inside the baseline.
    n_a, n_b : int
    """

    nap: float
    tau: float
    p: float
    pnd: float
    variant: str
    baseline_p: float | None
    n_a: int
    n_b: int

    @property
    def firm(self) -> bool:
        """Whether each phase has five sessions."""
        return min(self.n_a, self.n_b) >= FIRM_SESSIONS


def overlap(baseline: Sequence[float], intervention: Sequence[float]) -> Overlap | None:
    """Compare two phases by pairs; None with fewer than three sessions in one of them.

    Parameters
    ----------
    baseline, intervention : Sequence[float]
        Values in order of time.

    Notes
    -----
    NAP: Parker & Vannest 2009, Behav Ther 40:357. Tau-U: Parker et al. 2011, Behav Ther 42:284;
    the baseline's trend is taken off only where it is clear (Kendall's p below .05).
    """
    if min(len(baseline), len(intervention)) < MINIMUM_SESSIONS:
        return None
    import numpy as np
    from scipy.stats import mannwhitneyu

    a, b = np.asarray(baseline, dtype=float), np.asarray(intervention, dtype=float)
    signs = np.sign(b[None, :] - a[:, None])
    pairs = signs.size
    nap = float((np.sum(signs > 0) + 0.5 * np.sum(signs == 0)) / pairs)
    p = 1.0 if not np.ptp(np.concatenate([a, b])) else float(mannwhitneyu(b, a, alternative="two-sided").pvalue)
    trend_a, baseline_p = _kendall(a)
    corrected = baseline_p is not None and baseline_p < TREND_ALPHA
    tau = float((signs.sum() - trend_a) / pairs) if corrected else 2 * nap - 1
    variant = TAU_VARIANT if corrected else PLAIN_VARIANT
    return Overlap(nap, tau, p, float(np.mean(b > a.max())), variant, baseline_p, len(a), len(b))


def _kendall(values: np.ndarray) -> tuple[float, float | None]:
    """Return Kendall's S of values in order of time, and its p; None where all are equal."""
    import numpy as np
    from scipy.stats import kendalltau

    later = np.triu(np.sign(values[None, :] - values[:, None]), 1)
    p = kendalltau(np.arange(len(values)), values).pvalue if np.ptp(values) else None
    return float(later.sum()), None if p is None else float(p)


@dataclass(frozen=True, slots=True)
class MeanChange:
    """The means of two groups of sessions.

    Attributes
    ----------
    first, second : float
    difference : float
    threshold : float
        What ``abs(difference)`` must exceed: quantile · √(SEM² / k1 + SEM² / k2).
    verdict : Verdict
    k_first, k_second : int
        Sessions behind each mean.
    """

    first: float
    second: float
    difference: float
    threshold: float
    verdict: Verdict
    k_first: int
    k_second: int


def mean_change(
    first: Sequence[float], second: Sequence[float], errors: tuple[SessionError, SessionError], sizes: tuple[int, int]
) -> MeanChange:
    """Compare the means of two groups of sessions (MEASURES, section 5, rule 3).

    Parameters
    ----------
    first, second : Sequence[float]
        Values of the sessions, at least one each.
    errors : tuple[SessionError, SessionError]
        The error of one session in each group.
    sizes : tuple[int, int]
        The smallest sample in each group.
    """
    one, two = fmean(first), fmean(second)
    sems = [error.at(n) for error, n in zip(errors, sizes, strict=True)]
    quantile = max(error.quantile for error in errors)
    threshold = quantile * sqrt(sems[0] ** 2 / len(first) + sems[1] ** 2 / len(second))
    difference = two - one
    verdict: Verdict = "no_clear_change"
    if abs(difference) > threshold:
        verdict = "increase" if difference > 0 else "decrease"
    return MeanChange(one, two, difference, threshold, verdict, len(first), len(second))
