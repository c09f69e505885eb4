"""The phases of the work with a child, as a therapist states them: baseline, then intervention."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateRange:
    """From one day to another, both inside.

    Attributes
    ----------
    first : str
        ISO date.
    last : str or None
        ISO date; None: it goes on.
    """

    first: str
    last: str | None = None


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """One version of the stated phases of a child.

    Attributes
    ----------
    child_id : str
    baseline, intervention : DateRange or None
        Both or none; None where the phases were taken back. The baseline ends before the
        intervention begins.
    note : str
        What the intervention is, in the therapist's words.
    version : int
        From 1; 0 where nobody has stated anything.
    stated_at, stated_by : str
        ISO UTC time; id of the account.
    """

    child_id: str
    baseline: DateRange | None = None
    intervention: DateRange | None = None
    note: str = ""
    version: int = 0
    stated_at: str = ""
    stated_by: str = ""

    @property
    def is_stated(self) -> bool:
        """Whether there are two phases."""
        return self.baseline is not None and self.intervention is not None
