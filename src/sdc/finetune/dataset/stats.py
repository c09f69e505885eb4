"""How much there is in a data set, and what that is enough for: with reasons, sources and what nobody knows."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from sdc.finetune.dataset.card import spread
from sdc.finetune.dataset.folder import Dataset, ReadPair
from sdc.finetune.dataset.splits import TEST, TRAIN
from sdc.finetune.dataset.tokens import CountTokens, token_bound

Enough = Literal["no", "worth trying", "comfortable"]
SUPPORTS = ("few_shot", "retrieval", "lora")


@dataclass(frozen=True, slots=True)
class Support:
    """Whether an amount supports a use.

    Attributes
    ----------
    use : str
        Key in ``enough.toml``.
    title : str
    enough : {"no", "worth trying", "comfortable"}
    has : int
    of : str
        What is counted.
    least, better : int
        From where it is worth trying, and comfortable.
    why, source : str
    but : str
        What holds it back although the count would do; empty: nothing.
    """

    use: str
    title: str
    enough: Enough
    has: int
    of: str
    least: int
    better: int
    why: str
    source: str
    but: str = ""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a data set holds.

    Attributes
    ----------
    splits : dict[str, dict]
        Pairs and children of each split.
    kinds, sources : dict[str, int]
        Pairs.
    amounts : dict
        Children, sessions, words, minutes, of the card.
    words : dict
        Spread of the words of a pair.
    tokens : dict
        Spread of the tokens of a pair.
    counted_by : str
    supports : tuple[Support, ...]
    lengths : tuple[int, ...]
        Tokens of each pair, for a plot.
    """

    splits: dict[str, dict[str, int]]
    kinds: dict[str, int]
    sources: dict[str, int]
    amounts: dict[str, Any]
    words: dict[str, Any]
    tokens: dict[str, Any]
    counted_by: str
    supports: tuple[Support, ...]
    lengths: tuple[int, ...]


def dataset_stats(dataset: Dataset, count: CountTokens = token_bound, counted_by: str = "") -> Stats:
    """Count what a data set holds and say what that supports.

    Parameters
    ----------
    dataset : Dataset
    count : callable, optional
        How tokens are counted; default a bound.
    counted_by : str, optional
        Its name.
    """
    pairs = [pair for found in dataset.splits.values() for pair in found]
    lengths = tuple(count(p.prompt) + count(p.output) for p in pairs)
    amounts = dataset.card.get("amounts", {})
    return Stats(
        splits={name: _size(found) for name, found in dataset.splits.items()},
        kinds=_counts([str(p.metadata.get("kind")) for p in pairs]),
        sources=_counts([str(p.metadata.get("source")) for p in pairs]),
        amounts=amounts,
        words=spread([len(p.prompt.split()) + len(p.output.split()) for p in pairs]),
        tokens=spread(lengths),
        counted_by=counted_by or "bound: one token for two bytes",
        supports=supports(dataset, int(amounts.get("sessions", 0))),
        lengths=lengths,
    )


def supports(dataset: Dataset, n_sessions: int) -> tuple[Support, ...]:
    """Return what the amounts support: few-shot, retrieval, LoRA; LoRA also asks for children and a test."""
    train, test = _size(dataset.splits[TRAIN]), _size(dataset.splits[TEST])
    counted = {
        "few_shot": train["pairs"],
        "retrieval": n_sessions,
        "lora": train["pairs"],
        "children": train["children"],
        "test": test["pairs"],
    }
    found = {use: _support(use, has) for use, has in counted.items()}
    held = [s for s in (found["children"], found["test"]) if s.enough != "comfortable"]
    lora = found["lora"]
    level = min((lora, found["children"], found["test"]), key=lambda s: _ORDER.index(s.enough)).enough
    but = " ".join(_held_back(s, test["children"]) for s in held)
    found["lora"] = Support(**{**_fields(lora), "enough": level, "but": but})
    return tuple(found.values())


_ORDER: tuple[Enough, ...] = ("no", "worth trying", "comfortable")


def _support(use: str, has: int) -> Support:
    rule = _rules()[use]
    enough: Enough = "no" if has < rule["from"] else "worth trying" if has < rule["better"] else "comfortable"
    told = (rule["title"], enough, has, rule["of"], rule["from"], rule["better"], rule["why"], rule["source"])
    return Support(use, *told)


def _held_back(support: Support, n_test_children: int) -> str:
    if support.use == "test" and support.has:
        points = 98 / math.sqrt(support.has)
        return (
            f"The test has {support.has} pairs of {n_test_children} children: a share of right answers is known to"
            f" plus or minus {points:.0f} points at best."
        )
    return f"There are {support.has} {support.of}; from {support.better} on that would be comfortable."


def _fields(support: Support) -> dict[str, Any]:
    return {name: getattr(support, name) for name in Support.__dataclass_fields__}


def _size(pairs: Sequence[ReadPair]) -> dict[str, int]:
    return {"pairs": len(pairs), "children": len({p.child for p in pairs})}


def _counts(values: Sequence[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def length_chart(lengths: Sequence[int], counted_by: str, suffix: str) -> bytes:
    """Return a histogram of the pairs' tokens as SVG or PNG.

    Parameters
    ----------
    lengths : Sequence[int]
    counted_by : str
    suffix : str
        ``svg`` or ``png``.
    """
    import io

    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"svg.hashsalt": "sdc", "svg.fonttype": "none"}):
        figure = Figure(figsize=(6, 3), layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.subplots()
        axes.hist(lengths, bins=40, color="#2f6f8f")
        axes.set_xlabel(f"tokens of a pair ({counted_by})")
        axes.set_ylabel("pairs")
        axes.spines[["top", "right"]].set_visible(False)
        buffer = io.BytesIO()
        figure.savefig(buffer, format=suffix, metadata={"Date": None} if suffix == "svg" else {"Software": None})
    return buffer.getvalue()


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(files("sdc.finetune.dataset").joinpath("enough.toml").read_text(encoding="utf-8"))
