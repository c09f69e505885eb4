"""Queues with many servers: the closed form of M/M/c, and a simulation of whatever arrives and takes how long.

What waits, waits in one line and is served in the order of its coming (as jobs are claimed).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]


def erlang_c(load: float, servers: int) -> float:
    """Return the probability that somebody has to wait in M/M/c.

    Parameters
    ----------
    load : float
        Arrivals in the mean time of a service (erlangs), above 0.
    servers : int

    Returns
    -------
    float
        1 where the servers cannot keep up.
    """
    if load >= servers:
        return 1.0
    blocked = 1.0  # Erlang's B by its recursion: no factorial grows out of reach
    for n in range(1, servers + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked / (1.0 - load / servers * (1.0 - blocked))


def wait_quantile(rate: float, service_s: float, servers: int, q: float) -> float:
    """Return the time that a share ``q`` waits at most in M/M/c, in seconds; infinite without end of the line."""
    load = rate * service_s
    if load >= servers:
        return math.inf
    waiting = erlang_c(load, servers)
    if waiting <= 1.0 - q:
        return 0.0
    return math.log(waiting / (1.0 - q)) * service_s / (servers - load)


def mean_wait(rate: float, service_s: float, servers: int) -> float:
    """Return the mean time in line in M/M/c, in seconds."""
    load = rate * service_s
    return math.inf if load >= servers else erlang_c(load, servers) * service_s / (servers - load)


def arrivals(per_hour: Sequence[float], dice: np.random.Generator) -> Times:
    """Return when sessions come: in each hour so many on average, evenly spread, independently; seconds, ascending."""
    counts = dice.poisson(np.asarray(per_hour, float))
    starts = np.repeat(np.arange(len(counts)) * 3600.0, counts)
    return np.sort(starts + dice.uniform(0.0, 3600.0, starts.size))


def served(comes: Times, takes: Times, servers: int) -> tuple[Times, Times]:
    """Return when each begins and ends to be served by the first of ``servers`` that is free.

    Parameters
    ----------
    comes : ndarray of float, shape (n,)
        Seconds, ascending.
    takes : ndarray of float, shape (n,)
        Seconds.
    servers : int
    """
    free = [0.0] * servers
    begins = np.empty_like(comes)
    for index, (come, take) in enumerate(zip(comes.tolist(), takes.tolist(), strict=True)):
        begins[index] = begin = max(come, free[0])
        heapq.heapreplace(free, begin + take)
    return begins, begins + takes
