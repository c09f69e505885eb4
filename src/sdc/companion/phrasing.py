"""An answer in a language model's words: the rules draft it, the model phrases it, code decides what is shown.

The rules' answer brings evidence and verdict. A model's sentence that fails a check is asked for once
more, with the reasons, and then dropped. What the rules say and the model left out is told in the rules'
words: which sessions were looked at, both values, the verdict with its error, reasons and caveats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sdc.companion import wordbook
from sdc.companion.claim_check import Refused, claim_faults, covers
from sdc.companion.engines.examples import Example
from sdc.companion.engines.writer import Writer
from sdc.companion.prompting import Disguise, again_prompt, answer_prompt
from sdc.errors import EngineError
from sdc.session import Answer, Claim, Evidence, Provenance

VERSION = "1"
MAX_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Phrased:
    """What a model wrote that may be shown, and what may not.

    Attributes
    ----------
    claims : tuple[Claim, ...]
    refused : tuple[Refused, ...]
        After the second attempt.
    prompt : str
        Version of the prompt.
    """

    claims: tuple[Claim, ...]
    refused: tuple[Refused, ...]
    prompt: str


def phrase(
    drafted: Answer,
    writer: Writer,
    disguise: Disguise,
    *,
    child: str | None = None,
    examples: Sequence[Example] = (),
) -> Phrased:
    """Let a model phrase an answer, and keep what passes every check.

    Parameters
    ----------
    drafted : Answer
        Of the rules.
    writer : Writer
    disguise : Disguise
    child : str, optional
    examples : Sequence[Example]

    Raises
    ------
    EngineError
        The model cannot be asked.
    """
    prompt = answer_prompt(drafted, disguise, child=child, examples=examples)
    kept, refused = sift(_restored(writer.write(prompt).claims, disguise), drafted, child)
    if refused:
        try:
            again = writer.write(again_prompt(prompt, refused, disguise))
        except EngineError:
            if not kept:
                raise
        else:
            more, refused = sift(_restored(again.claims, disguise), drafted, child)
            kept = tuple(dict.fromkeys((*kept, *more)))
    return Phrased(kept[:MAX_SHOWN], refused, prompt.version)


def sift(claims: Iterable[Claim], drafted: Answer, child: str | None) -> tuple[tuple[Claim, ...], tuple[Refused, ...]]:
    """Part the claims that may be shown from those that may not."""
    kept, refused = [], []
    for claim in dict.fromkeys(claims):
        faults = claim_faults(claim, drafted, child=child)
        if faults:
            refused.append(Refused(claim, faults))
        else:
            kept.append(claim)
    return tuple(kept), tuple(refused)


def phrased_answer(drafted: Answer, claims: Sequence[Claim], writer: Writer, prompt: str) -> Answer:
    """Return the answer: the model's sentences, with those of the rules that they do not stand for.

    Parameters
    ----------
    drafted : Answer
    claims : Sequence[Claim]
        Checked; not empty.
    writer : Writer
    prompt : str
        Version of the prompt.
    """
    first, *others = drafted.claims
    vital = [c for c in others if _is_vital(c, drafted) and not covers(claims, c, drafted)]
    shown = wordbook.publishable([first, *claims, *vital], drafted.evidence)
    provenance = Provenance("answer", writer.engine, VERSION, writer.model, parameters={"prompt": prompt})
    text = " ".join(claim.text for claim in shown)
    return replace(drafted, answer=text, claims=shown, engine=writer.engine, provenance=(provenance,))


def _is_vital(claim: Claim, drafted: Answer) -> bool:
    """Tell whether a sentence of the rules must be said: all but quotations and other measures beside."""
    by_id = {e.id: e for e in drafted.evidence}
    return not any(_is_beside(by_id[i], drafted.measure) for i in claim.evidence)


def _is_beside(evidence: Evidence, measure: str | None) -> bool:
    base = (evidence.measure or "").partition(".")[0]
    return evidence.quote is not None or (base != measure and wordbook.measure_words(base) is not None)


def _restored(claims: Iterable[Claim], disguise: Disguise) -> list[Claim]:
    return [Claim(disguise.restore(c.text), c.evidence) for c in claims]
