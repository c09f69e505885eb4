"""Words in Whisper's JSON: their many spellings, and how they belong to segments."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

from sdc.formats.recognised import MAX_JOIN_GAP_S, SENTENCE_ENDS, RecognisedSegment, RecognisedWord

_SPECIAL = re.compile(r"\[_[A-Z]+_(?:\d+)?\]|<\|[^|]*\|>")
_LETTERS = re.compile(r"[^\w]+")
_LOOK_AHEAD = 6


def text_of(value: Any) -> str | None:
    """Return a text that is not empty, else None."""
    return value if isinstance(value, str) and value else None


def numbers_of(item: dict[str, Any], *keys: str, scale: float = 1.0) -> tuple[float | None, ...]:
    """Return the numbers under these keys, None where there is none; numbers too large for a float are none."""
    return tuple(_number(item.get(key), scale) for key in keys)


def _number(value: Any, scale: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if scale == 1.0 else float(value) * scale
    except OverflowError:
        return None


def read_words(items: Any) -> tuple[RecognisedWord, ...]:
    """Read a list of words; ``word`` or ``text``, ``probability`` or ``score``, times in seconds."""
    if not isinstance(items, list):
        return ()
    words = []
    for item in items:
        text = text_of(item.get("word")) or text_of(item.get("text")) if isinstance(item, dict) else None
        if text is None:
            continue
        start, end, probability, score = numbers_of(item, "start", "end", "probability", "score")
        confidence = probability if probability is not None else score
        words.append(RecognisedWord(text, start, end, _share(confidence), text_of(item.get("speaker"))))
    return tuple(words)


def with_voices(words: tuple[RecognisedWord, ...]) -> tuple[RecognisedWord, ...]:
    """Give words that name no speaker, among words that do, to the speaker before them, the first ones to the next.

    WhisperX leaves out times and speaker of words that its aligner cannot spell, numbers above all. The
    segment's speaker is that of most of its time, and may be somebody else there.
    """
    voice = next((word.speaker for word in words if word.speaker), None)
    given = []
    for word in words:
        voice = word.speaker or voice
        given.append(replace(word, speaker=voice))
    return tuple(given)


def _share(value: float | None) -> float | None:
    return min(max(value, 0.0), 1.0) if value is not None and not math.isnan(value) else None


def cpp_words(items: Any) -> tuple[RecognisedWord, ...]:
    """Join whisper.cpp's tokens to words: a token that begins with a space begins a word."""
    words: list[RecognisedWord] = []
    for item in items if isinstance(items, list) else []:
        text = text_of(item.get("text")) if isinstance(item, dict) else None
        if text is None or _SPECIAL.fullmatch(text.strip()):
            continue
        offsets = item.get("offsets")
        start, end = numbers_of(offsets if isinstance(offsets, dict) else {}, "from", "to", scale=0.001)
        (probability,) = numbers_of(item, "p")
        if words and not text[:1].isspace():
            old = words[-1]
            both = [p for p in (old.probability, _share(probability)) if p is not None]
            words[-1] = RecognisedWord(old.text + text, old.start_s, end or old.end_s, min(both, default=None))
        else:
            words.append(RecognisedWord(text, start, end, _share(probability)))
    return tuple(words)


def _key(text: str) -> str:
    return _LETTERS.sub("", text).lower()


def with_punctuation(text: str, words: tuple[RecognisedWord, ...]) -> tuple[tuple[RecognisedWord, ...], int]:
    """Give words that came without punctuation the spelling of the text they belong to.

    Returns
    -------
    words : tuple[RecognisedWord, ...]
        One for each run without spaces in ``text``; without times where no word matches.
    used : int
        How many of ``words`` were used up.
    """
    spelled = []
    position = 0
    for run in text.split():
        match, used = _match(_key(run), words, position)
        position = used
        if match is None:
            spelled.append(RecognisedWord(f" {run}"))
        else:
            spelled.append(RecognisedWord(f" {run}", match.start_s, match.end_s, match.probability, match.speaker))
    return tuple(spelled), position


def _match(key: str, words: tuple[RecognisedWord, ...], position: int) -> tuple[RecognisedWord | None, int]:
    """Find the next word, or run of words such as ``twenty`` ``-one``, that spells ``key``."""
    if not key:
        return None, position
    for start in range(position, min(position + _LOOK_AHEAD, len(words))):
        joined = ""
        for end in range(start, min(start + _LOOK_AHEAD, len(words))):
            joined += _key(words[end].text)
            if joined == key:
                first, last = words[start], words[end]
                shares = [w.probability for w in words[start : end + 1] if w.probability is not None]
                word = RecognisedWord(key, first.start_s, last.end_s, min(shares, default=None), first.speaker)
                return word, end + 1
            if not key.startswith(joined):
                break
    return None, position


def with_top_level_words(
    segments: tuple[RecognisedSegment, ...], words: tuple[RecognisedWord, ...]
) -> tuple[RecognisedSegment, ...]:
    """Hand the words of the whole recording out to its segments, in order."""
    filled = []
    rest = words
    for segment in segments:
        spelled, used = with_punctuation(segment.text, rest)
        rest = rest[used:]
        filled.append(replace(segment, words=spelled) if used else segment)
    return tuple(filled)


def segments_of_words(text: str, words: tuple[RecognisedWord, ...]) -> tuple[RecognisedSegment, ...]:
    """Make segments of words that stand alone.

    The text gives the words their punctuation. Where it has none that ends a sentence, a
    pause of ``MAX_JOIN_GAP_S`` or more ends the segment.
    """
    spelled, used = with_punctuation(text, words) if text.strip() else ((), 0)
    chosen = spelled if used == len(words) else words
    runs: list[list[RecognisedWord]] = []
    punctuated = any(word.text.rstrip().endswith(SENTENCE_ENDS) for word in chosen)
    for word in chosen:
        if not runs or (not punctuated and _pause_s(runs[-1][-1], word) >= MAX_JOIN_GAP_S):
            runs.append([])
        runs[-1].append(word)
    return tuple(map(_segment_of, runs))


def _pause_s(before: RecognisedWord, after: RecognisedWord) -> float:
    return after.start_s - before.end_s if after.start_s is not None and before.end_s is not None else 0.0


def _segment_of(words: list[RecognisedWord]) -> RecognisedSegment:
    starts = [w.start_s for w in words if w.start_s is not None]
    ends = [w.end_s for w in words if w.end_s is not None]
    text = " ".join(w.text.strip() for w in words)
    return RecognisedSegment(text, min(starts, default=None), max(ends, default=None), tuple(words))
