"""What runs on the rented machine: open the data, train, evaluate, seal the run, and delete everything else.

``python -m sdc.finetune.launching.remote FOLDER`` reads ``run.json`` and ``data.sealed`` of a folder and leaves
``run.sealed``. Texts lie in a temporary folder that only this user can read, and are deleted however it ends, and so is
``data.sealed``.
"""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from sdc.finetune.launching.sealed import read_key, seal, unseal

SDC = (sys.executable, "-m", "sdc.cli")


def run(folder: Path, sdc: Sequence[str] = SDC) -> int:
    """Do a job whose files lie in a folder.

    Parameters
    ----------
    folder : Path
        With ``run.json`` and ``data.sealed``.
    sdc : Sequence[str]
        How ``sdc`` is called.

    Returns
    -------
    int
        0: ``run.sealed`` is there. Else what training ended with. That an evaluation forbids the adapter is no failure
        of the job: it comes home with the run.
    """
    key = read_key()
    told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    work = Path(tempfile.mkdtemp(prefix="sdc-run-"))
    try:
        unseal((folder / "data.sealed").read_bytes(), work / "data", key, "data")
        trained = _call(sdc, work, ("train", *told["train"], "--data", "data", "-o", "run", "--fetch"), folder)
        if trained != 0:
            return trained
        _call(sdc, work, ("evaluate", "run", "--data", "data", "--format", "json"), folder)
        (folder / "run.sealed").write_bytes(seal(work, ("run",), key, "run"))
        return 0
    finally:
        shutil.rmtree(work, ignore_errors=True)
        (folder / "data.sealed").unlink(missing_ok=True)


def _call(sdc: Sequence[str], work: Path, arguments: Sequence[str], folder: Path) -> int:
    told = [part.replace("{folder}", str(folder.resolve())) for part in arguments]
    return subprocess.run([*sdc, "finetune", *told], cwd=work, check=False).returncode  # noqa: S603


def _end(number: int, frame: object) -> None:
    """End by an exception, so that the texts are deleted also where the machine's time is up."""
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    sys.exit(run(Path(sys.argv[1])))
