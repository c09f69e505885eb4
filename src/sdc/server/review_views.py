"""The review of a transcript → what goes over the wire. Pure."""

from __future__ import annotations

from collections.abc import Callable

from sdc.pipeline.review import QueuedLine, ReviewQueue
from sdc.pipeline.review_queue import Reason
from sdc.server.review_models import ByOut, DoubtfulLineOut, ReasonOut, ReviewOut
from sdc.store.records import TranscriptReview
from sdc.store.reviews import LookedAt

Names = Callable[[str], str | None]
"""Id of an account → its name, where there is one."""


def review(queue: ReviewQueue, names: Names) -> ReviewOut:
    """Show what deserves a look, what had one, and who reviewed the whole."""
    return ReviewOut(
        version=queue.version,
        state=queue.state,
        reviewed=None if queue.review is None else by(queue.review, names),
        n_left=queue.n_left,
        lines=[line(queued, names) for queued in queue.lines],
        unknown_voices=list(queue.unknown),
    )


def line(queued: QueuedLine, names: Names) -> DoubtfulLineOut:
    """Show a line that deserves a look."""
    return DoubtfulLineOut(
        index=queued.line.index,
        doubt=round(queued.line.doubt, 3),
        reasons=[reason(r) for r in queued.line.reasons],
        looked_at=None if queued.look is None else by(queued.look, names),
        is_edited=queued.is_edited,
    )


def reason(record: Reason) -> ReasonOut:
    """Show why."""
    return ReasonOut(
        code=record.code,
        text=record.text,
        doubt=round(record.doubt, 3),
        words=list(record.words),
        value=record.value,
    )


def by(record: TranscriptReview | LookedAt, names: Names) -> ByOut:
    """Show who and when."""
    return ByOut(by=record.by, name=names(record.by), at=record.at, version=record.version)
