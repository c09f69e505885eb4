"""Numbers about the child, each with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

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


@dataclass(frozen=True, slots=True)
class SpeakerAnalysis:
    """All measures of one speaker."""

    code: str
    role: str
    measures: dict[str, Measure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Analysis:
    """All measures of one session, by speaker code."""

    source: str
    speakers: dict[str, SpeakerAnalysis] = field(default_factory=dict)
    schema: Literal["sdc.analysis/1"] = ANALYSIS_SCHEMA
