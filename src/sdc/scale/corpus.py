"""Files and folders → tasks, one folder after the other: a corpus is never held in memory as a whole."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path, PurePath

from sdc.errors import InputError, MissingInputError, SDCError
from sdc.formats.reading import MEDIA_SUFFIXES, TRANSCRIPT_SUFFIXES, is_transcript
from sdc.pipeline.pairs import Pair, find_pairs
from sdc.pipeline.parts import Given
from sdc.scale.task import WITHOUT, Task

OnFailure = Callable[[SDCError], None]
"""Told what cannot be tried."""

_FIRST_PART = re.compile(r"[^_\-\s.]+")


class ChildFrom(StrEnum):
    """What tells whose a file is."""

    FOLDER = "folder"
    NAME = "name"
    PARTICIPANT = "participant"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Where sessions lie, and how it is told whose they are.

    Attributes
    ----------
    paths : tuple[Path, ...]
        Files, and folders with all folders in them; what begins with a dot is passed over.
    child_from : ChildFrom
        ``folder``: the name of the folder in which a file lies. ``name``: the file's name up to the first
        ``_``, ``-``, space or dot. ``participant``: the name of the target child in ``@Participants``.
    given : Given
        Holds for all sessions.
    retry : bool
        Whether what failed for good before is tried again.
    """

    paths: tuple[Path, ...]
    child_from: ChildFrom = ChildFrom.FOLDER
    given: Given = WITHOUT
    retry: bool = False

    def tasks(self, on_failure: OnFailure) -> Iterator[Task]:
        """Go through the sessions in the order of their paths; tell what cannot be tried."""
        for root, folder, files in self._folders(on_failure):
            if not files:
                on_failure(_missing(folder))
            for pair in _pairs(files, on_failure, is_given=root is None):
                first = pair.files[0]
                named = replace(pair, source=first.relative_to(root).as_posix() if root else first.name)
                yield Task(named, child_name(first, self.child_from), self.given, self.retry)

    def count(self) -> int:
        """Return how many sessions there are, without reading a file: a recording goes with the transcript of its name.

        It may be a few more or less, where ``@Media`` names another file or a ``.json`` is no transcript.
        """
        return sum(len({file.stem for file in files}) for _, _, files in self._folders(lambda error: None))

    def _folders(self, on_failure: OnFailure) -> Iterator[tuple[Path | None, Path, list[Path]]]:
        """Yield folder given, folder, its files; of what is not there or is empty no files."""
        for path in self.paths:
            if path.is_file():
                yield None, path.parent, [path]
            elif path.is_dir():
                yield from _within(path, on_failure)
            else:
                yield None, path, []


def _within(root: Path, on_failure: OnFailure) -> Iterator[tuple[Path | None, Path, list[Path]]]:
    is_empty = True
    for place, folders, names in os.walk(root, onerror=lambda error: on_failure(_closed(error))):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files = [Path(place, name) for name in sorted(names) if _may_be_input(name)]
        if files:
            is_empty = False
            yield root, Path(place), files
    if is_empty:
        yield root, root, []


def _may_be_input(name: str) -> bool:
    suffix = PurePath(name).suffix.lower()
    return not name.startswith(".") and (suffix in TRANSCRIPT_SUFFIXES or suffix in MEDIA_SUFFIXES)


def _pairs(files: list[Path], on_failure: OnFailure, *, is_given: bool) -> Iterator[Pair]:
    """Yield what makes a session each of the files of one folder; a file that was given is taken as it is."""
    if is_given or any(file.suffix.lower() in MEDIA_SUFFIXES for file in files):
        found, failures = find_pairs([file for file in files if is_given or _is_input(file)])
        for error in failures:
            on_failure(error)
        yield from found
        return
    # Without a recording there is nothing to pair, and no file need be read twice.
    yield from (Pair(file, None, file.name) for file in files if is_transcript(file))


def _is_input(file: Path) -> bool:
    return file.suffix.lower() in MEDIA_SUFFIXES or is_transcript(file)


def child_name(file: Path, child_from: ChildFrom) -> str | None:
    """Return whose a file is by where it lies or how it is called; None where only the transcript tells."""
    if child_from is ChildFrom.PARTICIPANT:
        return None
    if child_from is ChildFrom.FOLDER:
        return file.resolve().parent.name
    match = _FIRST_PART.search(file.stem)
    return match[0] if match else file.stem


def _missing(path: Path) -> SDCError:
    is_folder = path.is_dir()
    return MissingInputError(
        "The folder holds neither a transcript nor a recording." if is_folder else "There is no such file or folder.",
        code="input.empty-folder" if is_folder else "input.missing",
        hint="A transcript is a .cha, .json, .eaf, .TextGrid, .srt or .vtt file." if is_folder else "Check the name.",
        source=str(path),
    )


def _closed(error: OSError) -> SDCError:
    reason = f"The folder cannot be read: {error.strerror or error}."
    return InputError(reason, code="input.unreadable", hint="Check that you may read it.", source=str(error.filename))
