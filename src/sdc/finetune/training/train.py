"""Fine-tuning, top to bottom: read, check, train, keep the adapter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.companion.engines.adapter import fingerprint
from sdc.errors import EngineError
from sdc.finetune.presets import Preset, preset, preset_of
from sdc.finetune.training import ranks, run_card
from sdc.finetune.training.checks import disk, memory
from sdc.finetune.training.checks.empty_split import check_splits
from sdc.finetune.training.checks.masked_labels import check_labels
from sdc.finetune.training.checks.prompt_length import check_lengths, check_readable
from sdc.finetune.training.checks.stop_token import check_stops
from sdc.finetune.training.checks.tokenizer_match import check_ids, check_vocabulary
from sdc.finetune.training.encoding import Encoded, encode, stop_ids
from sdc.finetune.training.keeping import keep_adapter
from sdc.finetune.training.models import (
    compute_dtype,
    find_model,
    load_base,
    load_tokenizer,
    n_parameters,
    need_extra,
    quiet,
)
from sdc.finetune.training.options import TrainOptions, checked
from sdc.finetune.training.pairs import DataSet, Pair, read_dataset

if TYPE_CHECKING:
    from sdc.finetune.training.callbacks import Update

DEFAULT_MAX_LENGTH = 2048


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be trained.

    Attributes
    ----------
    model : str
        Name of a preset, or a folder.
    data, run : Path
        Folder of the data set; folder that the run writes.
    options : TrainOptions
    preset_name : str
        For a folder that the presets do not know by its name.
    fetch : bool
        Whether the model may be fetched from the Hugging Face Hub.
    """

    model: str
    data: Path
    run: Path
    options: TrainOptions
    preset_name: str = ""
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """What passed every check before training.

    Attributes
    ----------
    folder : Path
        Of the base.
    known : Preset or None
    tokenizer : transformers tokenizer
    train, validation : tuple[Encoded, ...]
    max_length : int
        Tokens.
    card : dict
        What the run card says so far.
    """

    folder: Path
    known: Preset | None
    tokenizer: Any
    train: tuple[Encoded, ...]
    validation: tuple[Encoded, ...]
    max_length: int
    card: dict[str, Any]


def train(task: Task, *, resume: bool = False, update: Update = lambda text, done: None) -> dict[str, Any]:
    """Train an adapter.

    Parameters
    ----------
    task : Task
    resume : bool
        Go on where a run was interrupted; the result is the same to the bit as without the interruption.
    update : callable
        Told what is done and how much of it, 0 to 1.

    Returns
    -------
    dict
        The run card; its ``state`` is ``done``, or ``interrupted`` after Ctrl-C. Where several processes train
        together each of them calls this, and the first one writes.

    Raises
    ------
    SDCError
        One of the checks in ``training/checks``, each before training begins.
    """
    need_extra()
    from safetensors import SafetensorError

    quiet()
    checked(task.options)
    update("reading", 0.0)
    ranks.join()
    prepared = prepare(task)
    if resume:
        run_card.need_same(task.run, prepared.card)
    else:
        run_card.need_new(task.run)
    ranks.wait()  # until all have looked
    card = prepared.card | {"state": "training"}
    try:
        run_card.write_run(task.run, card)
        card |= _run(task, prepared, resume, update)
        run_card.write_run(task.run, card)
    except (OSError, RuntimeError, SafetensorError) as error:
        # On a full disk torch raises RuntimeError, safetensors an error of its own.
        if not isinstance(error, OSError) and disk.free_bytes(task.run) >= disk.MARGIN_BYTES:
            raise
        raise EngineError(
            f"The run cannot be written: {getattr(error, 'strerror', None) or 'no space left on the disk'}.",
            code="finetune.unwritable",
            hint="See whether the disk is full; then go on with --resume.",
            source=str(task.run),
        ) from error
    return card


def prepare(task: Task) -> Prepared:
    """Read data, model and tokenizer, and check all that can be checked without loading weights."""
    from transformers import AutoConfig, GenerationConfig

    options = task.options
    data = read_dataset(task.data)
    check_splits(data, "train", *(("validation",) if options.patience else ()))
    folder = find_model(task.model, fetch=task.fetch)
    known = preset(task.preset_name) if task.preset_name else preset_of(task.model)
    tokenizer = load_tokenizer(folder, known)
    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    generation = GenerationConfig.from_model_config(config)
    if (folder / "generation_config.json").is_file():
        generation = GenerationConfig.from_pretrained(folder, local_files_only=True)
    check_vocabulary(tokenizer, config.vocab_size, stop_ids(None, config, generation))
    stops = stop_ids(tokenizer, config, generation)
    positions = getattr(config, "max_position_embeddings", None)
    max_length = options.max_length or min(known.max_length if known else DEFAULT_MAX_LENGTH, positions or 1 << 30)
    check_readable(max_length, positions)
    train_ = _encode_all(tokenizer, data.train, stops, max_length, data.folder / "train.jsonl")
    validation = _encode_all(tokenizer, data.validation, stops, max_length, data.folder / "validation.jsonl")
    check_ids([*train_, *validation], config.vocab_size)
    size = _check_size(task, folder, known)
    card = (
        _card(task, data, folder, known)
        | size
        | {"max_length": max_length, "n_tokens": sum(len(e.ids) for e in train_)}
    )
    return Prepared(folder, known, tokenizer, train_, validation, max_length, card)


