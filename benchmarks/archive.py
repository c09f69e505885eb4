"""An archive's speed and memory: a store with large recordings out of one home and into another.

::

    python benchmarks/archive.py [--megabytes 400]

It prints megabytes per second and by how much the process grew, plain and sealed with a passphrase.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sdc.app import App, build_app
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.archive.restoring import restore_archive
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

PASSPHRASE = "five words of a sentence"  # noqa: S105
PIECE = 100


def peak_mb() -> float:
    """Return the largest memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def opened(home: Path) -> App:
    """Open a store."""
    return build_app(Settings(home=home), transcriber=ScriptedTranscriber(()))


def fill(app: App, folder: Path, megabytes: int) -> None:
    """Upload recordings of random bytes."""
    child = app.repository.add_child("Mia")
    path = folder / "large.wav"
    for _ in range(0, megabytes, PIECE):
        with path.open("wb") as file:
            for _ in range(PIECE):
                file.write(os.urandom(1_000_000))
        app.repository.upload_file(child.id, path)
    path.unlink()


def measure(app: App, folder: Path, megabytes: int, passphrase: str | None) -> None:
    """Export, import, print."""
    name, before = "sealed" if passphrase else "plain", peak_mb()
    path, begun = folder / f"{name}.sdc", time.perf_counter()
    export_archive(app.documents, app.blobs, path, app.repository.children(), whole=True, passphrase=passphrase)
    out = time.perf_counter() - begun
    with opened(folder / name) as other:
        begun = time.perf_counter()
        restore_archive(other.documents, other.blobs, path, other.work_folder.path, passphrase=passphrase)
        back = time.perf_counter() - begun
    grown = peak_mb() - before
    print(f"{name:7} export {megabytes / out:5.0f} MB/s  import {megabytes / back:5.0f} MB/s  grown by {grown:.0f} MB")
    path.unlink()


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=400)
    megabytes = parser.parse_args().megabytes
    with TemporaryDirectory() as name, opened(Path(name) / "home") as app:
        folder = Path(name)
        fill(app, folder, megabytes)
        for passphrase in (None, PASSPHRASE):
            measure(app, folder, megabytes, passphrase)


if __name__ == "__main__":
    main()
