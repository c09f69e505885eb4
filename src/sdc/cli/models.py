"""`sdc models`: the Whisper models on this machine, and fetching one by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import TableFormat, as_json, as_table, note, say

if TYPE_CHECKING:
    from sdc.transcribe.models import StoredModel

app = typer.Typer(help="List the Whisper models on this machine; fetch one by name.")

_Format = Annotated[TableFormat, typer.Option("--format", help="How to write the result.")]


@app.callback(invoke_without_command=True)
def models(context: typer.Context, format: _Format = TableFormat.TABLE) -> None:
    """List the Whisper models on this machine; fetch one by name."""
    if context.invoked_subcommand is not None:
        return
    from sdc.transcribe.models import model_names, models_on_disk

    found = models_on_disk()
    _show(found, format)
    if format is TableFormat.TABLE:
        note(f"`sdc models fetch NAME` fetches one: auto, {', '.join(model_names())}.")


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="A name such as small, auto, or owner/model on the Hugging Face Hub.")],
    format: _Format = TableFormat.TABLE,
) -> None:
    """Fetch a model from the Hugging Face Hub, once; then no network is needed."""
    from sdc.settings import read_settings
    from sdc.transcribe.models import fetch_model, find_model, model_for, stored_model

    name = model_for(name, read_settings().whisper_device)
    if find_model(name) is None:
        note(f"fetching {name}; a model has from 75 MB (tiny) to 3 GB (large-v3) …")
    else:
        note(f"{name} is here already.")
    fetch_model(name)
    _show((stored_model(name),), format)


def _show(found: tuple[StoredModel, ...], format: TableFormat) -> None:
    if format is TableFormat.JSON:
        rows = [{"name": m.name, "engine": m.engine, "size_bytes": m.size_bytes, "place": str(m.place)} for m in found]
        say(as_json({"models": rows}))
    elif found:
        rows_ = [(m.name, f"{m.size_bytes / 1e6:.0f} MB", m.engine, str(m.place)) for m in found]
        say(as_table(("model", "size", "engine", "place"), rows_))
    else:
        say("There is no model on this machine.")
