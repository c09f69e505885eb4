"""`sdc ask`: a question about a child, answered with evidence."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import TextFormat, as_json, number, say

if TYPE_CHECKING:
    from sdc.session import Answer, Evidence, Utterance


class EngineName(StrEnum):
    """Engines that can be asked."""

    RULES = "rules"
    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    COMPATIBLE = "compatible"
    LOCAL = "local"


def ask(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    question: Annotated[str, typer.Argument(help='e.g. "How has the fluency changed from week 1 to week 5?"')],
    engine: Annotated[
        EngineName | None,
        typer.Option(help="What words the answer; rules needs no model and no key. [default: SDC_ENGINE]"),
    ] = None,
    adapter: Annotated[
        Path | None,
        typer.Option(help="What `sdc finetune train` wrote, for the engine local. [default: SDC_LLM_ADAPTER]"),
    ] = None,
    format: Annotated[TextFormat, typer.Option("--format", help="How to write the answer.")] = TextFormat.TEXT,
) -> None:
    """Answer a question about a child from what was measured, with the evidence.

    An honest "cannot tell" is an answer too. SDC never diagnoses.
    """
    from sdc.app import build_app
    from sdc.pipeline.asking import cited_utterances
    from sdc.pipeline.wording_answers import answer_by
    from sdc.settings import read_settings

    settings = read_settings()
    if adapter is not None:
        settings = replace(settings, llm_adapter=str(adapter))
    with build_app(settings) as app:
        whose = app.repository.named_child(child).id
        answer = answer_by(app, whose, question, actor="cli", engine=engine.value if engine else None)
        said = cited_utterances(app.repository, answer)
    say(as_json(answer_document(answer, said)) if format is TextFormat.JSON else answer_text(answer))


def answer_document(answer: Answer, said: dict[str, list[Utterance]]) -> dict[str, Any]:
    """Return an answer as ``sdc ask --format json`` writes it; model, prompt and note where there are some."""
    made = answer.provenance[0] if answer.provenance else None
    told = {
        "model": made.model if made else None,
        "prompt": made.parameters.get("prompt") if made else None,
        "note": answer.note,
    }
    document = {
        "question": answer.question,
        "answer": answer.answer,
        "verdict": answer.verdict,
        "measure": answer.measure,
        "claims": [{"text": c.text, "evidence": list(c.evidence)} for c in answer.claims],
        "evidence": [_evidence_document(e, said.get(e.id, [])) for e in answer.evidence],
        "engine": answer.engine,
    }
    return document | {name: value for name, value in told.items() if value is not None}


def _evidence_document(evidence: Evidence, said: list[Utterance]) -> dict[str, Any]:
    return {
        "id": evidence.id,
        "session": evidence.session,
        "date": evidence.date,
        "utterances": [{"index": u.index, "speaker": u.speaker, "line": u.raw} for u in said],
        "measure": evidence.measure,
        "value": evidence.value,
        "n": evidence.n,
        "quote": evidence.quote,
    }


def answer_text(answer: Answer) -> str:
    """Return an answer for people: its sentences, then what they rest on."""
    lines = [answer.question, "", *([answer.note, ""] if answer.note else [])]
    lines += [f"{claim.text}{_marks(claim.evidence)}" for claim in answer.claims]
    lines += ["", f"Verdict: {_verdict(answer)}. Evidence:"]
    return "\n".join([*lines, *(f"  {_evidence_line(e)}" for e in answer.evidence)])


def _verdict(answer: Answer) -> str:
    """Return the verdict with what it is about: fewer hesitations are a decrease of hesitations, not of fluency."""
    words = answer.verdict.replace("_", " ")
    return f"{words} of {answer.measure}" if answer.verdict in ("increase", "decrease") else words


def _marks(ids: tuple[str, ...]) -> str:
    return f" [{', '.join(ids)}]" if ids else ""


def _evidence_line(evidence: Evidence) -> str:
    parts = [evidence.date or evidence.session]
    if evidence.measure is not None:
        n = f" (n {evidence.n})" if evidence.n is not None else ""
        parts.append(f"{evidence.measure} {number(evidence.value)}{n}")
    if evidence.quote is not None:
        parts.append(f"“{evidence.quote}”")
    return f"{evidence.id}  {', '.join(parts)}"
