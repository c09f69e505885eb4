"""How far mlu_morphemes_estimated is from mlu_morphemes, on transcripts that have a %mor tier.

::

    python benchmarks/estimated_morphemes.py FOLDER

Prints, as Markdown, one row for each folder inside FOLDER (a corpus) and each kind of speaker: the mean difference
in per cent of mlu_morphemes, its SD, and the 95 % limits of agreement (mean ± 1.96 SD; Bland & Altman 1986) over
the speakers of English transcripts with 50 or more utterances. docs/estimated-morphemes.md holds the result.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

from sdc.errors import SDCError
from sdc.formats import read_path
from sdc.measures.needs import missing
from sdc.measures.registry import REGISTRY
from sdc.measures.sample import Sample, count_lines

COUNTED, ESTIMATED = REGISTRY["mlu_morphemes"], REGISTRY["mlu_morphemes_estimated"]
MINIMUM_N = 50
COLUMNS = ("corpus", "speakers", "n", "mean difference", "SD", "95 % limits of agreement", "largest")


@dataclass(frozen=True, slots=True)
class Pair:
    """Both values of one speaker.

    Attributes
    ----------
    corpus : str
    is_child : bool
    counted : float
    estimated : float
    """

    corpus: str
    is_child: bool
    counted: float
    estimated: float

    @property
    def difference_pct(self) -> float:
        """The estimate less the value by %mor, in per cent of the latter."""
        return 100 * (self.estimated / self.counted - 1)


def pairs(root: Path) -> Iterator[Pair]:
    """Measure every speaker with both values and a sample that is large enough."""
    for path in sorted(root.rglob("*.cha")):
        try:
            session = read_path(path)
        except SDCError:
            continue
        lines = count_lines(session)
        for speaker in session.speakers():
            sample = Sample(session, speaker, lines)
            if missing(sample, COUNTED.needs):
                continue
            counted, estimated = COUNTED.function(sample), ESTIMATED.function(sample)
            if counted.value and estimated.value and counted.n >= MINIMUM_N:
                yield Pair(path.relative_to(root).parts[0], sample.is_child, counted.value, estimated.value)


def row(corpus: str, speakers: str, found: list[Pair]) -> str:
    """Write one row of the table."""
    differences = [pair.difference_pct for pair in found]
    mean, spread = fmean(differences), stdev(differences) if len(differences) > 1 else 0.0
    low, high = mean - 1.96 * spread, mean + 1.96 * spread
    largest = max(differences, key=abs)
    figures = f"{mean:+.2f} % | {spread:.2f} | {low:+.2f} to {high:+.2f} % | {largest:+.2f} %"
    return f"| {corpus} | {speakers} | {len(found)} | {figures} |"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    found: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in pairs(parser.parse_args().folder):
        kind = "children" if pair.is_child else "others"
        found[pair.corpus, kind].append(pair)
        found["all", kind].append(pair)
    print(f"| {' | '.join(COLUMNS)} |")
    print("|---" * len(COLUMNS) + "|")
    for (corpus, kind), group in sorted(found.items(), key=lambda item: (item[0][0] == "all", item[0])):
        print(row(corpus, kind, group))


if __name__ == "__main__":
    main()
