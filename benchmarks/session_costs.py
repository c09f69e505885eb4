"""What one session of five minutes costs and leaves behind: the constants of the load model.

::

    python benchmarks/session_costs.py            # prints, and writes results/session_costs.json

A made-up recording with a transcript of 120 lines goes through the pipeline into an empty store: core seconds,
writes, bytes of every collection and blob. The first session, which also pays for imports, is not counted.
"""

from __future__ import annotations

import json
import platform
import random
import runpy
import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from batch import HEAD, sentence

from sdc.app import App, build_app
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings

RESULT = Path(__file__).parent / "results" / "session_costs.json"
SUITE = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "make_truth_suite.py"))
MINUTES, LINES, RATE_HZ = 5, 120, SUITE["RATE_HZ"]
COUNTED = 3


def write_visit(folder: Path, number: int) -> Path:
    """Write a transcript and its recording: a tone that comes and goes and wanders, in noise."""
    dice, noise = random.Random(number), np.random.default_rng(number)  # noqa: S311
    at_s = np.arange(RATE_HZ * 60 * MINUTES) / RATE_HZ
    tone = 0.2 * np.sin(2 * np.pi * (220 + 30 * np.sin(at_s)) * at_s) * (np.sin(2 * np.pi * at_s / 2.5) > 0)
    samples = tone + 0.005 * noise.standard_normal(at_s.size)
    (folder / f"visit{number}.wav").write_bytes(SUITE["sound_file"](samples))
    step = MINUTES * 60_000 // LINES
    lines = [
        f"*{('MOT', 'CHI')[n % 2]}:\t{sentence(dice)} . \x15{n * step}_{n * step + step - 700}\x15"
        for n in range(LINES)
    ]
    head = HEAD.format(years=3, months=2, day=1 + number) + f"@Media:\tvisit{number}, audio\n"
    path = folder / f"visit{number}.cha"
    path.write_text(head + "\n".join(lines) + "\n@End\n")
    return path


def sizes(app: App) -> tuple[dict[str, int], int]:
    """Return the bytes of each collection, and how many documents there are."""
    database = sqlite3.connect(app.settings.home / "sdc.sqlite3")
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    query = 'SELECT count(*), coalesce(sum(length(CAST(body AS BLOB))), 0) FROM "{}"'
    rows = {name: database.execute(query.format(name)).fetchone() for name in names}  # names are the store's own
    database.close()
    return {name: n_bytes for name, (_, n_bytes) in rows.items()}, sum(n for n, _ in rows.values())


def blob_bytes(app: App) -> dict[str, int]:
    """Return the bytes of transcripts, recordings and sound tracks."""
    found = [path.stat().st_size for path in (app.settings.home / "blobs").rglob("*") if path.is_file()]
    kinds = {"recording": max(found)}
    tracks = [size for size in found if 50_000 < size < kinds["recording"] // 2]
    return kinds | {"tracks": round(sum(tracks) / len(tracks)), "transcript": min(found)}


def measured() -> dict[str, Any]:
    """Return the constants."""
    with TemporaryDirectory() as place, build_app(Settings(home=Path(place, "home"))) as app:
        visits = [write_visit(Path(place), number) for number in range(COUNTED + 1)]
        add_paths(app, visits[:1], "Made", Given(), actor="cli")
        before, n_before = sizes(app)
        began, wall = time.process_time(), time.perf_counter()
        for visit in visits[1:]:
            (added,) = add_paths(app, [visit], "Made", Given(), actor="cli")
            assert added.entry is not None, added.failures
        core_s, wall_s = time.process_time() - began, time.perf_counter() - wall
        after, n_after = sizes(app)
        window = json.loads(_one(app, "SELECT body FROM windows"))
        growth = {name: round((after[name] - before[name]) / COUNTED) for name in after if after[name] > before[name]}
        return {
            "minutes": MINUTES,
            "lines": LINES,
            "core_s_per_session": round(core_s / COUNTED, 2),
            "wall_s_per_session": round(wall_s / COUNTED, 2),
            "documents_per_session": round((n_after - n_before) / COUNTED, 1),
            "document_bytes": growth,
            "blob_bytes": blob_bytes(app),
            "windows_per_session": window["n"],
            "vector_bytes": len(window["vectors"]),
        }


def _one(app: App, query: str) -> str:
    database = sqlite3.connect(app.settings.home / "sdc.sqlite3")
    try:
        return str(database.execute(query).fetchone()[0])
    finally:
        database.close()


def main() -> None:
    """Measure, print and keep."""
    found = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "python": platform.python_version(), **measured()}
    text = json.dumps(found, indent=2)
    print(text)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(text + "\n")


if __name__ == "__main__":
    main()
