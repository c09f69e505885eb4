"""Speakers in the JSON that pyannote writes.

=================== =============================================================
written by          shape
=================== =============================================================
pyannote.audio 4    ``{"diarization": [{"start", "end", "speaker"}, …], "exclusive_diarization": […]}``
                    (``DiarizeOutput.serialize``)
pyannoteAI          the same under ``output``, with ``status``; a turn may have ``confidence``, by speaker in percent
pyannote.core to 5  ``{"pyannote": "Annotation", "content": [{"segment": {"start", "end"}, "track", "label"}, …]}``
                    (``Annotation.for_json``)
=================== =============================================================

The full diarization is read, in which voices may overlap. pyannote also writes RTTM (``sdc.transcribe.speakers.rttm``).
"""

from __future__ import annotations

import json
import math
from typing import Any

from sdc.errors import InputError
from sdc.formats.recognised import MAX_TIME_S
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers.segments import Diarization, SpeakerSegment, before, with_overlaps

VERSION = "1"


def read_pyannote_json(text: str, *, source: str, duration_s: float | None = None) -> Diarization:
    """Read a result of pyannote.

    Parameters
    ----------
    text : str
    source : str
        Its name, for errors.
    duration_s : float, optional
        Of the recording; what lies behind its end is cut off.

    Returns
    -------
    Diarization
        Labels as written; overlaps are told; a confidence where the file gives one.

    Raises
    ------
    InputError
        ``pyannote.shape`` for what is no such result, ``pyannote.turn`` for a turn without usable
        times or label, ``pyannote.failed`` for the report of a failed job, ``pyannote.empty`` where
        nobody speaks.
    """
    turns = _turns(_loaded(text, source), source)
    segments = tuple(_segment(turn, number, source) for number, turn in enumerate(turns, 1))
    if not segments:
        raise InputError("The file names no speaker.", code="pyannote.empty", hint="Write it again.", source=source)
    end_ms = round((MAX_TIME_S if duration_s is None else duration_s) * 1000)
    kept = tuple(s for segment in segments if (s := before(segment, end_ms)))
    return Diarization(with_overlaps(kept), Provenance("diarize", "pyannote-json", VERSION))


def _loaded(text: str, source: str) -> Any:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise _unknown(source, getattr(error, "lineno", None)) from error


def _turns(loaded: Any, source: str) -> list[Any]:
    """Return the turns of whichever shape it is, each with start, end and speaker."""
    if not isinstance(loaded, dict):
        raise _unknown(source)
    if "status" in loaded and "output" in loaded:
        if loaded["status"] != "succeeded":
            raise InputError(
                "This is the report of a diarization that has not succeeded.",
                code="pyannote.failed",
                hint="Run it again, and save the result when it has ended.",
                source=source,
            )
        loaded = loaded["output"] if isinstance(loaded["output"], dict) else {}
    if loaded.get("pyannote") == "Annotation":
        return [_flat(item) for item in _list(loaded.get("content"), source)]
    return _list(loaded.get("diarization"), source)


def _list(value: Any, source: str) -> list[Any]:
    if not isinstance(value, list):
        raise _unknown(source)
    return value


def _flat(item: Any) -> Any:
    segment = item.get("segment") if isinstance(item, dict) else None
    return {**segment, "speaker": item.get("label")} if isinstance(segment, dict) else item


def _segment(turn: Any, number: int, source: str) -> SpeakerSegment:
    fields = turn if isinstance(turn, dict) else {}
    start_s, end_s, name = _seconds(fields.get("start")), _seconds(fields.get("end")), fields.get("speaker")
    # pyannote.core numbers voices that have no name.
    name = str(name) if isinstance(name, int) and not isinstance(name, bool) else name
    if start_s is None or end_s is None or end_s < start_s or not isinstance(name, str) or not name:
        raise InputError(
            f"Turn {number} has no usable start, end or speaker.",
            code="pyannote.turn",
            hint="Times are seconds from the start of the recording.",
            source=source,
        )
    span = TimeSpan(round(start_s * 1000), round(end_s * 1000))
    return SpeakerSegment(name, span, _confidence(fields.get("confidence"), name))


def _seconds(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and 0 <= value <= MAX_TIME_S else None


def _confidence(value: Any, name: str) -> float | None:
    percent = value.get(name) if isinstance(value, dict) else None
    if isinstance(percent, bool) or not isinstance(percent, int | float) or not 0 <= percent <= 100:
        return None
    return percent / 100


def _unknown(source: str, line: int | None = None) -> InputError:
    return InputError(
        "This JSON is no result of pyannote that SDC knows.",
        code="pyannote.shape",
        hint="Known are the results of pyannote.audio, pyannoteAI and pyannote.core's Annotation; or give RTTM.",
        source=source,
        line=line,
    )
