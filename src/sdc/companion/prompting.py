"""The prompt for an answer: instructions from a versioned file, evidence as data inside a fence.

The evidence is handed over as JSON in which ``<`` and ``>`` are escaped, so that nothing in a
transcript or a question can close the fence. Dates are not handed over: a session is known by its week.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sdc.companion import wordbook
from sdc.companion.claim_check import Refused
from sdc.companion.engines.examples import Example
from sdc.companion.engines.writer import Prompt
from sdc.companion.evidence_rows import figure_row, week_of
from sdc.companion.grounding import times
from sdc.session import Answer, Evidence

MAX_EXAMPLES = 3


def _same(text: str) -> str:
    return text


@dataclass(frozen=True, slots=True)
class Disguise:
    """How texts are changed before a model sees them, and its own texts back.

    Attributes
    ----------
    hide_question, hide : callable
        The question; any other text: the child's name, a quotation.
    may_send : callable
        Whether a quotation may be handed over at all.
    restore : callable
    """

    hide_question: Callable[[str], str] = _same
    hide: Callable[[str], str] = _same
    may_send: Callable[[str], bool] = bool
    restore: Callable[[str], str] = _same


NO_DISGUISE = Disguise()
"""For a model on this machine."""


def answer_prompt(
    drafted: Answer, disguise: Disguise, *, child: str | None = None, examples: Sequence[Example] = ()
) -> Prompt:
    """Return the prompt that asks a model to put evidence into sentences.

    Parameters
    ----------
    drafted : Answer
        The rules' answer: its question, evidence and verdict.
    disguise : Disguise
    child : str, optional
        The child's name.
    examples : Sequence[Example]
        Approved sentences about this child.
    """
    version, instructions = prompt_file("answer")
    data: dict[str, Any] = {
        "question": disguise.hide_question(drafted.question),
        "child": disguise.hide(wordbook.who(child)),
        "verdict": drafted.verdict,
        "measure": _name(drafted.measure),
        "evidence": [row for e in drafted.evidence if (row := _row(e, drafted, disguise))],
    }
    undated = [text for e in examples[:MAX_EXAMPLES] if (text := without_dates(e.text)) and disguise.may_send(text)]
    if undated:
        data["approved_examples"] = [disguise.hide(text) for text in undated]
    return Prompt(instructions, fenced(data), version)


def without_dates(text: str) -> str | None:
    """Return a text without the dates that stand in brackets behind its weeks; None where others are left."""
    for start, end, when in reversed(times(text)):
        if isinstance(when, float):
            continue
        if (text[start - 1 : start], text[end : end + 1]) != ("(", ")"):
            return None
        text = text[: start - 1].rstrip() + text[end + 1 :]
    return text


def again_prompt(prompt: Prompt, refused: Sequence[Refused], disguise: Disguise) -> Prompt:
    """Return the prompt that asks once more for the claims that were refused, with the reasons."""
    rows = [
        {
            "text": disguise.hide(r.claim.text),
            "evidence": list(r.claim.evidence),
            "refused": [disguise.hide(x) for x in r.reasons],
        }
        for r in refused
    ]
    asked = "\nThese claims were refused. Write each anew without the fault, or leave it out; write nothing else.\n"
    return Prompt(prompt.instructions, prompt.data + asked + fenced({"refused": rows}), prompt.version)


def fenced(data: dict[str, Any]) -> str:
    """Return data between the lines of the fence, which nothing in it can close."""
    text = json.dumps(data, ensure_ascii=False, indent=1)
    return f"<data>\n{text.replace('<', chr(92) + 'u003c').replace('>', chr(92) + 'u003e')}\n</data>"


@cache
def prompt_file(name: str) -> tuple[str, str]:
    """Return the version and the text of a prompt file; its first line is ``version: …``."""
    text = files("sdc.companion").joinpath("prompts", f"{name}.md").read_text(encoding="utf-8")
    head, _, body = text.partition("\n")
    version = head.removeprefix("version: ").strip()
    assert head.startswith("version: ") and version
    return version, body.strip()


def _row(evidence: Evidence, drafted: Answer, disguise: Disguise) -> dict[str, Any] | None:
    """Return one evidence as a model is shown it; None where there is nothing to tell of it."""
    if evidence.quote is not None:
        quote = disguise.hide(evidence.quote) if disguise.may_send(evidence.quote) else None
        return {"id": evidence.id, "quote": quote, **week_of(evidence, drafted)} if quote else None
    return figure_row(evidence, drafted)


def _name(measure_id: str | None) -> str | None:
    words = wordbook.measure_words(measure_id) if measure_id else None
    return words.name if words else None
