"""Words go to the voice that is heard in their middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.transcribe.speakers.segments import Diarization, SpeakerSegment

NEAR_MS = 500
"""A word in silence goes to the nearest voice within this: a recogniser's times are off by that much."""
UNSURE = 0.6
"""A segment's confidence below which its words may be somebody else's."""


def give_words(
    segments: Sequence[RecognisedSegment], diarization: Diarization, codes: Mapping[str, str]
) -> tuple[tuple[RecognisedSegment, ...], int]:
    """Give each word to a speaker.

    Parameters
    ----------
    segments : Sequence[RecognisedSegment]
    diarization : Diarization
    codes : Mapping[str, str]
        Speaker code of each voice.

    Returns
    -------
    segments : tuple[RecognisedSegment, ...]
        With speakers; a word without times goes with the word before it, one that no voice is near
        has none.
    n_unsure : int
        Words (segments, where words have no times) that lie where voices overlap or are hard to tell.
    """
    voices = _Voices(diarization)
    given = tuple(_give(segment, voices, codes) for segment in segments)
    return given, voices.n_unsure


def _give(segment: RecognisedSegment, voices: _Voices, codes: Mapping[str, str]) -> RecognisedSegment:
    whole = None
    if not segment.words or segment.words[0].start_s is None:
        whole = voices.at(segment.start_s, segment.end_s)
    speaker = codes[whole] if whole else None
    words: list[RecognisedWord] = []
    current = speaker
    for word in segment.words:
        if word.start_s is not None and word.end_s is not None:
            own = voices.at(word.start_s, word.end_s)
            current = codes[own] if own else None
        words.append(replace(word, speaker=current))
    return replace(segment, speaker=speaker, words=tuple(words))


class _Voices:
    """Finds the voice at a time, and counts where it was not sure."""

    def __init__(self, diarization: Diarization) -> None:
        self._segments = diarization.segments
        self._starts = np.array([s.span.start_ms for s in self._segments])
        self._ends = np.array([s.span.end_ms for s in self._segments])
        self.n_unsure = 0

    def at(self, start_s: float | None, end_s: float | None) -> str | None:
        if start_s is None or end_s is None or not self._segments:
            return None
        middle = 500 * (start_s + end_s)
        away = np.maximum(np.maximum(self._starts - middle, middle - self._ends), 0)
        there = [self._segments[k] for k in np.flatnonzero(away == 0)]
        if not there:
            nearest = int(away.argmin())
            return self._segments[nearest].speaker if away[nearest] <= NEAR_MS else None
        best = max(there, key=_confidence)
        self.n_unsure += len({s.speaker for s in there}) > 1 or _confidence(best) < UNSURE
        return best.speaker


def _confidence(segment: SpeakerSegment) -> float:
    return 1.0 if segment.confidence is None else segment.confidence
