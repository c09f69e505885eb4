"""The sentences of reports: filled in from ``sentences.toml``, and shown only when they pass both checks."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from sdc.companion.evidence import EvidenceBox
from sdc.companion.wordbook import capital, publishable, show_date
from sdc.companion.wording import lint_wording
from sdc.progress import Placed, SessionPoint
from sdc.session import Claim

NORMS_CATEGORY = "comparison"
"""The one category of words that a therapist's section of norms may hold: norms are a comparison."""


@cache
def _book() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("sdc.reports").joinpath("sentences.toml").read_text(encoding="utf-8"))


def sentence(group: str, key: str, **fields: object) -> str:
    """Return a sentence, filled in; it is not checked yet."""
    return capital(_book()[group][key].format(**fields))


class Told:
    """Sentences with what they rest on; one that fails the checks of grounding or wording is not told.

    Parameters
    ----------
    point : SessionPoint
        The session that counts over several sessions are cited with: the latest.
    """

    def __init__(self, point: SessionPoint) -> None:
        self.box = EvidenceBox()
        self._point = point

    def count(self, name: str, value: float) -> str:
        """Cite a count or another figure of the report."""
        return self.box.figure(self._point, name, value)

    def day(self, placed: Placed[SessionPoint]) -> str:
        """Cite a session's date and week."""
        return self.box.week(placed)

    def say(self, group: str, key: str, *cited: str, **fields: object) -> tuple[str, ...]:
        """Return a sentence of the book in a tuple; nothing where it fails a check."""
        return self.checked(sentence(group, key, **fields), *cited)

    def checked(self, text: str, *cited: str) -> tuple[str, ...]:
        """Return a text in a tuple; nothing where it fails a check."""
        return tuple(claim.text for claim in publishable([Claim(text, cited)], self.box.all))


def for_therapists(text: str) -> str:
    """Return a text of the section of norms: it may compare, and nothing else that SDC does not say."""
    found = [f for f in lint_wording(text) if f.category != NORMS_CATEGORY]
    assert not found, found
    return text


def show_span(first: str | None, last: str | None) -> str:
    """Return ``2 March 2026 to 30 March 2026``, or what is known of it."""
    days = [show_date(day) for day in (first, last) if day is not None]
    return " to ".join(dict.fromkeys(days)) or "no dates"
