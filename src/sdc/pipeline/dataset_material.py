"""Sessions of the store and of files as material for a data set: consent first, then without names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sdc.companion.prompting import without_dates
from sdc.companion.speech_prompt import REMARKS
from sdc.deidentify import Roster, deidentify_sessions, deidentify_text, suggest_names
from sdc.deidentify.patterns import IDENTIFIER
from sdc.errors import ConsentError, SDCError
from sdc.finetune.dataset.files import By, corpus_of, group_by_child
from sdc.finetune.dataset.material import ApprovedText, ChildMaterial, SessionMaterial
from sdc.measures.analysis import analyse
from sdc.pipeline.deidentifying import childs_roster, participants_names, sound
from sdc.pipeline.parts import Parts
from sdc.progress import place
from sdc.session import Evidence, Session, Utterance
from sdc.store.consents import Purpose
from sdc.store.feedback import Decision, Pair
from sdc.store.records import Child, SessionEntry

NOT_REVIEWED = "a session whose transcript no therapist has reviewed; the consent is for reviewed ones"
NO_CHILD = "a session that does not tell who the child is"
OTHER_LANGUAGE = "a session in another language"
NO_FACTS = "an approved text of an earlier version, whose evidence was not kept"
_IDENTIFIER = re.compile(IDENTIFIER)
KEPT_TIERS = frozenset({*REMARKS, "mod"})
KINDS = ("seen", "change", "caveat", "strength", "listen", "adult", "idea", "question")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A child that is left out, and why; ``name`` is for whoever builds the data set, not for the card."""

    name: str
    error: ConsentError


def agreed_children(
    parts: Parts, children: Iterable[Child], purposes: Sequence[Purpose]
) -> tuple[list[Child], list[Refusal]]:
    """Return the children whose families agreed to all purposes, in the pseudonyms' order, and the others."""
    agreed, refused = [], []
    for child in children:
        try:
            for purpose in purposes:
                parts.consents.require(child.id, purpose)
        except ConsentError as error:
            refused.append(Refusal(child.name, error))
        else:
            agreed.append(child)
    return sorted(agreed, key=lambda child: parts.repository.pseudonyms.of(child.id)), refused


def stored_material(parts: Parts, child: Child, language: str) -> ChildMaterial:
    """Return a child of the store: reviewed sessions and approved texts, without names.

    Parameters
    ----------
    parts : Parts
    child : Child
        Who agreed (``agreed_children``).
    language : str
        Sessions of another first language are left out.
    """
    left_out: Counter[str] = Counter()
    entries = [placed.point for placed in place(parts.repository.session_entries(child.id))]
    numbered = {entry.id: number for number, entry in enumerate(entries, 1)}
    sessions = {e.id: parts.repository.session(e.id) for e in entries if _is_usable(e, left_out)}
    originals = [stored.session for stored in sessions.values()]
    roster = with_suggestions(childs_roster(parts, child), originals)
    told = {id_: stored for id_, stored in sessions.items() if _is_told(stored.session, language, left_out)}
    hidden, _ = deidentify_sessions([_shown_of(stored.session) for stored in told.values()], roster)
    material = [
        SessionMaterial(numbered[id_], session, stored.analysis)
        for (id_, stored), session in zip(told.items(), hidden, strict=True)
    ]
    approved = tuple(_approved(parts, child, roster, left_out))
    pseudonym = parts.repository.pseudonyms.of(child.id)
    return ChildMaterial(pseudonym, tuple(material), roster, approved, left_out=dict(left_out))


def file_material(
    files: Sequence[tuple[str, Session]], *, by: By, language: str, left_out: Counter[str]
) -> Iterator[ChildMaterial]:
    """Yield the children of files, without names; each is measured when its turn comes.

    Parameters
    ----------
    files : Sequence[tuple[str, Session]]
        The path and the session of each.
    by : {"auto", "folder", "file"}
    language : str
    left_out : Counter[str]
        Counts the sessions that are left out before they belong to a child.
    """
    usable = [(path, session) for path, session in files if _is_told(session, language, left_out)]
    for number, sessions in enumerate(group_by_child(usable, by), 1):
        roster = _roster_of(sessions)
        ordered = _in_order(sessions)
        hidden, _ = deidentify_sessions([_shown_of(session) for session in ordered], roster)
        measured = (analyse(session) for session in ordered)
        material = tuple(
            SessionMaterial(number, session, analysis)
            for number, (session, analysis) in enumerate(zip(hidden, measured, strict=True), 1)
        )
        origin = f"corpus {corpus_of(sessions[0])}" if corpus_of(sessions[0]) else "files without a corpus"
        yield ChildMaterial(f"child-{number:04d}", material, roster, origin=origin)


