"""What goes to whoever works on a corpus, and what comes back: small, and without sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sdc.pipeline.pairs import Pair
from sdc.pipeline.parts import Given

WITHOUT = Given()
"""Nothing is told beside the files."""

State = Literal["made", "known", "failed", "later"]


@dataclass(frozen=True, slots=True)
class Task:
    """One session of a corpus.

    Attributes
    ----------
    pair : Pair
        Its files; ``pair.source`` is its name in the corpus.
    child : str or None
        Whose it is; None: the transcript tells.
    given : Given
    retry : bool
        Whether it is tried again where it has failed for good before.
    n_deaths : int
        How many workers died with it before it was a job.
    """

    pair: Pair
    child: str | None
    given: Given = WITHOUT
    retry: bool = False
    n_deaths: int = 0

    @property
    def source(self) -> str:
        """What people call it."""
        return self.pair.source


@dataclass(frozen=True, slots=True)
class Record:
    """What became of a task.

    Attributes
    ----------
    source : str
    state : {"made", "known", "failed", "later"}
        ``known``: the same files were in the store already. ``later``: it waits to be tried again, or
        somebody else works on it.
    child : str or None
        Name of the child, where it is known.
    session_id : str or None
        Of what was made or is known.
    failures : tuple[dict, ...]
        As ``SDCError.to_dict``: why it failed, or what of it was left out.
    wait_s : float
        How long ``later`` is.
    """

    source: str
    state: State
    child: str | None = None
    session_id: str | None = None
    failures: tuple[dict[str, Any], ...] = ()
    wait_s: float = 0.0
