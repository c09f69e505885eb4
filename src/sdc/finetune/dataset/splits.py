"""Training, validation and test, by child: no child is in two of them.

A model that has read a child's lines tells that child's other lines better than a stranger's; figures
from such a test say nothing about the next child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from sdc.errors import InputError
from sdc.finetune.dataset.pair import Pair
from sdc.finetune.dataset.sentences import hash_of

TRAIN, VALIDATION, TEST = "train", "validation", "test"
SPLITS = (TRAIN, VALIDATION, TEST)
MIN_CHILDREN = 3


def split_by_child(
    pairs: Sequence[Pair], *, seed: int, held_out: float, train_only: bool = False
) -> dict[str, list[Pair]]:
    """Share pairs out.

    Parameters
    ----------
    pairs : Sequence[Pair]
    seed : int
        Decides which children are held out.
    held_out : float
        Share of the pairs that validation gets, and test, as far as whole children allow; 0 to 0.4.
    train_only : bool
        All into training.

    Returns
    -------
    dict[str, list[Pair]]
        By the name of the split, in the order of ``pairs``.

    Raises
    ------
    InputError
        ``dataset.empty``: there is no pair; ``dataset.empty-split``: too few children.
    """
    if not pairs:
        raise InputError(
            "No pair could be made.", code="dataset.empty", hint="See what was left out and why; add sessions."
        )
    sizes = Counter(pair.metadata.child for pair in pairs)
    where = dict.fromkeys(sizes, TRAIN) if train_only else shared_out(sizes, seed=seed, held_out=held_out)
    split: dict[str, list[Pair]] = {name: [] for name in SPLITS}
    for pair in pairs:
        split[where[pair.metadata.child]].append(pair)
    return split


def shared_out(sizes: Mapping[str, int], *, seed: int, held_out: float) -> dict[str, str]:
    """Return the split of each child.

    Children are taken in the order of a hash; the first go to the test until it has its share, the next to
    validation, the rest to training. A child with more than half of what is left to share out stays in training,
    so that one large corpus is not held out.
    """
    if len(sizes) < MIN_CHILDREN:
        raise InputError(
            f"There are pairs of {len(sizes)} {'child' if len(sizes) == 1 else 'children'}; training, validation and "
            f"test need at least {MIN_CHILDREN}, since no child may be in two of them.",
            code="dataset.empty-split",
            hint="Add children; or keep all pairs for training with --train-only, and evaluate on other data.",
        )
    wanted = held_out * sum(sizes.values())
    order = sorted(sizes, key=lambda child: hash_of(seed, child))
    small = [child for child in order if sizes[child] <= max(2 * wanted, min(sizes.values()))]
    order = [*small, *(child for child in order if child not in set(small))]
    where: dict[str, str] = {}
    for name, later in ((TEST, 2), (VALIDATION, 1)):
        got = 0
        while got < wanted or not got:
            left = [child for child in order if child not in where]
            if len(left) <= later:
                break
            where[left[0]] = name
            got += sizes[left[0]]
    return where | {child: TRAIN for child in order if child not in where}
