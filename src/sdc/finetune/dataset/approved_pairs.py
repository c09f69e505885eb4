"""Pairs of texts that a therapist approved or wrote, with the evidence that they rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sdc.companion.engines.claims import ClaimOut, ClaimsOut
from sdc.companion.engines.one_message import one_message
from sdc.companion.grounding import check_grounding
from sdc.companion.prompting import NO_DISGUISE, answer_prompt, without_dates
from sdc.companion.wording import lint_wording
from sdc.finetune.dataset.material import ApprovedText, ChildMaterial
from sdc.finetune.dataset.pair import Metadata, Pair
from sdc.finetune.dataset.recipe import Recipe
from sdc.finetune.dataset.sentences import question_about, sentences_version
from sdc.session import Answer, Claim


def approved_pairs(material: ChildMaterial, recipe: Recipe, left_out: Counter[str]) -> Iterator[Pair]:
    """Yield the pairs of a child's approved texts.

    Parameters
    ----------
    material : ChildMaterial
    recipe : Recipe
    left_out : Counter[str]
        Counts why texts are left out.
    """
    for number, approved in enumerate(material.approved):
        question = question_about(approved.kind, recipe.seed, material.child, number, approved.text)
        pair = _pair(material.child, approved, question) if question else None
        if pair is None:
            left_out["an approved text without evidence, with dates, or that the checks refuse"] += 1
        elif recipe.fits(pair.prompt, pair.output):
            yield pair
        else:
            left_out["the pair is longer than --max-tokens"] += 1


def _pair(child: str, approved: ApprovedText, question: str) -> Pair | None:
    text = without_dates(approved.text)
    cited = tuple(e.id for e in approved.evidence)
    if not text or not cited or lint_wording(text) or check_grounding([Claim(text, cited)], approved.evidence):
        return None
    claim = Claim(text, cited)
    drafted = Answer(
        question, text, approved.verdict or "descriptive", approved.measure, (claim,), approved.evidence, "rules"
    )
    prompt = answer_prompt(drafted, NO_DISGUISE)
    labels = (approved.kind, approved.voice, *(["edited"] if approved.was_edited else []))
    rules = {"prompt": prompt.version, "sentences": sentences_version()}
    metadata = Metadata(child, "insight", "approved", labels=labels, rules=rules, language="eng")
    out = ClaimsOut(claims=[ClaimOut(text=text, evidence=list(cited))])
    heard = (text, *(e.quote for e in approved.evidence if e.quote))
    return Pair(one_message(prompt, ClaimsOut), out.model_dump_json(), metadata, heard, text)
