"""How often progress says "changed" when a child did not change, and how often when it did.

    python benchmarks/progress.py [--children 2000] [--seed 7] [--plot docs/images/progress-power.svg]

Simulated children: in each session every utterance draws its length from a distribution with the
spread of real ones (SD = 0.68 of the mean, inside one session), and each session has a level of
its own around the child's (between-session SEM as MEASURES has it from real children). A share of
children grows by a planted amount between the first session and the last, along a line. What is
counted: how often ``progress`` says increase or decrease, by the number of sessions.

Prints a table; with --plot also draws it (matplotlib).
"""

from __future__ import annotations

import argparse
import platform
import time
from collections import Counter
from pathlib import Path

import numpy as np

from sdc.progress import SessionPoint, progress
from sdc.session import Measure

MLU = 2.5
UTTERANCES = 50
SPREAD = 0.68
"""SD of utterance length as a share of its mean (Nadig's children, MEASURES section 5)."""

BETWEEN = {"like the rule": 0.15, "steadier": 0.10, "less steady": 0.20}
"""SEM between sessions of 50 utterances as a share of MLU: the rule's, Adam's, and a third larger than any child's."""

SESSIONS = (2, 3, 4, 5, 6, 8, 10, 12, 16)
GROWTH = (0.0, 0.5, 1.0, 1.5)
"""Planted change from first to last session, in words."""


def child(rng: np.random.Generator, n: int, growth: float, sem_share: float) -> list[SessionPoint]:
    """Return the sessions of one simulated child, a week apart."""
    within = SPREAD * MLU / np.sqrt(UTTERANCES)
    level = np.sqrt(max((sem_share * MLU) ** 2 - within**2, 0.0))
    points = []
    for i in range(n):
        true = MLU + growth * i / (n - 1) + rng.normal(0, level)
        value = float(max(1.0, rng.normal(true, within)))
        measure = Measure("mlu_words", value, "words/utterance", UTTERANCES, "mlu_words.v1", reliability="ok")
        day = str(np.datetime64("2026-01-05") + 7 * i)
        points.append(SessionPoint(f"s{i}", date=day, context="play", measures={"mlu_words": measure}))
    return points


def verdicts(rng: np.random.Generator, children: int, n: int, growth: float, sem_share: float) -> Counter[str]:
    """Count the verdicts over simulated children."""
    found: Counter[str] = Counter()
    for _ in range(children):
        (one,) = progress(child(rng, n, growth, sem_share), ["mlu_words"], chosen=["mlu_words"])
        found[one.verdict] += 1
    return found


def main() -> None:
    """Print the table and draw the plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--children", type=int, default=2000, help="simulated children in each cell")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--plot", type=Path, help="where to draw the figure (SVG or PNG)")
    given = parser.parse_args()
    began = time.process_time()
    rates: dict[str, dict[float, list[float]]] = {}
    print(f"{given.children} children a cell, {UTTERANCES} utterances a session, MLU {MLU}; {platform.machine()}")
    for name, share in BETWEEN.items():
        print(f"\nBetween-session SEM {share:.2f} of MLU ({name}): share of children told to have changed, in %")
        print("sessions  no change: increase / decrease   " + "   ".join(f"+{g:g} words" for g in GROWTH[1:]))
        rates[name] = {growth: [] for growth in GROWTH}
        for n in SESSIONS:
            row = []
            for growth in GROWTH:
                rng = np.random.default_rng([given.seed, n, round(10 * growth), round(100 * share)])
                found = verdicts(rng, given.children, n, growth, share)
                row.append({k: 100 * v / given.children for k, v in found.items()})
                rates[name][growth].append(row[-1].get("increase", 0.0))
            told = "   ".join(f"{r.get('increase', 0.0):10.1f}" for r in row[1:])
            print(f"{n:8d}  {row[0].get('increase', 0.0):19.1f} / {row[0].get('decrease', 0.0):4.1f}      {told}")
    print(f"\n{time.process_time() - began:.0f} s of processor time")
    if given.plot:
        draw(rates, given.plot)


def draw(rates: dict[str, dict[float, list[float]]], path: Path) -> None:
    """Draw the share of children told to have increased, by number of sessions."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "sdc", "svg.fonttype": "none", "font.family": "DejaVu Sans"})
    from matplotlib import pyplot as plt

    colours = ("#6b7280", "#93c5fd", "#2563eb", "#1e3a8a")
    figure, axes = plt.subplots(1, len(rates), figsize=(11, 4), sharey=True, layout="constrained")
    for axis, (name, by_growth) in zip(axes, rates.items(), strict=True):
        for colour, (growth, values) in zip(colours, by_growth.items(), strict=True):
            axis.plot(SESSIONS, values, "o-", color=colour, label=f"+{growth:g} words" if growth else "no change")
        axis.axhline(5, color="#b91c1c", linewidth=1, linestyle=":")
        axis.set(title=f"{name} (SEM {BETWEEN[name]:.2f} of MLU)", xlabel="sessions", ylim=(0, 100))
        axis.grid(axis="y", color="#e5e7eb")
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("children told “increase”, %")
    axes[-1].legend(frameon=False, loc="upper left")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)


if __name__ == "__main__":
    main()
