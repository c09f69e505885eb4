"""`sdc insights`: the account of a session or a period, for a therapist or a parent."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sdc.cli.output import TextFormat, as_json, say

if TYPE_CHECKING:
    from sdc.companion.period import Voice
    from sdc.pipeline.periods import ChildAccount, Span
    from sdc.pipeline.reviewing import Reviewed
    from sdc.session import Evidence

HEADS = {
    "strength": "Strengths",
    "change": "What changed",
    "listen": "Where to listen",
    "adult": "The adults' side",
    "idea": "To try at home",
    "question": "Questions",
    "caveat": "To keep in mind",
}


class Reader(StrEnum):
    """For whom it is written."""

    SLP = "slp"
    PARENT = "parent"


VOICES: dict[Reader, Voice] = {Reader.SLP: "therapist", Reader.PARENT: "parent"}

SessionOption = Annotated[str | None, typer.Option("--session", help="Id of one session.")]
FromOption = Annotated[str | None, typer.Option("--from", help="First day, e.g. 2026-03-02.")]
ToOption = Annotated[str | None, typer.Option("--to", help="Last day.")]
ForOption = Annotated[Reader, typer.Option("--for", help="Who reads it.")]


def insights(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    session: SessionOption = None,
    first: FromOption = None,
    last: ToOption = None,
    reader: ForOption = Reader.SLP,
    format: Annotated[TextFormat, typer.Option("--format", help="How to write it.")] = TextFormat.TEXT,
) -> None:
    """Tell of a session or a period: strengths, changes, where to listen, one idea, questions.

    Without dates all sessions are meant. Everything is a draft until a therapist approves it.
    """
    from sdc.app import build_app
    from sdc.pipeline.periods import child_account
    from sdc.settings import read_settings

    with build_app(read_settings()) as app:
        whose = app.repository.named_child(child)
        found = child_account(app.repository, whose.id, span_of(session, first, last), VOICES[reader])
    say(as_json(account_document(found)) if format is TextFormat.JSON else account_text(found))


def span_of(session: str | None, first: str | None, last: str | None) -> Span:
    """Return what an account is about, as the options say."""
    from sdc.pipeline.periods import Span

    return Span(session, first, last)


def account_document(found: ChildAccount) -> dict[str, Any]:
    """Return an account as ``sdc insights --format json`` writes it."""
    return {
        "child": {"id": found.child.id, "name": found.child.name},
        "voice": found.voice,
        "sessions": list(found.sessions),
        "insights": [_insight_document(r) for r in found.insights],
        "activity": _activity_document(found),
    }


def _insight_document(found: Reviewed) -> dict[str, Any]:
    from dataclasses import asdict

    insight = found.insight
    return {
        "key": found.key,
        "kind": insight.kind,
        "about": insight.about or None,
        "measure": insight.measure,
        "verdict": insight.verdict,
        "status": insight.status,
        "version": found.version,
        "claims": [asdict(claim) for claim in insight.claims],
        "evidence": [asdict(evidence) for evidence in insight.evidence],
    }


def _activity_document(found: ChildAccount) -> dict[str, Any] | None:
    from dataclasses import asdict

    return None if found.activity is None else asdict(found.activity)


def account_text(found: ChildAccount) -> str:
    """Return an account for people, with keys for `sdc feedback`."""
    parts, before = [], ""
    for reviewed in found.insights:
        if reviewed.insight.status == "dismissed":
            continue
        head = HEADS.get(reviewed.insight.kind, reviewed.insight.kind)
        parts += [f"\n{head}"] if head != before else []
        parts.append(f"  {reviewed.insight.text}{_where(reviewed.insight.evidence)}")
        parts.append(f"    [{reviewed.key}, {reviewed.insight.status}]")
        before = head
    if found.activity is not None:
        parts.append(f"\nActivity {found.activity.id}, after: {'; '.join(found.activity.sources)}.")
    return "\n".join(parts).strip()


def _where(evidence: tuple[Evidence, ...]) -> str:
    """Return where to listen: `` (session s1, line 12, 0:41)``, of what is quoted."""
    quoted = [e for e in evidence if e.quote is not None]
    places = []
    for one in quoted:
        seconds = None if one.start_ms is None else one.start_ms // 1000
        time = "" if seconds is None else f", {seconds // 60}:{seconds % 60:02d}"
        places.append(f" ({one.session}, line {one.utterances[0] + 1}{time})")
    return "".join(places)
