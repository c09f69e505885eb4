"""A good moment of a child's: words of its own that a family can read, and hear where the recording is kept.

The rule, as it is told to whoever asks: of the newest recording that has one, the child's utterance
with the most words that are its own. Its own: every word is known, nothing was hesitated over or taken
back, and it does not just say again what somebody else said in the line before. Two words at least, so
many at most as a quotation has room for; of equals the first; an utterance that can be played goes
before one that cannot.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from sdc.companion.quotes import MAX_QUOTE_WORDS, n_words, spoken
from sdc.progress import Placed, SessionPoint
from sdc.session import TimeSpan, TokenKind, Utterance

MIN_WORDS = 2
UNSURE = frozenset({TokenKind.FILLER, TokenKind.FRAGMENT})

Silence = Literal["no_recording", "no_consent", "no_times"]


@dataclass(frozen=True, slots=True)
class GoodMoment:
    """Words of the child's, and where they are heard.

    Attributes
    ----------
    placed : Placed[SessionPoint]
        The session.
    index : int
        Of the utterance in that session.
    words : str
    span : TimeSpan or None
        When it was said in the recording; None: it cannot be played.
    silence : {"no_recording", "no_consent", "no_times"} or None
        Why it cannot be played.
    """

    placed: Placed[SessionPoint]
    index: int
    words: str
    span: TimeSpan | None = None
    silence: Silence | None = None


def good_moment(
    line: Sequence[Placed[SessionPoint]], *, recorded: Collection[str], is_allowed: bool
) -> GoodMoment | None:
    """Choose a good moment by the rule above.

    Parameters
    ----------
    line : Sequence[Placed[SessionPoint]]
        The child's sessions, oldest first.
    recorded : Collection[str]
        Ids of the sessions whose recording is kept.
    is_allowed : bool
        Whether the family agrees that recordings are kept; without that nothing is played.

    Returns
    -------
    GoodMoment or None
        None where no session has words that the rule finds.
    """
    for placed in reversed(line):
        has_sound = is_allowed and placed.point.session_id in recorded
        found = _best(placed.point, has_sound=has_sound)
        if found is None:
            continue
        if has_sound and found.span is not None:
            return GoodMoment(placed, found.index, spoken(found), found.span)
        why: Silence = "no_consent" if not is_allowed else "no_times" if has_sound else "no_recording"
        return GoodMoment(placed, found.index, spoken(found), None, why)
    return None


def _best(point: SessionPoint, *, has_sound: bool) -> Utterance | None:
    own = [u for u in point.child_utterances if _is_own(u, point)]
    return max(own, key=lambda u: (has_sound and u.span is not None, n_words(u), -u.index), default=None)


def _is_own(utterance: Utterance, point: SessionPoint) -> bool:
    """Whether the words are wholly known, said in one go, and not those of the line before."""
    words = spoken(utterance).split()
    if not MIN_WORDS <= len(words) <= MAX_QUOTE_WORDS or n_words(utterance) < MIN_WORDS:
        return False
    if utterance.retraced() or any(t.kind in UNSURE for t in utterance.tokens):
        return False
    return not _says_again(utterance, _line_before(utterance, point))


def _line_before(utterance: Utterance, point: SessionPoint) -> Utterance | None:
    return next((u for u in point.utterances if u.index == utterance.index - 1), None)


def _says_again(utterance: Utterance, before: Utterance | None) -> bool:
    if before is None or before.speaker == utterance.speaker:
        return False
    said = f" {spoken(before).casefold()} "
    return f" {spoken(utterance).casefold()} " in said
