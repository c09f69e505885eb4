"""How fast a batch goes, and how long it will take."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Pace:
    """Counts what is done.

    Attributes
    ----------
    total : int
        How many there are, or about.
    clock : callable
        Seconds, never going back.
    n_done, n_failed : int
    """

    total: int
    clock: Callable[[], float] = time.monotonic
    n_done: int = 0
    n_failed: int = 0
    _began: float = field(init=False)

    def __post_init__(self) -> None:
        self._began = self.clock()

    def add(self, *, failed: bool = False) -> None:
        """Count one more."""
        self.n_done += 1
        self.n_failed += failed
        self.total = max(self.total, self.n_done)

    @property
    def rate(self) -> float | None:
        """How many were done in a second; None before the first."""
        elapsed = self.clock() - self._began
        return self.n_done / elapsed if self.n_done and elapsed > 0 else None

    @property
    def left_s(self) -> float | None:
        """How long the rest will take at this rate, in seconds; None while there is no rate."""
        rate = self.rate
        return None if rate is None else (self.total - self.n_done) / rate

    def line(self) -> str:
        """Return it for people."""
        parts = [f"{self.n_done:,} of about {self.total:,}"]
        if self.rate is not None and self.left_s is not None:
            parts += [f"{self.rate:.1f} a second", f"{duration(self.left_s)} left"]
        if self.n_failed:
            parts.append(f"{self.n_failed:,} failed")
        return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units: ``48 s``, ``6 min 20 s``, ``3 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60:,} h {minutes % 60} min"
