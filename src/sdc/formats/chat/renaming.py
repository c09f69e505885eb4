"""A speaker of a whole session gets another code or role, or turns out to be somebody who is there already."""

from __future__ import annotations

import re
from dataclasses import replace

from sdc.errors import InputError
from sdc.formats.chat.check_headers import ROLES
from sdc.formats.chat.editing import edited_lines, told
from sdc.formats.chat.mainline import read_main_line
from sdc.session import Participant, Provenance, Session, Utterance

_CODE = re.compile(r"[A-Z][A-Z0-9]{0,6}")
"""What CHAT wants: capital letters and digits, a letter first, seven at most."""

_ADDRESSEE = "add"
"""The tier that names to whom a line is said, by code."""

ROLES_STEP = "roles"


def rename_speaker(
    session: Session, code: str, *, to: str | None = None, role: str | None = None, join: bool = False
) -> Session:
    """Give a speaker another code, another role, or both, on all lines.

    Parameters
    ----------
    session : Session
    code : str
        As it is now.
    to : str, optional
        The new code.
    role : str, optional
        A role of CHAT: ``Target_Child``, ``Mother`` …
    join : bool
        Whether ``to`` may be somebody who is there already: the two become one, who stays as described.

    Returns
    -------
    Session
        The same object where nothing would change. Headers, addressees and interposed words that name the
        speaker change with the lines.

    Raises
    ------
    InputError
        ``edit.speaker``, ``edit.speaker-code``, ``edit.speaker-taken``, ``edit.speaker-role``.
    """
    new = to or code
    _check(session, code, new, role, join=join)
    people = _people(session, code, new, role)
    lines = tuple(_renamed_line(line, code, new) for line in session.utterances)
    if lines == session.utterances and people == session.participants:
        return session
    headers = tuple(
        replace(h, name=f"{h.name.rpartition(' ')[0]} {new}") if h.name.endswith(f" of {code}") else h
        for h in session.headers
    )
    if any(p.code == new for p in session.participants) and new != code:
        headers = tuple(h for h in session.headers if not h.name.endswith(f" of {code}"))
    made = tuple(_renamed_provenance(p, code, new) for p in session.provenance)
    renamed = replace(session, participants=people, utterances=lines, headers=headers, provenance=made)
    return told(renamed, edited=edited_lines(session))


def _check(session: Session, code: str, new: str, role: str | None, *, join: bool) -> None:
    codes = tuple(dict.fromkeys([*(p.code for p in session.participants), *session.speakers()]))
    if code not in codes:
        raise InputError(
            f"No speaker of this session is called {code}.",
            code="edit.speaker",
            hint=f"Speakers: {', '.join(codes)}.",
            source=session.source,
        )
    if new != code and not _CODE.fullmatch(new):
        raise InputError(
            f"{new!r} is no code of a speaker.",
            code="edit.speaker-code",
            hint="A code is 1 to 7 capital letters and digits, a letter first: CHI, MOT, INV1.",
        )
    if new != code and new in codes and not join:
        raise InputError(
            f"{new} is a speaker of this session already.",
            code="edit.speaker-taken",
            hint=f"Say that the two are one person (join) to give all lines of {code} to {new}.",
        )
    if role is not None and role not in ROLES:
        raise InputError(
            f"{role!r} is no role of CHAT.", code="edit.speaker-role", hint="Roles: Target_Child, Mother, Father …"
        )


def _people(session: Session, code: str, new: str, role: str | None) -> tuple[Participant, ...]:
    """Return the participants with the speaker renamed; one who joins another is that one from then on."""
    listed = session.participants
    if not any(p.code == code for p in listed):
        listed = (*listed, Participant(code))
    if new != code and any(p.code == new for p in listed):
        listed = tuple(p for p in listed if p.code != code)
    people = tuple(replace(p, code=new) if p.code == code else p for p in listed)
    return tuple(replace(p, role=role) if role is not None and p.code == new else p for p in people)


def _renamed_line(line: Utterance, code: str, new: str) -> Utterance:
    speaker = new if line.speaker == code else line.speaker
    tiers = tuple(
        replace(tier, text=re.sub(rf"\b{re.escape(code)}\b", new, tier.text)) if tier.name == _ADDRESSEE else tier
        for tier in line.tiers
    )
    renamed = line if (speaker, tiers) == (line.speaker, line.tiers) else replace(line, speaker=speaker, tiers=tiers)
    return _renamed_inside(renamed, f"&*{code}:", f"&*{new}:") if f"&*{code}:" in line.raw else renamed


def _renamed_inside(line: Utterance, old: str, new: str) -> Utterance:
    """Rename whose short word it is inside somebody else's line; times stay token by token."""
    text = line.raw.replace(old, new)
    tokens = tuple(
        replace(fresh, span=was.span, probability=was.probability)
        for fresh, was in zip(read_main_line(text).tokens, (t for t in line.tokens), strict=False)
    )
    return replace(line, raw=text, tokens=tokens) if len(tokens) == len(line.tokens) else line


def _renamed_provenance(made: Provenance, code: str, new: str) -> Provenance:
    """Let what was told about voices go on to hold: it names them by their code."""
    if made.step != ROLES_STEP or code not in made.parameters.values():
        return made
    return replace(made, parameters={k: new if v == code else v for k, v in made.parameters.items()})
