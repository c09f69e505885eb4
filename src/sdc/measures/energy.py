"""Energy of the voice, utterance by utterance: pitch, loudness and energy above 500 Hz against the speaker's own.

The rule of Bone, Lee & Narayanan (2014), "Robust unsupervised arousal rating": three features, each
scored by the share of a baseline that it exceeds, fused by how well each agrees with their mean. Read in
the authors' own tool (docs/vocal-arousal.md says what was checked and where this differs). The scores
tell energy only; whether it is joy, anger, effort or a loud room they do not tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sdc.audio.spans import inside
from sdc.measures.frames import without_jumps
from sdc.measures.sample import Sample
from sdc.measures.times import cut_out, other_spans
from sdc.session import TimeSpan

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks

Floats = NDArray[np.float64]

LEAST_VOICED_S = 0.1
"""An utterance with less voice than this is not scored."""


@dataclass(frozen=True, slots=True)
class VoiceEnergy:
    """What one utterance's voice was like: medians of pitch and level over its voiced frames, and HF500.

    Attributes
    ----------
    index : int
        Of the utterance in the session.
    pitch_st : float
        Semitones above 1 Hz.
    level_db : float
    hf500_db : float
        Of the long-term average spectrum of the voiced frames.
    """

    index: int
    pitch_st: float
    level_db: float
    hf500_db: float

    @property
    def features(self) -> tuple[float, float, float]:
        """Pitch, level and HF500."""
        return self.pitch_st, self.level_db, self.hf500_db


@dataclass(frozen=True, slots=True)
class EnergyScore:
    """How much energy one utterance's voice has, against a baseline; each figure from -1 to 1.

    Attributes
    ----------
    index : int
        Of the utterance in the session.
    pitch, level, hf500 : float
        Twice the share of the baseline's utterances that lie below, less 1.
    fused : float
        Their sum, each with its weight.
    """

    index: int
    pitch: float
    level: float
    hf500: float
    fused: float


def voice_energies(sample: Sample) -> tuple[VoiceEnergy, ...]:
    """Return the voice's energy in each of the speaker's utterances with voice that nobody overlaps in full."""
    sound = sample.sound
    if sound is None or sound.voice is None:
        return ()
    others = other_spans(sample)
    # Whole recording at once: an octave jump is one wherever an utterance begins.
    f0 = without_jumps(sound.pitch.f0_hz.astype(np.float64))
    found = []
    for line in sample.spoken:
        span = line.utterance.span
        energy = _energy(line.index, cut_out((span,), others), f0, sound) if span else None
        if energy is not None:
            found.append(energy)
    return tuple(found)


def _energy(index: int, spans: tuple[TimeSpan, ...], f0_hz: Floats, sound: SoundTracks) -> VoiceEnergy | None:
    assert sound.voice is not None
    times_s = sound.pitch.times_s
    low_db, high_db = (track.astype(np.float64) for track in (sound.voice.low_db, sound.voice.high_db))
    frames = np.flatnonzero(inside(times_s, spans) & np.isfinite(f0_hz) & np.isfinite(low_db))
    level = _level_at(times_s[frames], sound)
    frames, level = frames[np.isfinite(level)], level[np.isfinite(level)]
    if frames.size * sound.pitch.hop_s < LEAST_VOICED_S:
        return None
    pitch_st = 12 * np.log2(np.median(f0_hz[frames]))
    hf500_db = _mean_magnitude_db(high_db[frames]) - _mean_magnitude_db(low_db[frames])
    return VoiceEnergy(index, float(pitch_st), float(np.median(level)), hf500_db)


def _mean_magnitude_db(level_db: Floats) -> float:
    """Return the mean of levels as magnitudes: one band of the long-term average spectrum."""
    return float(20 * np.log10(np.mean(10 ** (level_db / 20))))


def _level_at(times_s: Floats, sound: SoundTracks) -> Floats:
    track = sound.intensity
    if not track.level_db.size:
        return np.full(times_s.shape, np.nan)
    nearest = np.clip((times_s / track.hop_s).astype(np.int64), 0, track.level_db.size - 1)
    return track.level_db[nearest].astype(np.float64)


def energy_scores(energies: tuple[VoiceEnergy, ...], baseline: tuple[VoiceEnergy, ...] = ()) -> tuple[EnergyScore, ...]:
    """Score utterances against a baseline.

    Parameters
    ----------
    energies : tuple[VoiceEnergy, ...]
    baseline : tuple[VoiceEnergy, ...]
        Utterances of the same speaker in the same recording set-up, at best ordinary talk; the
        utterances themselves where there are none, so that the scores then rank them within the
        session and their mean is about 0.

    Returns
    -------
    tuple[EnergyScore, ...]
        One for each of ``energies``, in their order.

    References
    ----------
    Bone, D., Lee, C.-C. & Narayanan, S. (2014), IEEE Transactions on Affective Computing 5(2), 201-213;
    Bone, D. (2014), Vocal arousal toolkit 1.0.
    """
    if not energies:
        return ()
    own = np.array([e.features for e in energies])
    base = np.array([e.features for e in baseline or energies])
    scores = np.stack([_exceeded(own[:, i], base[:, i]) for i in range(own.shape[1])], axis=1)
    fused = scores @ _weights(scores)
    return tuple(
        EnergyScore(e.index, float(row[0]), float(row[1]), float(row[2]), float(f))
        for e, row, f in zip(energies, scores, fused, strict=True)
    )


def _exceeded(values: Floats, baseline: Floats) -> Floats:
    """Return twice the share of the baseline below each value (ties count half), less 1."""
    ordered = np.sort(baseline)
    below = np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")
    scores: Floats = below / ordered.size - 1
    return scores


def _weights(scores: Floats) -> Floats:
    """Return each feature's weight: its rank correlation with the mean score; their magnitudes' sum is 1.

    A feature that goes against the mean counts the other way round, as in the authors' tool.
    """
    mean = _ranks(scores.mean(1))
    weights = np.array([_correlation(_ranks(column), mean) for column in scores.T])
    total = float(np.abs(weights).sum())
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))


def _ranks(values: Floats) -> Floats:
    return _exceeded(values, values)


def _correlation(one: Floats, other: Floats) -> float:
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else 0.0


def above_own_middle(energies: tuple[VoiceEnergy, ...], baseline: tuple[VoiceEnergy, ...] = ()) -> Floats:
    """Return how far each utterance lies above the baseline's medians, shape [n, 3]: semitones, dB, dB."""
    base = np.array([e.features for e in baseline or energies])
    above: Floats = np.array([e.features for e in energies]) - np.median(base, axis=0)
    return above
