"""Speakers in RTTM, the format of NIST's Rich Transcription evaluations, which pyannote and others write.

One line a turn: ``SPEAKER file channel start duration <NA> <NA> label <NA> <NA>``, times in seconds.
Lines of other types are passed over. Diarizers that need large models or a licence come in this way.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from sdc.errors import InputError
from sdc.formats.recognised import MAX_TIME_S
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers.segments import Diarization, SpeakerSegment, before, with_overlaps

FIELDS = 8
"""What a SPEAKER line has at least; the last two are left out by some writers."""
OTHER_TYPES = frozenset({
    "SPKR-INFO", "NON-SPEECH", "NON-LEX", "LEXEME", "NOSCORE", "NO_RT_METADATA", "SEGMENT",
    "FILLER", "EDIT", "SU", "CB", "IP", "A/P", "AP", "NONLEX",
})  # fmt: skip
"""Types of lines that say nothing of who spoke when."""
NOBODY = frozenset({"SPEECH"})
"""Labels that name no voice: the voice type classifier writes SPEECH beside the voices."""


def read_rttm(text: str, *, source: str, duration_s: float | None = None) -> Diarization:
    """Read RTTM.

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
        Labels as written; overlaps are told; no confidence.

    Raises
    ------
    InputError
        ``rttm.line`` for a line that is no RTTM, ``rttm.several-files`` where turns of more than one
        recording stand in it, ``rttm.empty`` where no turn does.
    """
    turns = [_turn(line, number, source) for number, line in _lines(text, source)]
    files = {name for name, _ in turns}
    if len(files) > 1:
        raise InputError(
            f"The file holds the speakers of {len(files)} recordings.",
            code="rttm.several-files",
            hint="Give the lines of this recording alone.",
            source=source,
        )
    if not turns:
        raise InputError("The file names no speaker.", code="rttm.empty", hint="Write it again.", source=source)
    end_ms = None if duration_s is None else round(duration_s * 1000)
    turns = [(name, segment) for name, segment in turns if segment.speaker not in NOBODY]
    segments = (segment if end_ms is None else before(segment, end_ms) for _, segment in turns)
    return Diarization(with_overlaps(tuple(s for s in segments if s)), Provenance("diarize", "rttm", "1"))


def _lines(text: str, source: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words = line.split()
        if not words or words[0].startswith(";") or words[0].upper() in OTHER_TYPES:
            continue
        if words[0].upper() != "SPEAKER":
            raise _no_rttm(source, number)
        yield number, line


def _turn(line: str, number: int, source: str) -> tuple[str, SpeakerSegment]:
    fields = line.split()
    if len(fields) < FIELDS:
        raise _no_rttm(source, number)
    try:
        start_s, length_s = float(fields[3]), float(fields[4])
    except ValueError:
        raise _no_rttm(source, number) from None
    usable = math.isfinite(start_s) and math.isfinite(length_s) and start_s >= 0 and length_s >= 0
    if not usable or start_s + length_s > MAX_TIME_S:
        raise _no_rttm(source, number)
    span = TimeSpan(round(start_s * 1000), round((start_s + length_s) * 1000))
    return fields[1], SpeakerSegment(fields[7], span)


def _no_rttm(source: str, line: int) -> InputError:
    return InputError(
        "This line is no RTTM.",
        code="rttm.line",
        hint="A turn is written `SPEAKER file 1 start duration <NA> <NA> label <NA> <NA>`, times in seconds.",
        source=source,
        line=line,
    )


def write_rttm(diarization: Diarization, name: str) -> str:
    """Return a diarization as RTTM; ``name`` is the recording's, without spaces."""
    name = "_".join(name.split()) or "recording"
    lines = (
        f"SPEAKER {name} 1 {s.span.start_ms / 1000:.3f} {s.span.duration_s:.3f} <NA> <NA> {s.speaker} <NA> <NA>\n"
        for s in diarization.segments
    )
    return "".join(lines)
