"""The pairs of a data set folder, as training and evaluation read them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sdc.errors import InputError, MissingInputError

SPLITS = ("train", "validation", "test")


@dataclass(frozen=True, slots=True)
class Pair:
    """What is asked and what is answered.

    Attributes
    ----------
    prompt, output : str
    system : str
        Instructions, where the pair has some.
    metadata : dict
        ``child``, ``source``, ``labels`` and more; see docs/datasets.md.
    """

    prompt: str
    output: str
    system: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data set folder.

    Attributes
    ----------
    folder : Path
    train, validation, test : tuple[Pair, ...]
    digest : str
        SHA-256 of the three files.
    """

    folder: Path
    train: tuple[Pair, ...]
    validation: tuple[Pair, ...]
    test: tuple[Pair, ...]
    digest: str


def read_dataset(folder: Path) -> DataSet:
    """Read the three files of a data set.

    Parameters
    ----------
    folder : Path
        With ``train.jsonl``, ``validation.jsonl`` and ``test.jsonl``, pairs or chats.

    Raises
    ------
    MissingInputError
        ``dataset.missing``: a file is not there.
    InputError
        ``dataset.line``: a line is no JSON object; ``dataset.no-output``: a pair lacks its prompt or its output.
    """
    digest = hashlib.sha256()
    found: dict[str, tuple[Pair, ...]] = {}
    for split in SPLITS:
        path = folder / f"{split}.jsonl"
        try:
            data = path.read_bytes()
        except OSError as error:
            raise MissingInputError(
                f"There is no {path.name} in this folder.",
                code="dataset.missing",
                hint="Make a data set with `sdc dataset build -o FOLDER`.",
                source=str(folder),
            ) from error
        digest.update(hashlib.sha256(data).digest())
        found[split] = _read_lines(data, path)
    return DataSet(folder, found["train"], found["validation"], found["test"], digest.hexdigest())


def _read_lines(data: bytes, path: Path) -> tuple[Pair, ...]:
    lines = enumerate(data.decode("utf-8", errors="replace").split("\n"), 1)
    return tuple(_read_pair(line, number, path) for number, line in lines if line.strip())


def _read_pair(line: str, number: int, path: Path) -> Pair:
    try:
        row = json.loads(line)
    except ValueError:
        row = None
    if not isinstance(row, dict):
        raise InputError(
            "This line is no JSON object.",
            code="dataset.line",
            hint="Build the data set anew.",
            source=str(path),
            line=number,
        )
    turns = row.get("messages")
    pair = _from_chat(turns, row) if isinstance(turns, list) else _from_pair(row)
    if pair is None:
        raise InputError(
            "This pair lacks its prompt or its output.",
            code="dataset.no-output",
            hint='Each line is {"prompt": "…", "output": "…", "metadata": {…}}; give both texts or take the line out.',
            source=str(path),
            line=number,
        )
    return pair


def _from_pair(row: dict[str, Any]) -> Pair | None:
    prompt, output = row.get("prompt"), row.get("output")
    if not isinstance(prompt, str) or not isinstance(output, str) or not prompt.strip() or not output.strip():
        return None
    return Pair(prompt, output, str(row.get("system") or ""), dict(row.get("metadata") or {}))


def _from_chat(turns: Sequence[Any], row: dict[str, Any]) -> Pair | None:
    """Return a chat of one question and one answer, with its instructions where it has some."""
    said = [(t.get("role"), t.get("content")) for t in turns if isinstance(t, dict)]
    system = str(said.pop(0)[1] or "") if said and said[0][0] == "system" else ""
    if [role for role, _ in said] != ["user", "assistant"]:
        return None
    metadata = row.get("metadata")
    return _from_pair({"prompt": said[0][1], "output": said[1][1], "system": system, "metadata": metadata})
