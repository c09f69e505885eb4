"""Writing a rendered job, and opening the run that comes home."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from sdc.errors import InputError, MissingInputError
from sdc.finetune.launching.departure import FILES, Leave, check_departure
from sdc.finetune.launching.job import Job
from sdc.finetune.launching.rendering import Rendered
from sdc.finetune.launching.sealed import read_key, seal, unseal

SEALED_DATA = "data.sealed"


def write_job(rendered: Rendered, job: Job, folder: Path, *, sealed: bool, leave: Leave) -> tuple[str, ...]:
    """Write a job's files into a new or empty folder.

    Parameters
    ----------
    rendered : Rendered
    job : Job
    folder : Path
    sealed : bool
        Also write the data, sealed with the key of the environment.
    leave : callable
        As ``check_departure``.

    Returns
    -------
    tuple[str, ...]
        Names of the files.

    Raises
    ------
    ConsentError
        The data set may not leave; also in a dry run.
    InputError
        ``launch.folder``: the folder holds something.
    """
    check_departure(job.data, leave)
    data = seal(job.data, FILES, read_key(), "data") if sealed else None
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "This folder holds something already.", code="launch.folder", hint="Name a new one.", source=str(folder)
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in rendered.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    if data is None:
        return tuple(rendered.files)
    (folder / SEALED_DATA).write_bytes(data)
    return (*rendered.files, SEALED_DATA)


def open_run(sealed: Path, folder: Path) -> None:
    """Open ``run.sealed`` into a new folder.

    Raises
    ------
    MissingInputError
        ``launch.missing``: there is no such file.
    InputError
        ``launch.folder``: the folder is there already; ``launch.sealed``: it cannot be opened.
    """
    if not sealed.is_file():
        raise MissingInputError("There is no such file.", code="launch.missing", source=str(sealed))
    if folder.exists():
        raise InputError(
            "This folder is there already.", code="launch.folder", hint="Name a new one.", source=str(folder)
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".sdc-open-", dir=folder.parent))
    try:
        unseal(sealed.read_bytes(), work, read_key(), "run")
        (work / "run").rename(folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
