"""Records → wire models, for children, lists, jobs and answers. Pure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sdc.errors import NotFoundError
from sdc.measures import REGISTRY
from sdc.pipeline.caseload import HEADLINE, Caseload, Listed, why_none
from sdc.progress import COUNT_RULES, Placed, place
from sdc.server.models import (
    AnswerOut,
    ChildOut,
    ChildrenOut,
    ClaimOut,
    ErasedOut,
    EvidenceOut,
    HeadlineOut,
    InsightOut,
    MeasureInfoOut,
    MeasureOut,
    ProblemOut,
    SeriesOut,
    SeriesPointOut,
)
from sdc.server.session_models import SessionSummaryOut
from sdc.server.upload_models import JobOut, UploadOut, UploadStateOut
from sdc.session import Answer, Claim, Evidence, Insight, Measure
from sdc.store.erasure import Erased
from sdc.store.incoming import Progress
from sdc.store.jobs import Job
from sdc.store.records import SessionEntry, Upload

if TYPE_CHECKING:
    from sdc.measures import MeasureRule

HEADLINES = (
    "utterances_total",
    "mlu_words",
    "mlu_morphemes",
    "word_types",
    "ttr",
    "intelligible_words_pct",
    "maze_words_pct",
    "speech_rate",
)
"""The measures in lists of sessions."""


def measure_info(rule: MeasureRule) -> MeasureInfoOut:
    """Tell what a measure is."""
    return MeasureInfoOut(
        id=rule.id,
        title=rule.title,
        family=rule.family,
        unit=rule.unit,
        description=rule.description,
        rule=rule.rule,
        minimum_n=rule.minimum_n,
        n_unit=rule.n_unit,
        audience=rule.audience,
        rate_unit=COUNT_RULES[rule.id].unit if rule.id in COUNT_RULES else None,
    )


def measure(value: Measure) -> MeasureOut:
    """Show a value with what it rests on."""
    return MeasureOut(
        id=value.id,
        value=value.value,
        unit=value.unit,
        n=value.n,
        n_unit=value.n_unit,
        rule=value.rule,
        sd=value.sd,
        reason=value.reason,
        reliability=value.reliability,
        utterances=list(value.utterances),
    )


def erased(result: Erased) -> ErasedOut:
    """Show what an erasure did."""
    return ErasedOut(removed=result.tombstone.counts, is_overwritten=result.is_scrubbed, n_left=len(result.traces))


def children(page: Caseload) -> ChildrenOut:
    """Show a page of the list of children."""
    return ChildrenOut(items=[child(item) for item in page.items], total=page.total, has_more=page.has_more)


def child(listed: Listed) -> ChildOut:
    """Show a child with its headline measure."""
    found = listed.summary
    return ChildOut(
        id=listed.child.id,
        name=listed.child.name,
        birth_date=listed.child.birth_date,
        sex=listed.child.sex,
        age_months=found.age_months,
        n_sessions=found.n_sessions,
        n_jobs_open=listed.n_jobs_open,
        last_session_date=found.last_date,
        headline=HeadlineOut(
            measure=measure_info(REGISTRY[HEADLINE]),
            recent=list(found.recent),
            value=found.value,
            n=found.n,
            reliability=found.reliability,
            reason=found.reason,
        ),
    )


def series(measure_id: str, entries: list[SessionEntry], *, for_researchers: bool = True) -> SeriesOut:
    """Show one measure over sessions, oldest first; ``NotFoundError`` when there is no such measure."""
    rule = measure_shown(measure_id, for_researchers=for_researchers)
    return SeriesOut(measure=measure_info(rule), points=[_point(measure_id, placed) for placed in place(entries)])


def measure_shown(measure_id: str, *, for_researchers: bool) -> MeasureRule:
    """Return a measure that may be shown to whoever asks; ``NotFoundError`` when there is none."""
    rule = REGISTRY.get(measure_id)
    if rule is None or not (for_researchers or rule.audience == "everyone"):
        raise NotFoundError(f"There is no measure {measure_id!r}.", code="measure.not-found", hint="See /api/measures.")
    return rule


def is_for_everyone(measure_id: str) -> bool:
    """Tell whether a measure may be shown to whoever sees the child; one that is not known any more may not."""
    rule = REGISTRY.get(measure_id)
    return rule is not None and rule.audience == "everyone"


def _point(measure_id: str, placed: Placed[SessionEntry]) -> SeriesPointOut:
    entry = placed.point
    found = entry.measures.get(measure_id)
    return SeriesPointOut(
        session_id=entry.id,
        date=entry.date,
        week=placed.week,
        age_months=entry.age_months,
        context=entry.context,
        value=found.value if found else None,
        n=found.n if found else None,
        sd=found.sd if found else None,
        reason=why_none(entry, measure_id),
        reliability=found.reliability if found else None,
    )


def session_summaries(entries: list[SessionEntry]) -> list[SessionSummaryOut]:
    """Show a child's sessions in a list, oldest first."""
    return [SessionSummaryOut(**summary_fields(placed.point, placed.week)) for placed in place(entries)]


