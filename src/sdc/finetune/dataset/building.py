"""All of it, in order: pairs of each child → checked names → no near-duplicates → splits → card → folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from sdc.companion.engines.writer import Writer
from sdc.finetune.dataset.answer_pairs import answer_pairs
from sdc.finetune.dataset.approved_pairs import approved_pairs
from sdc.finetune.dataset.card import Amounts, Card, Consented, amounts_of, card_files
from sdc.finetune.dataset.duplicates import without_near_duplicates
from sdc.finetune.dataset.folder import check_target, write_folder
from sdc.finetune.dataset.material import ChildMaterial
from sdc.finetune.dataset.measure_pairs import measure_pairs
from sdc.finetune.dataset.names import names_left
from sdc.finetune.dataset.pair import Pair
from sdc.finetune.dataset.recipe import Recipe
from sdc.finetune.dataset.splits import split_by_child
from sdc.finetune.dataset.teacher import taught
from sdc.finetune.dataset.transcript_pairs import Lines, transcript_pairs

NAME_LEFT = "a name, an address or a number was left in it"
TOLD_TWICE = "nearly the same as another pair"

OnChild = Callable[[str, int], None]
"""Told a child's pseudonym and how many pairs there are so far."""


@dataclass
class Work:
    """What is being gathered.

    Attributes
    ----------
    pairs : list[Pair]
    left_out : Counter[str]
        Why something is left out, and how often.
    amounts : Counter[str]
        Sessions, words, seconds; see ``amounts_of``.
    origins : Counter[str]
        Sessions by where they come from.
    """

    pairs: list[Pair] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    amounts: Amounts = field(default_factory=Amounts)
    origins: Counter[str] = field(default_factory=Counter)


def build_dataset(
    children: Iterable[ChildMaterial],
    recipe: Recipe,
    folder: Path,
    *,
    consented: Consented,
    teacher: Callable[[str], Writer | None] = lambda child: None,
    on_child: OnChild = lambda child, n: None,
) -> Card:
    """Build a data set and write it.

    Parameters
    ----------
    children : Iterable[ChildMaterial]
        Each child once; without names.
    recipe : Recipe
    folder : Path
    consented : Consented
        Who agreed, and how that is known.
    teacher : callable, optional
        Pseudonym → the language model that words the child's lines; None for none.
    on_child : callable, optional

    Returns
    -------
    Card

    Raises
    ------
    InputError
        ``dataset.folder``, ``dataset.empty``, ``dataset.empty-split``, ``dataset.unwritable``.
    EngineError
        The teacher cannot be reached.
    """
    check_target(folder)
    work = Work()
    for material in children:
        work.left_out.update(material.left_out)
        work.amounts += amounts_of(material)
        work.origins[material.origin] += len(material.sessions)
        pairs = (_in_words(pair, teacher(material.child), work) for pair in _pairs(material, recipe, work.left_out))
        work.pairs += [replace(p, n_tokens=recipe.n_tokens(p.prompt, p.output)) for p in _clean(pairs, material, work)]
        on_child(material.child, len(work.pairs))
    kept, n_same = without_near_duplicates(work.pairs, recipe.threshold)
    work.left_out[TOLD_TWICE] += n_same
    split = split_by_child(kept, seed=recipe.seed, held_out=recipe.held_out, train_only=recipe.train_only)
    card = Card(recipe, split, work.amounts, +work.left_out, +work.origins, consented)
    lines = {f"{name}.jsonl": "".join(f"{p.to_line(recipe.form)}\n" for p in pairs) for name, pairs in split.items()}
    write_folder(folder, lines | card_files(card))
    return card


def _pairs(material: ChildMaterial, recipe: Recipe, left_out: Counter[str]) -> Iterator[Pair]:
    if "transcript" in recipe.sources:
        for session in material.sessions:
            yield from _session_pairs(Lines(material.child, session, recipe), left_out)
    if "answer" in recipe.sources:
        yield from answer_pairs(material, recipe, left_out)
    if "approved" in recipe.sources:
        yield from approved_pairs(material, recipe, left_out)


def _session_pairs(lines: Lines, left_out: Counter[str]) -> Iterator[Pair]:
    windows, n_too_long = lines.windows()
    left_out["a line alone is longer than --max-tokens"] += n_too_long
    yield from transcript_pairs(lines, windows, left_out)
    yield from measure_pairs(lines, windows, left_out)


def _in_words(pair: Pair, teacher: Writer | None, work: Work) -> Pair:
    return pair if teacher is None else taught(pair, teacher, work.left_out)


def _clean(pairs: Iterable[Pair], material: ChildMaterial, work: Work) -> Iterator[Pair]:
    for pair in pairs:
        if names_left(pair, material.roster):
            work.left_out[NAME_LEFT] += 1
        else:
            yield pair
