"""Check files and folders of CHAT transcripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sdc.errors import InputError
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.check_catalogue import Problem
from sdc.formats.reading import find_chat, read_bytes


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and its problems."""

    source: str
    problems: tuple[Problem, ...]

    @property
    def n_errors(self) -> int:
        """How many of the problems make the file invalid."""
        return sum(problem.is_error for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Checks:
    """What was checked, in the order given, and what could not be opened."""

    done: tuple[Checked, ...]
    failures: tuple[InputError, ...]

    @property
    def n_errors(self) -> int:
        """Errors of all files."""
        return sum(item.n_errors for item in self.done)

    @property
    def n_warnings(self) -> int:
        """Problems of all files that are no errors."""
        return sum(len(item.problems) for item in self.done) - self.n_errors


def check_paths(paths: Iterable[Path]) -> Checks:
    """Check files, and all ``.cha`` files in folders; what cannot be opened is told and the rest goes on."""
    done: list[Checked] = []
    failures: list[InputError] = []
    for path in paths:
        try:
            for file, source in find_chat(path):
                done.append(Checked(source, check_chat(read_bytes(file, source), source=file.name)))
        except InputError as error:
            failures.append(error)
    return Checks(tuple(done), tuple(failures))
