"""The scores of one system over all its outputs; what cannot be computed is None with a reason (law 1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sdc.finetune.evaluation.judging import Judged

MAX_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Said:
    """An output: its text, whether it ended by itself (None: not known), and what was found in it."""

    text: str
    stopped: bool | None
    judged: Judged


@dataclass(frozen=True, slots=True)
class Scores:
    """What a system scored.

    Attributes
    ----------
    system : str
        ``base``, ``few_shot``, ``rules`` or ``adapter``.
    values : dict[str, float or None]
        By the names in ``METRICS``.
    reasons : dict[str, str]
        Why a value is None.
    invented : tuple[str, ...]
        Some of what was invented.
    """

    system: str
    values: dict[str, float | None]
    reasons: dict[str, str]
    invented: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the scores as JSON."""
        return {
            "system": self.system,
            "values": self.values,
            "reasons": self.reasons,
            "invented": list(self.invented),
        }


METRICS = {
    "outputs": "outputs",
    "loss": "loss per token of the answers (nats)",
    "figures": "figures shown",
    "grounded_precision": "share of figures that the evidence holds",
    "inventing_outputs": "outputs with an invented figure or quotation",
    "facts": "marks in the transcripts",
    "agreement": "agreement with the marks (F1)",
    "wording": "words that SDC does not say",
    "in_form": "share in the form asked for",
    "stopped": "share that ended by itself",
}


def score(system: str, said: Sequence[Said], loss: float | None, why_no_loss: str = "") -> Scores:
    """Return the scores of a system.

    Parameters
    ----------
    system : str
    said : Sequence[Said]
        Its outputs.
    loss : float or None
    why_no_loss : str
    """
    found = [s.judged for s in said]
    figures, facts = sum(j.n_figures for j in found), sum(j.n_facts for j in found)
    asked_form = [j.in_form for j in found if j.in_form is not None]
    ended = [s.stopped for s in said if s.stopped is not None]
    values: dict[str, float | None] = {
        "outputs": float(len(said)),
        "loss": loss,
        "figures": float(figures),
        "grounded_precision": sum(j.n_grounded for j in found) / figures if figures else None,
        "inventing_outputs": float(sum(bool(j.invented) for j in found)),
        "facts": float(facts),
        "agreement": _f1(found) if facts else None,
        "wording": float(sum(j.n_wording for j in found)),
        "in_form": sum(asked_form) / len(asked_form) if asked_form else None,
        "stopped": sum(ended) / len(ended) if ended else None,
    }
    why = {
        "loss": why_no_loss,
        "grounded_precision": "no output shows a figure",
        "agreement": "the pairs hold no marks of a transcript",
        "in_form": "sentences were asked for",
        "stopped": "nothing was generated",
    }
    reasons = {name: why[name] for name, value in values.items() if value is None}
    invented = tuple(dict.fromkeys(text for j in found for text in j.invented))[:MAX_SHOWN]
    return Scores(system, values, reasons, invented)


def not_scored(system: str, why: str) -> Scores:
    """Return the scores of a system that could not be asked."""
    return Scores(system, dict.fromkeys(METRICS), dict.fromkeys(METRICS, why))


def _f1(found: Sequence[Judged]) -> float:
    """Return the harmonic mean of the share of marks that are told and the share of quotations that are marks."""
    facts, told = sum(j.n_facts for j in found), sum(j.n_told for j in found)
    quoted, right = sum(j.n_quoted for j in found), sum(j.n_right for j in found)
    recall, precision = told / facts, right / quoted if quoted else 0.0
    return 2 * recall * precision / (recall + precision) if recall + precision else 0.0