def summary_fields(entry: SessionEntry, week: int | None) -> dict[str, Any]:
    """Return what lists and the session page have in common."""
    return {
        "id": entry.id,
        "child_id": entry.child_id,
        "source": entry.source,
        "origin": entry.origin,
        "date": entry.date,
        "week": week,
        "age_months": entry.age_months,
        "context": entry.context,
        "duration_s": entry.duration_s,
        "media": entry.recording.kind if entry.recording else None,
        "n_utterances": entry.n_utterances,
        "n_warnings": entry.n_warnings,
        "transcript": entry.transcript_state,
        "target": entry.target,
        "measures": {name: measure(entry.measures[name]) for name in HEADLINES if name in entry.measures},
    }


def upload(record: Upload) -> UploadOut:
    """Acknowledge an upload."""
    return UploadOut(
        id=record.id,
        child_id=record.child_id,
        filename=record.filename,
        size=record.size,
        sha256=record.sha256,
        kind=record.kind,
    )


def upload_state(progress: Progress) -> UploadStateOut:
    """Show how far a file has come."""
    return UploadStateOut(
        id=progress.id,
        child_id=progress.child_id,
        filename=progress.filename,
        offset=progress.offset,
        size=progress.size,
        upload=None if progress.upload is None else upload(progress.upload),
    )


def job(record: Job) -> JobOut:
    """Show where a job is; the error of an attempt that will be repeated is not shown."""
    return JobOut(
        id=record.id,
        child_id=record.child_id,
        source=record.source,
        state=record.state,
        step=record.step,
        progress=record.progress,
        attempt=record.attempt,
        session_id=record.session_id if record.state == "done" else None,
        error=ProblemOut(**record.error) if record.state == "failed" and record.error else None,
        notes=list(record.notes),
        created_at=record.created_at,
        updated_at=record.updated_at,
    )


def answer(record: Answer) -> AnswerOut:
    """Show an answer with its evidence."""
    return AnswerOut(
        question=record.question,
        answer=record.answer,
        verdict=record.verdict,
        measure=record.measure,
        claims=[claim(c) for c in record.claims],
        evidence=[evidence(e) for e in record.evidence],
        engine=record.engine,
        model=record.provenance[0].model if record.provenance else None,
        prompt=record.provenance[0].parameters.get("prompt") if record.provenance else None,
        note=record.note,
    )


def insight(record: Insight) -> InsightOut:
    """Show an insight with its evidence."""
    return InsightOut(
        id=record.id,
        kind=record.kind,
        key=record.key,
        claims=[claim(c) for c in record.claims],
        evidence=[evidence(e) for e in record.evidence],
        measure=record.measure,
        verdict=record.verdict,
        about=record.about,
        status=record.status,
        engine=record.provenance[0].engine if record.provenance else "rules",
    )


def claim(record: Claim) -> ClaimOut:
    """Show a sentence."""
    return ClaimOut(text=record.text, evidence=list(record.evidence))


def evidence(record: Evidence) -> EvidenceOut:
    """Show what a sentence rests on."""
    return EvidenceOut(**{**asdict(record), "utterances": list(record.utterances)})
