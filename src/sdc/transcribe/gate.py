"""Words that were recognised where the recording holds no speech are left out, and that is told.

Recognisers write sentences into silence and noise. What tells these from speech is the sound,
never the wording: a sentence said twice is data. A segment is left out only when both of two
witnesses hear nobody in its stretch:

- the level never stands out: less than ``MIN_LOUD_S`` of it lies ``ABOVE_FLOOR_DB`` over the
  noise floor of the recording;
- the voice activity network (``sdc.audio.speech``) finds no speech there.

So a soft voice that the network misses stays, and so does a clear one on a loud background.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from sdc.audio import detect_speech
from sdc.audio.intensity import HOP_S, levels_db
from sdc.session import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sdc.audio import Recording
    from sdc.formats.recognised import RecognisedSegment
    from sdc.transcribe.transcript import Transcript

FLOOR_PERCENTILE = 10
"""The noise floor is what nine tenths of the 10 ms levels exceed."""
ABOVE_FLOOR_DB = 6.0
"""Levels of steady noise spread by half a decibel; soft speech stands 10 dB over a room's noise."""
MIN_LOUD_S = 0.1
"""A short syllable."""
EDGE_S = 0.25
"""A recogniser's times are off by as much; a stretch is looked at with this margin on both sides."""
LISTED = 10
"""So many stretches are named in the notice."""

GATE = f"level {ABOVE_FLOOR_DB:g} dB over the noise floor, or voice activity"


def drop_unheard(transcript: Transcript, recording: Recording) -> Transcript:
    """Leave out the segments in whose stretch nobody is heard; see the module.

    Parameters
    ----------
    transcript : Transcript
    recording : Recording
        What was transcribed.

    Returns
    -------
    Transcript
        With the notice ``transcribe.unheard`` where something was left out. Segments without
        times stay: nothing tells where to listen.
    """
    provenance = transcript.provenance
    provenance = replace(provenance, parameters={**provenance.parameters, "gate": GATE})
    unheard = _unheard(transcript.segments, recording)
    kept = tuple(s for index, s in enumerate(transcript.segments) if index not in unheard)
    notices = (*transcript.notices, *([_notice(list(unheard.values()))] if unheard else []))
    return replace(transcript, segments=kept, provenance=provenance, notices=notices)


def _unheard(segments: Sequence[RecognisedSegment], recording: Recording) -> dict[int, tuple[float, float]]:
    """Return index → stretch of the segments that both witnesses miss."""
    levels = levels_db(recording.samples)
    loud = _stands_out(levels)
    stretches = {index: stretch for index, s in enumerate(segments) if (stretch := _stretch(s)) is not None}
    quiet = {index: stretch for index, stretch in stretches.items() if not _is_loud(loud, *stretch)}
    if not quiet:
        return {}  # the second witness takes longer
    speech = [(span.start_ms / 1000, span.end_ms / 1000) for span in detect_speech(recording)]
    return {
        index: (start, end)
        for index, (start, end) in quiet.items()
        if not any(a < end + EDGE_S and b > start - EDGE_S for a, b in speech)
    }


def _stands_out(levels: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Tell for each 10 ms whether it is louder than the noise; digital silence never is."""
    heard = levels[np.isfinite(levels)]
    floor = float(np.percentile(heard, FLOOR_PERCENTILE)) if heard.size else 0.0
    return np.nan_to_num(levels, nan=-np.inf) >= floor + ABOVE_FLOOR_DB


def _is_loud(loud: NDArray[np.bool_], start_s: float, end_s: float) -> bool:
    first, last = max(0, int((start_s - EDGE_S) / HOP_S)), int(np.ceil((end_s + EDGE_S) / HOP_S))
    return int(loud[first:last].sum()) * HOP_S >= MIN_LOUD_S


def _stretch(segment: RecognisedSegment) -> tuple[float, float] | None:
    """Return when it was said: from the first word's start to the last one's end, else the segment's own times."""
    start = next((w.start_s for w in segment.words if w.start_s is not None), segment.start_s)
    end = next((w.end_s for w in reversed(segment.words) if w.end_s is not None), segment.end_s)
    return None if start is None or end is None or end < start else (start, end)


def _notice(stretches: list[tuple[float, float]]) -> Notice:
    where = ", ".join(f"{_clock(start)} to {_clock(end)}" for start, end in stretches[:LISTED])
    more = f" and {len(stretches) - LISTED} more" if len(stretches) > LISTED else ""
    what = "1 stretch" if len(stretches) == 1 else f"{len(stretches)} stretches"
    text = f"Words that the recogniser wrote for {what} without any speech were left out: at {where}{more}."
    return Notice("transcribe.unheard", text)


def _clock(seconds: float) -> str:
    tenths = round(seconds * 10)
    return f"{tenths // 600}:{tenths % 600 // 10:02d}.{tenths % 10}"
