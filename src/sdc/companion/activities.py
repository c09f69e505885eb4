"""The library of activities: what a family can try at home, chosen by facts, goals and what they said before."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Went = Literal["well", "so_so", "not_yet"]

OUTCOMES: Mapping[Went, int] = {"well": 1, "so_so": 0, "not_yet": -1}
"""What an answer counts for other activities of the same kind."""

GOAL_WEIGHT, ADULT_WEIGHT = 4, 2
"""A goal's theme counts for more than what the adults were seen to do."""


@dataclass(frozen=True, slots=True)
class Activity:
    """Something to try at home.

    Attributes
    ----------
    id : str
    version : str
        Of the library.
    title : str
    steps : tuple[str, ...]
        What to do, in plain sentences.
    themes : tuple[str, ...]
        Of ``themes.toml``.
    trains : str
        What the adult practises: ``wait_time``, ``expansions``, ``child_lead`` …; the kind of the activity.
    sources : tuple[str, ...]
        Publications.
    from_months, to_months : int or None
        Age of the child; None: any.
    """

    id: str
    version: str
    title: str
    steps: tuple[str, ...]
    themes: tuple[str, ...]
    trains: str
    sources: tuple[str, ...]
    from_months: int | None = None
    to_months: int | None = None

    def fits(self, age_months: float | None) -> bool:
        """Whether it suits a child of this age; an unknown age fits all."""
        if age_months is None:
            return True
        return (self.from_months or 0) <= age_months <= (self.to_months or float("inf"))


@dataclass(frozen=True, slots=True)
class Tried:
    """A family's answer: which activity, when (ISO time), how it went."""

    activity: str
    at: str
    went: Went


@cache
def library() -> tuple[Activity, ...]:
    """Return all activities, in the order of the file."""
    table = tomllib.loads(files("sdc.companion").joinpath("activities.toml").read_text(encoding="utf-8"))
    return tuple(_activity(identity, row, table) for identity, row in table["activity"].items())


def find_activity(activity_id: str) -> Activity | None:
    """Return the activity of this id, or None."""
    return next((a for a in library() if a.id == activity_id), None)


def choose_activity(
    *,
    themes: Sequence[str] = (),
    adult: Collection[str] = (),
    age_months: float | None = None,
    tried: Sequence[Tried] = (),
    rejected: Collection[str] = (),
) -> Activity | None:
    """Choose one activity.

    Parameters
    ----------
    themes : Sequence[str]
        Themes of the goals, the most important first; else of what was measured.
    adult : Collection[str]
        Kinds of what the adults were seen to do (``wait_time``, ``expansions`` …).
    age_months : float, optional
    tried : Sequence[Tried]
        What the family has tried; it rotates: an activity that was not tried comes first, then the
        one that was tried longest ago. How it went counts for others of its kind.
    rejected : Collection[str]
        Kinds that the therapist dismissed: none of them is chosen.

    Returns
    -------
    Activity or None
        The same for the same facts; None where nothing is left.
    """
    left = [a for a in library() if a.trains not in rejected and a.fits(age_months)]
    last = {t.activity: t.at for t in sorted(tried, key=lambda t: t.at)}
    liking = _liking(tried)

    def rank(activity: Activity) -> tuple[object, ...]:
        score = GOAL_WEIGHT * _closeness(activity, themes) + ADULT_WEIGHT * (activity.trains in adult)
        return (activity.id in last, -(score + liking.get(activity.trains, 0)), last.get(activity.id, ""))

    relevant = [a for a in left if not themes or set(a.themes) & set(themes) or a.trains in adult] or left
    return min(relevant, key=rank, default=None)


def _closeness(activity: Activity, themes: Sequence[str]) -> float:
    """Return 1 for an activity about the first theme, less for a later one, 0 for none."""
    places = [place for place, theme in enumerate(themes) if theme in activity.themes]
    return 1 / (1 + min(places)) if places else 0.0


def _liking(tried: Sequence[Tried]) -> dict[str, int]:
    """Return by kind whether the latest answer was that it went well (1) or not yet (−1)."""
    kinds = {a.id: a.trains for a in library()}
    latest = sorted((t for t in tried if t.activity in kinds), key=lambda t: t.at)
    return {kinds[t.activity]: OUTCOMES[t.went] for t in latest}


def _activity(identity: str, row: dict[str, Any], table: dict[str, Any]) -> Activity:
    return Activity(
        identity,
        table["version"],
        row["title"],
        tuple(row["steps"]),
        tuple(row["themes"]),
        row["trains"],
        tuple(table["source"][key] for key in row["sources"]),
        row.get("from_months"),
        row.get("to_months"),
    )
