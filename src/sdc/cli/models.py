"""`sdc models`: the Whisper models on this machine, and fetching one by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import TableFormat, as_json, as_table, note, say
from sdc.errors import SettingsError

if TYPE_CHECKING:
    from sdc.transcribe.models import StoredModel
    from sdc.transcribe.shelves import Shelf

app = typer.Typer(help="List the Whisper models on this machine; fetch one by name.")

_Format = Annotated[TableFormat, typer.Option("--format", help="How to write the result.")]


@app.callback(invoke_without_command=True)
def models(context: typer.Context, format: _Format = TableFormat.TABLE) -> None:
    """List the Whisper models on this machine; fetch one by name."""
    if context.invoked_subcommand is not None:
        return
    from sdc.transcribe.shelves import SHELVES

    _show(tuple(model for shelf in SHELVES.values() for model in shelf.on_disk()), format)
    if format is TableFormat.TABLE:
        for engine, shelf in SHELVES.items():
            note(f"`sdc models fetch NAME --engine {engine}` fetches one: auto, {', '.join(shelf.names())}.")


@app.command()
def fetch(
    name: Annotated[str, typer.Argument(help="A name such as small, auto, or owner/model on the Hugging Face Hub.")],
    engine: Annotated[
        str | None, typer.Option(help="Whose model: faster-whisper or whisper.cpp; default: SDC_TRANSCRIBER.")
    ] = None,
    format: _Format = TableFormat.TABLE,
) -> None:
    """Fetch a model from the Hugging Face Hub, once; then no network is needed."""
    from sdc.settings import read_settings

    settings = read_settings()
    shelf = _shelf(engine or settings.transcriber)
    name = shelf.named(name, settings.whisper_device)
    if shelf.find(name) is None:
        note(f"fetching {name}; a model has from 75 MB (tiny) to 3 GB (large-v3) …")
    else:
        note(f"{name} is here already.")
    _show((shelf.describe(name, shelf.fetch(name)),), format)


def _shelf(engine: str) -> Shelf:
    from sdc.transcribe.shelves import SHELVES

    if engine not in SHELVES:
        raise SettingsError(
            f"The engine {engine} has no models on this machine.",
            code="settings.engine",
            hint=f"Say --engine: {', '.join(SHELVES)}.",
        )
    return SHELVES[engine]


def _show(found: tuple[StoredModel, ...], format: TableFormat) -> None:
    if format is TableFormat.JSON:
        rows = [{"name": m.name, "engine": m.engine, "size_bytes": m.size_bytes, "place": str(m.place)} for m in found]
        say(as_json({"models": rows}))
    elif found:
        rows_ = [(m.name, f"{m.size_bytes / 1e6:.0f} MB", m.engine, str(m.place)) for m in found]
        say(as_table(("model", "size", "engine", "place"), rows_))
    else:
        say("There is no model on this machine.")
