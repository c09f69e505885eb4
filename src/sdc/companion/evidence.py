"""Collecting evidence while sentences are made."""

from __future__ import annotations

from dataclasses import replace

from sdc.companion.grounding import WEEK
from sdc.progress import Placed, SessionPoint
from sdc.session import Evidence


class EvidenceBox:
    """The evidence of one insight or answer, numbered ``e1``, ``e2`` … in the order of first use."""

    def __init__(self) -> None:
        self._found: dict[Evidence, Evidence] = {}

    @property
    def all(self) -> tuple[Evidence, ...]:
        """Everything collected so far."""
        return tuple(self._found.values())

    def add(self, evidence: Evidence) -> str:
        """Keep evidence (its id is ignored) and return its id; the same again has the same id."""
        key = replace(evidence, id="")
        if key not in self._found:
            self._found[key] = replace(evidence, id=f"e{len(self._found) + 1}")
        return self._found[key].id

    def measure(self, point: SessionPoint, measure_id: str) -> str:
        """Cite a measure of a session."""
        found = point.measure(measure_id)
        return self.add(
            Evidence(
                "",
                point.session_id,
                point.date,
                point.utterances_behind(measure_id),
                measure_id,
                found.value if found else None,
                found.n if found else None,
            )
        )

    def figure(self, point: SessionPoint, name: str, value: float, n: int | None = None) -> str:
        """Cite a figure that is no measure: a difference, an error, a minimum, a count."""
        return self.add(Evidence("", point.session_id, point.date, measure=name, value=value, n=n))

    def place(self, point: SessionPoint, name: str, value: float, n: int, utterances: tuple[int, ...]) -> str:
        """Cite a figure that is no measure, and where in the session it can be heard."""
        first = next((u.span for u in point.utterances if u.index in utterances and u.span), None)
        start_ms = first.start_ms if first is not None else None
        return self.add(Evidence("", point.session_id, point.date, utterances, name, value, n, start_ms=start_ms))

    def week(self, placed: Placed[SessionPoint]) -> str:
        """Cite the week and date of a session."""
        week = None if placed.week is None else float(placed.week)
        return self.add(
            Evidence("", placed.point.session_id, placed.point.date, measure=WEEK if week else None, value=week)
        )

    def empty_week(self, week: int) -> str:
        """Cite that a week holds no session: no session id, n = 0."""
        return self.add(Evidence("", "", measure=WEEK, value=float(week), n=0))

    def day(self, name: str, iso: str) -> str:
        """Cite a day that was stated and is no session's: no session id."""
        return self.add(Evidence("", "", iso, measure=name))

    def quote(self, point: SessionPoint, index: int, words: str) -> str:
        """Cite what was said in an utterance."""
        said = next((u for u in point.utterances if u.index == index), None)
        start_ms = said.span.start_ms if said is not None and said.span is not None else None
        return self.add(Evidence("", point.session_id, point.date, (index,), quote=words, start_ms=start_ms))