def with_suggestions(roster: Roster, sessions: Iterable[Session]) -> Roster:
    """Return a roster with every word of the sessions that may be a name on it, as it is written.

    Nobody looks at each line of a data set, so what may be a name is replaced; only as it is written, since
    ``Rose`` may be a name where ``rose`` is none.
    """
    for suggestion in suggest_names(sessions, roster):
        roster = roster.with_name(suggestion.word, "person", any_case=False, sound=sound)
    return roster


def _shown_of(session: Session) -> Session:
    """Return what a data set can show of a session: no tiers of words' grammar, no line with an address or a number.

    A telephone number stands on a line as several words, of which none is known by its form.
    """
    return replace(session, utterances=tuple(map(_shown_line, session.utterances)))


def _shown_line(utterance: Utterance) -> Utterance:
    if _IDENTIFIER.search(utterance.raw):
        return replace(utterance, raw="", tokens=(), scopes=(), tiers=())
    return replace(utterance, raw="", tiers=tuple(t for t in utterance.tiers if t.name in KEPT_TIERS))


def _roster_of(sessions: Sequence[Session]) -> Roster:
    roster = Roster()
    for name in dict.fromkeys(name for session in sessions for name in participants_names(session)):
        roster = roster.with_person(name, sound=sound)
    return with_suggestions(roster, sessions)


def _in_order(sessions: Sequence[Session]) -> list[Session]:
    return [placed.point.session for placed in place([_Dated(session) for session in sessions])]


@dataclass(frozen=True, slots=True)
class _Dated:
    session: Session

    @property
    def date(self) -> str | None:
        return self.session.date

    @property
    def age_months(self) -> float | None:
        target = self.session.target
        return target.age.in_months if target and target.age else None


def _is_usable(entry: SessionEntry, left_out: Counter[str]) -> bool:
    if not entry.is_reviewed:
        left_out[NOT_REVIEWED] += 1
    return entry.is_reviewed


def _is_told(session: Session, language: str, left_out: Counter[str]) -> bool:
    spoken = session.languages[:1] or (language,)
    if spoken[0] != language:
        left_out[OTHER_LANGUAGE] += 1
    elif session.target is None or session.target.code not in session.speakers():
        left_out[NO_CHILD] += 1
    else:
        return True
    return False


def _approved(parts: Parts, child: Child, roster: Roster, left_out: Counter[str]) -> Iterator[ApprovedText]:
    decisions = parts.repository.feedback.decisions(child.id)
    for pair in _own_pairs(parts, child):
        decision = decisions.get(pair.key)
        if decision is None or decision.insight is None or decision.verb == "dismiss":
            left_out[NO_FACTS] += 1
        else:
            yield _text(pair, decision, roster)


def _own_pairs(parts: Parts, child: Child) -> list[Pair]:
    found = (p for kind in KINDS for p in parts.repository.pairs.approved_pairs(kind) if p.child_id == child.id)
    return sorted(found, key=lambda pair: pair.key)


def _text(pair: Pair, decision: Decision, roster: Roster) -> ApprovedText:
    insight = decision.insight
    assert insight is not None
    text = decision.text if decision.text is not None else insight.text
    evidence = tuple(_without_names(e, roster) for e in insight.evidence)
    hidden = deidentify_text(without_dates(text) or "", roster).text  # a model is told weeks, no dates
    return ApprovedText(pair.kind, pair.voice, hidden, pair.was_edited, insight.measure, insight.verdict, evidence)


def _without_names(evidence: Evidence, roster: Roster) -> Evidence:
    quote = deidentify_text(evidence.quote, roster).text if evidence.quote else evidence.quote
    return replace(evidence, quote=quote)


def read_files(paths: Sequence[Path]) -> tuple[list[tuple[str, Session]], list[SDCError]]:
    """Read the transcripts of files and folders; a bad one is told and the rest goes on.

    Returns
    -------
    tuple[list[tuple[str, Session]], list[SDCError]]
        Each session with its path, the folder given first; what could not be read.
    """
    from sdc.formats import find_inputs, read_path

    read: list[tuple[str, Session]] = []
    failed: list[SDCError] = []
    for given in paths:
        try:
            inputs = find_inputs([given])
        except SDCError as error:
            failed.append(error)
            continue
        for path, source in inputs:
            try:
                session = read_path(path, source=source)
            except SDCError as error:
                failed.append(error)
            else:
                where = (
                    Path(given.resolve().name, source)
                    if given.is_dir()
                    else Path(path.resolve().parent.name, path.name)
                )
                read.append((where.as_posix(), session))
    return read, failed
