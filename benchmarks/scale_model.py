"""One million children with fifty sessions each: what is kept, what it costs, and a day of it in simulation.

::

    python benchmarks/scale_model.py                                # the tables of docs/scale.md
    python benchmarks/scale_model.py --children 10000 --plot day.png
    python benchmarks/scale_model.py --assumptions mine.toml --gpus 60 --cores 80

Constants: ``results/session_costs.json`` (measured: ``python benchmarks/session_costs.py``) and
``scale_assumptions.toml``. A session waits for a core, is transcribed on a card where it is a recording without
a transcript, and waits for a core again to be measured: jobs are claimed in the order of their coming. Workers stand
all day; the least number is sought with which 95 of 100 sessions of a working day wait no longer than ``--wait``.
"""

from __future__ import annotations

import argparse
import json
import math
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from queueing import Times, arrivals, served, wait_quantile

HERE = Path(__file__).parent
COSTS, ASSUMPTIONS = HERE / "results" / "session_costs.json", HERE / "scale_assumptions.toml"
GB, DAYS_PER_YEAR, SEED = 1e9, 365.25, 1


@dataclass(frozen=True)
class Model:
    """The constants, with what follows from them.

    Parameters
    ----------
    costs : dict
        ``session_costs.json``.
    given : dict
        ``scale_assumptions.toml``.
    """

    costs: dict[str, Any]
    given: dict[str, Any]

    @property
    def n_sessions(self) -> int:
        """Of all children."""
        return int(self.given["corpus"]["children"] * self.given["corpus"]["sessions_per_child"])

    @property
    def recorded(self) -> float:
        """Share of the sessions that have a recording."""
        return float(self.given["corpus"]["with_recording"])

    @property
    def transcribed(self) -> float:
        """Share of the sessions that a card transcribes."""
        return self.recorded * float(self.given["corpus"]["transcribed_here"])

    @property
    def gpu_s(self) -> float:
        """Seconds of a card for one recording."""
        speed = self.given["transcription"]
        return float(self.costs["minutes"] * 60 / speed["realtime_factor"] + speed["load_s"])

    @property
    def core_s(self) -> float:
        """Seconds of a core for one session."""
        return float(self.costs["core_s_per_session"])

    @property
    def document_bytes(self) -> float:
        """Of a session, with vectors of the size that is assumed."""
        measured, storage = self.costs["document_bytes"], self.given["storage"]
        base64_bytes = self.costs["windows_per_session"] * storage["vector_dimensions"] * 4 * 4 / 3
        return float(sum(measured.values()) - self.costs["vector_bytes"] + base64_bytes)

    @property
    def blob_bytes(self) -> float:
        """Of a session on average: the recording as it comes from a phone, its tracks, the transcript file."""
        recording = self.given["corpus"]["recording_mb_per_minute"] * 1e6 * self.costs["minutes"]
        sound = self.recorded * (recording + self.costs["blob_bytes"]["tracks"])
        return float(sound + (1 - self.transcribed) * self.costs["blob_bytes"]["transcript"])

    def price(self, what: str) -> float:
        """Return a price in US dollars."""
        return next(float(row["usd"]) for row in self.given["price"] if row["what"] == what)

    def day(self) -> list[float]:
        """Return how many sessions come in each hour of a working day."""
        working = DAYS_PER_YEAR * self.given["day"]["working_days_per_week"] / 7
        per_day = self.n_sessions / self.given["corpus"]["years"] / working
        weights = self.given["day"]["weights"]
        return [per_day * weight / sum(weights) for weight in weights]


@dataclass(frozen=True)
class Day:
    """One simulated working day; waits in seconds, one for each session."""

    comes: Times
    gpu_wait: Times
    core_wait: Times
    gpus: int
    cores: int

    @property
    def wait(self) -> Times:
        """In both lines together."""
        return self.gpu_wait + self.core_wait


def simulate(model: Model, gpus: int, cores: int, *, seed: int = SEED) -> Day:
    """Send a working day's sessions through cards and cores; those still in line at midnight go on alone."""
    dice = np.random.default_rng(seed)
    comes = arrivals(model.day(), dice)
    n, spread = comes.size, model.given["transcription"]["length_cv"]
    length = dice.gamma(1 / spread**2, spread**2, n)  # mean 1: long recordings take long on cards and cores
    on_card = np.flatnonzero(dice.random(n) < model.transcribed)
    gpu_wait, ready = np.zeros(n), comes.copy()
    begins, ends = served(comes[on_card], model.gpu_s * length[on_card], gpus)
    gpu_wait[on_card], ready[on_card] = begins - comes[on_card], ends
    order = np.argsort(ready, kind="stable")
    begins, _ = served(ready[order], model.core_s * length[order], cores)
    core_wait = np.zeros(n)
    core_wait[order] = begins - ready[order]
    return Day(comes, gpu_wait, core_wait, gpus, cores)


def enough(rate: float, service_s: float, wait_s: float, q: float = 0.95) -> int:
    """Return the least number of servers with which a share ``q`` waits at most so long, by M/M/c."""
    servers = max(1, math.ceil(rate * service_s))
    while wait_quantile(rate, service_s, servers, q) > wait_s:
        servers += 1
    return servers


