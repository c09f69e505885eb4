"""Numbers about the child, each with what it rests on."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, Literal

from sdc.errors import UnknownMeasureError
from sdc.session.child import CHILD_ROLES
from sdc.session.notebook import analysis_html, measure_text
from sdc.session.provenance import Provenance
from sdc.session.transcript import TimeSpan

ANALYSIS_SCHEMA: Final = "sdc.analysis/1"

Reliability = Literal["ok", "rough", "too_few"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measured value, or the reason why there is none.

    Attributes
    ----------
    id : str
        e.g. ``mlu_words``.
    value : float or None
        None when it cannot be computed; then ``reason`` says why. Never NaN.
    unit : str
        e.g. ``words/utterance``.
    n : int or None
        How many observations the value rests on.
    rule : str
        Versioned rule, e.g. ``mlu_words.v1``.
    n_unit : str
        What ``n`` counts: ``utterances``, ``words``, ``s voiced`` …
    sd : float or None
        Spread over the observations where the rule defines one.
    reason : str or None
        Why there is no value.
    reliability : {"ok", "rough", "too_few"} or None
        Against the rule's minimum sample; None where the rule has none.
    utterances : tuple[int, ...]
        Indexes of the utterances that were used.
    spans : tuple[TimeSpan, ...]
        Stretches of the recording that were used, for measures of sound.
    provenance : tuple[Provenance, ...]
        Engines and models that the value rests on.
    """

    id: str
    value: float | None
    unit: str
    n: int | None
    rule: str
    n_unit: str = ""
    sd: float | None = None
    reason: str | None = None
    reliability: Reliability | None = None
    utterances: tuple[int, ...] = ()
    spans: tuple[TimeSpan, ...] = ()
    provenance: tuple[Provenance, ...] = ()

    @property
    def error(self) -> float | None:
        """Standard error of a mean, sd / √n, in its unit; None where the rule defines no spread."""
        if self.value is None or self.sd is None or not self.n:
            return None
        return self.sd / math.sqrt(self.n)

    def __str__(self) -> str:
        return measure_text(self)


@dataclass(frozen=True, slots=True)
class SpeakerAnalysis:
    """All measures of one speaker; ``own["mlu_words"]`` is one of them."""

    code: str
    role: str
    measures: dict[str, Measure] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Measure:
        """Return a measure by its id; ``UnknownMeasureError`` tells ids that are near."""
        try:
            return self.measures[name]
        except KeyError:
            raise _unknown(name, list(self.measures)) from None


def _unknown(name: str, known: list[str]) -> UnknownMeasureError:
    # A long prefix first: mlu finds mlu_words.
    near = [id_ for id_ in known if name and id_.startswith(name)][:4] or get_close_matches(name, known, 4)
    hint = f"Did you mean {' or '.join(near)}?" if near else "`.measures` lists what there is."
    return UnknownMeasureError(f"There is no measure {name}.", hint=hint)


@dataclass(frozen=True, slots=True)
class Analysis:
    """All measures of one session, by speaker code; ``analysis["mlu_words"]`` is one of the child's."""

    source: str
    speakers: dict[str, SpeakerAnalysis] = field(default_factory=dict)
    schema: Literal["sdc.analysis/1"] = ANALYSIS_SCHEMA

    @property
    def child(self) -> SpeakerAnalysis | None:
        """The measures of the focal child who speaks: of the first ``Target_Child``, else the first ``Child``."""
        return next((s for role in CHILD_ROLES for s in self.speakers.values() if s.role == role), None)

    def __getitem__(self, name: str) -> Measure:
        """Return a measure of the child.

        Raises
        ------
        UnknownMeasureError
            ``measure.unknown``, with ids that are near; ``measure.no-child`` where no speaker is the child.
        """
        child = self.child
        if child is None:
            there = ", ".join(self.speakers) or "nobody"
            raise UnknownMeasureError(
                "No speaker of this session is the child.",
                code="measure.no-child",
                hint=f"Take a speaker's: analysis.speakers[…]; there speaks {there}.",
                source=self.source,
            )
        return child[name]

    def _repr_html_(self) -> str:
        return analysis_html(self)
