"""Who is who in a stored session: told by a person, remembered by voice, known again in other sessions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import InputError, NotFoundError
from sdc.pipeline import steps
from sdc.pipeline.editing import finish_edits
from sdc.pipeline.parts import Parts, Report
from sdc.pipeline.remeasure import remeasure
from sdc.pipeline.speakers import enrolled_voices
from sdc.session import Notice, Provenance, Session
from sdc.store.records import Child, SessionEntry, StoredSession
from sdc.store.repository import Repository
from sdc.store.versions import Edit
from sdc.transcribe.attribution import ROLES
from sdc.transcribe.naming import PERSON, takes_roles, told_roles, unknown_voices, with_roles

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.transcribe.speakers import Diarization


def tell_roles(repository: Repository, session_id: str, roles: Mapping[str, str], *, by: str = "cli") -> StoredSession:
    """Give the voices of a session their roles, as somebody who listened says, and measure it anew.

    Parameters
    ----------
    repository : Repository
    session_id : str
    roles : Mapping[str, str]
        ``child``, ``adult`` or ``other``, by speaker code.
    by : str
        Who tells it: id of the account, ``laptop`` or ``cli``.

    Raises
    ------
    NotFoundError
        No such session.
    InputError
        A voice or a role that there is not, or a session whose transcript names its speakers.
    """
    for role in roles.values():
        if role not in ROLES:
            raise InputError(
                f"{role} is no role that can be told.", code="speakers.role", hint=f"Roles: {', '.join(ROLES)}."
            )
    finish_edits(repository, session_id)
    stored = repository.session(session_id)
    child = repository.child(stored.entry.child_id)
    told = f"A person told who speaks: {', '.join(f'{code} is the {role}' for code, role in roles.items())}."
    session = with_roles(stored.session, roles, Provenance("roles", PERSON, "1"), told=told, name=child.name)
    return remeasure(repository, stored.entry, session, Edit("roles", by))


def told_again(results: steps.Results, session_id: str, child: Child, repository: Repository) -> steps.Results:
    """Keep what a person told of a session's voices when it is processed anew; say so where it cannot be kept."""
    from sdc.measures import analyse

    if repository.find_entry(session_id) is None:
        return results
    before = told_roles(repository.session(session_id).session)
    if not before:
        return results
    session = results.session
    if takes_roles(session) and set(before) <= set(session.speakers()):
        told = "A person told who speaks, before the session was processed again."
        session = with_roles(session, before, Provenance("roles", PERSON, "1"), told=told, name=child.name)
    else:
        lost = "A person told who speaks, but now the voices are others: please tell again."
        session = replace(session, warnings=(*session.warnings, Notice("speakers.told-lost", lost)))
    return replace(results, session=session, analysis=analyse(session, results.tracks))


@dataclass(frozen=True, slots=True)
class Remembered:
    """Roles whose voices are remembered now, and those of whom too little is heard alone."""

    roles: tuple[str, ...]
    too_short: tuple[str, ...] = ()


def remember_voices(repository: Repository, session_id: str) -> Remembered:
    """Enrol the voices of a session whose roles are known, for the child's other sessions.

    Raises
    ------
    NotFoundError
        No such session, or it has no recording.
    InputError
        ``speakers.no-roles``: no role of it is known.
    """
    from sdc.transcribe.speakers import Role, enrol
    from sdc.transcribe.speakers.stretches import alone

    stored = repository.session(session_id)
    voices = _voices_by_role(stored.session)
    if not voices:
        raise InputError(
            "It is not known who speaks in this session.",
            code="speakers.no-roles",
            hint="Tell which voice is the child's first.",
            source=stored.session.source,
        )
    recording = load_stored(repository, stored.entry)
    kept, short = [], []
    for role, code in voices.items():
        try:
            voiceprint = enrol(alone(recording, lines_as_segments(stored.session), code), Role(role))
        except InputError:
            short.append(role)
            continue
        repository.voiceprints.keep(stored.entry.child_id, role, voiceprint.to_dict())
        kept.append(role)
    return Remembered(tuple(kept), tuple(short))


