"""Merged weights: the base reloaded whole, the adapter added to it, and both ways compared before they are kept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdc.companion.engines.adapter import adapter_folder, need_same_base, read_card, weights_digest
from sdc.errors import EngineError
from sdc.finetune.training import run_card
from sdc.finetune.training.checks import disk
from sdc.finetune.training.models import find_model

CARD = "merged.json"
TOLERANCES = {"float32": 1e-3, "bfloat16": 0.5, "float16": 0.1}
"""Largest difference of a logit: some rounding steps at the size of logits, in the precision of the weights."""
SENTENCES = "tokenizer.model"
"""Of SentencePiece; llama.cpp's converter reads it."""
SAMPLE = "Analyze this child's speech:"


@dataclass(frozen=True, slots=True)
class Merged:
    """Merged weights.

    Attributes
    ----------
    folder : Path
    dtype : str
    max_difference : float
        Of a logit, against base with adapter.
    same_next : float
        Share of places at which both would say the same next token.
    """

    folder: Path
    dtype: str
    max_difference: float
    same_next: float


def merge(run: Path, out: Path, *, model: str = "", dtype: str = "", texts: Sequence[str] = ()) -> Merged:
    """Write the merged weights of a run.

    Parameters
    ----------
    run : Path
    out : Path
        Folder that is made; whole or not at all.
    model : str
        Where the base is now; empty: where it was.
    dtype : str
        ``bfloat16``, ``float16`` or ``float32``; empty: what the base is kept in, but never in 4 bits, where adding
        rounds the adapter away.
    texts : Sequence[str]
        On which both ways are compared.

    Raises
    ------
    EngineError
        ``export.merge``: merged and unmerged weights do not say the same; ``finetune.disk``.
    """
    import torch

    run_card.need_new(out)
    card, adapter = run_card.read_run(run), adapter_folder(run)
    base = find_model(model or card["base_folder"])
    need_same_base(adapter, base)
    tokenizer, unmerged, kept_in = _load(base, adapter, dtype)
    out.parent.mkdir(parents=True, exist_ok=True)
    n_bytes = sum(p.numel() * p.element_size() for p in unmerged.parameters())
    disk.check_disk(out.parent, n_bytes + disk.MARGIN_BYTES)
    batches = [tokenizer(text, return_tensors="pt")["input_ids"].to(unmerged.device) for text in texts or (SAMPLE,)]
    with torch.inference_mode():
        before = [unmerged(input_ids=ids).logits.float().cpu() for ids in batches]
        merged = unmerged.merge_and_unload(safe_merge=True)
        after = [merged(input_ids=ids).logits.float().cpu() for ids in batches]
    difference = max(float((a - b).abs().max()) for a, b in zip(before, after, strict=True))
    if not difference <= TOLERANCES[kept_in]:
        raise EngineError(
            f"Merged weights do not say what base and adapter say: a logit differs by {difference:.3g}.",
            code="export.merge",
            hint="Say --dtype float32, or serve the adapter beside its base.",
            source=str(run),
        )
    same = torch.cat([(a.argmax(-1) == b.argmax(-1)).flatten() for a, b in zip(before, after, strict=True)])
    found = Merged(out, kept_in, difference, float(same.float().mean()))
    _keep(merged, (tokenizer, base), found, read_card(adapter) | {"adapter": weights_digest(adapter)})
    return found


def _load(base: Path, adapter: Path, dtype: str) -> tuple[Any, Any, str]:
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(adapter, local_files_only=True, trust_remote_code=False)
    model = AutoModelForCausalLM.from_pretrained(
        base, local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype=dtype or "auto"
    )
    model = model.to("cuda" if torch.cuda.is_available() else "cpu")
    kept_in = str(model.dtype).removeprefix("torch.")
    return tokenizer, PeftModel.from_pretrained(model, adapter, local_files_only=True).eval(), kept_in


def _keep(model: Any, words: tuple[Any, Path], merged: Merged, card: dict[str, Any]) -> None:
    tokenizer, base = words
    new = merged.folder.with_name(merged.folder.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    model.save_pretrained(new)
    tokenizer.save_pretrained(new)
    if (base / SENTENCES).is_file():  # transformers does not write it again, and only it holds the scores of the pieces
        shutil.copyfile(base / SENTENCES, new / SENTENCES)
    told = {"dtype": merged.dtype, "max_difference": merged.max_difference, "same_next": merged.same_next}
    run_card.write_json(new / CARD, card | told)
    if merged.folder.exists():
        merged.folder.rmdir()  # it is empty: need_new has looked
    new.replace(merged.folder)
