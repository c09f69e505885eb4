"""The pairs of a data set folder, as training and evaluation read them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sdc.errors import InputError, MissingInputError
from sdc.finetune.dataset.folder import ReadPair as Pair
from sdc.finetune.dataset.folder import check_children, parse_pairs
from sdc.finetune.dataset.splits import SPLITS

__all__ = ["DataSet", "Pair", "read_dataset"]


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
    """Read the three files of a data set, made by ``sdc dataset build`` or by hand: a pair may be about no child.

    Parameters
    ----------
    folder : Path
        With ``train.jsonl``, ``validation.jsonl`` and ``test.jsonl``, pairs or chats of one question and one answer.

    Raises
    ------
    MissingInputError
        ``dataset.missing``: a file is not there.
    InputError
        ``dataset.line``: a line is no pair, or no UTF-8; ``dataset.prompt``, ``dataset.output``: a pair without one;
        ``dataset.child``: a child is in two splits.
    """
    digest = hashlib.sha256()
    found: dict[str, tuple[Pair, ...]] = {}
    for split in SPLITS:
        path = folder / f"{split}.jsonl"
        data = _read(path)
        digest.update(hashlib.sha256(data).digest())
        found[split] = tuple(pair for _, pair in parse_pairs(_text(data, path), path))
    check_children(found, folder)
    return DataSet(folder, found["train"], found["validation"], found["test"], digest.hexdigest())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MissingInputError(
            f"There is no {path.name} in this folder.",
            code="dataset.missing",
            hint="Make a data set with `sdc dataset build -o FOLDER`.",
            source=str(path.parent),
        ) from error


def _text(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputError(
            "This line is no UTF-8.", code="dataset.line", hint="Save the file as UTF-8.", source=str(path), line=line
        ) from error
