"""What a measure works on: one speaker's side of a session, with what many measures need worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sdc.formats.chat.alignment import mor_fits, without_mor
from sdc.measures.counting import Line, Piece, Word, completing, count_line
from sdc.measures.disfluencies import Disfluencies, count_disfluencies
from sdc.measures.exchanges import Exchange, Said, adult_codes, find_exchanges, find_said
from sdc.measures.flucalc_syllables import line_syllables
from sdc.measures.lemmas import line_lemmas
from sdc.measures.morphemes import morpheme_pieces
from sdc.measures.turn_counts import Turns, count_turns
from sdc.session import CHILD_ROLES, Participant, Session

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks


@dataclass(frozen=True)
class Sample:
    """One speaker's side of a session.

    Attributes
    ----------
    session : Session
    speaker : str
    all_lines : tuple[Line, ...]
        The counted lines of all speakers, in order.
    sound : SoundTracks or None
        What was measured on the recording, if there is one.
    """

    session: Session
    speaker: str
    all_lines: tuple[Line, ...]
    sound: SoundTracks | None = None

    @cached_property
    def participant(self) -> Participant:
        """The speaker as a participant; without role where the headers tell nothing."""
        return self.session.participant(self.speaker) or Participant(self.speaker)

    @property
    def is_child(self) -> bool:
        """Whether the speaker is a child."""
        return self.participant.role in CHILD_ROLES

    @cached_property
    def is_recognised(self) -> bool:
        """Whether a speech recogniser wrote the words down."""
        return self.session.is_recognised

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The speaker's lines."""
        return tuple(line for line in self.all_lines if line.utterance.speaker == self.speaker)

    @cached_property
    def spoken(self) -> tuple[Line, ...]:
        """The speaker's lines on which something was said."""
        return tuple(line for line in self.lines if line.has_speech)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The speaker's words (FREQ's rule)."""
        return tuple(word for line in self.lines for word in line.words)

    @cached_property
    def analysed(self) -> tuple[Piece, ...]:
        """The analysis set (MLU's rule)."""
        joined = completing(self.lines)
        analysed = (line for line in self.lines if line.is_analysed)
        return tuple(p for line in analysed for p in line.pieces(completes=line.index in joined))

    @cached_property
    def small_words(self) -> tuple[str, ...]:
        """The speaker's words (FREQ's rule) in small letters."""
        return tuple(word.key.lower() for word in self.words)

    @cached_property
    def with_mor(self) -> tuple[Line, ...]:
        """The speaker's lines that have a ``%mor`` tier."""
        return tuple(line for line in self.lines if line.utterance.tier("mor") is not None)

    @cached_property
    def morphemes(self) -> tuple[Piece, ...]:
        """The analysis set with morphemes for lengths."""
        return morpheme_pieces(self.with_mor)

    @cached_property
    def lemmas(self) -> tuple[str, ...]:
        """The speaker's lemmas (FREQ's rule)."""
        return tuple(lemma for line in self.with_mor for lemma in line_lemmas(line))

    @cached_property
    def set_aside(self) -> frozenset[int]:
        """Where the lines stand that KIDEVAL leaves out."""
        return frozenset(line.index for line in self.lines if line.is_set_aside)

    @cached_property
    def adults(self) -> frozenset[str]:
        """The codes of the adults who speak."""
        return adult_codes(self.session)

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """What all speakers said, in order."""
        return find_said(self.all_lines)

    @cached_property
    def exchanges(self) -> tuple[Exchange, ...]:
        """The speaker's wholly understood utterances, with what an adult said directly before."""
        return find_exchanges(self.said, self.speaker, self.adults)

    @cached_property
    def turns(self) -> Turns:
        """The speaker's turns and the utterances in them (MLT's rule)."""
        return count_turns(self.all_lines, self.speaker)

    @cached_property
    def disfluencies(self) -> Disfluencies:
        """What FluCalc finds on the speaker's lines."""
        return count_disfluencies(self.lines)

    @cached_property
    def flucalc_syllables(self) -> dict[int, tuple[int, ...]]:
        """The syllables of the words on ``%mor`` (FluCalc's rule), by the index of their utterance."""
        found = ((line.index, line_syllables(line)) for line in self.lines)
        return {index: syllables for index, syllables in found if syllables}


def count_lines(session: Session) -> tuple[Line, ...]:
    """Count all lines of a session; one whose ``%mor`` tier has another length counts as without ``%mor``."""
    return tuple(count_line(u if mor_fits(u) else without_mor(u)) for u in session.utterances)


def indexes(lines: tuple[Line, ...]) -> tuple[int, ...]:
    """Return where lines stand in the session."""
    return tuple([line.index for line in lines])
