"""SDC's own session JSON: versioned, with a committed JSON Schema.

``dump_session`` writes every field, empty ones as null, in the order of the record, so that
JSON → Session → JSON is the identity. A field may be left out when it has a default; a field
that the record does not have is refused, never dropped. NaN and infinity do not occur.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.errors import TranscriptJsonError
from sdc.formats.json_text import RepeatedKeyError, once_each
from sdc.session import SESSION_SCHEMA, Session, Utterance

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError

SCHEMA_FILE = "session.schema.json"
_FAMILY = SESSION_SCHEMA.partition("/")[0]


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Session]:
    from pydantic import TypeAdapter

    return TypeAdapter(Session)


def dump_session(session: Session) -> str:
    """Return a session as JSON text.

    Raises
    ------
    ValueError
        A number of the session is NaN or infinite.
    """
    return json.dumps(_adapter().dump_python(session, mode="json"), ensure_ascii=False, allow_nan=False)


def is_session_json(loaded: Any) -> bool:
    """Whether parsed JSON claims to be a session, of whatever version."""
    return isinstance(loaded, dict) and str(loaded.get("schema", "")).startswith(f"{_FAMILY}/")


def load_session(text: str | bytes, *, source: str) -> Session:
    """Read session JSON.

    Parameters
    ----------
    text : str or bytes
    source : str
        Name for errors; ``Session.source`` is what the JSON says.

    Returns
    -------
    Session

    Raises
    ------
    TranscriptJsonError
        ``json.not-json``, ``json.unknown-shape``, ``json.wrong-version``, ``json.invalid``.
    """
    from pydantic import ValidationError

    loaded = _parsed(text, source)
    _refuse_other(loaded, source)
    try:
        # Parsed again as JSON: strict validation takes lists for tuples only from JSON text.
        session = _adapter().validate_json(text, strict=True)
    except ValidationError as error:
        raise _invalid(_first_fault(error), source) from error
    except UnicodeEncodeError as error:
        raise _invalid("a text holds half a surrogate pair", source) from error
    fault = next(_unknown_fields(loaded, _adapter().dump_python(session, mode="json")), None)
    fault = fault or next(_contradictions(session), None)
    if fault is not None:
        raise _invalid(fault, source)
    return session


def session_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of session JSON."""
    schema = _adapter().json_schema()
    for definition in [schema, *schema.get("$defs", {}).values()]:
        if "properties" in definition:
            definition["additionalProperties"] = False
    schema["required"] = sorted({*schema["required"], "schema"})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SESSION_SCHEMA, **schema}


def schema_text() -> str:
    """Return the text of the committed schema file."""
    return json.dumps(session_schema(), indent=2, ensure_ascii=False) + "\n"


def write_schema() -> None:
    """Write the schema file anew, after the record has changed (and its version been thought over)."""
    Path(__file__).with_name(SCHEMA_FILE).write_text(schema_text(), encoding="utf-8")


def _parsed(text: str | bytes, source: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant, parse_float=_finite, object_pairs_hook=once_each)
    except (ValueError, RecursionError) as error:
        raise TranscriptJsonError(
            str(error) if isinstance(error, RepeatedKeyError) else "The file is not JSON text.",
            code="json.not-json",
            hint="Convert the transcript again with `sdc convert`.",
            source=source,
            line=getattr(error, "lineno", None),
        ) from error


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large")
    return number


def _refuse_other(loaded: Any, source: str) -> None:
    if not is_session_json(loaded):
        raise TranscriptJsonError(
            f"This JSON is no session: its schema is not {SESSION_SCHEMA}.",
            hint="Session JSON is written by `sdc convert`.",
            source=source,
        )
    if loaded["schema"] != SESSION_SCHEMA:
        raise TranscriptJsonError(
            f"This session has the version {loaded['schema']}; this SDC reads {SESSION_SCHEMA}.",
            code="json.wrong-version",
            hint="Read it with the SDC that wrote it, or convert the transcript again.",
            source=source,
        )


def _invalid(fault: str, source: str) -> TranscriptJsonError:
    return TranscriptJsonError(
        f"The session JSON is not as its schema says: {fault}.",
        code="json.invalid",
        hint=f"Compare it with {SCHEMA_FILE}, or convert the transcript again.",
        source=source,
    )


def _first_fault(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"])) or "the file"
    return f"{place}: {first['msg'].rstrip('.').lower()}"


def _unknown_fields(given: Any, known: Any, place: str = "") -> Iterator[str]:
    """Name the fields of the input that the record does not have."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key not in known:
                yield f"{place}{key} is no field of it"
            else:
                yield from _unknown_fields(value, known[key], f"{place}{key}.")
    elif isinstance(given, list) and isinstance(known, list):
        for index, (a, b) in enumerate(zip(given, known, strict=True)):
            yield from _unknown_fields(a, b, f"{place}{index}.")


def _contradictions(session: Session) -> Iterator[str]:
    """Name what would make later steps point at nothing."""
    if session.date is not None and not _is_iso_date(session.date):
        yield f"date {session.date!r} is no ISO date such as 1962-10-15"
    for position, utterance in enumerate(session.utterances):
        place = f"utterances.{position}"
        if utterance.index != position:
            yield f"{place}.index is {utterance.index}, not its position"
        if any(scope.first < 0 or scope.last >= len(utterance.tokens) for scope in utterance.scopes):
            yield f"{place} has a scope over tokens that it does not have"
        if any(span.start_ms < 0 or span.end_ms < span.start_ms for span in _spans(utterance)):
            yield f"{place} has a time span that ends before it starts"


def _is_iso_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _spans(utterance: Utterance) -> list[Any]:
    return [span for span in (utterance.span, *(token.span for token in utterance.tokens)) if span is not None]
