"""The adapter that a training made, in the run's folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from sdc.companion.engines.adapter import CARD, CONFIG, weights_digest
from sdc.finetune.training import ranks, run_card

TOLD = ("base", "base_fingerprint", "preset", "licence", "data_digest")
"""What an adapter tells of its run, wherever it goes."""


def keep_adapter(trainer: Any, tokenizer: Any, run: Path, card: dict[str, Any]) -> Path:
    """Write the adapter beside its place, then put it there: it is whole or not there.

    Parameters
    ----------
    trainer : transformers.Trainer
        After training. Every process calls this: sharded weights are gathered from all, and the first one writes.
    tokenizer : transformers tokenizer
        With the template of the training.
    run : Path
        Folder of the run.
    card : dict
        What the run card says so far.
    """
    gathered = trainer.accelerator.get_state_dict(trainer.model) if trainer.is_fsdp_enabled else None
    if ranks.rank() == 0:
        new = run / "adapter.new"
        shutil.rmtree(new, ignore_errors=True)
        trainer.model.save_pretrained(new, state_dict=gathered)
        tokenizer.save_pretrained(new)
        (new / "README.md").unlink(missing_ok=True)  # peft's, which names folders of this machine, as its configuration
        config = json.loads((new / CONFIG).read_text(encoding="utf-8"))
        run_card.write_json(new / CONFIG, config | {"base_model_name_or_path": card["base"]})
        run_card.write_json(new / CARD, {name: card[name] for name in TOLD} | {"weights": weights_digest(new)})
        shutil.rmtree(run / "adapter", ignore_errors=True)
        new.replace(run / "adapter")
    ranks.wait()
    return run / "adapter"
