"""What an experimental classifier said of a voice: for researchers only, no measure and no insight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sdc.session.provenance import Provenance
from sdc.session.transcript import TimeSpan


@dataclass(frozen=True, slots=True)
class LabelScores:
    """What the classifier said of one stretch.

    Attributes
    ----------
    utterance : int
        Index of the utterance that the stretch lies in.
    span : TimeSpan
    scores : dict[str, float]
        The model's own labels, each with its score from 0 to 1.
    """

    utterance: int
    span: TimeSpan
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class VoiceLabels:
    """The scores of a session, kept apart from measures and insights.

    Attributes
    ----------
    speaker : str
        Code of the child.
    stretches : tuple[LabelScores, ...]
    licence : str
        Of the model, as its card states it.
    provenance : Provenance
        Model and revision.
    audience : {"researcher"}
    status : {"experimental"}
    """

    speaker: str
    stretches: tuple[LabelScores, ...]
    licence: str
    provenance: Provenance
    audience: Literal["researcher"] = "researcher"
    status: Literal["experimental"] = "experimental"
