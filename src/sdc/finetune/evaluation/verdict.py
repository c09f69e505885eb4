"""Whether an adapter may be used, by stated rules; one that invents is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sdc.finetune.evaluation.scores import Scores

MIN_OUTPUTS = 30
"""With fewer, even a flawless adapter may invent in one of ten answers (95 %)."""
MIN_STOPPED = 0.95
MIN_IN_FORM = 0.8
"""Below it the rules would answer too often for an adapter to be of use."""

MayBeUsed = Literal["yes", "no", "cannot_tell"]


@dataclass(frozen=True, slots=True)
class AdapterVerdict:
    """Whether an adapter may be used, with the reasons, a sentence each."""

    may_be_used: MayBeUsed
    reasons: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the verdict as JSON."""
        return {"may_be_used": self.may_be_used, "reasons": list(self.reasons)}


def decide(adapter: Scores, base: Scores) -> AdapterVerdict:
    """Return the verdict on an adapter.

    Parameters
    ----------
    adapter, base : Scores
        On the same held-out pairs.
    """
    against = _against(adapter, base)
    n = int(adapter.values["outputs"] or 0)
    if against:
        return AdapterVerdict("no", tuple(against))
    if n < MIN_OUTPUTS:
        return AdapterVerdict("cannot_tell", (f"{n} held-out outputs are too few to tell; {MIN_OUTPUTS} are needed.",))
    bound = 100 * (1 - 0.05 ** (1 / n))
    told = f"None of {n} outputs holds an invented figure or quotation: at most {bound:.1f} % would (95 % certain)."
    return AdapterVerdict("yes", (told,))


def _against(adapter: Scores, base: Scores) -> list[str]:
    mine, theirs = adapter.values, base.values
    n = int(mine["outputs"] or 0)
    found = []
    if mine["inventing_outputs"]:
        some = ", ".join(adapter.invented[:3])
        found.append(f"{mine['inventing_outputs']:.0f} of {n} outputs hold what the evidence does not: {some}.")
    if mine["wording"]:
        found.append(f"The outputs hold {mine['wording']:.0f} words that SDC does not say.")
    if mine["loss"] is not None and theirs["loss"] is not None and mine["loss"] >= theirs["loss"]:
        found.append(f"Its loss on held-out pairs ({mine['loss']:.3f}) is not below the base's ({theirs['loss']:.3f}).")
    if mine["stopped"] is not None and mine["stopped"] < MIN_STOPPED:
        found.append(f"Only {100 * mine['stopped']:.0f} % of the outputs end by themselves.")
    if mine["in_form"] is not None and mine["in_form"] < MIN_IN_FORM:
        found.append(f"Only {100 * mine['in_form']:.0f} % of the outputs are in the form asked for.")
    if mine["agreement"] is not None and mine["agreement"] < (theirs["agreement"] or 0):
        found.append("It agrees less with the transcripts' marks than its base.")
    return found
