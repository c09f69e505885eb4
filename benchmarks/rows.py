"""What a suite finds: rows of figures, each a ratio against a peer that was measured in the same run."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    Attributes
    ----------
    id : str
        Stable: by it a run is compared with another.
    what : str
    ours : float or None
        None where it could not be measured; ``note`` says why.
    unit : str
        Of ``ours`` and ``theirs``.
    peer : str
    theirs : float or None
    goal : str
        Where one is set, with its number.
    met : bool or None
    is_checked : bool
        Whether ``make bench-check`` compares its ratio with the committed one.
    more : dict[str, float]
        Further figures, units in their names.
    note : str
    """

    id: str
    what: str
    ours: float | None
    unit: str
    peer: str = ""
    theirs: float | None = None
    goal: str = ""
    met: bool | None = None
    is_checked: bool = False
    more: dict[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over theirs: below 1 where we need less."""
        return self.ours / self.theirs if self.ours is not None and self.theirs else None

    def document(self) -> dict[str, Any]:
        """Return the row as the results keep it."""
        return {**asdict(self), "ratio": self.ratio}


def cpu_s(work: Callable[[], object]) -> float:
    """Return the processor time of all threads that a call took, in seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def side_by_side(ours: Callable[[], object], theirs: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the processor time of two calls that take turns, so that a slow minute falls on both.

    Parameters
    ----------
    ours, theirs : callable
    repeats : int

    Returns
    -------
    tuple[float, float]
        The least of each, in seconds: what disturbs a run only adds to it.
    """
    spent: dict[str, list[float]] = {"ours": [], "theirs": []}
    turns = [("ours", ours), ("theirs", theirs)]
    for _ in range(repeats):
        for name, work in turns:
            spent[name].append(cpu_s(work))
        turns.reverse()  # whoever comes second finds the cache as the first left it
    return min(spent["ours"]), min(spent["theirs"])


def share(values: list[float], part: float) -> float:
    """Return the value below which a part of the values lies (0.95: the 95th of a hundred)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def process_cpu_s(pid: int) -> float:
    """Return the processor time that the threads a process has now have used, in seconds, to the nanosecond."""
    return sum(int(path.read_text().split()[0]) for path in Path(f"/proc/{pid}/task").glob("*/schedstat")) / 1e9


def process_cpu_whole_s(pid: int) -> float:
    """Return the processor time that a process has used, in seconds, to the hundredth; threads that ended count."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def process_peak_mb(pid: int) -> float:
    """Return the most memory that a process ever held (VmHWM), in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def own_peak_mb() -> float:
    """Return the most memory that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
