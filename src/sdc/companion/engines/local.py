"""A model in a folder of this machine, by transformers and torch, with a LoRA adapter where there is one.

Nothing is fetched: the model is a folder, or a name that is in the Hugging Face cache already. Decoding
is greedy, so the same evidence gives the same claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sdc.companion.engines.adapter import adapter_folder, need_not_refused, need_same_base
from sdc.companion.engines.claims import MAX_OUTPUT_TOKENS, SCHEMA_TRIES, ClaimsOut
from sdc.companion.engines.one_message import one_message
from sdc.companion.engines.writer import Filled, Form, Prompt, Written
from sdc.errors import EngineError, ExtraMissingError, ModelMissingError

if TYPE_CHECKING:
    from sdc.companion.engines.table import ModelOptions

HINT = "SDC_LLM_MODEL names the folder of a chat model for transformers, SDC_LLM_ADAPTER that of its LoRA adapter."
AGAIN = "That was no such JSON object. Write the JSON object and nothing else."


def local_writer(options: ModelOptions) -> LocalWriter:
    """Return the model of a folder; it is loaded, and its adapter judged, when it is first asked."""
    return LocalWriter(options.model, options.adapter, options.refused_adapter)


@dataclass(frozen=True, slots=True)
class LocalWriter:
    """A model in this process; see ``Writer``.

    Attributes
    ----------
    folder : str
        Of the model.
    adapter : str
        Folder of a LoRA adapter, or of the run that made it; empty: none.
    refused_adapter : bool
        Whether an adapter is used whose evaluation says that it may not be.
    """

    folder: str
    adapter: str = ""
    refused_adapter: bool = False
    engine: str = "local"
    is_remote: bool = False

    @property
    def model(self) -> str:
        """The model, and its adapter."""
        return f"{self.folder} + {self.adapter}" if self.adapter else self.folder

    def write(self, prompt: Prompt) -> Written:
        """Write claims; see ``Writer``.

        Raises
        ------
        EngineError
            ``engine.model-unusable``, ``engine.answer``; ``engine.model-missing``; ``engine.adapter-missing``,
            ``engine.adapter-base``, ``engine.adapter-refused``.
        """
        filled = self.fill(prompt, ClaimsOut)
        return Written(filled.form.to_claims(), filled.n_tokens)

    def fill(self, prompt: Prompt, form: type[Form]) -> Filled[Form]:
        """Fill in a form; see ``Writer``. Errors as ``write``."""
        adapter = adapter_folder(self.adapter) if self.adapter else None
        if adapter is not None and not self.refused_adapter:
            need_not_refused(adapter)
        tokenizer, model = load_model(self.folder, str(adapter or ""))
        talk = [{"role": "user", "content": one_message(prompt, form)}]
        n_tokens = 0
        for _ in range(SCHEMA_TRIES):
            text, n = _answer(tokenizer, model, talk)
            n_tokens += n
            for found in _objects(text):
                try:
                    return Filled(form.model_validate(found), n_tokens)
                except ValidationError:
                    continue
            talk += [{"role": "assistant", "content": text}, {"role": "user", "content": AGAIN}]
        raise EngineError(
            "The local language model answered in another form than asked for.", code="engine.answer", hint=HINT
        )


def _objects(text: str) -> Iterator[Any]:
    """Yield each JSON object that begins somewhere in a text."""
    decoder = json.JSONDecoder()
    for start in (i for i, c in enumerate(text) if c == "{"):
        try:
            yield decoder.raw_decode(text, start)[0]
        except (ValueError, RecursionError):
            continue


def _answer(tokenizer: Any, model: Any, talk: list[dict[str, str]]) -> tuple[str, int]:
    """Return what the model says next, and how many tokens were read and written."""
    import torch

    inputs = tokenizer.apply_chat_template(talk, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    n_read = int(inputs["input_ids"].shape[-1])
    room = (getattr(model.config, "max_position_embeddings", None) or n_read + MAX_OUTPUT_TOKENS) - n_read
    if room <= 0:
        raise EngineError("The evidence is longer than the local language model can read.", code="engine.answer")
    with torch.inference_mode():
        written = model.generate(
            **inputs.to(model.device),
            max_new_tokens=min(room, MAX_OUTPUT_TOKENS),
            do_sample=False,
            pad_token_id=tokenizer.eos_token_id,
            eos_token_id=_ends(tokenizer, model),
        )
    said = written[0, n_read:]
    return tokenizer.decode(said, skip_special_tokens=True), int(written.shape[-1])


def _ends(tokenizer: Any, model: Any) -> list[int]:
    """Return what ends an answer: some models' configuration knows the token of their base only."""
    told = getattr(model.generation_config, "eos_token_id", None)
    return sorted({tokenizer.eos_token_id, *(told if isinstance(told, list) else [] if told is None else [told])})


@lru_cache(maxsize=1)
def load_model(folder: str, adapter: str) -> tuple[Any, Any]:
    """Load a model and its tokenizer; the last one stays in memory.

    Raises
    ------
    ExtraMissingError
        There is an adapter, and peft is not installed.
    ModelMissingError
        ``engine.model-missing``: it is not here, or not whole.
    EngineError
        ``engine.model-unusable``: it has no template for a talk; ``engine.adapter-base``: the adapter was trained on
        another base.
    """
    from safetensors import SafetensorError
    from transformers import AutoModelForCausalLM, AutoTokenizer

    if adapter:
        need_same_base(Path(adapter), Path(folder))
    # What was trained with a template is asked with that template.
    own = adapter if adapter and (Path(adapter) / "tokenizer_config.json").is_file() else folder
    try:
        tokenizer = AutoTokenizer.from_pretrained(own, local_files_only=True, trust_remote_code=False)
        model = AutoModelForCausalLM.from_pretrained(
            folder, local_files_only=True, use_safetensors=True, trust_remote_code=False, dtype="auto"
        )
        model = _with_adapter(model, adapter) if adapter else model
    except (OSError, ValueError, RuntimeError, KeyError, SafetensorError) as error:
        raise ModelMissingError(
            f"The language model {folder}{f' with {adapter}' if adapter else ''} is not on this machine or not whole.",
            code="engine.model-missing",
            hint=HINT,
        ) from error
    if not getattr(tokenizer, "chat_template", None):
        raise EngineError(f"The model {folder} has no chat template.", code="engine.model-unusable", hint=HINT)
    return tokenizer, model.to(_device()).eval()


def _with_adapter(model: Any, adapter: str) -> Any:
    try:
        from peft import PeftModel
    except ImportError as error:
        raise ExtraMissingError(
            "A LoRA adapter needs peft, which is not installed.",
            hint="Run `pip install 'speech-development-companion[finetune]'`.",
        ) from error
    return PeftModel.from_pretrained(model, adapter, local_files_only=True)


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
