"""One output held against its prompt and against what the transcript marks; by code, not by another model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdc.companion.grounding import check_grounding, figures, times, without_quotes
from sdc.companion.wording import QUOTED, lint_wording
from sdc.finetune.evaluation.fence import fenced_evidence, read_claims
from sdc.finetune.training.pairs import Pair
from sdc.session import Evidence


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in one output.

    Attributes
    ----------
    n_figures, n_grounded : int
        Figures, weeks and dates; those of them that the prompt holds.
    invented : tuple[str, ...]
        Figures, and words put into somebody's mouth, that the prompt does not hold.
    n_facts, n_told : int
        What the transcript marks; what of it the output tells.
    n_quoted, n_right : int
        Stretches in quotation marks; those of them that belong to a mark.
    n_wording : int
        Words that SDC does not say.
    in_form : bool or None
        Whether it is the JSON that was asked for; None: sentences were asked for.
    """

    n_figures: int = 0
    n_grounded: int = 0
    invented: tuple[str, ...] = ()
    n_facts: int = 0
    n_told: int = 0
    n_quoted: int = 0
    n_right: int = 0
    n_wording: int = 0
    in_form: bool | None = None


def judge(pair: Pair, output: str) -> Judged:
    """Judge an output.

    Parameters
    ----------
    pair : Pair
        What was asked, with the facts of its metadata.
    output : str
        What was answered.
    """
    evidence = fenced_evidence(pair.prompt)
    return _judge_sentences(pair, output) if evidence is None else _judge_claims(output, evidence)


def _judge_claims(output: str, evidence: Sequence[Evidence]) -> Judged:
    claims = read_claims(output)
    if claims is None:
        return Judged(in_form=False)
    found = check_grounding(claims, evidence)
    texts = [u.text for u in found]
    n_figures = sum(_n_figures(c.text) for c in claims)
    missing_ids = {i for c in claims for i in c.evidence} - {e.id for e in evidence}
    n_bad = sum(text not in missing_ids and not _is_quoted(text) and _is_figure(text) for text in texts)
    return Judged(
        n_figures=n_figures,
        n_grounded=max(0, n_figures - n_bad),
        invented=tuple(texts),
        n_wording=sum(len(lint_wording(c.text)) for c in claims),
        in_form=True,
    )


def _judge_sentences(pair: Pair, output: str) -> Judged:
    facts = [f for f in pair.metadata.get("facts") or () if isinstance(f, dict)]
    quoted = [text[1:-1] for text in QUOTED.findall(output)]
    keys = [_plain(str(f.get("other") or f.get("said") or "")) for f in facts]
    marked = {_plain(str(f.get(part) or "")) for f in facts for part in ("said", "other")} - {""}
    shown = _plain(pair.prompt)
    plain_quotes = [_plain(q) for q in quoted]
    strangers = [q for q, plain in zip(quoted, plain_quotes, strict=True) if plain not in shown and plain not in marked]
    figures_, bad = _held_against(output, pair.prompt)
    return Judged(
        n_figures=figures_,
        n_grounded=figures_ - len(bad),
        invented=(*bad, *strangers),
        n_facts=len(facts),
        n_told=sum(key in plain_quotes for key in keys),
        n_quoted=len(quoted) if facts else 0,
        n_right=sum(q in marked for q in plain_quotes) if facts else 0,
        n_wording=len(lint_wording(output)),
    )


def _held_against(output: str, prompt: str) -> tuple[int, list[str]]:
    """Return how many figures an output shows, and those that its prompt does not hold."""
    values = [f.value for f in figures(prompt)]
    shown = list(figures(without_quotes(output)))
    return len(shown), [f.text for f in shown if not any(f.shows(value) for value in values)]


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _n_figures(text: str) -> int:
    plain = without_quotes(text)
    found = times(plain)
    for start, end, _ in reversed(found):
        plain = plain[:start] + " " * (end - start) + plain[end:]
    return len(found) + sum(1 for _ in figures(plain))


def _is_quoted(text: str) -> bool:
    return text[:1] in '“"'


def _is_figure(text: str) -> bool:
    return bool(times(text)) or any(True for _ in figures(text))
