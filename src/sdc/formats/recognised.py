"""What a speech recogniser heard, and how it becomes utterances.

The types are the common denominator of all Whisper engines. ``to_utterances`` cuts by
segment, speaker and sentence punctuation. It adds and removes no word and collapses no
repetition: a word said twice stands twice, as plain words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sdc.formats.asr_tier import asr_tier
from sdc.formats.orthography import Chunk, Spelling, add_terminator, read_chunks, without_first_commas
from sdc.session import Notice, TimeSpan, Token, TokenKind, Utterance

MAX_JOIN_GAP_S = 1.0
"""A sentence goes on over a segment's end only within this pause."""

MAX_TIME_S = 900_000.0
"""A later time is none: ten days, and what a time bullet can hold."""

SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")
"""What a punctuated sentence ends in."""


@dataclass(frozen=True, slots=True)
class RecognisedWord:
    """One word with its times in seconds (None: not known) and probability, 0 to 1."""

    text: str
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class RecognisedSegment:
    """One stretch of recognised speech; times in seconds, None where not known.

    ``avg_logprob``, ``no_speech_prob`` and ``compression_ratio`` are Whisper's own figures
    (Radford et al. 2022, section 4.5).
    """

    text: str
    start_s: float | None = None
    end_s: float | None = None
    words: tuple[RecognisedWord, ...] = ()
    speaker: str | None = None
    avg_logprob: float | None = None
    no_speech_prob: float | None = None
    compression_ratio: float | None = None


def to_utterances(
    segments: Sequence[RecognisedSegment],
    *,
    speaker: str,
    language: str | None = None,
    spelling: Spelling | None = None,
) -> tuple[Utterance, ...]:
    """Turn recognised speech into utterances.

    Parameters
    ----------
    segments : Sequence[RecognisedSegment]
        In order; see ``tidy_times``.
    speaker : str
        Code of what carries no speaker of its own.
    language : str, optional
        ISO 639-1 or -3; English fillers are known for English and where it is not told.
    spelling : Spelling, optional
        What the whole transcript's spelling tells, where these segments are a part of it.

    Returns
    -------
    tuple[Utterance, ...]
        Fillers, cut-off words and bracketed sounds have their kinds; a sentence without end
        punctuation gets a full stop, as CHAT demands. The first word of a sentence loses its
        capital unless it has one elsewhere too (CHAT writes only names and ``I`` with capitals).
        ``span`` is None where a segment without word times holds several sentences. Whisper's
        figures of the segments that an utterance comes from stand on ``%xasr`` (``asr_tier``).
    """
    spelling = spelling or Spelling.of(language, (segment.text for segment in segments))
    utterances: list[Utterance] = []
    for sentence in _sentences(segments, spelling):
        code = sentence.voice or speaker
        raw = " ".join(token.raw for token in sentence.tokens)
        tiers = asr_tier(sentence.sources)
        utterances.append(
            Utterance(len(utterances), code, raw, tuple(sentence.tokens), span=sentence.span, tiers=tiers)
        )
    return tuple(utterances)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """Tokens of one speaker up to the end of a sentence, and the segments that they come from."""

    voice: str | None
    tokens: list[Token]
    span: TimeSpan | None
    sources: tuple[RecognisedSegment, ...]


def _sentences(segments: Sequence[RecognisedSegment], spelling: Spelling) -> Iterator[_Sentence]:
    punctuated = any(segment.text.rstrip().endswith(SENTENCE_ENDS) for segment in segments)
    waiting: _Sentence | None = None
    previous: RecognisedSegment | None = None
    for segment in segments:
        sentences = list(_of_segment(segment, spelling))
        if waiting and previous and sentences:
            if punctuated and waiting.voice == sentences[0].voice and _goes_on(previous, segment):
                sentences[0] = _joined(waiting, sentences[0])
            else:
                yield _finished(waiting, spelling)
            waiting = None
        if sentences and not _has_end(sentences[-1].tokens):
            waiting = sentences.pop()
        yield from (_finished(sentence, spelling) for sentence in sentences)
        previous = segment if sentences or waiting else previous
    if waiting:
        yield _finished(waiting, spelling)


