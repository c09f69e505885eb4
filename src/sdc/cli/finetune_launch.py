"""`sdc finetune launch` and `open`: to a rented machine, and home again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sdc.cli.output import note, say

_Target = Annotated[
    str,
    typer.Argument(
        help="colab, skypilot, runpod, modal, sagemaker, azure, replicate, huggingface or autotrain (legacy)."
    ),
]
_DryRun = Annotated[
    bool,
    typer.Option("--dry-run/--no-dry-run", help="Render only; --no-dry-run also seals the data. Nothing is ever sent."),
]


def launch(
    target: _Target,
    job: Annotated[Path, typer.Option(help="The job file (YAML); docs/launching.md shows one.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write into, new or empty.")],
    dry_run: _DryRun = True,
) -> None:
    """Render a training job for a provider, with the sealed data where --no-dry-run is said; you submit it yourself.

    For children of the store each family must have agreed: sdc consent CHILD --grant rented_training.
    """
    from sdc.app import build_app
    from sdc.finetune.launching.job import read_job
    from sdc.finetune.launching.rendering import render
    from sdc.finetune.launching.writing import write_job
    from sdc.pipeline.departing import leave_for_rented
    from sdc.settings import read_settings

    found = read_job(job)
    rendered = render(target, found)

    def leave(children: Sequence[str]) -> None:
        with build_app(read_settings()) as store:
            leave_for_rented(store, children, actor="cli" if not dry_run else None)

    written = write_job(rendered, found, output, sealed=not dry_run, leave=leave)
    for name in written:
        note(f"written: {output / name}")
    if dry_run:
        note("A dry run: no data was written. --no-dry-run seals it with the key in SDC_DATA_KEY.")
    say("\n".join(f"{number}. {step}" for number, step in enumerate(rendered.steps, 1)))


def open_(
    sealed: Annotated[Path, typer.Argument(help="run.sealed, as it came home.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the run, new.")],
) -> None:
    """Open a run that was trained elsewhere, with the key in SDC_DATA_KEY."""
    from sdc.finetune.launching.writing import open_run

    open_run(sealed, output)
    note(f"written: {output}. Delete what is still at the provider, and the key.")
