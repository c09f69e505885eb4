"""How far two sessions of one child lie apart although nothing has changed: the error between sessions.

Until a child has six comparable sessions the figures of ``error_rules`` stand in; from then on
the child's own: how far its sessions lie from their own trend.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from sdc.progress.error_rules import ErrorRule, relative_sem
from sdc.progress.interval import Z_95, share_of, wilson
from sdc.session import Measure

OWN_SESSIONS = 6
"""From so many comparable sessions on, the child's own spread counts (MEASURES, section 5, rule 1)."""


@dataclass(frozen=True, slots=True)
class SessionError:
    """The error of one measure in the sessions of one child.

    Attributes
    ----------
    source : {"rule", "own"}
        Whether published figures stand behind it or the child's own sessions.
    sem : float
        Standard error of a session of ``n`` observations, in the measure's unit.
    n : int
        Sample size that ``sem`` belongs to.
    quantile : float
        How many standard errors are 95 %: 1.96, or Student's t for the child's own sessions.
    n_sessions : int
        Sessions behind it; 0 for a rule.
    """

    source: Literal["rule", "own"]
    sem: float
    n: int
    quantile: float = Z_95
    n_sessions: int = 0

    def at(self, n: int) -> float:
        """Return the standard error of a session of ``n`` observations; it is never taken to be below ``sem``."""
        return self.sem * sqrt(self.n / n) if n < self.n else self.sem


def rule_error(rule: ErrorRule, measure: Measure) -> SessionError:
    """Return the error that a rule gives for a session with this value and sample.

    The measure has a value and an n of at least 1.
    """
    assert measure.value is not None and measure.n
    if rule.kind == "relative":
        return SessionError("rule", relative_sem(measure.n) * measure.value, measure.n)
    sem = rule.mdc95 / (Z_95 * sqrt(2))
    if rule.kind == "share" and (rule.measured_n is None or measure.n < rule.measured_n):
        low, high = wilson(share_of(measure.value), measure.n)
        sem = sqrt(sem**2 + (100 * (high - low) / (2 * Z_95)) ** 2)
    return SessionError("rule", sem, measure.n)


def sampling_error(measure: Measure) -> float:
    """Return what chance alone makes of a session's value, by the textbook; 0 where it gives none.

    SD / √n of a mean, √(p·(1 − p) / n) of a share; the measure has a value. What is said one after
    the other is alike, so the error is this large at least; ``within`` has the whole of it.
    """
    if not measure.n or measure.value is None:
        return 0.0
    if measure.sd is not None:
        return measure.sd / sqrt(measure.n)
    if measure.unit != "%" or measure.n_unit not in ("utterances", "words"):
        return 0.0
    share = share_of(measure.value)
    return 100 * sqrt(share * (1 - share) / measure.n)


def own_error(days: Sequence[float], measures: Sequence[Measure], *, floor: float = 0.0) -> SessionError | None:
    """Return the error that a child's own sessions show, or None while there are fewer than six.

    Parameters
    ----------
    days : Sequence[float]
        When the sessions were, in days, not all the same.
    measures : Sequence[Measure]
        Of comparable sessions: one rule, one situation; each with a value and an n.
    floor : float
        What the error is at least: the sampling error of a session, which no luck takes away.

    Returns
    -------
    SessionError or None
        Residual SD around a straight line (n − 2 degrees of freedom), each residual weighed by
        √n of its session, at the median n. Its quantile is Student's t, so that six sessions
        promise no more than they hold.
    """
    if len(days) < OWN_SESSIONS or len(set(days)) < 2:
        return None
    import numpy as np
    from scipy.stats import t

    when = np.asarray(days, dtype=float)
    values = np.array([measure.value for measure in measures], dtype=float)
    sizes = np.array([measure.n or 0 for measure in measures], dtype=float)
    if (sizes <= 0).any():
        return None
    middle = float(np.median(sizes))
    weights = np.sqrt(np.minimum(sizes, middle) / middle)
    line = np.polyfit(when - when.mean(), values, 1, w=weights)
    residuals = (values - np.polyval(line, when - when.mean())) * weights
    freedom = len(days) - 2
    sem = float(np.sqrt(np.sum(residuals**2) / freedom))
    return SessionError("own", max(sem, floor), round(middle), float(t.ppf(0.975, freedom)), len(days))
