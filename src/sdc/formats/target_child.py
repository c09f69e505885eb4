"""Who the child is, as somebody says: by the code or the name of a speaker."""

from __future__ import annotations

from dataclasses import replace

from sdc.errors import InputError
from sdc.session import Notice, Participant, Session

TOLD = "speakers.target-told"
_ASKED = frozenset({"annotation.no-child"})


def with_target(session: Session, speaker: str) -> Session:
    """Return a session whose target child is the speaker of this code or name.

    Parameters
    ----------
    session : Session
    speaker : str
        A code such as ``CHI``, or a name as ``@Participants`` has it, in upper or lower case.

    Returns
    -------
    Session
        Another one who had the role of the target child is a ``Child`` then. A notice tells that it was said.

    Raises
    ------
    InputError
        ``speakers.label``: nobody of that code or name is there, or two are.
    """
    people = {p.code: p for p in session.participants}
    people |= {code: Participant(code) for code in session.speakers() if code not in people}
    wanted = "_".join(speaker.split()).lower()
    found = [p for p in people.values() if p.code.lower() == wanted]
    found = found or [p for p in people.values() if (p.name or "").lower() == wanted]
    if len(found) != 1:
        there = ", ".join(" ".join(filter(None, (p.code, p.name and f"({p.name})"))) for p in people.values())
        raise InputError(
            f"{'Several speakers' if found else 'No speaker'} of this session is called {speaker}.",
            code="speakers.label",
            hint=f"Speakers: {there or 'none'}.",
            source=session.source,
        )
    target = found[0]
    if session.target is not None and session.target.code == target.code and target.role == "Target_Child":
        return session
    warnings = (
        *(n for n in session.warnings if n.code not in _ASKED),
        Notice(TOLD, f"{target.code} was said to be the child."),
    )
    return replace(session, participants=tuple(_with_role(p, target) for p in people.values()), warnings=warnings)


def _with_role(person: Participant, target: Participant) -> Participant:
    if person.code == target.code:
        return replace(person, role="Target_Child")
    return replace(person, role="Child") if person.role == "Target_Child" else person
