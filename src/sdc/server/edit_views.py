"""Edits: wire models → what they ask for; versions → wire models. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from sdc.pipeline.changes import Change, InsertCode, MarkWords, MergeLines, RenameSpeaker, SetTimes, SplitLine
from sdc.pipeline.line_changes import LineChange
from sdc.server.edit_models import (
    CodeIn,
    LineChangeOut,
    MarkIn,
    MergeIn,
    SpeakerIn,
    SplitIn,
    TimesIn,
    VersionChangesOut,
    VersionLineOut,
)
from sdc.session import Utterance

MOST_SHOWN = 200
"""Lines of one version's changes that are sent; renaming a speaker changes thousands."""


def change_of(body: SplitIn | MergeIn | MarkIn | CodeIn | TimesIn | SpeakerIn) -> Change:
    """Return the change that somebody asks for."""
    match body:
        case SplitIn():
            return SplitLine(body.index, body.at, body.terminator)
        case MergeIn():
            return MergeLines(body.index)
        case MarkIn():
            return MarkWords(body.index, body.first, body.last, body.mark)
        case CodeIn():
            return InsertCode(body.index, body.code, body.after)
        case TimesIn():
            return SetTimes(body.index, body.start_ms, body.end_ms)
        case SpeakerIn():
            return RenameSpeaker(body.code, body.to, body.role, body.join)


def version_changes(version: int, changes: Sequence[LineChange]) -> VersionChangesOut:
    """Show the lines that a version changed."""
    shown = [LineChangeOut(before=_line(c.before), after=_line(c.after)) for c in changes[:MOST_SHOWN]]
    return VersionChangesOut(version=version, n=len(changes), lines=shown)


def _line(record: Utterance | None) -> VersionLineOut | None:
    if record is None:
        return None
    return VersionLineOut(
        index=record.index,
        speaker=record.speaker,
        raw=record.raw,
        start_ms=record.span.start_ms if record.span else None,
        end_ms=record.span.end_ms if record.span else None,
    )
