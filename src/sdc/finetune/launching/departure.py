"""Whether a data set may leave the house: made by SDC, with consent for training and for leaving, names replaced.

Training here and training on a rented machine are two consents. For children of a store the store is asked, child by
child, at the moment of leaving; for files the job file tells who agreed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sdc.errors import ConsentError, MissingInputError
from sdc.finetune.dataset.folder import read_pairs
from sdc.finetune.dataset.splits import SPLITS

FILES = ("train.jsonl", "validation.jsonl", "test.jsonl", "card.json")
NAMES_REPLACED = "replaced"

Leave = Callable[[Sequence[str]], None]
"""Told the pseudonyms of children; raises ``ConsentError`` where a family has not agreed to a rented machine."""


def check_departure(folder: Path, leave: Leave) -> dict[str, Any]:
    """Return the card of a data set that may leave.

    Parameters
    ----------
    folder : Path
        Made by ``sdc dataset build``.
    leave : callable
        Asked where the consents stand in a store.

    Raises
    ------
    MissingInputError
        ``dataset.missing``: a file of the data set is not there.
    ConsentError
        ``launch.no-card``, ``launch.no-consent``, ``launch.names``: the card does not say what it must; of ``leave``.
    InputError
        A line is no pair.
    """
    for name in FILES:
        if not (folder / name).is_file():
            raise MissingInputError(
                f"There is no {name} in this folder.",
                code="dataset.missing",
                hint="Make a data set with `sdc dataset build -o FOLDER`.",
                source=str(folder),
            )
    card = _card(folder / "card.json")
    consent = card.get("consent")
    if not isinstance(consent, dict) or consent.get("purpose") != "training" or not consent.get("basis"):
        raise _refused("its card tells of no consent for training", "launch.no-consent", folder)
    if not isinstance(consent.get("recorded"), bool):
        raise _refused("its card does not tell whether the consents stand in a store", "launch.no-consent", folder)
    if card.get("names") != NAMES_REPLACED:
        raise _refused("its card does not say that names were replaced", "launch.names", folder)
    if consent["recorded"]:
        leave(children_of(folder))
    return card


def children_of(folder: Path) -> list[str]:
    """Return the pseudonyms of a data set's children, in alphabetical order."""
    return sorted({pair.child for name in SPLITS for pair in read_pairs(folder / f"{name}.jsonl")})


def _card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _refused("its card cannot be read", "launch.no-card", path.parent) from error
    if not isinstance(card, dict) or not str(card.get("schema", "")).startswith("sdc.dataset/"):
        raise _refused("its card was not made by SDC", "launch.no-card", path.parent)
    return card


def _refused(why: str, code: str, folder: Path) -> ConsentError:
    return ConsentError(
        f"This data set stays here, since {why}.",
        code=code,
        hint="Build it again with `sdc dataset build`, which replaces names and asks for consent.",
        source=str(folder),
    )
