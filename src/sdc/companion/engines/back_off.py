"""Trying again after "too many requests" and server errors: waits that double, with the server's own wish respected."""

from __future__ import annotations

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class BackOff:
    """How often is tried, and how long is waited in between.

    Attributes
    ----------
    tries : int
    first_s : float
        The first wait (s); each further one is twice as long.
    max_s : float
        A server that asks for a longer wait is not waited for: the rules answer meanwhile.
    jitter : callable
        0 to 1; up to half of a wait is added, so that many do not come back at once.
    """

    tries: int = 3
    first_s: float = 0.5
    max_s: float = 8.0
    jitter: Callable[[], float] = field(default=random.random, repr=False)

    def wait_s(self, n_failed: int, asked_s: float | None) -> float | None:
        """Return how long to wait after so many failures; None: give up.

        Parameters
        ----------
        n_failed : int
            From 1.
        asked_s : float or None
            What the server asked for (``retry-after``).
        """
        if n_failed >= self.tries or (asked_s is not None and asked_s > self.max_s):
            return None
        if asked_s is not None:
            return max(0.0, asked_s)
        wait: float = min(self.max_s, self.first_s * 2 ** (n_failed - 1))
        return wait * (1 + self.jitter() / 2)
