"""The shapes of the JSON that Whisper engines write.

===================== ================================================================
shape                 known by
===================== ================================================================
openai-whisper        ``segments`` with ``start``, ``end``, ``words``
openai-api            ``verbose_json``: ``words`` at the top level, or none
faster-whisper        dumped ``Segment``/``Word`` objects, alone in a list or under ``segments``
whisperx              ``word_segments``; words may lack times; ``speaker`` on segments and words
whisper.cpp           ``transcription`` with ``offsets`` in ms, ``tokens`` when asked for
huggingface           ``chunks`` with ``timestamp: [start, end or null]``
talkbank              ``result.chunks`` with ``start_s``, ``end_s``
text                  ``text`` alone: no times
===================== ================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sdc.errors import TranscriptJsonError
from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.formats.whisper_words import (
    cpp_words,
    numbers_of,
    read_words,
    segments_of_words,
    text_of,
    with_top_level_words,
    with_voices,
)

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class WhisperResult:
    """What one JSON file says, in common terms."""

    shape: str
    segments: tuple[RecognisedSegment, ...]
    language: str | None = None
    model: str | None = None


def read_result(loaded: Any, *, source: str) -> WhisperResult:
    """Tell the shape of parsed JSON and read it.

    Raises
    ------
    TranscriptJsonError
        ``json.unknown-shape``, ``json.chatter``, ``json.failed-result``.
    """
    if isinstance(loaded, list):
        loaded = {"segments": loaded}
    reader = _reader_for(loaded) if isinstance(loaded, dict) else None
    if reader is None and _is_chatter(loaded):
        raise TranscriptJsonError(
            "This is a CHAT file in the JSON of TalkBank's chatter.",
            code="json.chatter",
            hint="Turn it into CHAT with `chatter from-json`, and read that.",
            source=source,
        )
    if reader is None:
        raise TranscriptJsonError(
            "This JSON is no Whisper result that SDC knows.",
            hint="Known are the results of openai-whisper, the OpenAI API (verbose_json), faster-whisper, WhisperX,"
            " whisper.cpp and the Hugging Face pipeline, and SDC's own session JSON.",
            source=source,
        )
    if reader is _read_exchange and loaded["outcome"]["kind"] != "success":
        raise TranscriptJsonError(
            "This is the report of a recognition that failed; it holds no transcript.",
            code="json.failed-result",
            hint="Run the recogniser again.",
            source=source,
        )
    return reader(loaded)


def _reader_for(loaded: Json) -> Callable[[Json], WhisperResult] | None:
    for recognises, reader in _SHAPES:
        if recognises(loaded):
            return reader
    return None


def _is_list_of(value: Any, *keys: str) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) and all(k in item for k in keys) for item in value)


def _is_chatter(loaded: Any) -> bool:
    """Whether it is chatter's syntax tree of a CHAT file: lines, and what it derives of the headers."""
    known = {"lines", "languages", "participants"}
    return isinstance(loaded, dict) and known <= set(loaded) and _is_list_of(loaded["lines"])


def _is_cpp(loaded: Json) -> bool:
    return _is_list_of(loaded.get("transcription"), "text")


def _is_segments(loaded: Json) -> bool:
    segments = loaded.get("segments")
    return _is_list_of(segments, "text") and (bool(segments) or "text" in loaded or "word_segments" in loaded)


def _is_chunks(loaded: Json) -> bool:
    return _is_list_of(loaded.get("chunks"), "text", "timestamp")


def _is_exchange(loaded: Json) -> bool:
    return isinstance(loaded.get("outcome"), dict) and "kind" in loaded["outcome"]


def _is_words(loaded: Json) -> bool:
    return _is_list_of(loaded.get("words"), "word", "start", "end") and isinstance(loaded.get("text"), str)


_TEXT_KEYS = frozenset({"text", "language", "duration", "task", "usage", "logprobs", "words", "segments"})


def _is_text(loaded: Json) -> bool:
    return isinstance(loaded.get("text"), str) and set(loaded) <= _TEXT_KEYS


