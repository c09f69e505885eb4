"""LoRA or QLoRA, top to bottom in one file: the same steps, and the same adapter, as `sdc finetune train`.

    python recipes/finetune.py recipes/finetune.yaml model=tinyllama-1.1b data=pairs output=run
    accelerate launch --config_file recipes/accelerate/ddp.yaml recipes/finetune.py recipes/finetune.yaml …

`name=value` behind the file goes before what stands in it. Change what you like; the pieces are SDC's public functions.
"""

import hashlib
import json
import sys
from pathlib import Path

import yaml
from datasets import Dataset
from transformers import AutoConfig, EarlyStoppingCallback, GenerationConfig, PrinterCallback, set_seed
from trl import SFTTrainer

from sdc.companion.engines.adapter import fingerprint
from sdc.errors import SDCError
from sdc.finetune.presets import preset, preset_of
from sdc.finetune.training import ranks, run_card
from sdc.finetune.training.callbacks import Between, Interruption, last_whole
from sdc.finetune.training.checks.empty_split import check_splits
from sdc.finetune.training.checks.masked_labels import check_labels
from sdc.finetune.training.checks.prompt_length import check_lengths, check_readable
from sdc.finetune.training.checks.stop_token import check_stops
from sdc.finetune.training.checks.tokenizer_match import check_ids, check_vocabulary
from sdc.finetune.training.encoding import encode, stop_ids
from sdc.finetune.training.keeping import keep_adapter
from sdc.finetune.training.lora import lora_config, make_repeatable, trainer_config
from sdc.finetune.training.models import find_model, load_base, load_tokenizer, quiet
from sdc.finetune.training.options import options_of
from sdc.finetune.training.pairs import read_dataset

OF_THE_RECIPE = {"model": "", "data": "", "output": "", "preset": "", "fetch": False, "resume": False}


def main(config: Path, told: list[str]) -> dict:
    """Train as the YAML says, and return the run's card."""
    # What is asked: the YAML, and over it name=value.
    asked = yaml.safe_load(config.read_text()) | {k: yaml.safe_load(v) for k, _, v in (t.partition("=") for t in told)}
    recipe = {name: asked.pop(name, default) for name, default in OF_THE_RECIPE.items()}
    options = options_of(asked, config)
    run = Path(recipe["output"])
    quiet()
    ranks.join()  # one process a GPU, where accelerate started several

    # Pairs: split by child, each with prompt and output.
    data = read_dataset(Path(recipe["data"]))
    check_splits(data, "train", *(("validation",) if options.patience else ()))

    # The model's tokenizer, its chat template and the tokens that end an answer.
    folder = find_model(recipe["model"], fetch=recipe["fetch"])
    known = preset(recipe["preset"]) if recipe["preset"] else preset_of(recipe["model"])
    tokenizer = load_tokenizer(folder, known)
    shape = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    generation = GenerationConfig.from_model_config(shape)
    if (folder / "generation_config.json").is_file():
        generation = GenerationConfig.from_pretrained(folder, local_files_only=True)
    check_vocabulary(tokenizer, shape.vocab_size, stop_ids(None, shape, generation))
    stops = stop_ids(tokenizer, shape, generation)
    reads = getattr(shape, "max_position_embeddings", None)
    max_length = options.max_length or min(known.max_length if known else 2048, reads or 1 << 30)
    check_readable(max_length, reads)

    # Tokens: only those of the answer are learned; what trl would cut, drop or mask without a word is refused here.
    rows = {}
    for split in ("train", "validation"):
        encoded = [encode(tokenizer, pair, stops) for pair in getattr(data, split)]
        check_labels(encoded, stops, data.folder / f"{split}.jsonl")
        check_stops(encoded, stops)
        check_lengths(encoded, max_length, data.folder / f"{split}.jsonl")
        check_ids(encoded, shape.vocab_size)
        rows[split] = Dataset.from_list([e.row() for e in encoded]) if encoded else None

    # The run's card says what is trained, on what, with which versions; a run is resumed only with the same.
    children = {str(p.metadata["child"]) for p in data.train if p.metadata.get("child")}
    card = {
        "schema": run_card.SCHEMA,
        "state": "training",
        "base": known.hub if known else folder.name,
        "base_folder": str(folder.resolve()),
        "base_fingerprint": fingerprint(folder),
        "preset": known.name if known else None,
        "licence": known.licence if known else None,
        "data_digest": data.digest,
        "train_children": sorted(hashlib.sha256(name.encode()).hexdigest()[:16] for name in children),
        "n_pairs": {split: len(getattr(data, split)) for split in ("train", "validation", "test")},
        "options": options.to_dict(),
        "max_length": max_length,
        "processes": ranks.n_processes(),
        "versions": run_card.versions(),
    }
    run_card.need_same(run, card) if recipe["resume"] else run_card.need_new(run)
    ranks.wait()
    run_card.write_run(run, card)

    # Training: trl's SFTTrainer with peft's LoRA; the base in 4 bits where the method is qlora.
    set_seed(options.seed)
    interruption = Interruption()
    validates = rows["validation"] is not None and options.patience > 0
    trainer = SFTTrainer(
        model=load_base(folder, options.method),
        args=trainer_config(options, run / "checkpoints", max_length, validates=validates),
        train_dataset=rows["train"],
        eval_dataset=rows["validation"] if validates else None,
        processing_class=tokenizer,
        peft_config=lora_config(options, known.target_modules if known else "all-linear"),
        callbacks=[Between(tell, interruption)] + [EarlyStoppingCallback(options.patience)] * validates,
    )
    trainer.remove_callback(PrinterCallback)
    make_repeatable(trainer.model)
    last = last_whole(run / "checkpoints") if recipe["resume"] else None
    with interruption.watching():  # Ctrl-C saves after the step
        trainer.train(resume_from_checkpoint=str(last) if last else None)

    # The adapter, whole or not there; then `sdc finetune evaluate RUN --data DATA` says whether it may be used.
    history = trainer.state.log_history
    card |= {"state": "interrupted", "steps": trainer.state.global_step}
    if not interruption.came or trainer.state.global_step == trainer.state.max_steps:
        keep_adapter(trainer, tokenizer, run, card)
        card |= {"state": "done", "steps_planned": trainer.state.max_steps}
        card |= {"loss": [[row["step"], row["loss"]] for row in history if "loss" in row]}
        card |= {"validation_loss": [[row["step"], row["eval_loss"]] for row in history if "eval_loss" in row]}
    run_card.write_run(run, card)
    return card


def tell(text: str, done: float) -> None:
    """Show each step, of the first process."""
    if ranks.rank() == 0:
        sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        card = main(Path(sys.argv[1]), sys.argv[2:])
    except SDCError as error:
        sys.exit(f"error: {error.message} {error.hint}")
    if ranks.rank() == 0:
        sys.stdout.write(json.dumps({k: card[k] for k in ("state", "steps", "n_pairs", "options")}, indent=2) + "\n")
