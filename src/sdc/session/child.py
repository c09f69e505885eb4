"""People: ages, participants of a session."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAYS_PER_MONTH = 30.4375  # mean Gregorian month

_CHAT_AGE = re.compile(r"(\d{1,3});(?:(\d{1,2})(?:\.(\d{1,2})?)?)?")


@dataclass(frozen=True, slots=True)
class Age:
    """An age as clinicians write it: years;months.days.

    ``months`` and ``days`` are None when they are not known (CHAT ``2;`` or ``2;03.``).
    """

    years: int
    months: int | None = None
    days: int | None = None

    @classmethod
    def from_chat(cls, text: str) -> Age | None:
        """Read a CHAT age such as ``2;03.05``; None when it is not one."""
        match = _CHAT_AGE.fullmatch(text.strip())
        if match is None:
            return None
        years, months, days = (int(g) if g else None for g in match.groups())
        assert years is not None
        return cls(years, months, days)

    @property
    def in_months(self) -> float:
        """Age in months; unknown months and days count as 0."""
        return self.years * 12 + (self.months or 0) + (self.days or 0) / DAYS_PER_MONTH

    def __str__(self) -> str:
        text = f"{self.years};"
        if self.months is not None:
            text += f"{self.months:02d}."
            if self.days is not None:
                text += f"{self.days:02d}"
        return text


@dataclass(frozen=True, slots=True)
class Participant:
    """One speaker of a session: the fields of CHAT's ``@Participants`` and ``@ID``.

    Attributes
    ----------
    code : str
        Speaker code on the main lines, e.g. ``CHI``.
    role : str
        CHAT role, e.g. ``Target_Child``; ``Unidentified`` when not told.
    name : str or None
    age : Age or None
    sex : str or None
        ``male``, ``female`` or as written.
    group : str or None
        As written in ``@ID`` (e.g. ``ASD``, ``TYP``).
    language, corpus, ses, education, custom : str or None
        The other ``@ID`` fields, as written.
    """

    code: str
    role: str = "Unidentified"
    name: str | None = None
    age: Age | None = None
    sex: str | None = None
    group: str | None = None
    language: str | None = None
    corpus: str | None = None
    ses: str | None = None
    education: str | None = None
    custom: str | None = None

    @property
    def is_child(self) -> bool:
        """Whether the role is the target child or ``Child``."""
        return self.role in CHILD_ROLES


CHILD_ROLES = ("Target_Child", "Child")
"""Roles that make a participant the focal child, in order of preference."""

UNKNOWN_SPEAKER = "UNK"
"""The code under which is kept what nobody is named for."""