def _has_end(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[-1].kind is TokenKind.TERMINATOR


def _finished(sentence: _Sentence, spelling: Spelling) -> _Sentence:
    return replace(sentence, tokens=add_terminator(without_first_commas(spelling.without_capital(sentence.tokens))))


def _goes_on(previous: RecognisedSegment, segment: RecognisedSegment) -> bool:
    """Whether an unfinished sentence goes on in the next segment: no long pause, and in small letters."""
    text = segment.text.strip()
    if not text[:1].islower():
        return False
    return previous.end_s is None or segment.start_s is None or segment.start_s - previous.end_s <= MAX_JOIN_GAP_S


def _joined(first: _Sentence, second: _Sentence) -> _Sentence:
    spans = (first.span, second.span)
    span = None
    if spans[0] and spans[1]:
        span = TimeSpan(spans[0].start_ms, max(spans[0].end_ms, spans[1].end_ms))
    return _Sentence(first.voice, first.tokens + second.tokens, span, first.sources + second.sources)


def _of_segment(segment: RecognisedSegment, spelling: Spelling) -> Iterator[_Sentence]:
    """Cut one segment where the speaker changes and after each end of a sentence."""
    pieces = [
        (voice, tokens)
        for voice, chunks in _by_speaker(segment)
        for tokens in _cut(read_chunks(chunks, spelling))
        if any(token.kind is not TokenKind.SEPARATOR for token in tokens)
    ]
    for position, (voice, tokens) in enumerate(pieces):
        edges = (position == 0, position == len(pieces) - 1)
        yield _Sentence(voice, tokens, _span_of(tokens, segment, edges), (segment,))


def _by_speaker(segment: RecognisedSegment) -> Iterator[tuple[str | None, list[Chunk]]]:
    current: list[Chunk] = []
    voice = segment.speaker
    spaced = any(word.text[:1].isspace() for word in segment.words)
    for word in segment.words or _untimed_words(segment):
        own = word.speaker or segment.speaker
        glued = spaced and current and not word.text[:1].isspace()
        if current and own != voice and not glued:
            yield voice, current
            current = []
        voice = voice if glued else own
        chunk = Chunk(word.text.strip(), _span(word.start_s, word.end_s), word.probability)
        if glued:
            current[-1] = current[-1].plus(chunk)
        elif chunk.text:
            current.append(chunk)
    if current:
        yield voice, current


def _untimed_words(segment: RecognisedSegment) -> tuple[RecognisedWord, ...]:
    return tuple(RecognisedWord(text) for text in segment.text.split())


def _cut(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    sentence: list[Token] = []
    for token in tokens:
        if token.kind is TokenKind.TERMINATOR and all(t.kind is TokenKind.SEPARATOR for t in sentence):
            sentence = []  # punctuation without words
            continue
        sentence.append(token)
        if token.kind is TokenKind.TERMINATOR:
            yield sentence
            sentence = []
    if sentence:
        yield sentence


def _span(start_s: float | None, end_s: float | None) -> TimeSpan | None:
    if start_s is None or end_s is None or end_s < start_s:
        return None
    return TimeSpan(round(start_s * 1000), round(end_s * 1000))


def _span_of(tokens: list[Token], segment: RecognisedSegment, edges: tuple[bool, bool]) -> TimeSpan | None:
    """Return a sentence's time: its words', or the segment's where it is all of it.

    ``edges`` tells whether the sentence begins and ends the segment: only then may the
    segment's own edge stand in for a first or last word without time.
    """
    whole = _span(segment.start_s, segment.end_s)
    heard = [t for t in tokens if t.kind not in (TokenKind.TERMINATOR, TokenKind.SEPARATOR)]
    spans = [t.span for t in heard if t.span is not None]
    if not spans:
        return whole if all(edges) else None
    start, end = min(s.start_ms for s in spans), max(s.end_ms for s in spans)
    if whole and edges[0] and heard[0].span is None:
        start = min(start, whole.start_ms)
    if whole and edges[1] and heard[-1].span is None:
        end = max(end, whole.end_ms)
    return TimeSpan(start, end)


def tidy_times(segments: Sequence[RecognisedSegment]) -> tuple[tuple[RecognisedSegment, ...], tuple[Notice, ...]]:
    """Bring times into order: no NaN, no end before its start, no word outside its segment.

    Returns
    -------
    segments : tuple[RecognisedSegment, ...]
    notices : tuple[Notice, ...]
        ``json.missing-times`` and ``json.clamped-times``, each with how many words or segments.
    """
    tidied = tuple(map(_tidy_segment, segments))
    return tidied, tuple(_time_notices(segments, tidied))


def _tidy_segment(segment: RecognisedSegment) -> RecognisedSegment:
    start, end = _usable(segment.start_s), _usable(segment.end_s)
    if start is not None and end is not None:
        end = max(start, end)
    words: list[RecognisedWord] = []
    floor = start
    for word in segment.words:
        first, last = _clamped(_usable(word.start_s), floor, end), _usable(word.end_s)
        last = _clamped(last, first if first is not None else floor, end)
        words.append(replace(word, start_s=first, end_s=last))
        floor = first if first is not None else floor
    return replace(segment, start_s=start, end_s=end, words=tuple(words))


def _usable(seconds: float | None) -> float | None:
    if seconds is None or math.isnan(seconds) or not 0 <= seconds <= MAX_TIME_S:
        return None
    return seconds


def _clamped(seconds: float | None, floor: float | None, ceiling: float | None) -> float | None:
    if seconds is None:
        return None
    if ceiling is not None:
        seconds = min(seconds, ceiling)
    return seconds if floor is None else max(seconds, floor)


def _time_notices(before: Sequence[RecognisedSegment], after: Sequence[RecognisedSegment]) -> Iterator[Notice]:
    untimed = sum(s.start_s is None or s.end_s is None for s in after if not s.words)
    if untimed:
        yield Notice("json.missing-times", f"{untimed} segment(s) have no times.")
    words = [w for s in after for w in s.words]
    missing = sum(w.start_s is None or w.end_s is None for w in words)
    if missing:
        yield Notice("json.missing-times", f"{missing} of {len(words)} words have no times.")
    moved = sum(_moved(a, b) + sum(map(_moved, a.words, b.words)) for a, b in zip(before, after, strict=True))
    if moved:
        message = f"{moved} time(s) were out of order or outside their segment; they were moved to its edge."
        yield Notice("json.clamped-times", message)


def _moved(old: RecognisedSegment | RecognisedWord, new: RecognisedSegment | RecognisedWord) -> bool:
    times = ((old.start_s, new.start_s), (old.end_s, new.end_s))
    return any(a is not None and b is not None and a != b for a, b in times)