def _read_segments(loaded: Json) -> WhisperResult:
    segments = tuple(map(_segment, loaded["segments"]))
    shape = "openai-whisper"
    if "word_segments" in loaded or any(s.speaker or any(w.speaker for w in s.words) for s in segments):
        shape = "whisperx"
    elif _is_words(loaded) or loaded.get("task") == "transcribe" or "duration" in loaded:
        shape = "openai-api"
    elif "text" not in loaded:
        shape = "faster-whisper"
    if loaded.get("words") and not any(s.words for s in segments):
        segments = with_top_level_words(segments, read_words(loaded["words"]))
    return WhisperResult(shape, segments, text_of(loaded.get("language")))


def _segment(item: Json) -> RecognisedSegment:
    start, end, logprob, no_speech, ratio = numbers_of(
        item, "start", "end", "avg_logprob", "no_speech_prob", "compression_ratio"
    )
    return RecognisedSegment(
        text=text_of(item.get("text")) or "",
        start_s=start,
        end_s=end,
        words=with_voices(read_words(item.get("words"))),
        speaker=text_of(item.get("speaker")),
        avg_logprob=logprob,
        no_speech_prob=no_speech,
        compression_ratio=ratio,
    )


def _read_words_only(loaded: Json) -> WhisperResult:
    segments = segments_of_words(loaded["text"], read_words(loaded["words"]))
    return WhisperResult("openai-api", segments, text_of(loaded.get("language")))


def _read_cpp(loaded: Json) -> WhisperResult:
    segments = []
    for item in loaded["transcription"]:
        offsets = item.get("offsets")
        start, end = numbers_of(offsets if isinstance(offsets, dict) else {}, "from", "to", scale=0.001)
        speaker = text_of(item.get("speaker"))
        words = cpp_words(item.get("tokens"))
        segments.append(RecognisedSegment(text_of(item["text"]) or "", start, end, words, speaker))
    result, model = loaded.get("result"), loaded.get("model")
    language = text_of(result.get("language")) if isinstance(result, dict) else None
    kind = text_of(model.get("type")) if isinstance(model, dict) else None
    return WhisperResult("whisper.cpp", tuple(segments), language, kind)


def _read_chunks(loaded: Json) -> WhisperResult:
    chunks = loaded["chunks"]
    words = []
    for chunk in chunks:
        times = chunk["timestamp"] if isinstance(chunk["timestamp"], list) else []
        start, end = numbers_of(dict(zip(("start", "end"), times, strict=False)), "start", "end")
        words.append(RecognisedWord(text_of(chunk["text"]) or "", start, end))
    # With return_timestamps="word" each chunk is one word.
    if all(len(word.text.split()) <= 1 for word in words) and len(words) > 1:
        return WhisperResult("huggingface", segments_of_words(text_of(loaded.get("text")) or "", tuple(words)))
    return WhisperResult("huggingface", tuple(RecognisedSegment(w.text, w.start_s, w.end_s) for w in words))


def _read_exchange(loaded: Json) -> WhisperResult:
    result = loaded.get("result")
    result = result if isinstance(result, dict) else {}
    chunks = result.get("chunks")
    words = []
    for chunk in chunks if isinstance(chunks, list) else []:
        if isinstance(chunk, dict):
            start, end = numbers_of(chunk, "start_s", "end_s")
            words.append(RecognisedWord(text_of(chunk.get("text")) or "", start, end))
    segments = segments_of_words(text_of(result.get("text")) or "", tuple(words))
    return WhisperResult("talkbank", segments, text_of(result.get("lang")))


def _read_text(loaded: Json) -> WhisperResult:
    segments = (RecognisedSegment(loaded["text"]),) if loaded["text"].strip() else ()
    return WhisperResult("text", segments, text_of(loaded.get("language")))


_SHAPES: tuple[tuple[Callable[[Json], bool], Callable[[Json], WhisperResult]], ...] = (
    (_is_cpp, _read_cpp),
    (_is_segments, _read_segments),
    (_is_chunks, _read_chunks),
    (_is_exchange, _read_exchange),
    (_is_words, _read_words_only),
    (_is_text, _read_text),
)
