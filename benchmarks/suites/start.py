"""What it costs to start: ``import sdc``, ``sdc --version``, ``sdc --help``, beside Python alone and beside Typer.

Processor time of whole processes, which take turns; the first turn, which fills the disk's cache, is left out.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator

from rows import Row

REPEATS = {"quick": 5, "full": 11}
PYTHON, TYPER = "python -c pass", "import typer and rich"
COMMANDS = {
    PYTHON: ["-c", "pass"],
    TYPER: ["-c", "import typer, rich.table"],
    "import sdc": ["-c", "import sdc"],
    "sdc --help": ["-m", "sdc.cli", "--help"],
    "sdc doctor": ["-m", "sdc.cli", "doctor"],
}
BESIDE = {"import sdc": PYTHON, "sdc --help": TYPER, "sdc doctor": TYPER}


def run(size: str) -> Iterator[Row]:
    """Yield a row for each command."""
    spent: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(REPEATS[size] + 1):
        for name, arguments in COMMANDS.items():
            spent[name].append(cpu_ms(arguments))
    for name, peer in BESIDE.items():
        ours, theirs = (min(spent[which][1:]) for which in (name, peer))
        key = name.replace(" ", "-").replace("--", "")
        yield Row(f"start.{key}", name, ours, "ms CPU", peer, theirs, is_checked=name != "sdc doctor")


def cpu_ms(arguments: list[str]) -> float:
    """Return the processor time of a Python process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
