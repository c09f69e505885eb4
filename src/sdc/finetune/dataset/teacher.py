"""A teacher: a language model that words what a transcript marks; what it says is kept as far as it passes the checks.

Its sentences replace those of the templates for the same lines. A sentence that shows a figure or a
quotation which is not marked, leaves a mark out, or has a word that SDC does not say, makes the whole output fall back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from sdc.companion.engines.writer import Prompt, Writer
from sdc.companion.grounding import check_grounding
from sdc.companion.prompting import fenced, prompt_file
from sdc.companion.wording import QUOTED, lint_wording
from sdc.errors import EngineError
from sdc.finetune.dataset.pair import Pair
from sdc.session import Claim, Evidence

FELL_BACK = "the teacher's sentences did not pass the checks; the template's were kept"
ENDS = frozenset({"engine.budget", "engine.unreachable", "engine.refused", "engine.model-missing"})
NOT_ANSWERED = "the teacher gave no answer; the template's sentences were kept"


def taught(pair: Pair, teacher: Writer, told: Counter[str]) -> Pair:
    """Return a pair of lines in the teacher's words, or as it is.

    Parameters
    ----------
    pair : Pair
        Of kind ``lines``, with facts.
    teacher : Writer
    told : Counter[str]
        Counts what did not pass.

    Raises
    ------
    EngineError
        ``engine.budget``, ``engine.unreachable``, ``engine.refused``, ``engine.model-missing``: the next pair would
        fail alike.
    """
    evidence = marked(pair)
    if pair.metadata.kind != "lines" or not evidence:
        return pair
    version, instructions = prompt_file("teacher")
    rows = [{"id": e.id, "what": e.measure, "marked": e.quote} for e in evidence]
    data = {"lines": pair.heard[0].split("\n"), "marks": rows}
    try:
        claims = teacher.write(Prompt(instructions, fenced(data), version)).claims
    except EngineError as error:
        if error.code in ENDS:
            raise
        told[NOT_ANSWERED] += 1
        return pair
    if not passes(claims, evidence):
        told[FELL_BACK] += 1
        return pair
    rules = {**pair.metadata.rules, "teacher": f"{teacher.engine}:{teacher.model}", "teacher_prompt": version}
    output = " ".join(claim.text for claim in claims)
    return replace(pair, output=output, metadata=replace(pair.metadata, source="teacher", rules=rules))


def marked(pair: Pair) -> tuple[Evidence, ...]:
    """Return what the facts of a pair are about, as evidence with an id for each stretch of words."""
    stretches = [
        (f"{fact['kind']}: {name}", str(fact[name]))
        for fact in pair.metadata.facts
        for name in ("said", "other")
        if fact[name] and not (name == "other" and fact["kind"] == "echo")
    ]
    return tuple(
        Evidence(f"e{number}", "", measure=what, quote=words)
        for number, (what, words) in enumerate(dict.fromkeys(stretches), 1)
    )


def passes(claims: tuple[Claim, ...], evidence: tuple[Evidence, ...]) -> bool:
    """Whether sentences quote all that is marked, nothing else, and nothing that SDC does not say."""
    if not claims or check_grounding(claims, evidence) or any(lint_wording(c.text) for c in claims):
        return False
    quoted = {_same(words[1:-1]) for claim in claims for words in QUOTED.findall(claim.text)}
    return all(_same(e.quote or "") in quoted for e in evidence)


def _same(words: str) -> str:
    return " ".join(words.split())
