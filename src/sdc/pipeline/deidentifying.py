"""A child's roster, filled from what the store knows; sessions and texts without names."""

from __future__ import annotations

from collections.abc import Iterable

from sdc.deidentify import Kind, Roster, Suggestion, deidentify_session, deidentify_text, suggest_names
from sdc.errors import NotFoundError
from sdc.formats.chat.check_headers import ROLES
from sdc.pipeline.parts import Parts
from sdc.session import Session
from sdc.store.records import Child
from sdc.store.rosters import Rosters


def sound(word: str) -> tuple[int, int]:
    """Return how a word counts where syllables are counted, so that a pseudonym can count the same."""
    from sdc.measures.flucalc_syllables import n_flucalc_syllables
    from sdc.measures.syllables import n_syllables

    return n_syllables(word), n_flucalc_syllables(word)


def childs_roster(parts: Parts, child: Child, sessions: Iterable[Session] = ()) -> Roster:
    """Return a child's roster with the child's name and the participants' names of sessions on it.

    Parameters
    ----------
    parts : Parts
    child : Child
    sessions : Iterable[Session], optional
        Whose participants are added; default: all of the child's that are stored.
    """
    known = list(sessions) or stored_sessions(parts, child)
    people = [child.name, *dict.fromkeys(n for session in known for n in participants_names(session))]
    return roster_with(parts.rosters, child.id, people)


def roster_with(rosters: Rosters, child_id: str, people: Iterable[str]) -> Roster:
    """Return a child's roster with these people on it."""
    return rosters.change(child_id, lambda roster: _with_people(roster, people))


def _with_people(roster: Roster, people: Iterable[str]) -> Roster:
    for name in people:
        roster = roster.with_person(name, sound=sound)
    return roster


def participants_names(session: Session) -> list[str]:
    """Return the names in ``@Participants``, less those that are roles (``MOT Mother Mother``)."""
    names = (p.name for p in session.participants)
    return [name for name in names if name and not {name.title(), *name.title().split("_")} & ROLES]


def stored_sessions(parts: Parts, child: Child) -> list[Session]:
    """Return all sessions of a child, oldest first."""
    entries = parts.repository.session_entries(child.id)
    return [parts.repository.session(entry.id).session for entry in entries]


def add_name(parts: Parts, child: Child, name: str, kind: Kind, *, any_case: bool = True) -> Roster:
    """Put a name on a child's roster."""
    return parts.rosters.change(child.id, lambda roster: roster.with_name(name, kind, any_case=any_case, sound=sound))


def remove_name(parts: Parts, child: Child, name: str) -> Roster:
    """Take a name off a child's roster; ``NotFoundError`` when it is not there."""
    before = parts.rosters.get(child.id)
    if before.without(name) == before:
        raise NotFoundError(f"{name} is not on the roster.", code="roster.not-found", hint="See `sdc roster CHILD`.")
    return parts.rosters.change(child.id, lambda roster: roster.without(name))


def suggestions(parts: Parts, child: Child) -> list[Suggestion]:
    """Return words of the child's sessions that may be names and are on no roster."""
    sessions = stored_sessions(parts, child)
    return suggest_names(sessions, childs_roster(parts, child, sessions))


def without_names(parts: Parts, child: Child, session: Session) -> Session:
    """Return a session of a child without names; identifiers that were found are kept on the roster."""
    childs_roster(parts, child, [session])
    grown = parts.rosters.change(child.id, lambda roster: deidentify_session(session, roster).roster)
    return deidentify_session(session, grown).session


def text_without_names(parts: Parts, child: Child, text: str) -> str:
    """Return a text about a child without names, as it may leave this machine; the roster puts it back."""
    childs_roster(parts, child)
    grown = parts.rosters.change(child.id, lambda roster: deidentify_text(text, roster).roster)
    return deidentify_text(text, grown).text
