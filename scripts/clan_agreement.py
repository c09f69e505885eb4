"""Compare our figures with CLAN's, file by file, and write docs/clan-agreement.md.

CLAN's figures come as a CSV: one row a file, one column a figure (``program.figure``)::

    python scripts/clan_agreement.py golden.csv TRANSCRIPTS    # writes docs/clan-agreement.md

Where ours differs on purpose, ``scripts/clan_differences.toml`` holds the files and the reason.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from math import isnan
from pathlib import Path

from sdc.formats import read_path
from sdc.measures import analyse
from sdc.session import Measure

DIFFERENCES = Path(__file__).with_name("clan_differences.toml")
PAGE = Path(__file__).parents[1] / "docs" / "clan-agreement.md"
TOLERANCE = 0.0006
"""CLAN prints three decimals."""
TOLERANCES = {"vocd_d": 0.8}
"""CLAN samples at random; ours is the exact expectation."""

COLUMNS = {
    "utterances_analysed": "mlu_words.utterances",
    "mlu_words": "mlu_words.mlu",
    "mlu_words.sd": "mlu_words.sd",
    "mlu_morphemes": "mlu_morphemes.mlu",
    "mlu_morphemes.sd": "mlu_morphemes.sd",
    "mlu_words_50": "kideval.MLU50_Words",
    "mlu_morphemes_50": "kideval.MLU50_Morphemes",
    "word_types": "freq.types",
    "word_tokens": "freq.tokens",
    "ttr": "freq.ttr",
    "lemma_types": "freq_lemma.types",
    "lemma_tokens": "freq_lemma.tokens",
    "vocd_d": "vocd_mor.D",
    "ndw_100": "kideval.NDW_100",
    "turn_utterances": "mlt.utterances",
    "turns": "mlt.turns",
    "words_per_turn": "mlt.words_per_turn",
    "utterances_per_turn": "mlt.utts_per_turn",
    "syllables": "flucalc.mor_syllables",
    "prolongations": "flucalc.#_Prolongation",
    "broken_words": "flucalc.#_Broken_word",
    "blocks": "flucalc.#_Block",
    "part_word_repetitions": "flucalc.#_PWR",
    "part_word_repetition_units": "flucalc.#_PWR-RU",
    "whole_word_repetitions": "flucalc.#_WWR",
    "whole_word_repetition_units": "flucalc.#_WWR-RU",
    "mono_word_repetitions": "flucalc.#_mono-WWR",
    "mono_word_repetition_units": "flucalc.#_mono-WWR-RU",
    "fragments": "flucalc.#_Phonological_fragment",
    "phrase_repetitions": "flucalc.#_Phrase_repetitions",
    "word_revisions": "flucalc.#_Word_revisions",
    "phrase_revisions": "flucalc.#_Phrase_revisions",
    "utterance_pauses": "flucalc.#_Pauses",
    "filled_pauses": "flucalc.#_Filled_pauses",
    "td_total": "flucalc.#_TD",
    "sld_total": "flucalc.#_SLD",
    "sld_ratio": "flucalc.SLD_Ratio",
    "weighted_sld": "flucalc.Weighted_SLD",
    "ipsyn": "kideval.IPSyn_Total",
    "dss": "dss.score",
    "word_errors": "kideval.Word_Errors",
}
"""Our measure (``.sd``: its spread) → CLAN's program and figure."""

HEAD = """# Beside CLAN

CLAN (TalkBank; version of 11 March 2026) is the field's reference. Its figures for {files} transcripts, of the target
speaker or of one other, stand beside ours: equal means equal to the digits that CLAN prints; for `vocd_d`, which CLAN
samples at random, within 0.8. An empty answer of CLAN's is not compared. **{equal:,} of {total:,} figures are equal:
{share:.2f} %.**

Written by `python scripts/clan_agreement.py`. The transcripts are not part of the project.

| measure | CLAN's figure | files | equal | |
|---|---|---:|---:|---|
"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure that is not equal."""

    file: str
    clan: float
    ours: float | None


