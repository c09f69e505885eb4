"""Compute the tables of docs/fine-tuning-planning.md; ``--write`` puts them there. A test compares."""

import sys
from pathlib import Path

from sdc.finetune.planning.amount import EXAMPLE
from sdc.finetune.planning.architectures import Architecture, architecture, planned
from sdc.finetune.planning.gpus import Gpu, gpus
from sdc.finetune.planning.memory import estimate
from sdc.finetune.planning.plan import fitting_setup
from sdc.finetune.planning.published import comparisons
from sdc.finetune.planning.setup import METHODS, Method, Setup

DOCS = Path(__file__).resolve().parents[1] / "docs/fine-tuning-planning.md"
START, END = "<!-- computed -->\n", "<!-- /computed -->"


def least_card(sizes: Architecture, method: Method) -> Gpu | None:
    """Return the card with the least memory that fits with the error on the wrong side; of equals the slowest."""
    cards = sorted(gpus().values(), key=lambda card: (card.memory_gib, card.tflops))
    return next((card for card in cards if fitting_setup(sizes, method, card, EXAMPLE.longest)[2] == "fits"), None)


def requirements() -> list[tuple[str, ...]]:
    """Return a row for each model: parameters, and for each method the need at one pair at once and the least card."""
    rows = []
    for name in planned():
        sizes = architecture(name)
        cells = [name, f"{sizes.parameters / 1e9:.2f}"]
        for method in METHODS:
            dropout = 0.0 if method == "full" else 0.05
            setup = Setup(method, batch_size=1, sequence_length=EXAMPLE.longest, dropout=dropout)
            card = least_card(sizes, method)
            need = f"{estimate(sizes, setup).device / 1e9:.1f} GB"
            cells.append(f"{need}, {card.name if card else 'none of these alone'}")
        rows.append(tuple(cells))
    return rows


def published() -> list[tuple[str, ...]]:
    """Return a row for each peak."""
    rows = []
    for c in comparisons():
        way = f"{c.setup.method}, {c.setup.batch_size} × {c.setup.sequence_length}"
        held = "yes" if c.held else f"no: {c.why}"
        figures = (f"{c.published / 1e9:.2f}", f"{c.formula / 1e9:.2f}", f"{c.error:+.0%}")
        rows.append((c.model, way, *figures, held, c.source))
    return rows


def cards() -> list[tuple[str, ...]]:
    """Return a row for each card."""
    return [
        (
            c.title,
            f"{c.memory_bytes / 1e9:.1f} GB",
            f"{c.tflops:g}",
            f"{c.busy[0]:.0%} to {c.busy[1]:.0%}",
            c.busy_source,
        )
        for c in gpus().values()
    ]


def table(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return a table in Markdown."""
    lines = [columns, ("---",) * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def tables() -> str:
    """Return all computed tables with their headings."""
    return "\n\n".join(
        (
            "## Least requirements",
            table(("model", "10⁹ parameters", *METHODS), requirements()),
            "## Published and measured peaks beside the formula (10⁹ bytes)",
            table(("model", "way", "peak", "formula", "error", "held to 20 %", "source"), published()),
            "## Cards",
            table(("card", "usable", "peak TFLOPS", "busy while training", "source"), cards()),
        )
    )


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        text = DOCS.read_text(encoding="utf-8")
        before, _, rest = text.partition(START)
        DOCS.write_text(f"{before}{START}\n{tables()}\n\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    else:
        print(tables())
