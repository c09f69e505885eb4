"""How much is trained on: tokens of a data set folder, by its card or by its texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sdc.errors import InputError, MissingInputError
from sdc.finetune.dataset.folder import ReadPair, parse_pairs

CHARACTERS_PER_TOKEN = 3.0
"""English prose has about 4 with LLaMA's tokenizer, transcripts with marks and numbers fewer: 3 counts too many."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What one epoch reads.

    Attributes
    ----------
    pairs : int
    tokens : int
        Of all training pairs.
    longest : int
        Tokens of the longest pair.
    counted_by : str
        How tokens were counted.
    """

    pairs: int
    tokens: int
    longest: int
    counted_by: str


EXAMPLE = Amount(1000, 400_000, 1024, "an example of 1,000 pairs with 400 tokens; --data counts your own")


def amount_of(folder: Path) -> Amount:
    """Return what a data set folder holds.

    Parameters
    ----------
    folder : Path
        With ``train.jsonl`` and, where ``sdc dataset build`` made it, ``card.json`` with its count of tokens.

    Raises
    ------
    MissingInputError
        ``dataset.missing``: no ``train.jsonl``.
    InputError
        ``dataset.empty``: no pair in it; a line is no pair: as ``sdc.finetune.dataset.folder.parse_pairs``.
    """
    path = folder / "train.jsonl"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as error:
        raise MissingInputError(
            "There is no train.jsonl to read in this folder.",
            code="dataset.missing",
            hint="Make a data set with `sdc dataset build -o FOLDER`.",
            source=str(folder),
        ) from error
    pairs = [pair for _, pair in parse_pairs(text, path)]
    if not pairs:
        raise InputError("No pair to train on.", code="dataset.empty", hint="Build it of more.", source=str(path))
    return _by_card(folder, len(pairs)) or _by_texts(pairs)


def _by_card(folder: Path, pairs: int) -> Amount | None:
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        tokens, longest = card["splits"]["train"]["tokens"], card["tokens"]["greatest"]
        by = card["tokens"]["counted_by"]
    except (OSError, ValueError, KeyError, TypeError):
        return None  # made by hand, or by an older version: the texts are counted
    if not isinstance(tokens, int) or not isinstance(longest, int) or tokens <= 0:
        return None
    return Amount(pairs, tokens, longest, f"card.json: {by}")


def _by_texts(pairs: Sequence[ReadPair]) -> Amount:
    characters = (len(pair.system) + len(pair.prompt) + len(pair.output) for pair in pairs)
    sizes = [int(n / CHARACTERS_PER_TOKEN) + 1 for n in characters]
    by = f"{CHARACTERS_PER_TOKEN:.0f} characters a token, which counts too many rather than too few"
    return Amount(len(sizes), sum(sizes), max(sizes), by)
