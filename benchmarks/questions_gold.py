"""Right answers for ``benchmarks/questions.py``, from stored values alone: nothing of ``progress`` or ``companion``.

Written anew from the measurement rules (smallest detectable change, own error from six sessions,
trend from five), so that a fault in the package cannot be repeated here. The error inside a
session is taken from the standard deviation or the proportion, not from a bootstrap; it only
matters where it is larger than the spread between the sessions.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import hypot, sqrt
from typing import Any

import numpy as np
from scipy import stats

MONTH = 365.25 / 12
Z = float(stats.norm.ppf(0.975))

TREND_SESSIONS, OWN_SESSIONS = 5, 6

FIXED = {"ndw_100": (19.0, 100), "mattr_50": (0.19, 50)}
SHARES = {
    "intelligible_utterances_pct": (20.0, 25, 50),
    "maze_words_pct": (5.2, 100, None),
    "echo_partial_pct": (9.5, 25, None),
}
MLU = {"mlu_words", "mlu_words_50", "mlu_morphemes", "mlu_morphemes_50", "mlu_morphemes_estimated"}
MINIMUM = dict.fromkeys(MLU, 25) | {k: v[1] for k, v in FIXED.items()} | {k: v[1] for k, v in SHARES.items()}
NEVER = {
    *("utterances_total", "utterances_analysed", "word_tokens", "word_types", "ttr", "lemma_tokens", "lemma_types"),
    *("turns", "turn_utterances", "word_errors", "filled_pauses", "fragments", "td_total", "sld_total"),
    *("vocal_arousal", "intensity_sd_db"),
}
BY_TALLY = {"intelligible_utterances_pct", "maze_words_pct", "filler_words_pct", "intelligible_words_pct"}


@dataclass
class Row:
    """One session: what is stored of it, and where it lies in time."""

    id: str
    date: str | None
    age: float | None
    context: str | None
    measures: dict[str, Any]
    day: float | None = None
    week: int | None = None

    def value(self, measure: str) -> float | None:
        """Return the stored value."""
        found = self.measures.get(measure)
        return None if found is None else found.value

    def n(self, measure: str) -> int:
        """Return the sample size; 0 when there is none."""
        found = self.measures.get(measure)
        return (found.n or 0) if found is not None else 0


@dataclass
class Gold:
    """A right answer: sessions, verdict, and every figure that may be told with it."""

    verdict: str
    measure: str | None = None
    rows: list[Row] = field(default_factory=list)
    figures: dict[tuple[str, str], float] = field(default_factory=dict)
    direction: dict[str, int] = field(default_factory=dict)


def rows_of(entries: list[Any]) -> list[Row]:
    """Return a child's sessions in order of time, each with its week."""
    rows = [Row(e.id, e.date, e.age_months, e.context, e.measures) for e in entries]
    births = [date.fromisoformat(r.date).toordinal() - r.age * MONTH for r in rows if r.date and r.age is not None]
    birth = float(np.median(births)) if births else (None if any(r.date for r in rows) else 0.0)
    for row in rows:
        if row.date:
            row.day = float(date.fromisoformat(row.date).toordinal())
        elif row.age is not None and birth is not None:
            row.day = birth + row.age * MONTH
    start = min((r.day for r in rows if r.day is not None), default=0.0)
    for row in rows:
        if row.day is not None:
            row.day -= start
            row.week = 1 + int(row.day // 7)
    return sorted(rows, key=lambda r: (r.day is None, r.day or 0.0))


def label(context: str | None) -> str | None:
    """Return the situation where it is a label of four words at most."""
    words = "".join(" " if c in ".," else c for c in (context or "").casefold()).split()
    return " ".join(words) if 1 <= len(words) <= 4 else None


def usable(rows: list[Row], measure: str) -> list[Row]:
    """Return the sessions that may be held against each other in a measure."""
    kept = [
        r
        for r in rows
        if r.value(measure) is not None
        and r.n(measure) >= max(1, MINIMUM.get(measure, 1))
        and r.measures[measure].reliability != "too_few"
        and r.day is not None
    ]
    if not kept:
        return []
    labels = [x for r in reversed(kept) if (x := label(r.context))]
    usual = max(dict.fromkeys(labels), key=labels.count, default=None)
    rule = kept[-1].measures[measure].rule
    return [r for r in kept if r.measures[measure].rule == rule and label(r.context) in (None, usual)]


def own_error(rows: list[Row], measure: str) -> tuple[float, float, float, int] | None:
    """Return SEM, the n it belongs to, Student's t and the number of sessions; None below six."""
    kept = usable(rows, measure)
    if len(kept) < OWN_SESSIONS:
        return None
    x = np.array([r.day for r in kept])
    y = np.array([r.value(measure) for r in kept])
    n = np.array([r.n(measure) for r in kept], dtype=float)
    if np.ptp(x) == 0:
        return None
    middle = np.median(n)
    w = np.minimum(n, middle) / middle
    mx, my = np.average(x, weights=w), np.average(y, weights=w)
    slope = np.sum(w * (x - mx) * (y - my)) / np.sum(w * (x - mx) ** 2)
    residual = y - my - slope * (x - mx)
    sem = float(np.sqrt(np.sum(w * residual**2) / (len(kept) - 2)))
    inside = [e for r in kept if (e := _inside(r, measure)) is not None]
    return (
        max(sem, float(np.median(inside)) if inside else 0.0),
        round(middle),
        float(stats.t.ppf(0.975, len(kept) - 2)),
        len(kept),
    )


def _inside(row: Row, measure: str) -> float | None:
    found, n = row.measures[measure], row.n(measure)
    if n < 10:
        return None
    if measure in ("mlu_words", "mlu_morphemes"):
        return None if found.sd is None else float(found.sd / sqrt(n))
    return sqrt(found.value * (100 - found.value) / n) if measure in BY_TALLY else None


def _own_at(own: tuple[float, float, float, int], n: int) -> float:
    return own[0] * sqrt(max(1.0, own[1] / n))


def _wilson(p: float, n: int) -> tuple[float, float]:
    found = (
        stats.binomtest(round(p * n), n).proportion_ci(method="wilson") if abs(p * n - round(p * n)) < 1e-6 else None
    )
    if found is not None:
        return float(found.low), float(found.high)
    middle, half = (p + Z * Z / 2 / n), Z * sqrt(p * (1 - p) / n + Z * Z / 4 / n / n)
    return max(0.0, (middle - half) / (1 + Z * Z / n)), min(1.0, (middle + half) / (1 + Z * Z / n))


def threshold(one: Row, two: Row, measure: str, own: tuple[float, float, float, int] | None) -> float | None:
    """Return how far two sessions lie apart without change; None where nobody knows."""
    n1, n2 = one.n(measure), two.n(measure)
    a, b = one.value(measure), two.value(measure)
    assert a is not None and b is not None
    if own is not None:
        return own[2] * hypot(_own_at(own, n1), _own_at(own, n2))
    n = min(n1, n2)
    if measure in MLU:
        return Z * sqrt(2) * max(0.15 * sqrt(50 / n), 0.10) * (a + b) / 2
    if measure in FIXED:
        return FIXED[measure][0]
    if measure not in SHARES:
        return None
    mdc, _, measured = SHARES[measure]
    if measured is not None and n >= measured:
        return mdc
    p, q = min(a, 100) / 100, min(b, 100) / 100
    (pl, pu), (ql, qu) = _wilson(p, n1), _wilson(q, n2)
    below, above = sqrt((q - ql) ** 2 + (pu - p) ** 2), sqrt((qu - q) ** 2 + (p - pl) ** 2)
    return hypot(mdc, 100 * (below if q >= p else above))


def pair_verdict(one: Row, two: Row, measure: str, rows: list[Row]) -> tuple[str, float | None, float | None]:
    """Return the verdict of two sessions, the difference and what it had to exceed."""
    a, b = one.value(measure), two.value(measure)
    if a is None or b is None:
        return "cannot_tell", None, None
    labels = {label(one.context), label(two.context)}
    blocked = (
        one.id == two.id
        or measure in NEVER
        or one.measures[measure].rule != two.measures[measure].rule
        or (None not in labels and len(labels) > 1)
        or "too_few" in {r.measures[measure].reliability for r in (one, two)}
        or min(one.n(measure), two.n(measure)) < MINIMUM.get(measure, 0)
    )
    if blocked:
        return "cannot_tell", b - a, None
    limit = threshold(one, two, measure, own_error(rows, measure))
    if limit is None:
        return "descriptive", b - a, None
    return ("increase" if b - a > limit else "decrease" if a - b > limit else "no_clear_change"), b - a, limit


def course(rows: list[Row], measure: str) -> dict[str, Any] | None:
    """Return what five or more comparable sessions tell: trend, means, verdict; None below five."""
    kept = usable(rows, measure)
    x = np.array([r.day for r in kept]) / MONTH
    if measure in NEVER or len(kept) < TREND_SESSIONS or np.ptp(x) == 0:
        return None
    y = np.array([r.value(measure) for r in kept])
    found: dict[str, Any] = {"n": len(kept), "first": kept[0], "last": kept[-1]}
    slope, _, low, high = (float(v) for v in stats.theilslopes(y, x, alpha=0.95))
    p = float(stats.kendalltau(x, y).pvalue) if np.ptp(y) else 1.0
    r = _lag1(y - slope * x)
    if len(kept) >= 8 and r is not None and r > 1.645 / sqrt(len(kept)):
        widen = sqrt((1 + min(r, 0.9)) / (1 - min(r, 0.9)))
        low, high = slope - (slope - low) * widen, slope + (high - slope) * widen
        p = 2 * float(stats.norm.sf(stats.norm.isf(p / 2) / widen))
    told = ("increase" if slope > 0 else "decrease") if p < 0.05 and (low > 0 or high < 0) else "no_clear_change"
    found |= {"slope": slope, "low": low, "high": high, "trend": told, "means": None}
    verdicts = {told} | ({_means(rows, kept, measure, found)} if _has_error(rows, measure) else set())
    changed = verdicts & {"increase", "decrease"}
    found["verdict"] = changed.pop() if len(changed) == 1 else "no_clear_change"
    return found


def _has_error(rows: list[Row], measure: str) -> bool:
    return measure in MINIMUM or own_error(rows, measure) is not None


def _means(rows: list[Row], kept: list[Row], measure: str, found: dict[str, Any]) -> str:
    k = min(3, len(kept) // 2)
    groups = kept[:k], kept[-k:]
    means = [float(np.mean([r.value(measure) for r in g])) for g in groups]
    sizes = [min(r.n(measure) for r in g) for g in groups]
    own = own_error(rows, measure)
    if own is not None:
        parts, quantile = [_own_at(own, n) for n in sizes], own[2]
    else:
        parts, quantile = [_rule_sem(m, n, measure) for m, n in zip(means, sizes, strict=True)], Z
    limit = quantile * sqrt(sum(e * e / k for e in parts))
    difference = means[1] - means[0]
    found["means"] = {"first": means[0], "second": means[1], "difference": difference, "limit": limit, "k": k}
    return "increase" if difference > limit else "decrease" if -difference > limit else "no_clear_change"


def _rule_sem(value: float, n: int, measure: str) -> float:
    if measure in MLU:
        return max(0.15 * sqrt(50 / n), 0.10) * value
    if measure in FIXED:
        return FIXED[measure][0] / Z / sqrt(2)
    mdc, _, measured = SHARES[measure]
    sem = mdc / Z / sqrt(2)
    if measured is not None and n >= measured:
        return sem
    low, high = _wilson(min(value, 100) / 100, n)
    return hypot(sem, 100 * (high - low) / 2 / Z)


def _lag1(residuals: np.ndarray) -> float | None:
    centred = residuals - residuals.mean()
    scale = float(np.dot(centred, centred))
    return float(np.dot(centred[1:], centred[:-1])) / scale if scale else None


def in_days(rows: list[Row], first: date, last: date | None) -> list[Row]:
    """Return the dated sessions from one day to another."""
    end = last or date.max
    return [r for r in rows if r.date and first <= date.fromisoformat(r.date) <= end]


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
