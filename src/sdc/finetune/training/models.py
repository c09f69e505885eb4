"""Where a model is, and how it is loaded for LoRA or in 4 bits for QLoRA."""

from __future__ import annotations

import logging
import os
import warnings
from pathlib import Path
from typing import Any

from sdc.errors import EngineError, ExtraMissingError, ModelMissingError
from sdc.finetune.presets import Preset, preset_of
from sdc.finetune.training import ranks
from sdc.finetune.training.checks.missing_tokenizer import check_tokenizer_files

EXTRA = "Run `pip install 'speech-development-companion[finetune]'`."
FETCHED = ["*.safetensors", "*.json", "*.model", "*.jinja", "*.txt"]
"""Nothing that runs: no pickled weights, no code."""


def need_extra(*modules: str) -> None:
    """Raise ``ExtraMissingError`` where a module of the extra ``finetune`` is not installed."""
    from importlib.util import find_spec

    missing = [m for m in ("torch", "transformers", "peft", "trl", "datasets", *modules) if find_spec(m) is None]
    if missing:
        raise ExtraMissingError(f"Fine-tuning needs {', '.join(missing)}, not installed here.", hint=EXTRA)


THEIRS = r"(accelerate|bitsandbytes|datasets|peft|torch|transformers|trl)\b"
"""Libraries that warn each other of what will change in them."""


def quiet() -> None:
    """Switch off what libraries say to each other: the command line shows its own progress and says what to do.

    These are progress bars, warnings of what is deprecated in one and used by another, and bitsandbytes' advice
    on kernels that it can do without. Other warnings stay.
    """
    from datasets import disable_progress_bars
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bars()
    disable_progress_bar()
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    for category in (FutureWarning, DeprecationWarning):
        warnings.filterwarnings("ignore", category=category, module=THEIRS)


def find_model(model: str, *, fetch: bool = False) -> Path:
    """Return the folder of a model.

    Parameters
    ----------
    model : str
        A folder, the name of a preset, or a name on the Hugging Face Hub.
    fetch : bool
        Whether it may be fetched from the Hub; else it must be in its cache.

    Raises
    ------
    ModelMissingError
        ``engine.model-missing``.
    """
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    known = preset_of(model)
    try:
        name = known.hub if known else model
        return Path(snapshot_download(name, local_files_only=not fetch, allow_patterns=FETCHED))
    except (LocalEntryNotFoundError, HfHubHTTPError, HFValidationError, OSError) as error:
        raise ModelMissingError(
            f"The model {model} is not on this machine.",
            code="engine.model-missing",
            hint="Name its folder, or say --fetch to get it from the Hugging Face Hub.",
        ) from error


def load_tokenizer(folder: Path, known: Preset | None) -> Any:
    """Load a model's tokenizer, with the preset's template where it has none.

    Raises
    ------
    EngineError
        ``finetune.no-tokenizer``, ``engine.model-unusable``: no template, or one that cannot be loaded.
    """
    from transformers import AutoTokenizer

    check_tokenizer_files(folder)
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(
            f"The tokenizer of {folder} cannot be loaded.", code="engine.model-unusable", hint="Fetch the model anew."
        ) from error
    if not getattr(tokenizer, "chat_template", None):
        if known is None:
            raise EngineError(
                f"The model {folder} has no chat template.",
                code="engine.model-unusable",
                hint="Put one into its tokenizer_config.json, or say --preset NAME to use that of a preset.",
            )
        tokenizer.chat_template = known.template
    if tokenizer.pad_token_id is None:
        tokenizer.pad_token = tokenizer.unk_token or tokenizer.eos_token  # padding is masked; the id only has to exist
    return tokenizer


def load_base(folder: Path, method: str) -> Any:
    """Load the weights that stay as they are: bfloat16 where the device has it, in 4 bits for ``qlora``.

    Raises
    ------
    ModelMissingError
        ``engine.model-missing``: it is not whole.
    """
    import torch
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig

    dtype = compute_dtype()
    options: dict[str, Any] = {"dtype": dtype}
    if method == "qlora":
        need_extra("bitsandbytes")
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=dtype,
            bnb_4bit_quant_storage=dtype if ranks.sharded() else torch.uint8,  # FSDP shards one kind of number
        )
    if torch.cuda.is_available() and not ranks.sharded():
        options["device_map"] = {"": int(os.environ.get("LOCAL_RANK", "0"))}  # one process a GPU, under accelerate
    try:
        return AutoModelForCausalLM.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, trust_remote_code=False, **options
        )
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise ModelMissingError(
            f"The model {folder} is not whole or of a kind that cannot be loaded.",
            code="engine.model-missing",
            hint="Fetch it anew; its weights must be *.safetensors.",
        ) from error


def compute_dtype() -> Any:
    """Return bfloat16 where the device computes in it; float32 on CPUs, most of which do not."""
    import torch

    return torch.bfloat16 if torch.cuda.is_available() and torch.cuda.is_bf16_supported() else torch.float32


def n_parameters(folder: Path, lora: Any) -> tuple[int, int]:
    """Return how many parameters a model has and how many LoRA adds and trains, without loading any.

    Parameters
    ----------
    folder : Path
    lora : peft.LoraConfig
    """
    import torch
    from peft import get_peft_model
    from transformers import AutoConfig, AutoModelForCausalLM

    with torch.device("meta"):
        config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        model = AutoModelForCausalLM.from_config(config)
        total = sum(p.numel() for p in model.parameters())
        adapted = get_peft_model(model, lora)
    return total, sum(p.numel() for p in adapted.parameters() if p.requires_grad)
