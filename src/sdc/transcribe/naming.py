"""Voices whose roles are not known get them afterwards: by a person, or when they are known again.

That is so in recognised sessions, and in those from tiers and captions, whose names may say no role.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sdc.errors import InputError
from sdc.formats.annotated import ENGINES
from sdc.session import Notice, Participant, Provenance, Session
from sdc.transcribe.attribution import ROLES, UNKNOWN

SPEAKER_NOTICES = frozenset({
    "transcribe.speakers", "transcribe.no-speakers", "json.no-speakers",
    "annotation.no-child", "annotation.no-speakers",
})  # fmt: skip
"""What was said of who speaks until now; it is said anew."""

PERSON = "person"
"""The engine of roles that somebody told."""


def takes_roles(session: Session) -> bool:
    """Whether roles may be told afterwards: its words were recognised, or it comes from tiers or captions."""
    return session.is_recognised or any(p.step == "read" and p.engine in ENGINES for p in session.provenance)


def unknown_voices(session: Session) -> tuple[str, ...]:
    """Return the codes that speak in such a session and whose role is not known."""
    if not takes_roles(session):
        return ()
    people = {p.code: p for p in session.participants}
    return tuple(code for code in session.speakers() if people.get(code, UNKNOWN).role == UNKNOWN.role)


def with_roles(
    session: Session, roles: Mapping[str, str], made_by: Provenance, *, told: str, name: str | None = None
) -> Session:
    """Return a session whose voices have roles.

    Parameters
    ----------
    session : Session
        One that ``takes_roles``.
    roles : Mapping[str, str]
        ``child``, ``adult`` or ``other``, by the speaker codes of now. All that are said to be the child
        become one ``CHI``; a second adult is ``ADU2``.
    made_by : Provenance
        What tells the roles; its step is ``roles``. A person's gets the code of each voice as parameters,
        by the label that the voice had at first (``told_codes``).
    told : str
        A sentence for people: who says so.
    name : str, optional
        The child's.

    Returns
    -------
    Session

    Raises
    ------
    InputError
        ``speakers.transcribed`` where a transcript names its speakers, ``speakers.label`` for a voice
        that is not in the session.
    """
    _check(session, roles)
    codes = _new_codes(session, roles)
    people = _people(session, codes, roles, name)
    code = "speakers.known"
    if made_by.engine == PERSON:
        code = "speakers.told"
        made_by = replace(made_by, parameters=_by_first_label(told_codes(session), codes))
    spoken = tuple(replace(u, speaker=codes.get(u.speaker, u.speaker)) for u in session.utterances)
    renamed = replace(
        session,
        participants=people,
        utterances=spoken,
        warnings=tuple(n for n in session.warnings if n.code not in {*SPEAKER_NOTICES, code}),
        provenance=(*(p for p in session.provenance if (p.step, p.engine) != ("roles", made_by.engine)), made_by),
    )
    left = unknown_voices(renamed)
    more = f" Not known yet: {', '.join(left)}." if left else ""
    return replace(renamed, warnings=(*renamed.warnings, Notice(code, told + more)))


def told_codes(session: Session) -> dict[str, str]:
    """Return the code that a person gave each voice, by the voice's first label; nothing where nobody told."""
    by = next((p for p in session.provenance if (p.step, p.engine) == ("roles", PERSON)), None)
    return dict(by.parameters) if by is not None else {}


def told_roles(session: Session) -> dict[str, str]:
    """Return the role that a person gave each voice, by the voice's first label."""
    stems = {stem: role for role, (stem, _) in ROLES.items()}
    return {first: stems[code.rstrip("0123456789")] for first, code in told_codes(session).items()}


def _by_first_label(before: Mapping[str, str], codes: Mapping[str, str]) -> dict[str, str]:
    """Return codes by first labels, after some codes have changed."""
    moved = {first: codes.get(code, code) for first, code in before.items()}
    return moved | {code: new for code, new in codes.items() if code not in before.values()}


def _check(session: Session, roles: Mapping[str, str]) -> None:
    if not takes_roles(session):
        raise InputError(
            "The transcript of this session names its speakers itself.",
            code="speakers.transcribed",
            hint="Change the names there, and add it again.",
            source=session.source,
        )
    there = session.speakers()
    for code in roles:
        if code not in there:
            raise InputError(
                f"No voice of this session is called {code}.",
                code="speakers.label",
                hint=f"Voices: {', '.join(there) or 'none'}.",
                source=session.source,
            )


def _new_codes(session: Session, roles: Mapping[str, str]) -> dict[str, str]:
    taken = {p.code for p in session.participants if p.code not in roles}
    found: dict[str, str] = {}
    for code in session.speakers():
        if code not in roles:
            continue
        stem = ROLES[roles[code]][0]
        found[code] = stem if roles[code] == "child" else _free(stem, taken)
        taken.add(found[code])
    return found


def _free(stem: str, taken: set[str]) -> str:
    number = 2
    code = stem
    while code in taken:
        code, number = f"{stem}{number}", number + 1
    return code


def _people(
    session: Session, codes: Mapping[str, str], roles: Mapping[str, str], name: str | None
) -> tuple[Participant, ...]:
    """Return the participants, the child first; what a machine called a voice is no name."""
    found: dict[str, Participant] = {}
    listed = {p.code: p for p in session.participants}
    for code in (*listed, *(c for c in codes if c not in listed)):
        person = listed.get(code, Participant(code))
        if code in codes:
            role = roles[code]
            called = "_".join(name.split()) if name and role == "child" else None
            person = replace(person, code=codes[code], role=ROLES[role][1], name=called)
        found.setdefault(person.code, person)
    return tuple(sorted(found.values(), key=lambda p: p.role != ROLES["child"][1]))
