"""Where two voices speak at once: the recording's own voices, added up, show what that would sound like.

A minute of each voice is laid over the other's, which makes the frames of a third Gaussian. A stretch in
which it explains the sound nearly as well as the likelier voice alone, or better, is an overlap. It needs
no training, and hears about a third of the overlaps; what it says is one is one most of the time
(docs/speakers.md).
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sdc.transcribe.speakers.features import HOP, LOUD_WITHIN_DB, WINDOW, VoiceFrames, analyse
from sdc.transcribe.speakers.voices import Voice

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]
Samples = NDArray[np.float32]

MIXED_FRAMES = 6000
"""So much of each voice is laid over the other's: a minute."""
LEAST_MIXED = 300
SPAN = 41
"""Frames that are averaged: 0.4 s."""
CLEAR = 0.3
"""Of these, so many must be clear enough to tell by."""
NEARLY = -0.5
"""Nats a frame by which two voices at once may explain a stretch worse than one voice alone. On planted
overlaps 0 finds a fifth of them and -1 half, with three times as many false ones."""
LEAST_RUN = 15
"""Shorter overlaps, in frames, are not told."""


def overlapped(samples: Samples, frames: VoiceFrames, owner: Numbers) -> Mask:
    """Return the frames in which both of two voices are heard.

    Parameters
    ----------
    samples : NDArray[np.float32]
        Of the recording.
    frames : VoiceFrames
    owner : NDArray[np.int64]
        Voice of each frame, 0 or 1; -1 where nobody speaks.

    Returns
    -------
    NDArray[np.bool_]
        Shape [n]; all False where one of the voices is heard too little.
    """
    nobody = np.zeros(owner.size, bool)
    own = [frames.cepstra[frames.clear & (owner == k)] for k in (0, 1)]
    mixed = _mixed(*(_heard(samples, owner, k) for k in (0, 1)))
    if min(map(len, own)) < LEAST_MIXED or len(mixed) < LEAST_MIXED:
        return nobody
    alone = np.maximum(*(Voice.of(some).log_likelihood(frames.cepstra) for some in own))
    gain = np.where(frames.clear, Voice.of(mixed).log_likelihood(frames.cepstra) - alone, 0.0)
    share = _smooth(frames.clear.astype(float))
    both = (_smooth(gain) > NEARLY * share) & (share >= CLEAR) & (owner >= 0)
    return _runs(both)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    from scipy.ndimage import uniform_filter1d

    return np.asarray(uniform_filter1d(values, SPAN, mode="constant"))


def _heard(samples: Samples, owner: Numbers, voice: int) -> Samples:
    """Return up to a minute of what one voice says, one stretch after the other."""
    edges = np.flatnonzero(np.diff(owner == voice, prepend=False, append=False)).reshape(-1, 2)
    parts, n = [np.zeros(0, np.float32)], 0
    for first, end in edges.tolist():
        if n >= MIXED_FRAMES:
            break
        parts.append(samples[WINDOW // 2 + first * HOP : WINDOW // 2 + end * HOP])
        n += end - first
    return np.concatenate(parts)[: MIXED_FRAMES * HOP]


def _mixed(one: Samples, other: Samples) -> NDArray[np.float64]:
    """Return the cepstra of two voices at once, where both are loud."""
    n = min(one.size, other.size)
    if n < WINDOW:
        return np.zeros((0, 1))
    cepstra, level = analyse(one[:n] + other[:n])
    loud = np.percentile(level, 95) - LOUD_WITHIN_DB
    both = np.logical_and(*(analyse(sound[:n])[1] > loud for sound in (one, other)))
    return np.asarray(cepstra[both])


def _runs(mask: Mask) -> Mask:
    """Return the runs that are long enough."""
    edges = np.flatnonzero(np.diff(mask, prepend=False, append=False)).tolist()
    kept = np.zeros_like(mask)
    for first, end in list(pairwise(edges))[::2]:
        kept[first:end] = end - first >= LEAST_RUN
    return kept
