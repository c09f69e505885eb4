"""`sdc finetune plan`: does it fit, how long does it take, what does it cost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import TableFormat, as_json, as_table, note, say

if TYPE_CHECKING:
    from sdc.finetune.planning.plan import Row, Wanted

_Data = Annotated[Path | None, typer.Option(help="A data set folder, to count its tokens; default: an example.")]
_Models = Annotated[list[str] | None, typer.Option("--model", help="A preset; again for several; default: all.")]
_Methods = Annotated[list[str] | None, typer.Option("--method", help="lora, qlora or full; default: all three.")]
_Gpus = Annotated[list[str] | None, typer.Option("--gpu", help="A card such as T4 or A100-80; default: all.")]
_Provider = Annotated[str | None, typer.Option(help="Only this provider of the price file.")]
_Prices = Annotated[Path | None, typer.Option(help="A price file of your own (TOML).")]
_Simulate = Annotated[bool, typer.Option("--simulate", help="Also run the model without numbers (extra finetune).")]


def plan(
    data: _Data = None,
    model: _Models = None,
    method: _Methods = None,
    gpu: _Gpus = None,
    provider: _Provider = None,
    epochs: Annotated[float, typer.Option(min=0.01, help="How often each pair is seen.")] = 3.0,
    prices: _Prices = None,
    simulate: _Simulate = False,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the result.")] = TableFormat.TABLE,
) -> None:
    """Say for each model, method and card whether training fits, how long it takes and what it costs."""
    from sdc.finetune.planning.amount import EXAMPLE, amount_of
    from sdc.finetune.planning.architectures import planned
    from sdc.finetune.planning.gpus import gpu as card
    from sdc.finetune.planning.gpus import gpus
    from sdc.finetune.planning.plan import Wanted, document
    from sdc.finetune.planning.plan import plan as make_plan
    from sdc.finetune.planning.prices import of_provider, read_prices
    from sdc.finetune.planning.setup import METHODS, method_named

    wanted = Wanted(
        models=model or planned(),
        methods=[method_named(name) for name in method] if method else METHODS,
        gpus=[card(name) for name in gpu] if gpu else tuple(gpus().values()),
        amount=amount_of(data) if data else EXAMPLE,
        epochs=epochs,
        prices=of_provider(read_prices(prices), provider),
    )
    rows = make_plan(wanted)
    simulated = _simulated(rows) if simulate else {}
    if format is TableFormat.JSON:
        say(as_json(document(wanted, rows) | ({"simulated": list(simulated.values())} if simulate else {})))
        return
    _show(wanted, rows, simulated)


def _show(wanted: Wanted, rows: Sequence[Row], simulated: dict[tuple[Any, ...], dict[str, Any]]) -> None:
    shown = _cheapest(rows)
    columns = ("model", "method", "card", "pairs at once", "needs", "has", "fits", "hours", "cost", "at")
    say(as_table(columns, [_cells(row) for row in shown]))
    if simulated:
        lines = [
            (s["model"], s["method"], s["batch_size"], _gb(s["formula_gb"]), _gb(s["peak_gb"]))
            for s in simulated.values()
        ]
        say()
        say(as_table(("model", "method", "pairs at once", "peak by formula", "by simulation"), lines))
    amount = wanted.amount
    counted = f"{amount.pairs} pairs, {amount.tokens} tokens, the longest {amount.longest} ({amount.counted_by})"
    note(f"{counted}; {wanted.epochs:g} epochs.")
    note("needs: peak by formula, 5 % and the CUDA context; it may be 20 % off, and tight is what would not fit then.")
    note("cost: US dollars at the cheapest provider of the price file; --format json lists all, with day and source.")


def _cheapest(rows: Sequence[Row]) -> list[Row]:
    first: dict[tuple[str, str, str], Row] = {}
    for row in rows:  # of one card the cheapest comes first
        first.setdefault((row.model, row.method, row.gpu.name), row)
    return list(first.values())


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.model,
        row.method,
        row.gpu.name,
        str(row.batch_size),
        _gb(row.memory.device / 1e9),
        _gb(row.gpu.memory_bytes / 1e9),
        {"fits": "yes", "tight": "tight", "no": "no"}[row.verdict],
        _range(row.hours, ""),
        _range(row.usd, "$") if row.usd else (row.reason or ""),
        row.provider or "—",
    )


def _gb(value: float) -> str:
    return f"{value:.1f} GB"


def _range(values: tuple[float, float] | None, sign: str) -> str:
    return "—" if values is None else f"{sign}{values[0]:.2f}–{values[1]:.2f}"


def _simulated(rows: Sequence[Row]) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Simulate each model, method and batch once; the card does not matter."""
    from sdc.finetune.planning.architectures import architecture
    from sdc.finetune.planning.plan import setup_of
    from sdc.finetune.planning.simulation import simulate

    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = (row.model, row.method, row.batch_size)
        if key in found:
            continue
        note(f"simulating {row.model}, {row.method}, {row.batch_size} at once …")
        result = simulate(architecture(row.model), setup_of(row))
        found[key] = {
            "model": row.model,
            "method": row.method,
            "batch_size": row.batch_size,
            "sequence_length": row.sequence_length,
            "peak_gb": round(result.peak_bytes / 1e9, 2),
            "formula_gb": round(row.memory.peak / 1e9, 2),
        }
    return found
