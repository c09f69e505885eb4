"""How much is trained on: tokens of a data set folder, by its card or by its texts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sdc.errors import InputError, MissingInputError

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
        ``dataset.empty``: no pair in it; ``dataset.line``: a line is no JSON object.
    """
    path = folder / "train.jsonl"
    try:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeError) as error:
        raise MissingInputError(
            "There is no train.jsonl to read in this folder.",
            code="dataset.missing",
            hint="Make a data set with `sdc dataset build -o FOLDER`.",
            source=str(folder),
        ) from error
    if not lines:
        raise InputError("No pair to train on.", code="dataset.empty", hint="Build it of more.", source=str(path))
    return _by_card(folder, len(lines)) or _by_texts(lines, path)


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


def _by_texts(lines: list[str], path: Path) -> Amount:
    sizes = [_tokens(line, number, path) for number, line in enumerate(lines, 1)]
    by = f"{CHARACTERS_PER_TOKEN:.0f} characters a token, which counts too many rather than too few"
    return Amount(len(sizes), sum(sizes), max(sizes), by)


def _tokens(line: str, number: int, path: Path) -> int:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise ValueError
    except ValueError as error:
        raise InputError(
            "This line is no JSON object.", code="dataset.line", hint="Build it anew.", source=str(path), line=number
        ) from error
    return int(len("".join(_texts(row))) / CHARACTERS_PER_TOKEN) + 1


def _texts(row: dict[str, Any]) -> list[str]:
    turns = row.get("messages")
    if isinstance(turns, list):
        return [str(turn.get("content", "")) for turn in turns if isinstance(turn, dict)]
    return [str(row.get(name, "")) for name in ("system", "prompt", "output")]