def _voices_by_role(session: Session) -> dict[str, str]:
    """Return the code that speaks most in each role that is known."""
    from sdc.transcribe.speakers.chat import chat_role

    lines = Counter(u.speaker for u in session.utterances)
    found: dict[str, str] = {}
    for code, _ in lines.most_common():
        role = chat_role(session, code).value
        if role in ROLES:
            found.setdefault(role, code)
    return dict(sorted(found.items(), key=lambda item: list(ROLES).index(item[0])))


@dataclass(frozen=True, slots=True)
class KnownAgain:
    """A session that was looked at, and the roles that its voices got: none where nobody was known."""

    entry: SessionEntry
    roles: Mapping[str, str]


def know_again(repository: Repository, child: Child, report: Report | None = None) -> list[KnownAgain]:
    """Look for the enrolled voices in the child's sessions whose voices are still unknown, and measure these anew.

    Parameters
    ----------
    repository : Repository
    child : Child
    report : callable, optional
        Told the session at work and the fraction done.
    """
    waiting = list(_unknown_sessions(repository, child))
    found = []
    for number, stored in enumerate(waiting):
        if report is not None:
            report(stored.entry.source, number / len(waiting))
        found.append(_look_again(repository, child, stored))
    return found


def _unknown_sessions(repository: Repository, child: Child) -> Iterator[StoredSession]:
    for entry in repository.session_entries(child.id):
        if entry.recording is None or entry.origin == "chat":
            continue
        stored = repository.session(entry.id)
        if unknown_voices(stored.session):
            yield stored


def _look_again(repository: Repository, child: Child, stored: StoredSession) -> KnownAgain:
    from sdc.transcribe.speakers import EnrolledRoles

    recording = load_stored(repository, stored.entry)
    voices = lines_as_segments(stored.session)
    attribution = EnrolledRoles(enrolled_voices(repository, child)).assign(voices, recording)
    roles = {
        code: attribution.roles[code].value for code in unknown_voices(stored.session) if code in attribution.roles
    }
    if roles:
        told = "Who speaks is known by remembered voices, and nobody has checked it. Measures are provisional."
        assert attribution.provenance is not None
        session = with_roles(stored.session, roles, attribution.provenance, told=told, name=child.name)
        stored = remeasure(repository, stored.entry, session, Edit("roles", "pipeline"))
    return KnownAgain(stored.entry, roles)


def lines_as_segments(session: Session) -> Diarization:
    """Return the lines of a session as a diarization: labels are the speaker codes."""
    from sdc.transcribe.speakers import Diarization, SpeakerSegment
    from sdc.transcribe.speakers.segments import with_overlaps

    lines = (SpeakerSegment(u.speaker, u.span) for u in session.utterances if u.span is not None)
    return Diarization(with_overlaps(tuple(lines)), Provenance("diarize", "lines", "1"))


def load_stored(repository: Repository, entry: SessionEntry) -> Recording:
    """Decode a session's recording; ``NotFoundError`` when it has none."""
    from sdc.audio import load_recording

    with _file_of(repository, entry) as path:
        return load_recording(path)


@contextmanager
def _file_of(repository: Repository, entry: SessionEntry) -> Iterator[Path]:
    kept = repository.recording(entry.id)
    if repository.blobs.size(kept.key) is None:
        raise NotFoundError("The recording of this session is gone.", code="session.no-recording")
    with repository.lend(kept.key) as path:
        yield path


def find_session(parts: Parts, child: Child, name: str) -> SessionEntry:
    """Return the child's session of this id, date or file name.

    Raises
    ------
    NotFoundError
        ``session.not-found``, also where several have that date or name; with what there is.
    """
    entries = parts.repository.session_entries(child.id)
    found = [e for e in entries if name in (e.id, e.date, e.source)]
    if len(found) == 1:
        return found[0]
    known = "; ".join(f"{e.id} ({', '.join(filter(None, (e.date, e.source)))})" for e in (found or entries)[-5:])
    raise NotFoundError(
        f"{'Several sessions' if found else 'No session'} of {child.name} answer to {name}.",
        code="session.not-found",
        hint=f"Name it by its id: {known}." if known else "Add one with `sdc add`.",
    )
