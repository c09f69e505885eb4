"""How fast `sdc batch` goes, and that its memory does not grow with the corpus.

::

    python benchmarks/batch.py                      # 1,000 and 10,000 small transcripts
    python benchmarks/batch.py 200 400 --workers 2

Each size has a corpus and a store of its own, and a second run that finds everything there already.
Peak memory (VmHWM of Linux) is that of the command, and of the largest of its worker processes. Twenty sessions
are one child's, made up, of 40 utterances where nothing else is said.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

SESSIONS_OF_CHILD = 20
WORDS = (
    "the",
    "a",
    "dog",
    "cat",
    "ball",
    "train",
    "goes",
    "runs",
    "sees",
    "wants",
    "big",
    "red",
    "little",
    "up",
    "down",
)
HEAD = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Child Target_Child, MOT Mother
@ID:\teng|made|CHI|{years};{months:02}.00|||||Target_Child|||
@ID:\teng|made|MOT|||||Mother|||
@Date:\t{day:02}-MAR-2026
"""


def make_corpus(folder: Path, n_files: int, n_exchanges: int) -> None:
    """Write transcripts that differ, the same each time."""
    dice = random.Random(1)  # noqa: S311
    for number in range(n_files):
        child, session = divmod(number, SESSIONS_OF_CHILD)
        path = folder / f"child{child:05}" / f"visit{session:02}.cha"
        path.parent.mkdir(parents=True, exist_ok=True)
        head = HEAD.format(years=2 + child % 3, months=session % 12, day=1 + session)
        lines = (f"*{who}:\t{sentence(dice)} ." for _ in range(n_exchanges) for who in ("MOT", "CHI"))
        path.write_text(head + "\n".join(lines) + "\n@End\n")


def sentence(dice: random.Random) -> str:
    """Return two to six words."""
    return " ".join(dice.choices(WORDS, k=dice.randint(2, 6)))


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command took, and said at its end.

    Attributes
    ----------
    took_s : float
        By the clock.
    command_mb, worker_mb : float
        The most memory of the command, and of the largest of its workers.
    told : str
    """

    took_s: float
    command_mb: float
    worker_mb: float
    told: str

    def __str__(self) -> str:
        peaks = f"{self.command_mb:6.1f} MB the command, {self.worker_mb:6.1f} MB a worker"
        return f"{self.took_s:7.1f} s, peak {peaks}: {self.told}"


def run(corpus: Path, home: Path, workers: int) -> Run:
    """Run the command once."""
    command = [sys.executable, "-m", "sdc.cli", "batch", str(corpus), "--workers", str(workers)]
    environ = {**os.environ, "SDC_HOME": str(home)}
    began, main_kb, worker_kb = time.perf_counter(), 0, 0
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        while process.poll() is None:
            main_kb = max(main_kb, peak_kb(process.pid))
            worker_kb = max([worker_kb, *map(peak_kb, children(process.pid))])
            time.sleep(0.2)
        assert process.stdout is not None
        told = process.stdout.read().strip()
    took = time.perf_counter() - began
    return Run(took, main_kb / 1024, worker_kb / 1024, told)


def peak_kb(pid: int) -> int:
    """Return the most memory that a process ever held; 0 when it has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def children(pid: int) -> list[int]:
    """Return the processes that a process has started."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def main() -> None:
    """Print two lines for each size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[1000, 10_000])
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--exchanges", type=int, default=20, help="utterances of each of the two speakers")
    options = parser.parse_args()
    for size in options.sizes:
        with TemporaryDirectory() as place:
            corpus, home = Path(place, "corpus"), Path(place, "home")
            make_corpus(corpus, size, options.exchanges)
            print(f"{size:6} first ", run(corpus, home, options.workers), flush=True)
            print(f"{size:6} again ", run(corpus, home, options.workers), flush=True)


if __name__ == "__main__":
    main()
