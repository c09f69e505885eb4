"""Pitch, loudness and voice quality by Praat, through parselmouth (GPL: an extra, never a dependency).

Praat is the field's reference; only the two levels about 500 Hz, which it has no command for, are
SDC's own. Pitch is tracked in two passes (De Looze & Hirst 2008): each phrase
once from 75 to 1000 Hz, then within 0.75 × its first quartile to 2 × its third. The range is that of
a phrase, not of the recording, so no voice is held against another's limits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import parselmouth
from numpy.typing import NDArray
from parselmouth.praat import call

from sdc.audio import intensity as level
from sdc.audio import pitch as f0
from sdc.audio.intensity import IntensityTrack
from sdc.audio.periods import AMPLITUDE_FACTOR, PERIOD_FACTOR, Neighbours
from sdc.audio.pitch import PitchTrack
from sdc.audio.recording import Recording
from sdc.audio.spectrum import band_levels_db
from sdc.audio.voice_quality import VoiceQualityTrack, bands_provenance
from sdc.session import Provenance

Floats = NDArray[np.float64]

FLOOR, CEILING = 0.75, 2.0
"""The second pass: from this share of the first quartile to this multiple of the third."""
PHRASE_GAP_S = 0.3
"""Voice that is nearer than this belongs to one phrase."""
BESIDE_S = 0.1
"""A phrase is cut out with so much on both sides: Praat finds nothing within half a window of an edge."""
LEAST_S = 0.1
"""A shorter recording holds none of Praat's windows."""
LEVEL_FLOOR_HZ = 100.0
"""Praat's loudness is taken under a window of 3.2 periods of this: its standard setting."""
FULL_SCALE_DB = 20 * np.log10(1 / 2e-5)
"""Praat takes samples for pascals and counts from 2e-5 Pa."""
HARMONICITY = (0.1, 1.0)
"""Silence threshold and periods a window: Praat's standard settings."""
PERIODS_S = (0.0001, 0.02)
"""Shortest and longest period: Praat's standard settings."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase: its sound with a little beside it, and the range of its voice."""

    sound: Any
    low_hz: float
    high_hz: float

    def pitch(self) -> Any:
        return self.sound.to_pitch_ac(time_step=f0.HOP_S, pitch_floor=self.low_hz, pitch_ceiling=self.high_hz)


