"""What the search says over the wire."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sdc.server.models import Wire


class FoundOut(Wire):
    """A passage that was found."""

    session_id: str
    date: str | None
    week: int | None = Field(description="Week of the session since the child's first; null when nothing dates it.")
    kind: Literal["said", "note", "insight"]
    first: int | None = Field(description="Index of the first utterance that it is about.")
    last: int | None = Field(description="Index of the last one.")
    text: str = Field(description="One line for each utterance, with who speaks.")
    score: float = Field(ge=0, le=1, description="How near it is: the cosine of the two vectors.")


class SearchOut(Wire):
    """What was found in a child's sessions, nearest first."""

    text: str
    found: list[FoundOut]
    n_not_indexed: int = Field(ge=0, description="Sessions that cannot be searched yet.")
    embedder: str = Field(description="What made the vectors; lexical knows words and their forms, no meanings.")
