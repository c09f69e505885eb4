"""How much processor time reading and measuring transcripts take, per 1,000 utterances, by family.

::

    python benchmarks/measures.py                # the demo child's transcripts, again and again
    python benchmarks/measures.py FOLDER …       # .cha files

CLAN's programs for the same measures together (mlu twice, freq twice, mlt, wdlen, flucalc, vocd)
took about 170 ms per 1,000 utterances on the machine where they were timed for this project, for
one speaker; here all speakers are measured. What a family needs first is worked out once and
counted to the family that asks first.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from sdc.demo import demo_transcripts
from sdc.formats import read_path
from sdc.measures.analysis import apply
from sdc.measures.registry import REGISTRY
from sdc.measures.sample import Sample, count_lines
from sdc.session import Session

CLAN_MS = 170
REPEATS_OF_DEMO = 40
SLOWEST = 10


def transcripts(folders: list[Path]) -> Iterator[Path]:
    """Return all .cha files below the folders; without folders the demo's, repeated."""
    if not folders:
        yield from demo_transcripts() * REPEATS_OF_DEMO
    for folder in folders:
        yield from sorted(folder.rglob("*.cha"))


def measure(session: Session, spent: dict[str, float]) -> None:
    """Compute every measure of every speaker, adding up the time by measure."""
    began = time.process_time()
    lines = count_lines(session)
    spent["(counting lines)"] += time.process_time() - began
    for speaker in session.speakers():
        sample = Sample(session, speaker, lines)
        for rule in REGISTRY.values():
            began = time.process_time()
            apply(rule, sample)
            spent[rule.id] += time.process_time() - began


def main(folders: list[Path]) -> None:
    """Print the table."""
    spent: dict[str, float] = defaultdict(float)
    n_files = n_utterances = 0
    for path in transcripts(folders):
        began = time.process_time()
        session = read_path(path)
        spent["(reading)"] += time.process_time() - began
        n_files, n_utterances = n_files + 1, n_utterances + len(session.utterances)
        measure(session, spent)
    per = {name: 1e6 * seconds / n_utterances for name, seconds in spent.items()}
    families: dict[str, float] = defaultdict(float)
    for name, ms in per.items():
        families[REGISTRY[name].family if name in REGISTRY else name] += ms
    print(f"{n_files} files, {n_utterances:,} utterances; ms of processor time per 1,000 utterances\n")
    for name, ms in families.items():
        print(f"{name:20} {ms:8.2f}")
    total = sum(per.values())
    print(f"{'all':20} {total:8.2f}   {total / CLAN_MS:.2f} of CLAN's {CLAN_MS}\n")
    print(
        "the slowest: " + ", ".join(f"{name} {per[name]:.1f}" for name in sorted(per, key=per.get)[: -SLOWEST - 1 : -1])
    )  # type: ignore[arg-type]
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak_mb:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folders", type=Path, nargs="*")
    main(parser.parse_args().folders)
