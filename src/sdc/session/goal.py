"""What is worked towards with a child."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Direction = Literal["at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A measurable goal: condition, behaviour, measure, criterion, date.

    Attributes
    ----------
    id : str
    child_id : str
    behaviour : str
        What is to be seen, in words: ``uses longer utterances``.
    condition : str
        When and with whom: ``in free play with a parent``.
    measure : str
        Id of the measure that tells.
    criterion : float
        In the measure's unit.
    direction : {"at_least", "at_most"}
        On which side of the criterion the goal is met.
    due : str
        ISO date by which it is to be met.
    sessions : int
        The mean of so many latest sessions counts, at least 1.
    baseline : float or None
        Mean before the work began; None where no session could be used.
    baseline_sessions : tuple[str, ...]
        Ids of the sessions behind it; later ones tell how it goes.
    scale : tuple[float, ...]
        Goal attainment scaling: the values from which the levels −2, −1, 0, +1, +2 are reached
        (0 is the criterion), or nothing.
    weight : float
        Of this goal among several, above 0.
    is_open : bool
    created_at, created_by : str
        ISO UTC time; id of the account.
    version : int
        From 1; each change counts it up, and the earlier ones are kept.
    changed_at, changed_by : str
        Of the latest change; empty before the first.
    changed_why : str
        In the words of whoever changed it.
    closed_at : str or None
    closed_why : str
        In the words of whoever closed it.
    """

    id: str
    child_id: str
    behaviour: str
    condition: str
    measure: str
    criterion: float
    direction: Direction
    due: str
    sessions: int = 3
    baseline: float | None = None
    baseline_sessions: tuple[str, ...] = ()
    scale: tuple[float, ...] = ()
    weight: float = 1.0
    is_open: bool = True
    created_at: str = ""
    created_by: str = ""
    version: int = 1
    changed_at: str = ""
    changed_by: str = ""
    changed_why: str = ""
    closed_at: str | None = None
    closed_why: str = ""

    @property
    def sign(self) -> int:
        """1 where more is wanted, −1 where less is."""
        return 1 if self.direction == "at_least" else -1