@dataclass(slots=True)
class Column:
    """One measure over all files."""

    name: str
    n: int = 0
    wrong: list[Difference] = field(default_factory=list)

    def add(self, file: str, clan: float, ours: float | None) -> None:
        """Compare one figure."""
        self.n += 1
        tolerance = TOLERANCES.get(self.name, TOLERANCE)
        if ours is None or abs(ours - clan) > tolerance:
            self.wrong.append(Difference(file, clan, ours))


def number(text: str | None) -> float | None:
    """Read CLAN's figure; None for an empty cell, NA and what is no number."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return None if isnan(value) else value


def figure(measures: dict[str, Measure], name: str) -> float | None:
    """Return our value, or its spread for ``….sd``."""
    measure, _, part = name.partition(".")
    found = measures.get(measure)
    return None if found is None else found.sd if part else found.value


def compare(golden: Path, root: Path) -> tuple[dict[str, Column], int]:
    """Compare all files of the CSV that lie below ``root``; return the columns and how many files there were."""
    columns = {name: Column(name) for name in COLUMNS}
    with golden.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (root / row["file"]).is_file()]
    for count, row in enumerate(rows, 1):
        if sys.stderr.isatty():
            print(f"\r{count} of {len(rows)}", end="", file=sys.stderr)
        speakers = analyse(read_path(root / row["file"])).speakers
        measures = speakers[row["speaker"]].measures if row["speaker"] in speakers else {}
        for name, column in columns.items():
            clan = number(row.get(COLUMNS[name]))
            if clan is not None:
                column.add(row["file"], clan, figure(measures, name))
    return columns, len(rows)


def known_differences() -> dict[str, list[dict[str, str]]]:
    """Return ``difference`` (measure and file as patterns, reason) and ``note`` (text)."""
    return tomllib.loads(DIFFERENCES.read_text(encoding="utf-8"))


def reason_of(name: str, file: str, known: Iterable[dict[str, str]]) -> str | None:
    """Return the reason for a difference; None where there is none."""
    return next((k["reason"] for k in known if fnmatch(name, k["measure"]) and fnmatch(file, k["file"])), None)


def page(columns: dict[str, Column], files: int) -> Iterator[str]:
    """Return docs/clan-agreement.md in pieces."""
    total = sum(c.n for c in columns.values())
    equal = total - sum(len(c.wrong) for c in columns.values())
    yield HEAD.format(files=files, equal=equal, total=total, share=100 * equal / total)
    for name, column in columns.items():
        right = column.n - len(column.wrong)
        share = f"{100 * right / column.n:.1f} %" if column.n else "not compared"
        yield f"| `{name}` | {COLUMNS[name]} | {column.n} | {right} | {share} |\n"
    yield "\n## Where they differ\n\n| measure | file | CLAN | ours | why |\n|---|---|---:|---:|---|\n"
    known = known_differences()
    for name, column in columns.items():
        for found in sorted(column.wrong, key=lambda d: d.file):
            ours = "none" if found.ours is None else f"{found.ours:.4g}"
            why = reason_of(name, found.file, known["difference"]) or "not explained yet"
            yield f"| `{name}` | {found.file} | {found.clan:g} | {ours} | {why} |\n"
    yield "\n## What differs where these files do not show it\n\n"
    yield from (f"- {note['text']}\n" for note in known["note"])


def main() -> int:
    """Compare, write the page, print the share."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("golden", type=Path, help="CLAN's figures, CSV")
    parser.add_argument("root", type=Path, help="folder of the transcripts that the CSV names")
    parser.add_argument("-o", "--output", type=Path, default=PAGE, help=f"default: docs/{PAGE.name}")
    given = parser.parse_args()
    columns, files = compare(given.golden, given.root)
    if not files:
        print("none of the files that the CSV names lies there", file=sys.stderr)
        return 1
    given.output.write_text("".join(page(columns, files)), encoding="utf-8")
    print(given.output)
    for name, column in columns.items():
        print(f"{name:28} {column.n:5} {column.n - len(column.wrong):5}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
