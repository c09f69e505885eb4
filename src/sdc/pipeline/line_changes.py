"""How the lines of one version of a transcript differ from those of another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sdc.errors import NotFoundError
from sdc.pipeline.editing import finish_edits
from sdc.session import Session, Utterance
from sdc.store.repository import Repository
from sdc.store.versions import ORIGINAL

MOST_COMPARED = 400
"""Lines in a row that are matched to each other when some came or went; more are told as all gone and all new."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line that is new, gone, or other than it was: ``before`` or ``after`` is None for the first two."""

    before: Utterance | None
    after: Utterance | None


def changes_of(repository: Repository, session_id: str, version: int) -> tuple[LineChange, ...]:
    """Return what a version changed in the lines of the one before it; nothing for the original.

    Raises
    ------
    NotFoundError
        No such session or version.
    """
    finish_edits(repository, session_id)
    repository.entry(session_id)
    if version == ORIGINAL:
        return ()
    if (repository.versions.latest(session_id) or ORIGINAL) < version:
        raise NotFoundError(
            f"There is no version {version} of this transcript.",
            code="session.no-version",
            hint="See the versions of the session.",
        )
    before, after = (repository.versions.at(session_id, n) for n in (version - 1, version))
    return tuple(line_changes(before, after))


def line_changes(before: Session, after: Session) -> Iterator[LineChange]:
    """Yield the lines that differ, in order; a line that only has another number does not."""
    old, new = before.utterances, after.utterances
    if len(old) == len(new):
        yield from (LineChange(a, b) for a, b in zip(old, new, strict=True) if _told(a) != _told(b))
        return
    most = min(len(old), len(new))
    head = next((i for i in range(most) if _told(old[i]) != _told(new[i])), most)
    tail = 0
    while tail < most - head and _told(old[-1 - tail]) == _told(new[-1 - tail]):
        tail += 1
    yield from _matched(old[head : len(old) - tail], new[head : len(new) - tail])


def _matched(old: Sequence[Utterance], new: Sequence[Utterance]) -> Iterator[LineChange]:
    texts = [_told(line) for line in old], [_told(line) for line in new]
    if max(map(len, texts)) > MOST_COMPARED:
        texts = [], []
    matcher = SequenceMatcher(None, *texts, autojunk=False)
    blocks = [*matcher.get_matching_blocks()[:-1], (len(old), len(new), 0)]
    done_old = done_new = 0
    for at_old, at_new, size in blocks:
        gone, came = old[done_old:at_old], new[done_new:at_new]
        for i in range(max(len(gone), len(came))):
            yield LineChange(gone[i] if i < len(gone) else None, came[i] if i < len(came) else None)
        done_old, done_new = at_old + size, at_new + size


def _told(line: Utterance) -> tuple[object, ...]:
    return line.speaker, line.raw, line.span
