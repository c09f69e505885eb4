"""A configuration for AutoTrain Advanced (huggingface.co/docs/autotrain/config), which is no longer developed."""

from __future__ import annotations

from typing import Any

from sdc.finetune.launching.job import Job
from sdc.finetune.launching.rendering import Rendered, as_yaml
from sdc.finetune.presets import preset

_NOTE = """Rendered by sdc finetune launch autotrain.
LEGACY: AutoTrain Advanced is no longer developed; use another target.
It runs on the machine where it is called (backend: local) and neither seals nor deletes anything: use it on a machine
of your own, and delete the data folder afterwards. It does not make SDC's checks, and SDC's evaluation comes after it.
The data set must be of the chat form: sdc dataset build --format chat."""


def render(job: Job) -> Rendered:
    """Return the configuration; the data stays where it is."""
    model = preset(job.model)
    document = {
        "task": "llm-sft",
        "base_model": model.hub,
        "project_name": job.name,
        "log": "none",
        "backend": "local",
        "data": {
            "path": "data",
            "train_split": "train",
            "valid_split": "validation",
            "chat_template": "tokenizer",
            "column_mapping": {"text_column": "messages"},
        },
        "params": _params(job, model.max_length),
        "hub": {"push_to_hub": False},
    }
    steps = ("Put the data set (chat form) into data/, on a machine of your own.", "autotrain --config autotrain.yml")
    return Rendered({"autotrain.yml": as_yaml(document, _NOTE)}, steps)


def _params(job: Job, max_length: int) -> dict[str, Any]:
    told = job.options
    return {
        "block_size": told.get("max_length") or max_length,
        "model_max_length": told.get("max_length") or max_length,
        "epochs": told.get("epochs", 3),
        "batch_size": told.get("batch_size", 4),
        "lr": told.get("learning_rate", 2e-4),
        "peft": True,
        "quantization": "int4" if job.method == "qlora" else None,
        "target_modules": "all-linear",
        "padding": "right",
        "optimizer": "adamw_torch",
        "scheduler": "cosine",
        "gradient_accumulation": told.get("accumulation", 4),
        "mixed_precision": "bf16",
        "lora_r": told.get("rank", 16),
        "lora_alpha": told.get("alpha", 32),
        "lora_dropout": told.get("dropout", 0.05),
        "seed": told.get("seed", 0),
    }
