"""`sdc dataset`: sessions and approved texts as data sets for fine-tuning, and how much there is in one."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.ask import EngineName
from sdc.cli.output import (
    EXIT_FAILURES,
    TableFormat,
    as_json,
    as_table,
    note,
    number,
    progress_bar,
    report_failures,
    say,
    write,
)

if TYPE_CHECKING:
    from sdc.finetune.dataset.recipe import Recipe
    from sdc.finetune.dataset.stats import Stats
    from sdc.pipeline.dataset_building import Built

app = typer.Typer(no_args_is_help=True, help="Data sets for fine-tuning a language model.")


class SourceName(StrEnum):
    """Where pairs come from."""

    TRANSCRIPT = "transcript"
    APPROVED = "approved"
    ANSWER = "answer"


class PairForm(StrEnum):
    """How a pair is written."""

    PROMPT = "prompt"
    CHAT = "chat"


class ByName(StrEnum):
    """What tells which files are about the same child."""

    AUTO = "auto"
    FOLDER = "folder"
    FILE = "file"


@app.command("build")
def build(
    paths: Annotated[list[Path] | None, typer.Argument(help="Transcripts or folders; none: the store.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write.")] = ...,  # type: ignore[assignment]
    child: Annotated[list[str] | None, typer.Option(help="Only this child of the store; may be repeated.")] = None,
    source: Annotated[list[SourceName] | None, typer.Option(help="Only pairs from here; may be repeated.")] = None,
    teacher: Annotated[EngineName | None, typer.Option(help="A language model that words what is marked.")] = None,
    for_rented: Annotated[
        bool, typer.Option("--for-rented", help="Only children whose families agreed to a rented machine, too.")
    ] = False,
    max_tokens: Annotated[int | None, typer.Option(help="Longest pair; lines are cut into windows.")] = None,
    tokenizer: Annotated[Path | None, typer.Option(help="Folder of the model that will be trained.")] = None,
    format: Annotated[PairForm, typer.Option("--format", help="How a pair is written.")] = PairForm.PROMPT,
    seed: Annotated[int, typer.Option(help="Decides sentences and which children are held out.")] = 0,
    held_out: Annotated[float, typer.Option(min=0.01, max=0.4, help="Share for validation, and for the test.")] = 0.1,
    train_only: Annotated[bool, typer.Option("--train-only", help="Hold nothing out.")] = False,
    language: Annotated[str, typer.Option(help="Sessions in this language (ISO 639-3).")] = "eng",
    by: Annotated[ByName, typer.Option(help="Files: what tells a child.")] = ByName.AUTO,
    licence: Annotated[str, typer.Option(help="Files: their licence, for the card.")] = "",
    has_consent: Annotated[
        bool, typer.Option("--i-have-consent", help="Files: consent for training exists for every child.")
    ] = False,
) -> None:
    """Make pairs of a prompt and an answer from transcripts, measures and approved texts.

    From the store only children whose families agreed (sdc consent CHILD --grant training) and
    transcripts that a therapist has reviewed. Names are replaced. No child is in two of the
    files train, validation and test. card.md tells what is in it and what was left out.
    """
    from dataclasses import replace

    from sdc.finetune.dataset.recipe import Recipe

    if paths and child:
        raise typer.BadParameter("a child is of the store; files have none", param_hint="--child")
    if paths and for_rented:
        raise typer.BadParameter("files hold no consents; the job file tells them", param_hint="--for-rented")
    chosen = Recipe(seed=seed, held_out=held_out, train_only=train_only, language=language, form=format.value)
    chosen = replace(chosen, max_tokens=max_tokens, licence=licence)
    if source:
        chosen = replace(chosen, sources=tuple(dict.fromkeys(name.value for name in source)))
    built = _build(
        paths or [],
        output,
        _with_tokenizer(chosen, tokenizer),
        _Wish(child or [], teacher, by, has_consent, for_rented),
    )
    _tell(built, output)
    if built.failures:
        raise typer.Exit(EXIT_FAILURES)


class _Wish:
    """The options that only one of the two ways has."""

    def __init__(
        self, children: list[str], teacher: EngineName | None, by: ByName, has_consent: bool, for_rented: bool
    ) -> None:
        self.children, self.by, self.has_consent, self.for_rented = children, by, has_consent, for_rented
        self.teacher = teacher.value if teacher else ""


def _with_tokenizer(recipe: Recipe, tokenizer: Path | None) -> Recipe:
    from dataclasses import replace

    from sdc.finetune.dataset.tokens import read_tokenizer

    if tokenizer is None:
        return recipe
    return replace(recipe, count=read_tokenizer(tokenizer), tokenizer=tokenizer.resolve().name)


def _build(paths: list[Path], output: Path, recipe: Recipe, wish: _Wish) -> Built:
    from sdc.pipeline.dataset_building import build_from_files, build_from_store
    from sdc.settings import read_settings

    settings = read_settings()
    with progress_bar("building") as update:

        def on_child(child: str, n: int) -> None:
            update(f"{child}: {n} pairs", 0.0)

        if paths:
            return build_from_files(
                paths,
                settings,
                output,
                recipe,
                has_consent=wish.has_consent,
                by=wish.by.value,
                teacher=wish.teacher,
                on_child=on_child,
            )
        from sdc.app import build_app

        with build_app(settings) as store:
            return build_from_store(
                store,
                output,
                recipe,
                children=wish.children,
                teacher=wish.teacher,
                for_rented=wish.for_rented,
                actor="cli",
                on_child=on_child,
            )


def _tell(built: Built, output: Path) -> None:
    document = built.card.to_dict()
    rows = [(name, s["pairs"], s["children"], s["tokens"]) for name, s in document["splits"].items()]
    say(as_table(("split", "pairs", "children", "tokens"), rows, title=str(output)))
    if document["left_out"]:
        say("")
        say(as_table(("left out", "times"), document["left_out"].items()))
    for refusal in built.refused:
        note(f"left out: {refusal.name}: {refusal.error} [{refusal.error.code}]")
    report_failures(built.failures)
    note(f"written: {output} (card.md tells what is in it)")


@app.command("stats")
def stats(
    folder: Annotated[Path, typer.Argument(help="A data set.")],
    tokenizer: Annotated[Path | None, typer.Option(help="Count tokens as this model does.")] = None,
    format: Annotated[TableFormat, typer.Option("--format", help="How to write the result.")] = TableFormat.TABLE,
    plot: Annotated[Path | None, typer.Option(help="Draw the lengths into this .svg or .png.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")] = None,
) -> None:
    """Tell how much a data set holds, and what that is enough for."""
    from sdc.finetune.dataset.folder import read_dataset
    from sdc.finetune.dataset.stats import dataset_stats
    from sdc.finetune.dataset.tokens import read_tokenizer, token_bound

    if plot is not None and plot.suffix.lower() not in (".svg", ".png"):
        raise typer.BadParameter("a plot is an .svg or a .png", param_hint="--plot")
    count = read_tokenizer(tokenizer) if tokenizer else token_bound
    found = dataset_stats(read_dataset(folder), count, tokenizer.resolve().name if tokenizer else "")
    write(as_json(stats_document(found)) if format is TableFormat.JSON else _stats_text(found, folder), output)
    if plot is not None:
        _draw(found, plot)


def stats_document(found: Stats) -> dict[str, Any]:
    """Return the stats as ``sdc dataset stats --format json`` writes them."""
    from dataclasses import asdict

    document = asdict(found)
    del document["lengths"]
    document["tokens"]["counted_by"] = document.pop("counted_by")
    return {"schema": "sdc.dataset-stats/1", **document, "supports": list(document["supports"])}


def _stats_text(found: Stats, folder: Path) -> str:
    amounts = [(name.replace("_", " "), number(value)) for name, value in found.amounts.items()]
    splits = [(name, size["pairs"], size["children"]) for name, size in found.splits.items()]
    spreads = [
        (name, *(number(values[key]) for key in ("least", "median", "p95", "greatest", "sum")))
        for name, values in (("words", found.words), (f"tokens ({found.counted_by})", found.tokens))
    ]
    supports = [
        (s.title, s.enough, f"{s.has} {s.of}; tried from {s.least}, comfortable from {s.better}")
        for s in found.supports
    ]
    reasons = [f"  {s.title}: {' '.join(filter(None, (s.why, s.but)))} Source: {s.source}." for s in found.supports]
    return "\n\n".join(
        (
            as_table(("amount", ""), amounts, title=str(folder)),
            as_table(("split", "pairs", "children"), splits),
            as_table(("kind", "pairs"), found.kinds.items()),
            as_table(("source", "pairs"), found.sources.items()),
            as_table(("of a pair", "least", "median", "95 %", "greatest", "sum"), spreads),
            as_table(("is it enough for …", "", "counted"), supports),
            "\n".join(["Bounds are rules of thumb of other tasks; a test on held-out children decides.", *reasons]),
        )
    )


def _draw(found: Stats, plot: Path) -> None:
    from sdc.errors import InputError
    from sdc.finetune.dataset.stats import length_chart

    try:
        plot.write_bytes(length_chart(found.lengths, found.counted_by, plot.suffix.lower()[1:]))
    except OSError as error:
        raise InputError(
            f"The plot cannot be written: {error.strerror or error}.",
            code="output.unwritable",
            hint="Choose another file with --plot.",
            source=str(plot),
        ) from error
    note(f"written: {plot}")