def fitted(model: Model, wait_s: float) -> Day:
    """Return a day with as few workers as the wait allows.

    The busiest hour as a queue that never ends is where the search begins: it has more workers than the day needs,
    since a line of that hour shrinks in the next. Then workers go, first cards, while the day still holds.
    """
    busiest = max(model.day()) / 3600
    gpus = enough(busiest * model.transcribed, model.gpu_s, wait_s / 2)
    cores = enough(busiest, model.core_s, wait_s / 2)
    best = simulate(model, gpus, cores)
    for kind in ("gpus", "cores"):
        step = max(1, getattr(best, kind) // 8)
        while step:
            fewer = {"gpus": best.gpus, "cores": best.cores}
            fewer[kind] = max(1, fewer[kind] - step)
            tried = simulate(model, **fewer)
            if fewer[kind] < getattr(best, kind) and np.quantile(tried.wait, 0.95) <= wait_s:
                best = tried
            else:
                step //= 2
    return best


def tables(model: Model, day: Day) -> list[tuple[str, str]]:
    """Return what docs/scale.md shows, a name and a value a row."""
    n, storage = model.n_sessions, model.given["storage"]
    documents_gb, blobs_gb = n * model.document_bytes / GB, n * model.blob_bytes / GB
    gpu_h, core_h = n * model.transcribed * model.gpu_s / 3600, n * model.core_s / 3600
    busy = day.comes.size * model.transcribed * model.gpu_s / (day.gpus * 86_400)
    per_recording = model.gpu_s / 3600 * model.price("gpu_hour") + model.core_s / 3600 * model.price("core_hour")
    standing = day.gpus * 24 * model.price("gpu_hour") + day.cores * 24 * model.price("core_hour")
    months = documents_gb * storage["document_replicas"] * model.price("document_gb_month")
    months += blobs_gb * storage["blob_replicas"] * model.price("blob_gb_month")
    waits = [f"{np.quantile(wait, q):.0f} s" for wait in (day.wait, day.gpu_wait, day.core_wait) for q in (0.5, 0.95)]
    return [
        ("sessions", f"{n:,}"),
        ("documents", f"{n * model.costs['documents_per_session'] / 1e6:,.0f} million, {documents_gb / 1e3:,.1f} TB"),
        ("of these vectors", f"{n * model.costs['windows_per_session'] / 1e9:,.2f} billion of windows"),
        ("shards", f"{math.ceil(documents_gb / storage['shard_gb'])} of {storage['shard_gb'] / 1e3:g} TB"),
        ("blobs", f"{n * (1 + 2 * model.recorded - model.transcribed) / 1e6:,.0f} million, {blobs_gb / 1e3:,.1f} TB"),
        ("hours on cards", f"{gpu_h:,.0f}"),
        ("hours on cores", f"{core_h:,.0f}"),
        ("work on 1,000 recordings", f"${1000 * per_recording:.2f}"),
        ("storage a month, when all are there", f"${months:,.0f}"),
        ("busiest hour", f"{max(model.day()) / 3600:.1f} sessions a second"),
        ("cards, cores that stand", f"{day.gpus}, {day.cores}"),
        ("cards busy over a working day", f"{100 * busy:.0f} %"),
        ("a working day of them, on 1,000 sessions", f"${standing:,.0f}, ${1000 * standing / day.comes.size:.2f}"),
        ("wait, median and p95", f"{waits[0]}, {waits[1]}"),
        ("for a card, for a core (p95)", f"{waits[3]}, {waits[5]}"),
    ]


def plot(model: Model, day: Day, path: Path) -> None:
    """Draw what comes and how long it waits over the day."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (above, below) = plt.subplots(2, 1, figsize=(8, 5.5), sharex=True, layout="constrained")
    hours = np.arange(24)
    above.bar(hours + 0.5, np.array(model.day()) / 3600, width=0.95, color="#4c78a8")
    above.axhline(day.gpus / model.gpu_s / model.transcribed, color="#b4451f", label=f"what {day.gpus} cards do")
    above.axhline(day.cores / model.core_s, color="#54781f", linestyle="--", label=f"what {day.cores} cores do")
    above.set_ylabel("sessions a second")
    above.legend(frameon=False)
    quarters = (day.comes // 900).astype(int)
    for q, style in ((0.5, ":"), (0.95, "-")):
        waits = [np.quantile(day.wait[quarters == k], q) if np.any(quarters == k) else np.nan for k in range(96)]
        below.plot((np.arange(96) + 0.5) / 4, waits, style, color="#333333", label=f"{round(100 * q)} of 100 wait less")
    below.set(xlabel="hour of a working day", ylabel="wait (s)", xlim=(0, 24), xticks=range(0, 25, 3))
    below.legend(frameon=False)
    figure.savefig(path, dpi=110)


def read(costs: Path = COSTS, assumptions: Path = ASSUMPTIONS, *, children: int | None = None) -> Model:
    """Read the constants."""
    given = tomllib.loads(assumptions.read_text())
    if children is not None:
        given["corpus"]["children"] = children
    return Model(json.loads(costs.read_text()), given)


def main() -> None:
    """Print the table; draw the day."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--assumptions", type=Path, default=ASSUMPTIONS)
    parser.add_argument("--children", type=int)
    parser.add_argument("--wait", type=float, default=120.0, help="95 of 100 sessions wait at most so long (seconds)")
    parser.add_argument("--gpus", type=int, help="so many cards, with --cores; default: as few as --wait allows")
    parser.add_argument("--cores", type=int)
    parser.add_argument("--plot", type=Path, help="where to draw the day")
    options = parser.parse_args()
    if (options.gpus is None) != (options.cores is None):
        parser.error("--gpus and --cores go together")
    model = read(assumptions=options.assumptions, children=options.children)
    day = fitted(model, options.wait) if options.gpus is None else simulate(model, options.gpus, options.cores)
    for name, value in tables(model, day):
        print(f"{name:42} {value}")
    if options.plot is not None:
        plot(model, day, options.plot)


if __name__ == "__main__":
    main()
