"""What the options of `sdc edit` ask for: exactly one edit, or none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import typer

if TYPE_CHECKING:
    from sdc.pipeline.changes import Change
    from sdc.store.records import StoredSession
    from sdc.store.repository import Repository

Act = Callable[["Repository", str, int], "StoredSession"]
"""Edits a session, of the version that was seen."""

_RUN = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


@dataclass(frozen=True, slots=True)
class Wish:
    """The options as they were given."""

    line: int | None
    text: str | None
    speaker: str | None
    split: int | None
    merge: bool
    mark: str | None
    words: str | None
    code: str | None
    rename: str | None
    to: str | None
    role: str | None
    join: bool
    undo: bool
    redo: bool
    restore: int | None

    def action(self) -> Act | None:
        """Return what is to be done, None where nothing was asked for; ``BadParameter`` where options do not fit."""
        of_line = {
            "--text": self.text is not None or self.speaker is not None,
            "--split": self.split is not None,
            "--merge": self.merge,
            "--mark": self.mark is not None,
            "--code": self.code is not None,
        }
        of_session = {
            "--rename": self.rename is not None,
            "--undo": self.undo,
            "--redo": self.redo,
            "--restore": self.restore is not None,
        }
        asked = [name for name, given in {**of_line, **of_session}.items() if given]
        if len(asked) > 1:
            raise typer.BadParameter(f"One edit at a time: {' or '.join(asked)}.")
        if (self.line is not None) != any(of_line.values()):
            raise typer.BadParameter(
                "--line goes with --text, --speaker, --split, --merge, --mark or --code, and these with --line."
            )
        if self.words is not None and asked not in (["--mark"], ["--code"]):
            raise typer.BadParameter("--words goes with --mark or --code.")
        if (self.to or self.role or self.join) and self.rename is None:
            raise typer.BadParameter("--to, --role and --join go with --rename.")
        return self._act(asked[0]) if asked else None

    def _act(self, name: str) -> Act:
        from sdc.pipeline import editing

        line = self.line or 0
        if name == "--text":
            new = editing.NewLine(self.text, self.speaker)
            return lambda repository, session, seen: editing.edit_line(
                repository, session, line, new, seen=seen, by="cli"
            )
        if name in ("--undo", "--redo"):
            step = editing.undo_edit if self.undo else editing.redo_edit
            return lambda repository, session, seen: step(repository, session, seen=seen, by="cli")
        if name == "--restore":
            version = self.restore or 1
            return lambda repository, session, seen: editing.restore_version(
                repository, session, version, seen=seen, by="cli"
            )
        change = self._change(name, line)
        return lambda repository, session, seen: editing.change_transcript(
            repository, session, change, seen=seen, by="cli"
        )

    def _change(self, name: str, line: int) -> Change:
        from sdc.formats.chat.marking import Mark
        from sdc.pipeline.changes import InsertCode, MarkWords, MergeLines, RenameSpeaker, SplitLine

        if name == "--split":
            return SplitLine(line, self.split or 0)
        if name == "--merge":
            return MergeLines(line)
        if name == "--code":
            return InsertCode(line, self.code or "", None if self.words is None else self._run()[1])
        if name == "--rename":
            if self.to is None and self.role is None:
                raise typer.BadParameter("--rename goes with --to, --role, or both.")
            return RenameSpeaker(self.rename or "", self.to, self.role, self.join)
        mark = next((known for known in get_args(Mark) if known == self.mark), None)
        if mark is None:
            raise typer.BadParameter(f"--mark is one of: {', '.join(get_args(Mark))}.")
        return MarkWords(line, *self._run(), mark)

    def _run(self) -> tuple[int, int]:
        """Return the first and the last word."""
        match = _RUN.fullmatch(self.words or "")
        if match is None:
            raise typer.BadParameter("--words are numbers of words, from 0: 2, or 2-4.")
        first = int(match.group(1))
        return first, int(match.group(2) or first)
