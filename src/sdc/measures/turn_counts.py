"""Turns and the utterances in them, as MLT counts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sdc.measures.counting import Line, completing


@dataclass(frozen=True, slots=True)
class Turns:
    """How many turns, and utterances in them."""

    turns: int
    utterances: int


def count_turns(lines: Sequence[Line], speaker: str) -> Turns:
    """Count a speaker's turns and utterances among all lines of a session, by the rule of MLT.

    A turn is a run of lines of one speaker, until anybody else has a line. Every terminator
    ends an utterance, also where nothing was understood. A line that goes on with ``+,``
    belongs to the turn and the utterance that it completes, unless that one held no words.
    """
    own = (line for line in lines if line.utterance.speaker == speaker)
    joined = completing(own, wordless=False)
    turns = utterances = 0
    is_new = True
    for line in lines:
        if line.utterance.speaker != speaker:
            is_new = True
            continue
        n_new = len(line.ends) - (line.index in joined)
        utterances += n_new
        if is_new and n_new > 0:
            turns, is_new = turns + 1, False
    return Turns(turns, utterances)
