"""Signing: a report becomes a file that is kept as it is; a correction is a new version; the list says what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sdc.errors import ConflictError, InputError
from sdc.pipeline.parts import Parts
from sdc.pipeline.reporting import DOCUMENTS, ReportOrder, ordered_document, ordered_facts, written
from sdc.reports import Period, Practice, ReportFacts, kind_for
from sdc.reports.document import Document, Signature
from sdc.reports.facts import SessionFacts
from sdc.reports.signing import facts_digest, sign_document, text_digest
from sdc.store.clock import now_iso
from sdc.store.names import one_line
from sdc.store.records import SessionEntry
from sdc.store.repository import Repository
from sdc.store.signed_reports import SignedReport, not_found, stale

MAX_SIGNER = 120

State = Literal["current", "outdated", "replaced"]


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and what they have seen.

    Attributes
    ----------
    name : str
        Name and qualification, as they are to stand in the report.
    actor : str
        Id of the account.
    seen : int or None
        How many signed reports of the child they saw listed; None: it is not asked for.
    text_sha256 : str or None
        Digest of the text that they saw; None: they sign what is written now.
    """

    name: str
    actor: str
    seen: int | None = None
    text_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A signed report with what has happened since.

    Attributes
    ----------
    report : SignedReport
    state : {"current", "outdated", "replaced"}
        ``outdated``: something that it rests on is another now; ``replaced``: a later version was signed.
    replaced_by : str or None
        Id of that version.
    edited, removed, added : tuple[str, ...]
        Ids of sessions whose transcript was changed, that are gone, and that came into its period.
    note_changed : bool
        Whether the therapist's words about the session have been changed.
    rules : tuple[str, ...]
        Rules that it was made by and that are others now, as they were then: ``mlu_words.v1``.
    rereviewed : tuple[str, ...]
        Ids of sessions whose transcript was reviewed since, or whose review does not hold any more.
    phases_changed : bool
        Whether the phases of the work have been stated anew, or taken back.
    """

    report: SignedReport
    state: State
    replaced_by: str | None = None
    edited: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    note_changed: bool = False
    rules: tuple[str, ...] = ()
    rereviewed: tuple[str, ...] = ()
    phases_changed: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A draft as it would be signed now.

    Attributes
    ----------
    document : Document
    text_sha256 : str
        Digest of everything it says.
    session_id : str or None
        Of a session's note.
    """

    document: Document
    text_sha256: str
    session_id: str | None = None


def preview_report(
    repository: Repository, child_id: str, order: ReportOrder, *, practice: Practice | None = None
) -> Preview:
    """Return a draft with what a signature would be put under; errors as for a draft."""
    facts = ordered_facts(repository, child_id, order)
    document = ordered_document(facts, order, practice or Practice())
    session_id = facts.latest.id if document.kind == "session" else None
    return Preview(document, text_digest(document), session_id)


def readable_report(repository: Repository, child_id: str, report_id: str, *, every_kind: bool) -> SignedReport:
    """Return a signed report that somebody may read: every one, or (a family) a letter; else ``NotFoundError``."""
    report = repository.reports.get(child_id, report_id)
    if not every_kind and report.kind != "letter":
        raise not_found()
    return report


def sign_report(
    parts: Parts, child_id: str, order: ReportOrder, signer: Signer, *, practice: Practice | None = None
) -> SignedReport:
    """Sign a report: it is written as PDF and HTML, kept, and never changed.

    Raises
    ------
    NotFoundError
        No such child.
    InputError
        ``report.signer``: no name; otherwise as for a draft.
    ConflictError
        ``report.changed``: the text is another than the signer saw; ``report.stale``: somebody else has signed a
        report in the meantime.
    """
    repository, name = parts.repository, _checked_name(signer.name)
    facts = ordered_facts(repository, child_id, order)
    draft = ordered_document(facts, order, practice or Practice())
    digest = text_digest(draft)
    if signer.text_sha256 is not None and signer.text_sha256 != digest:
        raise _changed()
    others = repository.reports.of(child_id)
    if signer.seen is not None and signer.seen != len(others):
        raise stale()
    report = _report(facts, order, others, replace(signer, name=name, text_sha256=digest))
    before = next((other for other in others if other.id == report.replaces), None)
    signature = Signature(name, report.signed_at, report.version, before.signed_at if before else None, digest)
    document = sign_document(draft, signature)
    kept = repository.reports.add(report, {format: written(document, format) for format in DOCUMENTS})
    parts.audit.record(actor=signer.actor, action="report.sign", child_id=child_id, object_id=kept.id)
    return kept


