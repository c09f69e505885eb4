"""A pair as token ids: the prompt as the companion writes it, then the answer with the token that ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sdc.errors import EngineError
from sdc.finetune.training.pairs import Pair

PROBE = "instructions-go-here"


@dataclass(frozen=True, slots=True)
class Encoded:
    """A pair as a model reads it.

    Attributes
    ----------
    ids : tuple[int, ...]
    n_prompt : int
        So many of them are the prompt; the others are learned.
    """

    ids: tuple[int, ...]
    n_prompt: int

    def row(self) -> dict[str, list[int]]:
        """Return the pair as trl's trainer takes it."""
        n_answer = len(self.ids) - self.n_prompt
        return {"input_ids": list(self.ids), "completion_mask": [0] * self.n_prompt + [1] * n_answer}


def opening(tokenizer: Any, pair: Pair) -> list[dict[str, str]]:
    """Return the turns before the answer; instructions stand in the first one where the template has no place for them.

    Parameters
    ----------
    tokenizer : transformers tokenizer
        With a chat template.
    pair : Pair
    """
    asked = {"role": "user", "content": pair.prompt}
    if not pair.system:
        return [asked]
    if makes_room(tokenizer):
        return [{"role": "system", "content": pair.system}, asked]
    return [asked | {"content": f"{pair.system}\n\n{pair.prompt}"}]


def makes_room(tokenizer: Any) -> bool:
    """Tell whether a chat template has a place for instructions: it shows them when it is given some."""
    from jinja2.exceptions import TemplateError

    talk = [{"role": "system", "content": PROBE}, {"role": "user", "content": "x"}]
    try:
        return PROBE in tokenizer.apply_chat_template(talk, tokenize=False)
    except TemplateError:  # such a template refuses the role
        return False


def prompt_ids(tokenizer: Any, pair: Pair) -> list[int]:
    """Return the ids of a prompt, up to where the answer begins."""
    ids: list[int] = list(tokenizer(_prompt_text(tokenizer, pair), add_special_tokens=False)["input_ids"])
    return ids


def encode(tokenizer: Any, pair: Pair, stops: frozenset[int]) -> Encoded:
    """Encode a pair.

    Parameters
    ----------
    tokenizer : transformers tokenizer
        With a chat template.
    pair : Pair
    stops : frozenset[int]
        Ids that end an answer; what the template writes behind the last one is left out.

    Raises
    ------
    EngineError
        ``finetune.template``: the template writes a prompt otherwise when the answer stands behind it.
    """
    head = _prompt_text(tokenizer, pair)
    turns = [*opening(tokenizer, pair), {"role": "assistant", "content": pair.output}]
    whole = tokenizer.apply_chat_template(turns, tokenize=False)
    if not whole.startswith(head):
        raise EngineError(
            "The chat template of this model writes a prompt otherwise when its answer stands behind it.",
            code="finetune.template",
            hint="Put a chat template into the model's folder whose prompt does not depend on the answer.",
        )
    before = prompt_ids(tokenizer, pair)
    answer = tokenizer(whole[len(head) :], add_special_tokens=False)["input_ids"]
    last = max((i for i, token in enumerate(answer) if token in stops), default=len(answer) - 1)
    return Encoded((*before, *answer[: last + 1]), len(before))


def _prompt_text(tokenizer: Any, pair: Pair) -> str:
    turns = opening(tokenizer, pair)
    text: str = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    return text


def stop_ids(tokenizer: Any, model_config: Any, generation_config: Any) -> frozenset[int]:
    """Return the ids that end an answer, as tokenizer and model say."""
    found: set[int] = set()
    for source, name in (
        (tokenizer, "eos_token_id"),
        (model_config, "eos_token_id"),
        (generation_config, "eos_token_id"),
    ):
        value = getattr(source, name, None)
        found.update(value if isinstance(value, list | tuple) else [] if value is None else [value])
    return frozenset(found)
