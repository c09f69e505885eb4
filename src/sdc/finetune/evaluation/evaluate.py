"""Evaluation, top to bottom: held-out pairs, four systems, scores, a verdict that is kept beside the adapter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdc.companion.engines.adapter import EVALUATION, adapter_folder, need_same_base, weights_digest
from sdc.errors import InputError
from sdc.finetune.evaluation.answering import ROOM, Asked, examples_for
from sdc.finetune.evaluation.judging import judge
from sdc.finetune.evaluation.scores import Said, Scores, not_scored, score
from sdc.finetune.evaluation.verdict import AdapterVerdict, decide
from sdc.finetune.training import run_card
from sdc.finetune.training.checks.empty_split import check_splits
from sdc.finetune.training.encoding import Encoded, encode, stop_ids
from sdc.finetune.training.models import find_model, load_base, need_extra, quiet
from sdc.finetune.training.pairs import DataSet, Pair, read_dataset
from sdc.finetune.training.train import children

SCHEMA = "sdc.finetune.evaluation/1"
SHOTS = 2
RULES_WROTE = ("transcript", "answer")
Update = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was found.

    Attributes
    ----------
    scores : tuple[Scores, ...]
        Of base, few-shot, rules and adapter.
    verdict : AdapterVerdict
    document : dict
        All of it, as it is kept.
    """

    scores: tuple[Scores, ...]
    verdict: AdapterVerdict
    document: dict[str, Any]


def evaluate(run: Path, data_folder: Path, *, limit: int = 200, model: str = "", update: Update) -> Evaluation:
    """Evaluate the adapter of a run on the test split, and keep the verdict in the run.

    Parameters
    ----------
    run : Path
        What ``train`` wrote.
    data_folder : Path
        With the same children in training as the run.
    limit : int
        At most so many test pairs, spread over the split; 0: all.
    model : str
        Where the base is now; empty: where it was.
    update : callable
        Told what is done and how much of it, 0 to 1.

    Raises
    ------
    InputError
        ``evaluate.seen-child``: a child of the test split was trained on; ``dataset.empty-split``.
    MissingInputError, ModelMissingError, EngineError
        No run, no adapter, no base, or another one.
    """
    need_extra()
    quiet()
    card, adapter = run_card.read_run(run), adapter_folder(run)
    data = read_dataset(data_folder)
    check_splits(data, "test")
    need_unseen(data, card)
    base = find_model(model or card["base_folder"])
    need_same_base(adapter, base)
    pairs = spread(data.test, limit)
    update("loading the model", 0.0)
    scores = _score_all(_Case(card, adapter, base, data, pairs), update)
    by_name = {s.system: s for s in scores}
    verdict = decide(by_name["adapter"], by_name["base"])
    document = {
        "schema": SCHEMA,
        "adapter_digest": weights_digest(adapter),
        "data_digest": data.digest,
        "n_test": len(data.test),
        "n_asked": len(pairs),
        "systems": [s.to_dict() for s in scores],
        "verdict": verdict.to_dict(),
        "versions": run_card.versions(),
    }
    run_card.write_json(run / EVALUATION, document)
    return Evaluation(scores, verdict, document)


def need_unseen(data: DataSet, card: dict[str, Any]) -> None:
    """Raise ``InputError`` ``evaluate.seen-child`` where a test pair is about a child that was trained on."""
    trained = set(card.get("train_children") or ()) | set(children(data.train))
    seen = trained & set(children(data.test))
    if seen:
        raise InputError(
            f"{len(seen)} of the children in the test split were trained on; the figures would flatter.",
            code="evaluate.seen-child",
            hint="Evaluate on a data set that was split by child (`sdc dataset build`).",
            source=str(data.folder),
        )


def spread(pairs: Sequence[Pair], limit: int) -> tuple[Pair, ...]:
    """Return at most ``limit`` pairs, evenly spread; 0: all."""
    if not limit or len(pairs) <= limit:
        return tuple(pairs)
    return tuple(pairs[i * len(pairs) // limit] for i in range(limit))


@dataclass(frozen=True, slots=True)
class _Case:
    card: dict[str, Any]
    adapter: Path
    base: Path
    data: DataSet
    pairs: tuple[Pair, ...]


def _score_all(case: _Case, update: Update) -> tuple[Scores, ...]:
    from peft import PeftModel
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(case.adapter, local_files_only=True, trust_remote_code=False)
    base = load_base(case.base, case.card["options"]["method"])
    model = PeftModel.from_pretrained(base, case.adapter, local_files_only=True)
    stops = stop_ids(tokenizer, model.config, model.generation_config)
    encoded = tuple(encode(tokenizer, pair, stops) for pair in case.pairs)
    longest = max(len(e.ids) - e.n_prompt for e in encoded)
    asked = Asked(model, tokenizer, stops, int(ROOM * longest) + 8)
    with model.disable_adapter():
        before = _own(asked, "base", case.pairs, encoded, _part(update, 0))
        shots = _few_shot(asked, case, _part(update, 1))
    after = _own(asked, "adapter", case.pairs, encoded, _part(update, 2))
    return before, shots, _rules(case.pairs), after


def _part(update: Update, index: int) -> Update:
    return lambda text, done: update(text, (index + done) / 3)


def _own(asked: Asked, name: str, pairs: Sequence[Pair], encoded: Sequence[Encoded], update: Update) -> Scores:
    said = []
    for i, pair in enumerate(pairs):
        update(name, i / len(pairs))
        said.append(asked.say(pair))
    return score(name, said, asked.loss(encoded))


def _few_shot(asked: Asked, case: _Case, update: Update) -> Scores:
    shots = [examples_for(pair, case.data.train, SHOTS) for pair in case.pairs]
    fitting = [(p, e) for p, e in zip(case.pairs, shots, strict=True) if e and asked.has_room(p, e)]
    if len(fitting) < len(case.pairs):
        return not_scored("few_shot", f"{SHOTS} examples with the prompt do not fit into what the model reads")
    said = []
    for i, (pair, examples) in enumerate(fitting):
        update("few-shot", i / len(fitting))
        said.append(asked.say(pair, examples))
    return score("few_shot", said, None, "the loss is told of prompts without examples")


def _rules(pairs: Sequence[Pair]) -> Scores:
    """Score the sentences of SDC's rules: they are the outputs of the pairs that come from transcripts and answers."""
    if any(pair.metadata.get("source") not in RULES_WROTE for pair in pairs):
        return not_scored("rules", "some of the answers were written by people or by another model")
    return score("rules", [Said(p.output, None, judge(p, p.output)) for p in pairs], None, "rules have no likelihood")
