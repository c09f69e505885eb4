"""Transcript measures, beside rustling and beside CLAN's published time.

Made-up transcripts of 40 utterances. rustling (Rust) reads the same files and computes what it has: MLU and
type-token ratio. pylangacq is rustling under another name since 0.20 and is not measured again. CLAN's figure is
what its programs for the same measures took for this project on another machine (docs/clan-agreement.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from batch import make_corpus
from rows import Row, own_peak_mb, side_by_side
from rustling.chat import CHAT

from sdc.formats import read_path
from sdc.measures import analyse
from sdc.measures.analysis import apply
from sdc.measures.registry import REGISTRY
from sdc.measures.sample import Sample, count_lines
from sdc.session import Session

FILES = {"quick": 40, "full": 200}
REPEATS = {"quick": 9, "full": 9}
BOTH_HAVE = ("mlu_words", "word_types", "word_tokens", "ttr")
CLAN_MS = 170
"""Per 1,000 utterances, for one speaker: benchmarks/measures.py."""


def run(size: str) -> Iterator[Row]:
    """Yield rows for reading, for the measures that both have, for all."""
    with TemporaryDirectory() as folder:
        make_corpus(Path(folder), FILES[size], 20)
        paths = sorted(Path(folder).rglob("*.cha"))
        names = [str(path) for path in paths]
        sessions = [read_path(path) for path in paths]
        scale = 1e6 / sum(len(session.utterances) for session in sessions)
        works = {
            "read": ("reading", lambda: [read_path(p) for p in paths], lambda: CHAT.from_files(names)),
            "same": (
                "reading, MLU and type-token ratio",
                lambda: [few(read_path(p)) for p in paths],
                lambda: theirs_all(names),
            ),
            "all": (
                f"reading and all {len(REGISTRY)} measures of every speaker; rustling: MLU, type-token ratio",
                lambda: [analyse(read_path(p)) for p in paths],
                lambda: theirs_all(names),
            ),
        }
        unit = "ms CPU per 1,000 utterances"
        for key, (what, ours, theirs) in works.items():
            mine, other = side_by_side(ours, theirs, REPEATS[size])
            yield Row(f"measures.{key}", what, scale * mine, unit, "rustling", scale * other, is_checked=True)
        mine, _ = side_by_side(lambda: [analyse(s) for s in sessions], lambda: None, 3)
        note = "CLAN on another machine, one speaker"
        yield Row("measures.clan", "all measures", scale * mine, unit, "CLAN, published", CLAN_MS, note=note)
        yield Row("measures.memory", "most memory", own_peak_mb(), "MB")
    why = "since 0.20 it hands on rustling's reader (MIT) and has no code of its own"
    yield Row("measures.pylangacq", "pylangacq", None, unit, "pylangacq", note=f"not run: {why}")


def few(session: Session) -> None:
    """Compute the measures that rustling has, for every speaker."""
    lines = count_lines(session)
    for speaker in session.speakers():
        sample = Sample(session, speaker, lines)
        for id in BOTH_HAVE:
            apply(REGISTRY[id], sample)


def theirs_all(names: list[str]) -> None:
    """Compute what rustling has, for every file and both speakers."""
    read = CHAT.from_files(names)
    for speaker in ("CHI", "MOT"):
        read.mluw(participant=speaker)
        read.ttr(participant=speaker)
