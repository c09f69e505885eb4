"""Which sessions of a child may be compared in a measure, and why the others may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from sdc.progress.change import situation_label
from sdc.progress.count_rules import COUNT_RULES, exposure_of
from sdc.progress.error_rules import ERROR_RULES, HESITATIONS
from sdc.progress.point import SessionPoint
from sdc.progress.timeline import Placed
from sdc.session import Measure


class LeftOut(StrEnum):
    """Why a session does not enter a trend, an error or a phase."""

    NO_VALUE = "no_value"
    TOO_FEW = "too_few"
    NO_DATE = "no_date"
    OTHER_CONTEXT = "other_context"
    OTHER_RULE = "other_rule"
    OTHER_WRITER = "other_writer"
    RECOGNISED = "recognised"


@dataclass(frozen=True, slots=True)
class Comparable:
    """The sessions that may be compared, oldest first, and the others.

    Attributes
    ----------
    measure : str
    sessions : tuple[Placed[SessionPoint], ...]
        Each has a day, a value and a sample to rely on.
    left_out : tuple[tuple[str, LeftOut], ...]
        Session ids with the reason.
    context : str or None
        Situation that they share; None when none of them tells it.
    context_unknown : bool
        Whether some of them do not tell their situation.
    """

    measure: str
    sessions: tuple[Placed[SessionPoint], ...]
    left_out: tuple[tuple[str, LeftOut], ...] = ()
    context: str | None = None
    context_unknown: bool = False

    @property
    def measures(self) -> list[Measure]:
        """The measure in each session."""
        return [found for p in self.sessions if (found := p.point.measure(self.measure)) is not None]

    @property
    def values(self) -> list[float]:
        """Its value in each session."""
        return [measure.value for measure in self.measures if measure.value is not None]

    @property
    def days(self) -> list[float]:
        """Days since the first session of the child."""
        return [p.day for p in self.sessions if p.day is not None]

    def within(self, ids: frozenset[str]) -> Comparable:
        """Return the same for some of the sessions."""
        kept = tuple(p for p in self.sessions if p.point.session_id in ids)
        return Comparable(self.measure, kept, self.left_out, self.context, self.context_unknown)


def comparable(placed: Sequence[Placed[SessionPoint]], measure_id: str) -> Comparable:
    """Choose the sessions that may be compared: those like the latest one that has a value.

    Parameters
    ----------
    placed : Sequence[Placed[SessionPoint]]
        Oldest first, as ``timeline.place`` gives them.
    measure_id : str

    Returns
    -------
    Comparable
        Sessions of the most frequent situation (the latest of equals), computed by the latest
        rule, all by people or all by a recogniser. Sessions that do not tell their situation
        count as of that situation, with ``context_unknown``.
    """
    left_out, kept = [], []
    for session in placed:
        reason = _unusable(session, measure_id)
        kept += [session] if reason is None else []
        left_out += [(session.point.session_id, reason)] if reason is not None else []
    if not kept:
        return Comparable(measure_id, (), tuple(left_out))
    latest, context = kept[-1], _usual_context(kept)
    chosen = []
    for session in kept:
        reason = _unlike(session, latest, context, measure_id)
        chosen += [session] if reason is None else []
        left_out += [(session.point.session_id, reason)] if reason is not None else []
    unknown = any(situation_label(p.point.context) is None for p in chosen)
    return Comparable(measure_id, tuple(chosen), tuple(left_out), context, unknown)


def _unusable(session: Placed[SessionPoint], measure_id: str) -> LeftOut | None:
    measure, rule = session.point.measure(measure_id), ERROR_RULES.get(measure_id)
    if measure is None or measure.value is None or not measure.n:
        return LeftOut.NO_VALUE
    if measure.reliability == "too_few" or (rule is not None and measure.n < rule.minimum_n):
        return LeftOut.TOO_FEW
    if measure_id in COUNT_RULES and (exposure_of(session.point, measure_id) or inf) < COUNT_RULES[measure_id].minimum:
        return LeftOut.TOO_FEW
    if session.point.recognised and measure_id in HESITATIONS:
        return LeftOut.RECOGNISED
    return LeftOut.NO_DATE if session.day is None else None


def _usual_context(sessions: Sequence[Placed[SessionPoint]]) -> str | None:
    labels = [label for p in sessions if (label := situation_label(p.point.context)) is not None]
    latest_first = list(dict.fromkeys(reversed(labels)))
    return max(latest_first, key=labels.count, default=None)


def _unlike(
    session: Placed[SessionPoint], latest: Placed[SessionPoint], context: str | None, measure_id: str
) -> LeftOut | None:
    if session.point.measures[measure_id].rule != latest.point.measures[measure_id].rule:
        return LeftOut.OTHER_RULE
    if session.point.recognised != latest.point.recognised:
        return LeftOut.OTHER_WRITER
    return LeftOut.OTHER_CONTEXT if situation_label(session.point.context) not in (None, context) else None
