"""`sdc finetune`: train an adapter on a data set, evaluate it, export it; commands without logic."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli import finetune_launch, finetune_plan
from sdc.cli.output import EXIT_FAILURES, TableFormat, as_json, as_table, note, number, progress_bar, say

if TYPE_CHECKING:
    from sdc.finetune.evaluation.evaluate import Evaluation

app = typer.Typer(help="Fine-tune a language model on approved sessions.", no_args_is_help=True)
app.command("plan")(finetune_plan.plan)
app.command("launch")(finetune_launch.launch)
app.command("open")(finetune_launch.open_)

EXIT_STOPPED = 130
"""Of whoever is stopped by Ctrl-C at once, as shells have it."""

_Format = Annotated[TableFormat, typer.Option("--format", help="How to write the result.")]
_Run = Annotated[Path, typer.Argument(help="Folder that `sdc finetune train -o` wrote.")]
_Base = Annotated[str, typer.Option("--model", help="Where the base is now, if it has moved.")]


class MethodName(StrEnum):
    """How the base is kept while training."""

    LORA = "lora"
    QLORA = "qlora"


@app.command()
def train(
    model: Annotated[str, typer.Option(help="A preset (`sdc finetune presets`), or the folder of a model.")],
    data: Annotated[Path, typer.Option(help="Folder that `sdc dataset build` wrote.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the run, new.")],
    method: Annotated[MethodName | None, typer.Option(help="qlora: the base in 4 bits. [default: lora]")] = None,
    config: Annotated[Path | None, typer.Option(help="YAML with options; see docs/fine-tuning.md.")] = None,
    epochs: Annotated[float | None, typer.Option(help="How often each pair is seen. [default: 3]")] = None,
    max_length: Annotated[int | None, typer.Option(help="Tokens of a pair, at most. [default: the preset's]")] = None,
    seed: Annotated[int | None, typer.Option(help="The same seed gives the same adapter. [default: 0]")] = None,
    preset: Annotated[str, typer.Option(help="For a folder whose name tells no preset.")] = "",
    fetch: Annotated[bool, typer.Option("--fetch", help="Get the model from the Hugging Face Hub.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where the run was interrupted.")] = False,
    processes: Annotated[int, typer.Option(min=1, help="Train in so many processes, one a GPU.")] = 1,
    format: _Format = TableFormat.TABLE,
) -> None:
    """Train a LoRA adapter on a data set. Ctrl-C saves and ends; --resume goes on."""
    from sdc.finetune.training import ranks
    from sdc.finetune.training.options import read_options
    from sdc.finetune.training.processes import train_together
    from sdc.finetune.training.train import Task
    from sdc.finetune.training.train import train as train_

    told = {"method": method.value if method else None, "epochs": epochs, "max_length": max_length, "seed": seed}
    options = read_options(config, {name: value for name, value in told.items() if value is not None})
    if processes > 1 and ranks.n_processes() == 1:
        raise typer.Exit(train_together(processes, [sys.executable, "-m", "sdc.cli", *sys.argv[1:]]))
    try:
        with progress_bar("training") as update:
            card = train_(Task(model, data, output, options, preset, fetch), resume=resume, update=update)
    except KeyboardInterrupt:  # while it loads or keeps the adapter, or a second time
        note(_stopped(output))
        raise typer.Exit(EXIT_STOPPED) from None
    say(as_json(card) if format is TableFormat.JSON else run_table(card))
    if card["state"] != "done":
        note(f"interrupted after step {card['steps']}; `sdc finetune train … --resume` goes on from there.")
        raise typer.Exit(EXIT_FAILURES)
    note(f"written: {output}. Next: `sdc finetune evaluate {output} --data {data}`.")


def _stopped(output: Path) -> str:
    if not (output / "run.json").exists():
        return "stopped before anything was written."
    return "stopped; `sdc finetune train … --resume` goes on from the last checkpoint, or begins where there is none."


def run_table(card: dict[str, Any]) -> str:
    """Return a run card for people."""
    losses = card.get("validation_loss") or card.get("loss") or []
    rows = [
        ("state", card["state"]),
        ("base", card["base"]),
        ("licence", card["licence"] or "not known; see the model's card"),
        ("method", card["options"]["method"]),
        ("pairs", card["n_pairs"]["train"]),
        ("steps", card["steps"]),
        *([("validation loss" if card.get("validation_loss") else "loss", number(losses[-1][1]))] if losses else []),
    ]
    return as_table(("", "value"), rows)


@app.command()
def evaluate(
    run: _Run,
    data: Annotated[Path, typer.Option(help="Folder of the data set; its test split is asked.")],
    limit: Annotated[int, typer.Option(min=0, help="At most so many test pairs; 0: all.")] = 200,
    model: _Base = "",
    format: _Format = TableFormat.TABLE,
) -> None:
    """Compare the adapter with its base, few-shot and the rules on children it has not seen; say whether to use it.

    Exit status 1 where it may not be used.
    """
    from sdc.finetune.evaluation.evaluate import evaluate as evaluate_

    with progress_bar("evaluating") as update:
        found = evaluate_(run, data, limit=limit, model=model, update=update)
    say(as_json(found.document) if format is TableFormat.JSON else evaluation_table(found))
    if found.verdict.may_be_used == "no":
        raise typer.Exit(EXIT_FAILURES)


def evaluation_table(found: Evaluation) -> str:
    """Return an evaluation for people."""
    from sdc.finetune.evaluation.scores import METRICS

    columns = ("", *(s.system.replace("_", "-") for s in found.scores))
    rows = [(title, *(number(s.values[name]) for s in found.scores)) for name, title in METRICS.items()]
    reasons = {f"{s.system.replace('_', '-')}: {why}" for s in found.scores for why in set(s.reasons.values())}
    verdict = f"May it be used? {found.verdict.may_be_used.replace('_', ' ')}. {' '.join(found.verdict.reasons)}"
    return "\n".join([as_table(columns, rows), "", *(f"—  {why}" for why in sorted(reasons)), "", verdict])


@app.command()
def export(
    run: _Run,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder that is made.")],
    model: _Base = "",
    dtype: Annotated[str, typer.Option(help="bfloat16, float16 or float32. [default: the base's]")] = "",
    gguf: Annotated[str, typer.Option(help="Also a GGUF file: f16, bf16, f32 or q8_0.")] = "",
    llama_cpp: Annotated[Path | None, typer.Option(help="Folder of llama.cpp with convert_hf_to_gguf.py.")] = None,
) -> None:
    """Write merged weights, checked against the adapter, with the files that Ollama and vLLM need."""
    from sdc.finetune.export.bundle import export as export_

    found = export_(run, output, model=model, dtype=dtype, gguf=gguf, llama_cpp=llama_cpp)
    rows = [(path.relative_to(output).as_posix(), what) for path, what in found.files]
    say(as_table(("file", "what"), rows))
    note(
        f"Merged in {found.merged.dtype}: a logit differs by {found.merged.max_difference:.2g} at most from the "
        f"adapter's, the next token is the same at {100 * found.merged.same_next:.1f} % of the places."
    )


@app.command()
def presets(format: _Format = TableFormat.TABLE) -> None:
    """List the models that are known, with their licences."""
    from sdc.finetune.presets import presets as presets_

    rows = [(p.name, p.hub, p.licence, "yes" if p.commercial else "no") for p in presets_().values()]
    columns = ("name", "hub", "licence", "commercial use")
    if format is TableFormat.JSON:
        say(as_json({"presets": [dict(zip(columns, row, strict=True)) for row in rows]}))
    else:
        say(as_table(columns, rows))
