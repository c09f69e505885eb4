"""Results → the table in benchmarks/README.md, the plot of cost against size, and what has become worse."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

BEGIN, END = "<!-- made by run.py -->", "<!-- end -->"
WORSE = 0.15
"""A ratio that grew by more than this share fails the check."""

Results = dict[str, Any]


def rows_of(results: Results) -> dict[str, dict[str, Any]]:
    """Return all rows by id."""
    return {row["id"]: row for suite in results["suites"].values() for row in suite["rows"]}


def write_table(readme: Path, results: Results) -> None:
    """Put the table between the marks of a page."""
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    text = "\n".join([BEGIN, *table(results), END])
    readme.write_text(before + text + rest.split(END)[1], encoding="utf-8")


def table(results: Results) -> Iterator[str]:
    """Yield the lines: the machine, then a table for each suite."""
    about = results["machine"]
    yield f"\n{about['processor']}, {about['cores']} cores, {about['memory_gb']} GB; {about['system']}; Python "
    yield f"{about['python']}. Ratio: ours over the peer's, in one run; below 1 we need less.\n"
    for name, suite in results["suites"].items():
        busy = f"{suite['load_before']:g} processes were running when it began"
        yield f"### {name}\n\n{suite['date']}, {suite['took_s']:.0f} s, {busy}.\n"
        yield "| what | ours | peer | ratio | goal | more |"
        yield "|---|---|---|---|---|---|"
        yield from (f"| {' | '.join(cells(row))} |" for row in suite["rows"])
        yield ""


def cells(row: dict[str, Any]) -> Iterator[str]:
    """Yield the cells of a row."""
    yield row["what"].replace("|", "\\|")
    yield "—" if row["ours"] is None else f"{row['ours']:.3g} {row['unit']}"
    yield row["peer"] + (f" {row['theirs']:.3g}" if row["theirs"] else "")
    yield "" if row["ratio"] is None else f"**{row['ratio']:.2f}**"
    yield row["goal"] and f"{row['goal']}: {'yes' if row['met'] else '**no**'}"
    more = ", ".join(f"{name.replace('_', ' ')} {value:.3g}" for name, value in row["more"].items())
    yield "; ".join(part for part in (more, row["note"]) if part)


def worse(found: Results, committed: Results) -> list[str]:
    """Return a sentence for each checked ratio that is more than ``WORSE`` above the committed one, or is gone."""
    now, told = rows_of(found), []
    for id, before in rows_of(committed).items():
        if not before["is_checked"] or id.partition(".")[0] not in found["suites"]:
            continue
        if id not in now or now[id]["ratio"] is None:
            told.append(f"{id} was not measured; run `make bench-reference` if it is gone on purpose.")
        elif now[id]["ratio"] > before["ratio"] * (1 + WORSE):
            more = now[id]["ratio"] / before["ratio"] - 1
            told.append(f"{id}: {now[id]['ratio']:.2f} × {before['peer']}, {more:.0%} more than {before['ratio']:.2f}.")
    return told


def best_of(first: Results, second: Results) -> Results:
    """Return the first results with the second's rows where their ratio is smaller: what was disturbed once goes."""
    return _ranked([first, second], 0)


def middle_of(rounds: Sequence[Results]) -> Results:
    """Return the first round with, for each ratio, the row of the round in which it was in the middle."""
    return _ranked(rounds, len(rounds) // 2)


def _ranked(rounds: Sequence[Results], place: int) -> Results:
    """Return the first round with each row taken from the round whose ratio comes at this place, the least first."""
    seen = [rows_of(one) for one in rounds]
    for suite in rounds[0]["suites"].values():
        rows = ([one.get(row["id"], row) for one in seen] for row in suite["rows"])
        suite["rows"] = [sorted(same, key=lambda r: r["ratio"] or 0)[place] for same in rows]
    return rounds[0]


def draw_sizes(results: Results, path: Path) -> None:
    """Draw the cost of a child's page and of a batch against the number of sessions, as SVG."""
    import matplotlib

    matplotlib.use("Agg")
    matplotlib.rcParams.update({"svg.hashsalt": "sdc", "svg.fonttype": "none", "font.family": "DejaVu Sans"})
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), layout="constrained")
    for axis, kind, unit in zip(axes, ("page", "batch"), ("ms", "s"), strict=True):
        points = points_of(results, kind)
        axis.plot(*zip(*points, strict=True), "o-", color="#2563eb")
        axis.set(xlabel="sessions", ylabel=f"processor time, {unit}", ylim=(0, None))
        axis.grid(color="#e5e7eb")
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set(
        title="a child's timeline, by sessions stored",
        xscale="log",
        ylim=(0, 2 * max(y for _, y in points_of(results, "page"))),
    )
    axes[1].set(title="sdc batch, by sessions of the corpus")
    figure.savefig(path, metadata={"Date": None})


def points_of(results: Results, kind: str) -> Sequence[tuple[int, float]]:
    """Return sessions and cost of one kind of row."""
    pattern = re.compile(rf"size\.{kind}\.(\d+)")
    return [(int(found[1]), row["ours"]) for id, row in rows_of(results).items() if (found := pattern.fullmatch(id))]
