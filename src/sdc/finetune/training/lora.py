"""The two configurations that trl needs from our options."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sdc.finetune.training.options import TrainOptions


def lora_config(options: TrainOptions, target_modules: str) -> Any:
    """Return peft's configuration of LoRA."""
    from peft import LoraConfig

    return LoraConfig(
        r=options.rank,
        lora_alpha=options.alpha,
        lora_dropout=options.dropout,
        target_modules=target_modules,
        modules_to_save=["lm_head"] if options.train_head else None,
        task_type="CAUSAL_LM",
    )


def trainer_config(options: TrainOptions, checkpoints: Path, max_length: int, *, validates: bool) -> Any:
    """Return trl's configuration.

    Parameters
    ----------
    options : TrainOptions
    checkpoints : Path
    max_length : int
        Tokens.
    validates : bool
        Whether there are pairs to validate on; without them nothing is stopped early.
    """
    import torch
    from trl import SFTConfig

    rhythm = {"strategy": "steps", "steps": options.eval_steps} if options.eval_steps else {"strategy": "epoch"}
    bf16 = torch.cuda.is_available() and torch.cuda.is_bf16_supported()
    return SFTConfig(
        output_dir=str(checkpoints),
        seed=options.seed,
        data_seed=options.seed,
        learning_rate=options.learning_rate,
        num_train_epochs=options.epochs,
        max_steps=options.max_steps or -1,
        per_device_train_batch_size=options.batch_size,
        per_device_eval_batch_size=options.batch_size,
        gradient_accumulation_steps=options.accumulation,
        warmup_steps=options.warmup_ratio,  # below 1 it is a share of the steps
        lr_scheduler_type="cosine",
        max_length=max_length,
        packing=options.packing,
        eval_packing=False,
        completion_only_loss=True,
        activation_checkpointing=options.checkpointing,
        activation_checkpointing_kwargs={"use_reentrant": False} if options.checkpointing else None,
        bf16=bf16,
        use_cpu=not torch.cuda.is_available(),
        ddp_find_unused_parameters=False,  # LoRA uses all that it trains, in each step
        eval_strategy=rhythm["strategy"] if validates else "no",
        eval_steps=rhythm.get("steps"),
        save_strategy=rhythm["strategy"],
        save_steps=rhythm.get("steps", 500),
        save_total_limit=2,
        load_best_model_at_end=validates,
        metric_for_best_model="eval_loss" if validates else None,
        greater_is_better=False if validates else None,
        logging_steps=1,
        report_to="none",
        disable_tqdm=True,
        push_to_hub=False,
    )


def make_repeatable(model: Any) -> None:
    """Let a run that is interrupted and resumed go the way of one that is not, to the bit.

    What is trained is kept in 32 bits: trl trains the adapter of a 4-bit base in bfloat16, and peft reads that of a
    checkpoint in float32. In float32 from the beginning small steps are not rounded away, either.

    And 4-bit weights keep their order: on a CPU that has bfloat16, bitsandbytes rearranges them for inference at the
    first validation, computes otherwise from then on, and lets no gradient through (bitsandbytes 0.50, nn/modules.py).
    """
    for parameter in model.parameters():
        if parameter.requires_grad:
            parameter.data = parameter.data.float()
    for module in model.modules():
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False
