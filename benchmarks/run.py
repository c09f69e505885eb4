"""Every suite in one run: results as JSON, and the table of ratios.

::

    python benchmarks/run.py                          # all suites; benchmarks/results/, benchmarks/README.md
    python benchmarks/run.py --size quick --suite server --suite start
    python benchmarks/run.py --size quick             # the reference of the check: benchmarks/results/quick.json
    python benchmarks/run.py --check                  # fails where a ratio is more than 15 % worse than the reference

Each suite runs in a process of its own, so that its peak memory is its own. A ratio is ours over a peer's,
measured in the same run, side by side. ``SDC_TEST_BENCH_STORE`` names a folder in which the large store of the
suite "server" stays from run to run.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from table import best_of, draw_sizes, middle_of, worse, write_table

HERE = Path(__file__).parent
RESULTS = HERE / "results"
SUITES = ("server", "start", "measures", "acoustics", "transcription", "insights", "search", "size")
CHECKED = ("start", "measures", "acoustics", "transcription", "search", "server")
"""Suites of the quick check: those with ratios."""
REFERENCE_ROUNDS, MORE_ROUNDS = 3, 3
"""The reference is the middle of so many rounds; what seems worse is measured so many times more at most, and its best
round counts: a machine that others use is slower for some minutes, code that became slower is so in each."""

ONE_THREAD = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}

SCHEMA = "sdc.benchmarks/1"


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    info = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(":")[2].strip() for line in info.splitlines() if line.startswith("model name")]
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": models[0] if models else platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(memory_gb),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def run_suite(name: str, size: str) -> dict[str, Any]:
    """Run a suite in a process of its own; what it prints is shown, what it found is returned."""
    began, load = time.perf_counter(), os.getloadavg()[0]
    command = [sys.executable, __file__, "--rows-of", name, "--size", size]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ONE_THREAD) as process:  # noqa: S603
        assert process.stdout is not None
        rows = [shown(json.loads(line)) for line in process.stdout if line.startswith("{")]
    if process.returncode:
        raise SystemExit(f"The suite {name} ended with {process.returncode}.")
    return {"took_s": round(time.perf_counter() - began, 1), "load_before": round(load, 1), "rows": rows}


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """Print a row as it comes."""
    ours = "not run" if row["ours"] is None else f"{row['ours']:.3g} {row['unit']}"
    ratio = f"  {row['ratio']:.2f} × {row['peer']}" if row["ratio"] is not None else ""
    more = ", ".join(f"{name} {value:.4g}" for name, value in row["more"].items())
    print(f"{row['id']:36}{ours:>18}{ratio}  {more} {row['note']}", flush=True)
    return row


def print_rows(name: str, size: str) -> None:
    """Run a suite in this process; print each row as a line of JSON."""
    for row in importlib.import_module(f"suites.{name}").run(size):
        print(json.dumps(row.document()), flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run suites, keep their results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--suite", action="append", choices=SUITES, help="only this one; may be given again")
    parser.add_argument("--size", choices=["quick", "full"], default="full")
    parser.add_argument("--output", type=Path, help="file of the results; default benchmarks/results/<size>.json")
    parser.add_argument("--check", action="store_true", help="compare with the committed reference")
    parser.add_argument("--table", action="store_true", help="only write the table and the plot from the results")
    parser.add_argument("--rows-of", choices=SUITES, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.rows_of:
        print_rows(options.rows_of, options.size)
        return 0
    if options.table:
        publish(json.loads((RESULTS / "full.json").read_text()))
        return 0
    if options.check:
        return check(options.suite or CHECKED)
    output = options.output or RESULTS / f"{options.size}.json"
    names = options.suite or (SUITES if options.size == "full" else CHECKED)
    before = json.loads(output.read_text()) if output.is_file() else {}
    if output == RESULTS / "quick.json":
        keep(middle_of([measure(names, "quick", before) for _ in range(REFERENCE_ROUNDS)]), output)
        return 0
    for found in measured(names, options.size, before):
        keep(found, output)  # after each suite, so that a run that is stopped loses the suite that it was at
    return 0


def measured(names: Sequence[str], size: str, before: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Run suites; yield all results after each. Suites that are not run keep what was found before."""
    found = {"schema": SCHEMA, "size": size, "machine": machine(), "suites": dict(before.get("suites", {}))}
    for name in names:
        print(f"# {name}", flush=True)
        found["suites"][name] = run_suite(name, size) | {"date": f"{datetime.now(UTC):%Y-%m-%d}"}
        yield found


def measure(names: Sequence[str], size: str, before: Mapping[str, Any]) -> dict[str, Any]:
    """Run suites; return their results, with those of before that are not run."""
    *_, found = measured(names, size, before)
    return found


def keep(found: dict[str, Any], output: Path) -> None:
    """Write results, and the page where they are the full ones."""
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if output == RESULTS / "full.json":
        publish(found)


def publish(found: dict[str, Any]) -> None:
    """Write the table and draw the plot."""
    write_table(HERE / "README.md", found)
    if "size" in found["suites"]:
        draw_sizes(found, HERE.parent / "docs" / "images" / "cost-by-size.svg")


def check(names: Sequence[str]) -> int:
    """Compare with the committed reference; what seems worse is measured again before it is told."""
    committed = json.loads((RESULTS / "quick.json").read_text())
    found = measure(names, "quick", {})
    for _ in range(MORE_ROUNDS):
        if not (told := worse(found, committed)):
            break
        print("Once more, for it seems worse: " + " ".join(told), flush=True)
        again = {line.partition(".")[0] for line in told}
        found = best_of(found, measure([name for name in names if name in again], "quick", {}))
    told = worse(found, committed)
    for line in told:
        print(line, file=sys.stderr)
    print("worse than before" if told else "no ratio is more than 15 % worse")
    return 1 if told else 0


if __name__ == "__main__":
    raise SystemExit(main())
