"""What a model answers to held-out prompts, and how likely it holds the answers that were written for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sdc.finetune.evaluation.judging import judge
from sdc.finetune.evaluation.scores import Said
from sdc.finetune.training.encoding import Encoded, opening
from sdc.finetune.training.pairs import Pair

ROOM = 1.5
"""An output may be so many times as long as the longest answer written for a held-out prompt."""


class Asked:
    """A model with its tokenizer, asked greedily: the same prompt gives the same answer.

    Parameters
    ----------
    model, tokenizer : transformers
    stops : frozenset[int]
        Ids that end an answer.
    max_new : int
        Tokens of an output, at most.
    """

    def __init__(self, model: Any, tokenizer: Any, stops: frozenset[int], max_new: int) -> None:
        self.model, self.tokenizer, self.stops, self.max_new = model.eval(), tokenizer, stops, max_new

    def say(self, pair: Pair, examples: Sequence[Pair] = ()) -> Said:
        """Answer a prompt, after examples where some are given."""
        import torch

        ids = self.ids(pair, examples)
        positions = getattr(self.model.config, "max_position_embeddings", None)
        room = self.max_new if positions is None else min(self.max_new, positions - len(ids))
        inputs = torch.tensor([ids], device=self.model.device)
        with torch.inference_mode():
            written = self.model.generate(
                input_ids=inputs,
                attention_mask=torch.ones_like(inputs),
                max_new_tokens=room,
                do_sample=False,
                pad_token_id=self.tokenizer.pad_token_id,
                eos_token_id=sorted(self.stops),
            )
        new = written[0, len(ids) :].tolist()
        text = self.tokenizer.decode(new, skip_special_tokens=True).strip()
        return Said(text, bool(new) and new[-1] in self.stops, judge(pair, text))

    def ids(self, pair: Pair, examples: Sequence[Pair] = ()) -> list[int]:
        """Return the ids of a prompt, with examples as turns before it."""
        turns = []
        for example in examples:
            turns += [{"role": "user", "content": example.prompt}, {"role": "assistant", "content": example.output}]
        turns += opening(self.tokenizer, pair)
        text = self.tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
        return list(self.tokenizer(text, add_special_tokens=False)["input_ids"])

    def has_room(self, pair: Pair, examples: Sequence[Pair]) -> bool:
        """Tell whether a prompt with its examples leaves room for an answer."""
        positions = getattr(self.model.config, "max_position_embeddings", None)
        return positions is None or len(self.ids(pair, examples)) + self.max_new <= positions

    def loss(self, encoded: Sequence[Encoded]) -> float:
        """Return the mean negative log-likelihood of a token of the answers (nats)."""
        import torch

        total, count = 0.0, 0
        for row in encoded:
            ids = torch.tensor([row.ids], device=self.model.device)
            labels = ids.clone()
            labels[:, : row.n_prompt] = -100
            with torch.inference_mode():
                loss = self.model(input_ids=ids, labels=labels).loss
            n = len(row.ids) - row.n_prompt
            total, count = total + float(loss) * n, count + n
        return total / count


def examples_for(pair: Pair, train: Sequence[Pair], wanted: int) -> tuple[Pair, ...]:
    """Return the first training pairs of the same kind, for few-shot."""
    kind = pair.metadata.get("kind")
    return tuple(p for p in train if p.metadata.get("kind") == kind)[:wanted]