def _report(facts: ReportFacts, order: ReportOrder, others: Sequence[SignedReport], signer: Signer) -> SignedReport:
    kind = kind_for(order.audience, order.kind)
    days = sorted(session.date for session in facts.sessions if session.date is not None)
    of_session = kind == "session"
    rests_on = (facts.latest,) if of_session else facts.sessions
    plain = SignedReport(
        id="",
        child_id=facts.child.id,
        number=len(others) + 1,
        kind=kind,
        audience="parent" if kind == "letter" else order.audience,
        first=facts.latest.date if of_session else facts.period.first or next(iter(days), None),
        last=facts.latest.date if of_session else facts.period.last or next(reversed(days), None),
        session_id=facts.latest.id if of_session else None,
        sections=order.sections,
        version=1,
        replaces=None,
        signer=signer.name,
        signed_by=signer.actor,
        signed_at=now_iso(),
        facts_sha256=facts_digest(facts),
        text_sha256=signer.text_sha256 or "",
        rests_on=tuple((session.id, session.version) for session in rests_on),
        note_version=facts.note.version if facts.note else 0,
        rules=_rules_of(rests_on),
        states=tuple((session.id, session.transcript_state) for session in rests_on),
        phases_version=facts.plan.version if facts.plan else 0,
    )
    before = next((other for other in reversed(others) if plain.is_about_the_same(other)), None)
    return plain if before is None else replace(plain, version=before.version + 1, replaces=before.id)


def _checked_name(text: str) -> str:
    try:
        name = one_line(text)
    except ValueError as error:
        raise InputError(f"This cannot be a name: {error}.", code="report.signer", hint="Type it by hand.") from error
    if not name or len(name) > MAX_SIGNER:
        raise InputError(
            f"A signature needs a name of up to {MAX_SIGNER} letters.",
            code="report.signer",
            hint="Write name and qualification, e.g. Ana Ruiz, speech-language therapist.",
        )
    return name


def _changed() -> ConflictError:
    return ConflictError(
        "The report is not the one that you looked at: something it rests on has changed.",
        code="report.changed",
        hint="Look at it as it is now, then sign.",
    )


def listed_reports(repository: Repository, child_id: str) -> list[ListedReport]:
    """Return a child's signed reports, newest first, each with what has changed since it was signed."""
    child = repository.child(child_id)
    reports = repository.reports.of(child.id)
    entries = {entry.id: entry for entry in repository.session_entries(child.id)} if reports else {}
    later = {report.replaces: report.id for report in reports if report.replaces}
    return [_listed(repository, report, entries, later.get(report.id)) for report in reversed(reports)]


def _listed(
    repository: Repository, report: SignedReport, entries: dict[str, SessionEntry], replaced_by: str | None
) -> ListedReport:
    known = dict(report.rests_on)
    removed = tuple(i for i in known if i not in entries)
    edited = tuple(i for i, version in known.items() if i in entries and entries[i].version != version)
    added = () if report.session_id else tuple(i for i, e in entries.items() if i not in known and _inside(report, e))
    note_changed = report.session_id is not None and _note_version(repository, report) != report.note_version
    rules = tuple(rule for rule in report.rules if rule not in _rules_now())
    states = dict(report.states)
    rereviewed = tuple(i for i, was in states.items() if i in entries and entries[i].transcript_state != was)
    phases_changed = report.phases_version is not None and report.phases_version != _phases_version(repository, report)
    outdated = bool(removed or edited or added or note_changed or rules or rereviewed or phases_changed)
    state: State = "replaced" if replaced_by else "outdated" if outdated else "current"
    return ListedReport(
        report, state, replaced_by, edited, removed, added, note_changed, rules, rereviewed, phases_changed
    )


def _rules_of(sessions: Sequence[SessionFacts]) -> tuple[str, ...]:
    """Return the rules behind what reports may tell: measures for researchers stand in none."""
    from sdc.measures import REGISTRY

    shown = {name for name, rule in REGISTRY.items() if rule.audience != "researcher"}
    return tuple(sorted({m.rule for session in sessions for m in session.measures.values() if m.id in shown}))


def _rules_now() -> frozenset[str]:
    from sdc.measures import REGISTRY

    return frozenset(rule.rule for rule in REGISTRY.values())


def _phases_version(repository: Repository, report: SignedReport) -> int:
    """Return the version of the phases that stand; 0 where none are stated, as when a report is signed."""
    plan = repository.phase_plans.latest(report.child_id)
    return plan.version if plan.is_stated else 0


def _inside(report: SignedReport, entry: SessionEntry) -> bool:
    return entry.date is not None and Period(report.first, report.last).holds(entry.date)


def _note_version(repository: Repository, report: SignedReport) -> int:
    note = repository.notes.latest(report.session_id or "")
    return note.version if note else 0