class PraatAcoustics:
    """``Acoustics`` by Praat."""

    name = "praat"

    def pitch(self, recording: Recording) -> PitchTrack:
        """Track pitch by Praat's autocorrelation, in two passes."""
        times = _grid(recording)
        found = np.full(times.size, np.nan)
        if recording.duration_s >= LEAST_S:
            sound = _sound(recording)
            first = sound.to_pitch_ac(time_step=f0.HOP_S, pitch_floor=f0.F0_MIN_HZ, pitch_ceiling=f0.F0_MAX_HZ)
            rough = np.array([first.get_value_at_time(t) for t in times])
            for phrase in _phrases(sound, times, rough):
                frames, track = _frames(phrase, times), phrase.pitch()
                found[frames] = [track.get_value_at_time(t) for t in times[frames]]
        parameters = {
            "f0_min_hz": f"{f0.F0_MIN_HZ:g}",
            "f0_max_hz": f"{f0.F0_MAX_HZ:g}",
            "second_pass": f"{FLOOR:g} x first quartile to {CEILING:g} x third of a phrase",
            "hop_s": f"{f0.HOP_S:g}",
        }
        return PitchTrack(times, found.astype(np.float32), f0.HOP_S, _made("pitch", parameters))

    def intensity(self, recording: Recording) -> IntensityTrack:
        """Measure loudness under Praat's window."""
        n = -(-recording.samples.size // round(level.HOP_S * recording.sample_rate_hz))
        times = (np.arange(n, dtype=np.float64) + 0.5) * level.HOP_S
        found = np.full(n, np.nan)
        if recording.duration_s >= LEAST_S:
            track = _sound(recording).to_intensity(minimum_pitch=LEVEL_FLOOR_HZ, time_step=level.HOP_S)
            found = np.interp(times, track.xs(), track.values[0] - FULL_SCALE_DB, np.nan, np.nan)
            found[found < level.FLOOR_DB] = np.nan
        parameters = {
            "window_floor_hz": f"{LEVEL_FLOOR_HZ:g}",
            "hop_s": f"{level.HOP_S:g}",
            "reference": "full scale",
            "floor_db": f"{level.FLOOR_DB:g}",
        }
        return IntensityTrack(times, found.astype(np.float32), level.HOP_S, _made("intensity", parameters))

    def voice(self, recording: Recording, pitch: PitchTrack) -> VoiceQualityTrack:
        """Measure harmonics against noise, jitter and shimmer of each phrase, and the levels about 500 Hz."""
        n = pitch.f0_hz.size
        hnr, jitter, shimmer = (np.full(n, np.nan) for _ in range(3))
        if recording.duration_s >= LEAST_S:
            voiced = np.isfinite(pitch.f0_hz)
            for phrase in _phrases(_sound(recording), pitch.times_s, pitch.f0_hz.astype(np.float64)):
                frames = _frames(phrase, pitch.times_s)
                frames = frames[voiced[frames]]
                hnr[frames] = _hnr_db(phrase, pitch.times_s[frames])
                lengths, amplitudes = _compare_periods(phrase, n)
                jitter[frames] = 100 * lengths.by_frame(n)[frames]
                shimmer[frames] = 100 * amplitudes.by_frame(n)[frames]
        low_db, high_db = band_levels_db(recording.samples, pitch.times_s, pitch.f0_hz)
        parameters = bands_provenance().parameters | {
            "hnr": f"cross-correlation, {HARMONICITY[1]:g} period",
            "periods": "cross-correlation, standard settings",
        }
        made = _made("voice quality", parameters)
        halves = [values.astype(np.float16) for values in (hnr, jitter, shimmer, low_db, high_db)]
        return VoiceQualityTrack(halves[0], halves[1], halves[2], halves[3], halves[4], made)


def _made(step: str, parameters: dict[str, str]) -> Provenance:
    return Provenance(
        step, "praat", parselmouth.PRAAT_VERSION, model=f"parselmouth {parselmouth.VERSION}", parameters=parameters
    )


def _sound(recording: Recording) -> Any:
    return parselmouth.Sound(recording.samples.astype(np.float64), recording.sample_rate_hz)


def _grid(recording: Recording) -> Floats:
    return np.arange(0, recording.duration_s, f0.HOP_S)


def _phrases(sound: Any, times_s: Floats, f0_hz: Floats) -> Iterator[_Phrase]:
    """Yield the phrases of a track: voice without a longer gap."""
    voiced = np.flatnonzero(np.isfinite(f0_hz))
    if not voiced.size:
        return
    for frames in np.split(voiced, np.flatnonzero(np.diff(times_s[voiced]) >= PHRASE_GAP_S) + 1):
        first, third = np.percentile(f0_hz[frames], (25, 75))
        start, end = times_s[frames[0]] - BESIDE_S, times_s[frames[-1]] + BESIDE_S
        part = sound.extract_part(max(0.0, start), min(sound.xmax, end), preserve_times=True)
        yield _Phrase(part, max(FLOOR * first, f0.F0_MIN_HZ), min(CEILING * third, f0.F0_MAX_HZ))


def _frames(phrase: _Phrase, times_s: Floats) -> NDArray[np.int64]:
    first, last = np.searchsorted(times_s, (phrase.sound.xmin, phrase.sound.xmax))
    return np.arange(first, last)


def _hnr_db(phrase: _Phrase, times_s: Floats) -> Floats:
    silence, periods = HARMONICITY
    track = phrase.sound.to_harmonicity_cc(f0.HOP_S, phrase.low_hz, silence, periods)
    values = np.where(track.values[0] > -200, track.values[0], np.nan)  # -200 is Praat's word for silence
    nearest = np.rint((times_s - track.x1) / track.dx).astype(np.int64)
    found: Floats = np.where((nearest >= 0) & (nearest < values.size), values[nearest.clip(0, values.size - 1)], np.nan)
    return found


def _compare_periods(phrase: _Phrase, n_frames: int) -> tuple[Neighbours, Neighbours]:
    """Compare neighbouring lengths and amplitudes of the periods of a phrase, by Praat's rules."""
    points = call([phrase.sound, phrase.pitch()], "To PointProcess (cc)")
    if call(points, "Get number of points") < 3:
        return _none(), _none()
    times = call(points, "To Matrix").values[0]
    tier = call([phrase.sound, points], "To AmplitudeTier (period)", 0, 0, *PERIODS_S, PERIOD_FACTOR)
    is_period = _is_period(np.diff(times))
    lengths = _compared(times[1:-1], np.diff(times), PERIOD_FACTOR, is_period[:-1] & is_period[1:], n_frames)
    if call(tier, "Get number of points") < 2:
        return lengths, _none()
    at, amplitude = call(call(tier, "Down to TableOfReal"), "To Matrix").values.T
    return lengths, _compared(at[1:], amplitude, AMPLITUDE_FACTOR, _is_period(np.diff(at)), n_frames)


def _none() -> Neighbours:
    return Neighbours(np.zeros(0, np.int64), np.zeros(0))


def _is_period(lengths_s: Floats) -> NDArray[np.bool_]:
    shortest, longest = PERIODS_S
    return (lengths_s >= shortest) & (lengths_s <= longest)


def _compared(
    at_s: Floats, values: Floats, factor: float, are_neighbours: NDArray[np.bool_], n_frames: int
) -> Neighbours:
    one, other = values[:-1], values[1:]
    with np.errstate(invalid="ignore", divide="ignore"):
        near = are_neighbours & (np.maximum(one, other) / np.minimum(one, other) <= factor)
    frames = np.rint(at_s[near] / f0.HOP_S).astype(np.int64)
    # What lies behind the middle of the last frame belongs to it.
    return Neighbours(np.minimum(frames, n_frames - 1), np.abs(one - other)[near] / ((one + other)[near] / 2))