def _check_size(task: Task, folder: Path, known: Preset | None) -> dict[str, Any]:
    """Check memory and disk against what the model and its adapter have."""
    from sdc.finetune.training.lora import lora_config

    kept_in = "qlora" if task.options.method == "qlora" else str(compute_dtype()).removeprefix("torch.")
    total, trainable = n_parameters(folder, lora_config(task.options, _target(known)))
    memory.check_memory(memory.needed_bytes(total, trainable, kept_in))
    there = next(p for p in (task.run, *task.run.absolute().parents) if p.is_dir())
    disk.check_disk(there, disk.needed_bytes(trainable))
    return {"n_parameters": total, "n_trainable": trainable, "kept_in": kept_in}


def _target(known: Preset | None) -> str:
    return known.target_modules if known else "all-linear"


def _encode_all(
    tokenizer: Any, pairs: Sequence[Pair], stops: frozenset[int], max_length: int, path: Path
) -> tuple[Encoded, ...]:
    encoded = tuple(encode(tokenizer, pair, stops) for pair in pairs)
    check_labels(encoded, stops, path)
    check_stops(encoded, stops)
    check_lengths(encoded, max_length, path)
    return encoded


def _card(task: Task, data: DataSet, folder: Path, known: Preset | None) -> dict[str, Any]:
    return {
        "schema": run_card.SCHEMA,
        "base": known.hub if known else folder.name,
        "base_folder": str(folder.resolve()),
        "base_fingerprint": fingerprint(folder),
        "preset": known.name if known else None,
        "licence": known.licence if known else None,
        "data_digest": data.digest,
        "train_children": children(data.train),
        "n_pairs": {"train": len(data.train), "validation": len(data.validation), "test": len(data.test)},
        "options": task.options.to_dict(),
        "processes": ranks.n_processes(),
        "versions": run_card.versions(),
    }


def children(pairs: Sequence[Pair]) -> list[str]:
    """Return the children of pairs, as digests of their pseudonyms: enough to see that none is on both sides."""
    names = {str(p.metadata["child"]) for p in pairs if p.metadata.get("child")}
    return sorted(hashlib.sha256(name.encode()).hexdigest()[:16] for name in names)


def _run(task: Task, prepared: Prepared, resume: bool, update: Update) -> dict[str, Any]:
    import torch
    from transformers import set_seed

    from sdc.finetune.training.callbacks import Interruption, last_whole

    update("loading the model", 0.0)
    set_seed(task.options.seed)
    interruption = Interruption()
    trainer = _trainer(task, prepared, interruption, update)
    last = last_whole(task.run / "checkpoints") if resume else None
    with interruption.watching():
        result = trainer.train(resume_from_checkpoint=str(last) if last else None)
    if interruption.came and trainer.state.global_step < trainer.state.max_steps:
        return {"state": "interrupted", "steps": trainer.state.global_step}
    keep_adapter(trainer, prepared.tokenizer, task.run, prepared.card)
    return {
        "state": "done",
        "steps": trainer.state.global_step,
        "steps_planned": trainer.state.max_steps,
        "device": torch.cuda.get_device_name() if torch.cuda.is_available() else "cpu",
        "seconds": round(result.metrics["train_runtime"], 1),
        "loss": [[row["step"], row["loss"]] for row in trainer.state.log_history if "loss" in row],
        "validation_loss": [[r["step"], r["eval_loss"]] for r in trainer.state.log_history if "eval_loss" in r],
    }


def _trainer(task: Task, prepared: Prepared, interruption: Any, update: Update) -> Any:
    from datasets import Dataset
    from transformers import EarlyStoppingCallback, PrinterCallback
    from trl import SFTTrainer

    from sdc.finetune.training.callbacks import Between
    from sdc.finetune.training.lora import lora_config, make_repeatable, trainer_config

    options, validates = task.options, bool(prepared.validation) and task.options.patience > 0
    callbacks: list[Any] = [Between(update, interruption)]
    if validates:
        callbacks.append(EarlyStoppingCallback(early_stopping_patience=options.patience))
    trainer = SFTTrainer(
        model=load_base(prepared.folder, options.method),
        args=trainer_config(options, task.run / "checkpoints", prepared.max_length, validates=validates),
        train_dataset=Dataset.from_list([e.row() for e in prepared.train]),
        eval_dataset=Dataset.from_list([e.row() for e in prepared.validation]) if validates else None,
        processing_class=prepared.tokenizer,
        peft_config=lora_config(options, _target(prepared.known)),
        callbacks=callbacks,
    )
    trainer.remove_callback(PrinterCallback)  # it prints to stdout, which is for results
    make_repeatable(trainer.model)
    return trainer
