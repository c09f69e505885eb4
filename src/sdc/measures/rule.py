"""What a measure is: its definition, as data, and the function that computes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from sdc.measures.sample import Sample
from sdc.session import Measure, Provenance, Reliability, TimeSpan

Need = Literal["mor", "times", "sound", "english", "verbatim", "listener", "speakers", "partner", "child"]
"""What a measure cannot do without; ``needs.py`` tells when a sample has it."""


Audience = Literal["everyone", "researcher"]
"""Who is told a measure. What is for researchers enters no sentence, no answer, no verdict and no parent's report."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a measure's function found.

    Attributes
    ----------
    value : float or None
        None with a ``reason``.
    n : int
        How many observations the value rests on.
    reason : str or None
    sd : float or None
        Spread over the observations, where the rule defines one.
    utterances : tuple[int, ...]
        Indexes of the utterances that were used.
    spans : tuple[TimeSpan, ...]
        Stretches of the recording that were used.
    provenance : tuple[Provenance, ...]
        Engines that the value rests on.
    """

    value: float | None
    n: int
    reason: str | None = None
    sd: float | None = None
    utterances: tuple[int, ...] = ()
    spans: tuple[TimeSpan, ...] = ()
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """The definition of one measure.

    Attributes
    ----------
    id : str
        Stable name, e.g. ``mlu_words``.
    title : str
        Short name for people.
    family : str
        Measures that belong together: ``length``, ``voice`` …
    unit : str
        Of the value.
    n_unit : str
        What ``n`` counts.
    description : str
        One to three sentences for a clinician: what it tells and what is counted.
    formula : str
        How it is computed.
    source : str
        Where the definition comes from.
    function : Callable[[Sample], Finding]
    needs : tuple[Need, ...]
        Without these there is no value.
    no_value_when : tuple[str, ...]
        The function's own reasons for no value; ``…`` stands for what differs.
    minimum_n : int or None
        From this sample size on the value is ``ok``.
    rough_n : int or None
        From this sample size on it is ``rough``, below it ``too_few``.
    version : int
        Raised when a change of the rule changes values.
    audience : {"everyone", "researcher"}
    acoustic : bool
        Whether values depend on what measures pitch, loudness and voice (SDC_ACOUSTICS).
    """

    id: str
    title: str
    family: str
    unit: str
    n_unit: str
    description: str
    formula: str
    source: str
    function: Callable[[Sample], Finding]
    needs: tuple[Need, ...] = ()
    no_value_when: tuple[str, ...] = ()
    minimum_n: int | None = None
    rough_n: int | None = None
    version: int = 1
    audience: Audience = "everyone"
    acoustic: bool = False

    @property
    def rule(self) -> str:
        """Name with version: ``mlu_words.v1``."""
        return f"{self.id}.v{self.version}"

    def reliability(self, n: int) -> Reliability | None:
        """Tell how far a sample of this size can be relied on; None where the rule has no minimum."""
        if self.minimum_n is None:
            return None
        if n >= self.minimum_n:
            return "ok"
        return "rough" if self.rough_n is not None and n >= self.rough_n else "too_few"

    def as_measure(self, found: Finding) -> Measure:
        """Return a finding as the measure that everything shares."""
        # A number that is none, or a missing one without a reason, is a fault of the rule.
        assert found.value is None or isfinite(found.value), self.id
        assert (found.value is None) == (found.reason is not None), self.id
        return Measure(
            id=self.id,
            value=found.value,
            unit=self.unit,
            n=found.n,
            rule=self.rule,
            n_unit=self.n_unit,
            sd=found.sd,
            reason=found.reason,
            reliability=None if found.value is None else self.reliability(found.n),
            utterances=found.utterances,
            spans=found.spans,
            provenance=found.provenance,
        )


def none(reason: str, n: int = 0, utterances: tuple[int, ...] = ()) -> Finding:
    """Return a finding without a value."""
    return Finding(None, n, reason, utterances=utterances)
