"""What progress and the companion need to know of one session."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sdc.session import Measure, Session, Utterance


@dataclass(frozen=True, slots=True)
class SessionPoint:
    """One session of a child on the time line.

    Attributes
    ----------
    session_id : str
    source : str
        Name of the input.
    date : str or None
        ISO date.
    age_months : float or None
        The child's age.
    context : str or None
        Situation of the recording.
    target : str or None
        Speaker code of the child.
    measures : Mapping[str, Measure]
        The child's, by id. A value that is no finite number counts as none.
    utterances : Sequence[Utterance]
        Of the whole session, where quotes come from; one may be given that is read when it is looked at.
    recognised : bool
        Whether a recogniser wrote the words down.
    within_errors : Mapping[str, float] or None
        The errors inside the session that are known already, by measure; None: they are resampled.
    minutes : float or None
        How long the recording is.
    rests_on : Mapping[str, tuple[int, ...]] or None
        The utterances behind each measure; None: ``measures`` tell them.
    """

    session_id: str
    source: str = ""
    date: str | None = None
    age_months: float | None = None
    context: str | None = None
    target: str | None = None
    measures: Mapping[str, Measure] = field(default_factory=dict)
    utterances: Sequence[Utterance] = ()
    recognised: bool = False
    within_errors: Mapping[str, float] | None = None
    rests_on: Mapping[str, tuple[int, ...]] | None = None
    minutes: float | None = None

    @classmethod
    def of(
        cls, session_id: str, session: Session, measures: Mapping[str, Measure], *, age_months: float | None = None
    ) -> SessionPoint:
        """Make the point of a session.

        Parameters
        ----------
        session_id : str
        session : Session
        measures : Mapping[str, Measure]
            Of the target child.
        age_months : float, optional
            When it is known better than from the transcript.
        """
        target = session.target
        if age_months is None and target is not None and target.age is not None:
            age_months = target.age.in_months
        return cls(
            session_id=session_id,
            source=session.source,
            date=session.date,
            age_months=age_months,
            context=session.context,
            target=target.code if target else None,
            measures=measures,
            utterances=session.utterances,
            recognised=session.is_recognised,
            minutes=minutes_of(session.media.duration_s if session.media else None),
        )

    def measure(self, measure_id: str) -> Measure | None:
        """Return a measure, or None when the session has none of this id."""
        found = self.measures.get(measure_id)
        if found is not None and found.value is not None and not math.isfinite(found.value):
            return replace(found, value=None, reason="the value is not a finite number")
        return found

    def utterances_behind(self, measure_id: str) -> tuple[int, ...]:
        """Return the indexes of the utterances that a measure rests on; none when the session has none of this id."""
        if self.rests_on is not None:
            return self.rests_on.get(measure_id, ())
        found = self.measures.get(measure_id)
        return found.utterances if found is not None else ()

    @property
    def child_utterances(self) -> tuple[Utterance, ...]:
        """What the child said; nothing when the session does not tell who the child is."""
        return tuple(u for u in self.utterances if u.speaker == self.target)


def minutes_of(duration_s: float | None) -> float | None:
    """Return a recording's length in minutes; None where it is not known."""
    return None if duration_s is None else duration_s / 60
