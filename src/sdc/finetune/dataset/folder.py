"""The files of a data set: written whole or not at all; read with the line of each fault."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sdc.errors import InputError, MissingInputError
from sdc.finetune.dataset.splits import SPLITS, TRAIN

SCHEMA = "sdc.dataset/1"
CARD = "card.json"
CARD_TEXT = "card.md"


@dataclass(frozen=True, slots=True)
class ReadPair:
    """A pair as it stands in a file, of either form.

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

    @property
    def child(self) -> str:
        """Pseudonym of the child; empty where it is not told."""
        return str(self.metadata.get("child") or "")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A data set that was read.

    Attributes
    ----------
    folder : Path
    card : dict
        Of ``card.json``.
    splits : dict[str, list[ReadPair]]
    """

    folder: Path
    card: dict[str, Any]
    splits: dict[str, list[ReadPair]]


def check_target(folder: Path) -> None:
    """Refuse a folder that holds something else than a data set, before any work is done.

    Raises
    ------
    InputError
        ``dataset.folder``.
    """
    if folder.exists() and not (folder.is_dir() and (is_dataset(folder) or not any(folder.iterdir()))):
        raise InputError(
            "There is something else here than a data set.",
            code="dataset.folder",
            hint="Choose a new folder with -o; an earlier data set is replaced.",
            source=str(folder),
        )


def is_dataset(folder: Path) -> bool:
    """Whether a folder holds a data set."""
    try:
        return bool(json.loads((folder / CARD).read_text(encoding="utf-8")).get("schema") == SCHEMA)
    except (OSError, ValueError, AttributeError):
        return False


def write_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Write files into a folder that appears when all of them are there; an earlier data set is replaced.

    Parameters
    ----------
    folder : Path
    files : Mapping[str, str]
        Name → content.

    Raises
    ------
    InputError
        ``dataset.folder``; ``dataset.unwritable``: the disk is full, or may not be written to.
    """
    check_target(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=f".{folder.name}.", dir=folder.parent, ignore_cleanup_errors=True
        ) as at:
            new, old = Path(at) / "new", Path(at) / "old"
            new.mkdir()
            for name, text in files.items():
                _write(new / name, text)
            if folder.exists():
                folder.rename(old)
            try:
                new.rename(folder)
            except BaseException:
                if old.exists():
                    old.rename(folder)
                raise
    except OSError as error:
        raise InputError(
            f"The data set cannot be written: {error.strerror or error}.",
            code="dataset.unwritable",
            hint="Choose another folder with -o, or make room on the disk.",
            source=str(folder),
        ) from error


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_dataset(folder: Path) -> Dataset:
    """Read a data set.

    Raises
    ------
    MissingInputError
        There is none.
    InputError
        ``dataset.line``: a line that is no pair; ``dataset.output``, ``dataset.prompt``: a pair without one;
        ``dataset.child``: one without a child, or a child in two splits; ``dataset.empty-split``: nothing to train on.
    """
    if not is_dataset(folder):
        raise MissingInputError(
            "There is no data set here.", hint="Make one with `sdc dataset build -o FOLDER`.", source=str(folder)
        )
    card = json.loads((folder / CARD).read_text(encoding="utf-8"))
    splits = {name: list(read_pairs(folder / f"{name}.jsonl")) for name in SPLITS}
    check_splits(splits, folder)
    return Dataset(folder, card, splits)


def check_splits(splits: Mapping[str, Sequence[ReadPair]], folder: Path) -> None:
    """Refuse splits that share a child, and training without a pair; see ``read_dataset``."""
    if not splits[TRAIN]:
        raise InputError(
            "There is no pair to train on.",
            code="dataset.empty-split",
            hint="Build the data set again with more sessions.",
            source=str(folder / f"{TRAIN}.jsonl"),
        )
    check_children(splits, folder)


def check_children(splits: Mapping[str, Sequence[ReadPair]], folder: Path) -> None:
    """Raise ``InputError`` ``dataset.child`` where a child is in two splits; a pair may be about none."""
    where: dict[str, str] = {}
    for name, pairs in splits.items():
        for pair in pairs:
            if pair.child and where.setdefault(pair.child, name) != name:
                raise InputError(
                    f"The child {pair.child} is in {where[pair.child]} and in {name}: the test would tell too much.",
                    code="dataset.child",
                    hint="Build the data set again; do not move lines between its files.",
                    source=str(folder),
                )


def read_pairs(path: Path) -> Iterator[ReadPair]:
    """Yield the pairs of one file, each with its child; errors as ``read_dataset``, each with its line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MissingInputError(
            "The file cannot be read.", hint="Build the data set again.", source=str(path)
        ) from error
    for number, pair in parse_pairs(text, path):
        if not pair.child:
            raise _fault("The pair does not tell which child it is about.", "dataset.child", path, number)
        yield pair


def parse_pairs(text: str, path: Path) -> Iterator[tuple[int, ReadPair]]:
    """Yield the pairs of a file's text with the number of the line, from 1; the only reader of such lines.

    Raises
    ------
    InputError
        ``dataset.line``, ``dataset.prompt``, ``dataset.output``.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _read(line, path, number)


def _read(line: str, path: Path, number: int) -> ReadPair:
    try:
        document = json.loads(line)
    except ValueError as error:
        raise _fault("The line is no JSON.", "dataset.line", path, number) from error
    if not isinstance(document, dict) or not isinstance(metadata := document.get("metadata") or {}, dict):
        raise _fault("The line is no pair with metadata.", "dataset.line", path, number)
    talk = document.get("messages")
    told = (document.get(name) for name in ("system", "prompt", "output")) if talk is None else _talk(talk)
    system, prompt, output = told
    if not isinstance(prompt, str) or not prompt.strip():
        raise _fault("The pair has no prompt.", "dataset.prompt", path, number)
    if not isinstance(output, str) or not output.strip():
        raise _fault("The pair has no output.", "dataset.output", path, number)
    return ReadPair(prompt, output, str(system or ""), metadata)


def _talk(messages: Any) -> tuple[Any, Any, Any]:
    """Return instructions, question and answer of a chat; of a longer one none, as only one answer would be learned."""
    turns = [m for m in messages if isinstance(m, dict)] if isinstance(messages, list) else []
    by_role = {turn.get("role"): turn.get("content") for turn in turns}
    if len(by_role) < len(turns):
        return None, None, None
    return by_role.get("system"), by_role.get("user"), by_role.get("assistant")


def _fault(what: str, code: str, path: Path, number: int) -> InputError:
    return InputError(what, code=code, hint="Put the line right, or leave it out.", source=str(path), line=number)
