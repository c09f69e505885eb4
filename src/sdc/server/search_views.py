"""What was found → what the search says. Pure."""

from __future__ import annotations

from sdc.pipeline.indexing import Found, SearchResult
from sdc.server.search_models import FoundOut, SearchOut


def result(text: str, record: SearchResult) -> SearchOut:
    """Show what a search found."""
    return SearchOut(
        text=text,
        found=[_found(one) for one in record.found],
        n_not_indexed=record.n_not_indexed,
        embedder=record.embedder,
    )


def _found(record: Found) -> FoundOut:
    window = record.window
    return FoundOut(
        session_id=window.session_id,
        date=window.date,
        week=record.week,
        kind=window.kind,
        first=window.first,
        last=window.last,
        text=window.text,
        score=record.score,
    )
