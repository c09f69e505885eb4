"""Voices told apart without a download: Ward's clustering, then one Gaussian a voice.

1. Stretches of speech (the bundled voice activity network) are cut into pieces of about a second.
2. A piece is described by mean and spread of its cepstra and by its pitch; pieces are clustered by
   Ward's method.
3. Each cluster's frames make a Gaussian; the likeliest sequence of voices (Viterbi) replaces the
   clusters, and so on a few times.

4. Of two voices, a mixture of both shows where they speak at once (``overlap``); there each has a segment.

How many voices: as told, else two where two Gaussians beat one clearly, else one. Of three and more it
hears no overlap: where two speak at once, one of them has the time.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sdc.audio import PitchTrack, Recording, track_pitch
from sdc.session import Provenance, TimeSpan
from sdc.transcribe.speakers.features import VoiceFrames, to_ms, voice_frames
from sdc.transcribe.speakers.overlap import NEARLY, overlapped
from sdc.transcribe.speakers.segments import Diarization, SpeakerSegment, label
from sdc.transcribe.speakers.voices import Voice, are_two

Array = NDArray[np.float64]
Numbers = NDArray[np.int64]
Piece = tuple[int, int]

VERSION = "2"
PIECE = 100
MAX_PIECES = 2000
"""A long recording is cut into longer pieces: clustering needs memory by the square of their number."""
LEAST_DISTANCE = 0.6
TIMES_BIC = 2.0
"""After a minute one synthetic voice stays below 0.6 nats a frame, two lie at 1 to 3, in noise from 0.85.
In less time one voice may be taken for two: most recordings have two, and merging would be worse."""
LEAST_FRAMES = 150
"""A second voice must be heard for 1.5 s."""
ROUNDS = 4
STEP = 5
"""Frames decided together: 50 ms."""
CHANGE = 15.0
"""Nats that a change of voice costs."""
TEMPER = 0.25
"""Neighbouring frames say the same thing several times; their likelihoods count this much."""


class VoiceDiarizer:
    """Tells voices apart by how they sound.

    A segment's confidence is the share of its clear frames that are likelier under its own voice
    than under any other.

    Parameters
    ----------
    n_speakers : int, optional
        How many voices there are; default: one or two, as heard.
    """

    def __init__(self, n_speakers: int | None = None) -> None:
        self._n = n_speakers

    def diarize(self, recording: Recording) -> Diarization:
        """Return which voice is heard when; see ``Diarizer``."""
        frames = voice_frames(recording)
        pieces = [piece for stretch in frames.stretches for piece in _cut(stretch, frames)]
        provenance = self._provenance()
        if not pieces or not frames.clear.any():
            return Diarization((), provenance)
        clusters = self._clusters(pieces, frames, recording)
        if clusters.max() == 0:
            whole = (SpeakerSegment(label(0), TimeSpan(to_ms(a), to_ms(b))) for a, b in frames.stretches)
            return Diarization(tuple(whole), provenance)
        owner, likely = _settle(clusters, pieces, frames)
        if clusters.max() > 1:
            return Diarization(_segments(owner, likely, frames, np.zeros(owner.size, bool)), provenance)
        both = overlapped(recording.samples, frames, owner)
        return Diarization(_segments(owner, likely, frames, both), provenance)

    def _clusters(self, pieces: list[Piece], frames: VoiceFrames, recording: Recording) -> Numbers:
        """Return the cluster of each piece."""
        from scipy.cluster.hierarchy import fcluster, linkage

        n = min(self._n or 2, len(pieces))
        if n == 1:
            return np.zeros(len(pieces), np.int64)
        described = _describe(pieces, frames, track_pitch(recording))
        clusters = np.asarray(fcluster(linkage(described, "ward"), n, "maxclust"), np.int64) - 1
        if self._n is None and not _apart(clusters, pieces, frames):
            return np.zeros(len(pieces), np.int64)
        return clusters

    def _provenance(self) -> Provenance:
        parameters = {
            "speakers": str(self._n or "1 or 2"),
            "least_distance": f"{LEAST_DISTANCE:g}",
            "times_bic": f"{TIMES_BIC:g}",
            "change_nats": f"{CHANGE:g}",
            "overlap_nats": f"{NEARLY:g}",
        }
        return Provenance("diarize", "sdc.transcribe.speakers", VERSION, parameters=parameters)


def _cut(stretch: Piece, frames: VoiceFrames) -> list[Piece]:
    """Return a stretch of speech in equal pieces of about a second."""
    size = max(PIECE, sum(b - a for a, b in frames.stretches) // MAX_PIECES)
    first, end = stretch
    n = max(1, round((end - first) / size))
    edges = np.linspace(first, end, n + 1).astype(int).tolist()
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _describe(pieces: list[Piece], frames: VoiceFrames, pitch: PitchTrack) -> Array:
    """Return mean and spread of the cepstra and the median pitch of each piece, standardised, shape [n, 31]."""
    octaves = np.log2(pitch.f0_hz.astype(np.float64))
    rows = []
    for first, end in pieces:
        clear = frames.cepstra[first:end][frames.clear[first:end]]
        some = clear if len(clear) > 1 else frames.cepstra[first:end]
        edges = np.searchsorted(pitch.times_s, [to_ms(first) / 1000, to_ms(end) / 1000])
        voiced = octaves[edges[0] : edges[1]]
        voiced = voiced[np.isfinite(voiced)]
        height = float(np.median(voiced)) if voiced.size else np.nan
        rows.append(np.concatenate([some.mean(axis=0), some.std(axis=0), [height]]))
    table = np.array(rows)
    if np.isnan(table).all(axis=0).any():  # all whispered: no pitch to tell by
        table = table[:, :-1]
    table = (table - np.nanmean(table, axis=0)) / (np.nanstd(table, axis=0) + 1e-9)
    return np.asarray(np.nan_to_num(table))  # without pitch: as the average


def _voices(clusters: Numbers, pieces: list[Piece], frames: VoiceFrames) -> list[Array]:
    """Return the clear frames of each cluster."""
    owner = np.full(frames.clear.size, -1)
    for (first, end), cluster in zip(pieces, clusters, strict=True):
        owner[first:end] = cluster
    return [frames.cepstra[frames.clear & (owner == k)] for k in range(clusters.max() + 1)]


def _apart(clusters: Numbers, pieces: list[Piece], frames: VoiceFrames) -> bool:
    """Whether two clusters are two voices, and not one that varies."""
    found = _voices(clusters, pieces, frames)
    if len(found) < 2 or min(map(len, found)) < LEAST_FRAMES:
        return False
    return are_two(Voice.of(found[0]), Voice.of(found[1]), least=LEAST_DISTANCE, times_bic=TIMES_BIC)


def _settle(clusters: Numbers, pieces: list[Piece], frames: VoiceFrames) -> tuple[Numbers, Array]:
    """Return the voice of each frame (-1: no speech), and the log-likelihoods, shape [n, voices]."""
    found = _voices(clusters, pieces, frames)
    owner = np.full(frames.clear.size, -1)
    likely = np.zeros((frames.clear.size, len(found)))
    for _ in range(ROUNDS):
        if min(map(len, found)) < 2:
            break
        likely = np.stack([Voice.of(some).log_likelihood(frames.cepstra) for some in found], axis=1)
        likely[~frames.clear] = 0.0
        before = owner.copy()
        for first, end in frames.stretches:
            owner[first:end] = _likeliest(likely[first:end] * TEMPER)
        found = [frames.cepstra[frames.clear & (owner == k)] for k in range(len(found))]
        if (owner == before).all():
            break
    return owner, likely


def _likeliest(likely: Array) -> Numbers:
    """Return the likeliest sequence of voices, in steps of 50 ms (Viterbi)."""
    steps = np.add.reduceat(likely, np.arange(0, len(likely), STEP))
    score, came_from = steps[0].copy(), np.zeros(steps.shape, np.int64)
    for number in range(1, len(steps)):
        best = int(score.argmax())
        stays = score >= score[best] - CHANGE
        came_from[number] = np.where(stays, np.arange(score.size), best)
        score = np.where(stays, score, score[best] - CHANGE) + steps[number]
    path = np.zeros(len(steps), np.int64)
    path[-1] = score.argmax()
    for number in range(len(steps) - 1, 0, -1):
        path[number - 1] = came_from[number, path[number]]
    return np.repeat(path, STEP)[: len(likely)]


def _segments(
    owner: Numbers, likely: Array, frames: VoiceFrames, both: NDArray[np.bool_]
) -> tuple[SpeakerSegment, ...]:
    """Return runs of one voice, and of the other one where both are heard; voices are numbered as they appear."""
    names: dict[int, str] = {}
    found = []
    state = 2 * owner + both
    for first, end in frames.stretches:
        changes = (np.flatnonzero(np.diff(state[first:end])) + first + 1).tolist()
        for a, b in pairwise([first, *changes, end]):
            voice = int(owner[a])
            for heard in (voice, 1 - voice) if both[a] else (voice,):
                name = names.setdefault(heard, label(len(names)))
                clear = frames.clear[a:b]
                sure = likely[a:b][clear].argmax(axis=1) == heard
                confidence = float(sure.mean()) if sure.size else None
                # Two thirds of the overlaps are not heard, so elsewhere it is not known whether there is one.
                overlap = True if both[a] else None
                found.append(SpeakerSegment(name, TimeSpan(to_ms(a), to_ms(b)), confidence, overlap))
    return tuple(found)
