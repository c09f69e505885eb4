"""What the transcript states that somebody did with the voice: laughing, crying, squealing.

A person heard it and wrote it down. It stands beside the energy of voice, as evidence: listed with
its time, never mixed into a score and never read as a feeling.
"""

from __future__ import annotations

from dataclasses import dataclass

from sdc.session import ScopeKind, Session, TimeSpan, Token, TokenKind, Utterance

EVENTS: dict[str, tuple[str, ...]] = {
    "laughs": ("laugh", "giggl", "chuckl"),
    "cries": ("cry", "cries", "cried", "sob", "weep", "whimper", "whin"),
    "squeals": ("squeal", "shriek"),
    "shouts": ("shout", "scream", "yell"),
    "sings": ("sing", "hum"),
    "whispers": ("whisper",),
    "growls": ("growl", "roar", "grunt"),
    "sighs": ("sigh", "moan", "groan", "gasp"),
}
"""Name → beginnings of events such as ``&=laughs`` and remarks such as ``[=! laughing]``.

The words are those of CHAT's simple events (CHAT manual, section 8.1).
"""


@dataclass(frozen=True, slots=True)
class StatedEvent:
    """Something that a speaker did with the voice, as the transcript states it.

    Attributes
    ----------
    utterance : int
        Index of the line that states it.
    speaker : str
    name : str
        Of ``EVENTS``.
    text : str
        As written: ``laughs``, ``cries:loud``.
    span : TimeSpan or None
        Its own time code, else that of its line.
    """

    utterance: int
    speaker: str
    name: str
    text: str
    span: TimeSpan | None


def stated_events(session: Session) -> tuple[StatedEvent, ...]:
    """Return the stated events of a session, in the order of its lines."""
    return tuple(event for utterance in session.utterances for event in _on_line(utterance))


def _on_line(utterance: Utterance) -> list[StatedEvent]:
    stated: list[tuple[str, Token | None]] = [(t.text, t) for t in utterance.tokens if t.kind is TokenKind.EVENT]
    stated += [(s.text, None) for s in utterance.scopes if s.kind is ScopeKind.PARALINGUISTIC]
    return [
        StatedEvent(utterance.index, utterance.speaker, name, text, (token and token.span) or utterance.span)
        for text, token in stated
        if (name := _name(text)) is not None
    ]


def _name(text: str) -> str | None:
    begins = text.lower()
    return next((name for name, stems in EVENTS.items() if begins.startswith(stems)), None)
