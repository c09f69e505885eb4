"""`sdc roles`: who is who in a session that was transcribed by machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import as_table, note, number, plural, say
from sdc.errors import InputError

if TYPE_CHECKING:
    from sdc.session import Session

N_WORDS = 8
"""So much of a voice's longest line is shown."""


def roles(
    child: Annotated[str, typer.Argument(help="Name or id of the child.")],
    session: Annotated[str, typer.Argument(help="Date, file name or id of the session.")],
    told: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE=ROLE]...", help="SP00=child SP01=adult; or other.")
    ] = None,
    remember: Annotated[
        bool, typer.Option("--remember", help="Remember these voices for the child's other recordings.")
    ] = False,
) -> None:
    """Tell whose voice is whose, and measure the session anew; without roles, list its voices.

    Nothing is transcribed again. A mistake is put right by telling again: CHI=adult ADU=child.
    """
    from sdc.app import build_app
    from sdc.cli.enrol import know_again_with_progress
    from sdc.pipeline.roles import find_session, remember_voices, tell_roles
    from sdc.settings import read_settings

    given = dict(map(_role, told or ()))
    with build_app(read_settings()) as app:
        known = app.repository.named_child(child)
        entry = find_session(app, known, session)
        if given:
            tell_roles(app.repository, entry.id, given)
            app.audit.record(actor="cli", action="roles.tell", child_id=known.id, object_id=entry.id)
        stored = app.repository.session(entry.id)
        say(_voices(stored.session))
        mlu = stored.entry.measures.get("mlu_words")
        if given and mlu is not None:
            say(f"{known.name}: MLU in words {number(mlu.value)} ({plural(mlu.n or 0, 'utterance')})")
        if remember:
            kept = remember_voices(app.repository, entry.id)
            app.audit.record(actor="cli", action="voice.enrol", child_id=known.id, object_id=entry.id)
            if kept.roles:
                say(f"Remembered voices: {', '.join(kept.roles)}.")
            for role in kept.too_short:
                note(f"warning: too little of the {role} is heard alone to know the voice by.")
            know_again_with_progress(app, known)


def _role(text: str) -> tuple[str, str]:
    code, equals, role = text.partition("=")
    if not (code and equals and role):
        raise InputError(f"{text} is no CODE=ROLE.", code="speakers.role", hint="Write, for example, SP00=child.")
    return code, role.lower()


def _voices(session: Session) -> str:
    """Return a table of the voices, each with its longest line."""
    roles = {p.code: p.role for p in session.participants}
    rows = []
    for code in session.speakers():
        lines = [u for u in session.utterances if u.speaker == code]
        longest = max(lines, key=lambda u: len(u.tokens))
        words = " ".join(longest.raw.split()[:N_WORDS])
        at = f"{longest.span.start_ms / 1000:.0f} s" if longest.span else "—"
        rows.append((code, roles.get(code, "Unidentified"), len(lines), at, words))
    return as_table(("voice", "role", "lines", "hear it at", "says"), rows, title=session.source)
