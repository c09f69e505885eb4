"""Pairs of questions: the rules' answers, in the prompt that a local model gets and the form that it fills in.

Only sentences are kept that would also be shown if a model had written them; dates are left out, since a
model is told weeks.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from sdc.companion import ask
from sdc.companion.engines.claims import ClaimOut, ClaimsOut
from sdc.companion.engines.one_message import one_message
from sdc.companion.engines.writer import Prompt
from sdc.companion.phrasing import sift
from sdc.companion.prompting import NO_DISGUISE, answer_prompt, without_dates
from sdc.companion.question import themes
from sdc.errors import QuestionError
from sdc.finetune.dataset.material import ChildMaterial
from sdc.finetune.dataset.pair import Metadata, Pair
from sdc.finetune.dataset.recipe import Recipe
from sdc.finetune.dataset.sentences import draw, hash_of
from sdc.progress import SessionPoint, place
from sdc.session import Answer, Claim

MAX_CLAIMS = 5
"""The prompt asks for two to five."""

MIN_CLAIMS = 2
"""An answer that only tells which recordings were looked at teaches nothing."""

MAX_QUESTIONS = 40
"""Of one child, so that a child with many sessions is not most of the data."""

MAX_STRETCHES = 4


def answer_pairs(material: ChildMaterial, recipe: Recipe, left_out: Counter[str]) -> Iterator[Pair]:
    """Yield the pairs of what can be asked about a child.

    Parameters
    ----------
    material : ChildMaterial
    recipe : Recipe
    left_out : Counter[str]
        Counts why answers are left out.
    """
    history = [session.point for session in material.sessions]
    rules = {"questions": _questions()["version"]} | _rules(material)
    for question in questions(history, recipe.seed, material.child):
        try:
            answer = ask(question, history)
        except QuestionError:
            left_out["the question is not understood by the rules"] += 1
            continue
        labels = tuple(filter(None, (answer.verdict, answer.measure)))
        about = Metadata(material.child, "question", "answer", labels=labels, language=recipe.language)
        pair = answer_pair(answer, replace(about, rules=_rules_of(answer, rules)), left_out)
        if pair is None:
            continue
        if recipe.fits(pair.prompt, pair.output):
            yield pair
        else:
            left_out["the pair is longer than --max-tokens"] += 1


def questions(history: Sequence[SessionPoint], seed: int, child: str) -> list[str]:
    """Return what is asked about a child: changes over all, between neighbours, and single sessions."""
    weeks = list(dict.fromkeys(p.week for p in place(history) if p.week is not None))
    stretches = sorted(pairwise(weeks), key=lambda pair: hash_of(seed, child, *pair))[:MAX_STRETCHES]
    told = sorted(weeks, key=lambda week: hash_of(seed, child, week))[:MAX_STRETCHES]
    found = []
    for theme in [theme.name for theme in themes()]:
        key = (seed, child, theme)
        if len(history) > 1:
            found.append(_asked("change", *key, theme=theme))
        found += [_asked("between", *key, *s, theme=theme, first=s[0], second=s[1]) for s in stretches]
        found += [_asked("describe", *key, week, theme=theme, week=week) for week in told]
    drawn = sorted(dict.fromkeys(found), key=lambda text: hash_of(seed, child, text))
    return drawn[:MAX_QUESTIONS]


def answer_pair(answer: Answer, about: Metadata, left_out: Counter[str]) -> Pair | None:
    """Return the pair of an answer; None where nothing is left that a model may say."""
    claims = [Claim(text, c.evidence) for c in answer.claims if (text := without_dates(c.text))]
    kept, _ = sift(claims, answer, None)
    prompt = answer_prompt(answer, NO_DISGUISE)
    if not answer.evidence or len(kept) < min(MIN_CLAIMS, len(answer.claims)):
        left_out["too little of the answer passes the checks of a model's sentence"] += 1
        return None
    out = ClaimsOut(claims=[ClaimOut(text=c.text, evidence=list(c.evidence)) for c in kept[:MAX_CLAIMS]])
    return _pair(prompt, out, about, [e.quote for e in answer.evidence if e.quote])


def _pair(prompt: Prompt, out: ClaimsOut, about: Metadata, quotes: list[str]) -> Pair:
    told = " ".join(claim.text for claim in out.claims)
    rules = {**about.rules, "prompt": prompt.version}
    heard = (*quotes, told if about.source == "approved" else "")
    metadata = replace(about, rules=rules)
    return Pair(one_message(prompt, ClaimsOut), out.model_dump_json(), metadata, heard, told)


def _rules(material: ChildMaterial) -> dict[str, str]:
    return {m.id: m.rule for session in material.sessions for m in session.measures.values()}


def _rules_of(answer: Answer, rules: dict[str, str]) -> dict[str, str]:
    used = {(e.measure or "").partition(".")[0] for e in answer.evidence} | {"questions"}
    return {name: rule for name, rule in rules.items() if name in used}


def _asked(kind: str, *key: object, **fields: object) -> str:
    text: str = draw(_questions()[kind], *key, kind)
    return text.format(**fields)


@cache
def _questions() -> dict[str, Any]:
    return tomllib.loads(files("sdc.finetune.dataset").joinpath("questions.toml").read_text(encoding="utf-8"))
