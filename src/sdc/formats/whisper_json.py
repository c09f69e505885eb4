"""Read the JSON that Whisper engines write, as a session. The shapes: ``whisper_shapes``."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import Any

from sdc.errors import TranscriptJsonError
from sdc.formats.json_text import RepeatedKeyError, once_each
from sdc.formats.languages import chat_language
from sdc.formats.recognised import RecognisedSegment, tidy_times, to_utterances
from sdc.formats.speaker_names import plain_code
from sdc.formats.whisper_shapes import Json, WhisperResult, read_result
from sdc.session import UNKNOWN_SPEAKER, Notice, Participant, Provenance, Session, Utterance

READER_VERSION = "1"


def read_whisper_json(data: bytes | str | Json | list[Any], *, source: str) -> Session:
    """Read a Whisper result.

    Parameters
    ----------
    data : bytes, str, dict or list
        The file, or what ``json.loads`` made of it.
    source : str
        Its name, for ``Session.source`` and errors.

    Returns
    -------
    Session
        Speakers that the result tells apart become participants with the role
        ``Unidentified``; else everything is by ``UNK``, with a notice.

    Raises
    ------
    TranscriptJsonError
        ``json.not-json``, ``json.unknown-shape``, ``json.failed-result``.
    """
    loaded = load_json(data, source=source) if isinstance(data, bytes | str) else data
    result = read_result(loaded, source=source)
    segments, notices = tidy_times(result.segments)
    segments, people = _with_codes(segments)
    language = chat_language(result.language)
    utterances = to_utterances(segments, speaker=UNKNOWN_SPEAKER, language=result.language)
    content = data if isinstance(data, bytes) else json.dumps(loaded, sort_keys=True).encode()
    return Session(
        source=source,
        languages=(language,) if language else (),
        participants=_participants(people, utterances, language),
        utterances=utterances,
        warnings=(*notices, *_speaker_notices(people, utterances)),
        provenance=_provenance(result, hashlib.sha256(content).hexdigest()),
    )


def load_json(data: bytes | str, *, source: str) -> Any:
    """Parse JSON text.

    Raises
    ------
    TranscriptJsonError
        ``json.not-json``, with the line.
    """
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
        return json.loads(text, object_pairs_hook=once_each)
    except (ValueError, RecursionError) as error:
        raise TranscriptJsonError(
            str(error) if isinstance(error, RepeatedKeyError) else "The file is not JSON text.",
            code="json.not-json",
            hint="Export the transcript again as JSON in UTF-8.",
            source=source,
            line=getattr(error, "lineno", None),
        ) from error


def _with_codes(
    segments: tuple[RecognisedSegment, ...],
) -> tuple[tuple[RecognisedSegment, ...], dict[str, str]]:
    """Give each speaker label a CHAT code: ``SPEAKER_00`` → ``SP00``."""
    labels = dict.fromkeys(
        label for s in segments for label in (s.speaker, *(w.speaker for w in s.words)) if label is not None
    )
    codes: dict[str, str] = {}
    for label in labels:
        codes[label] = plain_code(label, set(codes.values()))

    def coded(label: str | None) -> str | None:
        return codes[label] if label is not None else None

    renamed = tuple(
        replace(s, speaker=coded(s.speaker), words=tuple(replace(w, speaker=coded(w.speaker)) for w in s.words))
        for s in segments
    )
    return renamed, {code: label for label, code in codes.items()}


def _participants(
    people: dict[str, str], utterances: tuple[Utterance, ...], language: str | None
) -> tuple[Participant, ...]:
    codes = dict.fromkeys([*people, *(u.speaker for u in utterances)])
    return tuple(Participant(code, name=people.get(code), language=language) for code in codes)


def _speaker_notices(people: dict[str, str], utterances: tuple[Utterance, ...]) -> tuple[Notice, ...]:
    unknown = sum(u.speaker == UNKNOWN_SPEAKER for u in utterances)
    if not utterances:
        return (Notice("json.no-speech", "The recogniser heard no speech."),)
    if not unknown:
        return ()
    what = f"{unknown} of {len(utterances)} utterances name no speaker" if people else "Speakers were not told apart"
    return (Notice("json.no-speakers", f"{what}; they are kept under {UNKNOWN_SPEAKER}."),)


def _provenance(result: WhisperResult, digest: str) -> tuple[Provenance, ...]:
    return (
        Provenance("transcribe", result.shape, "unknown", model=result.model),
        Provenance("read", "sdc.whisper_json", READER_VERSION, revision=digest),
    )
