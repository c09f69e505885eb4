"""The quality gate: what a recording's sound allows to be measured. Thresholds are stated here with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log10
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sdc.audio.intensity import FLOOR_DB, IntensityTrack, levels_db
from sdc.audio.periods import voiced_stretches
from sdc.audio.pitch import PitchTrack
from sdc.audio.recording import Recorded, Recording
from sdc.audio.spans import inside
from sdc.session import Notice, TimeSpan

CLIPPED_SHARE = 0.001
"""Share of samples at full scale above which a recording counts as clipped."""
FLATTENED_SHARE = 0.01
"""Share of samples at full scale above which loudness is no longer told: the loud moments are cut off."""
SILENT_PEAK = 0.001
"""Largest sample (-60 dB re full scale) below which there is only silence."""
QUIET_DB = -45.0
"""A recording whose loud moments (95th percentile of 10 ms levels) stay below this is very quiet."""
SHORT_S = 20.0
"""Arousal needs 20 s of speech (issue's rule); a shorter recording cannot hold them."""
FULL_RATE_HZ = 16_000
"""Below this rate the upper half of the voice's spectrum is missing."""
NOISY_DB = 15.0
"""Speech that stands less than this above the background gets a notice."""
MARGIN_S = 0.1
"""Frames so near to speech are not counted as background."""
LEAST_S = 0.3
"""So much speech, and so much background, is needed to compare the two."""
QUIETEST_PCT = 5
"""Where there is no background between the speech, so many percent of the frames stand for it."""
STEADY_ST, TONES_S = 0.3, 3.0
"""Pitch that moves less from frame to frame is a steady tone; so many seconds get a notice."""
HELD_ST, HELD_FRAMES = 0.2, 16
"""Pitch that stays within so little for so long (256 ms) is a note, not speech."""
HELD_SHARE = 0.1
"""Share of the voiced frames on notes from which on neither pitch nor loudness is told. Speech has 0 to 1 % (synthetic
and recorded), speech with a tune 20 dB below it 18 % or more where the notes last half a second (docs/acoustics.md)."""

Kind = Literal["pitch", "loudness", "energy", "harmonics", "periods"]
LEAST_SNR_DB: dict[Kind, float] = {
    "pitch": 3.0,
    "loudness": 20.0,
    "energy": 10.0,
    "harmonics": 15.0,
    "periods": 30.0,
}
"""Jitter and shimmer: Deliyski, Shaw & Evans (2005), Journal of Voice 19, 15-28; the others are ours. Pitch on the
truth suite: no gross error at 5 dB, up to 1.5 % at 0 dB, 11 % at -5 dB. Spread of loudness: 11 to 17 % too small at
20 dB, 22 to 28 % at 15 dB, because the noise fills the quiet moments. Noise at 15 dB holds the harmonics-to-noise
ratio below 15 dB, whatever the voice is like."""
MOST_CLIPPED: dict[Kind, float] = {
    "loudness": FLATTENED_SHARE,
    "energy": FLATTENED_SHARE,
    "harmonics": CLIPPED_SHARE,
    "periods": CLIPPED_SHARE,
}
FULL_RATE: frozenset[Kind] = frozenset({"harmonics", "periods"})
WITHOUT_MUSIC: frozenset[Kind] = frozenset({"pitch", "loudness"})
"""Harmonics and periods are often taken on a vowel that is held on purpose."""

SILENT = "the recording holds only silence"
NO_SPEECH = "no speech was found in the recording"
NOISY = "speech stands only … dB above the background"
CLIPPED = "… of the recording is too loud and distorted"
LOW_RATE = "the recording has only … samples a second"
MUSIC = "notes, as of music, sound in … of the voiced time"
REASONS = (SILENT, NO_SPEECH, NOISY, CLIPPED, LOW_RATE, MUSIC)


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What was found out about a recording's sound, and what may be measured on it.

    Attributes
    ----------
    duration_s : float
    silent : bool
        Whether nothing at all is to be heard.
    clipped_share : float
        Share of samples at full scale.
    speech_s : float
        How long somebody speaks.
    snr_db : float or None
        How far the level of speech stands above the background; None without speech.
    tones_s : float
        Steady tones between the speech: music, a toy, a hum.
    sample_rate_hz, channels : int or None
        As recorded; None when the samples came from no file.
    channel : int or None
        The only channel used (0 is the first); None when all were averaged.
    held_share : float
        Share of the voiced frames whose pitch is held like a note's, under speech too.
    """

    duration_s: float
    silent: bool
    clipped_share: float
    speech_s: float
    snr_db: float | None
    tones_s: float
    sample_rate_hz: int | None = None
    channels: int | None = None
    channel: int | None = None
    held_share: float = 0.0

    def obstacle(self, kind: Kind) -> str | None:
        """Return why something may not be measured on this recording; None when it may."""
        if self.silent:
            return SILENT
        if self.clipped_share > MOST_CLIPPED.get(kind, 1.0):
            return CLIPPED.replace("…", f"{self.clipped_share:.1%}")
        if kind in FULL_RATE and self.sample_rate_hz is not None and self.sample_rate_hz < FULL_RATE_HZ:
            return LOW_RATE.replace("…", str(self.sample_rate_hz))
        if kind in WITHOUT_MUSIC and self.held_share >= HELD_SHARE:
            return MUSIC.replace("…", f"{self.held_share:.0%}")
        return self._in_noise(kind)

    def _in_noise(self, kind: Kind) -> str | None:
        if self.snr_db is None:
            # Very high voices are no speech for the network, and their pitch is found all the same.
            return None if kind == "pitch" else NO_SPEECH
        return NOISY.replace("…", f"{self.snr_db:.0f}") if self.snr_db < LEAST_SNR_DB[kind] else None

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What people should know, beside what was said when the file was read (``quality_notices``)."""
        return () if self.silent else tuple(self._found())

    def _found(self) -> Iterator[Notice]:
        if self.duration_s < SHORT_S:
            yield Notice(
                "media.short", f"The recording lasts {self.duration_s:.1f} s; most measures of the voice need more."
            )
        if self.sample_rate_hz is not None and self.sample_rate_hz < FULL_RATE_HZ:
            yield Notice(
                "media.low-rate",
                f"The recording has only {self.sample_rate_hz} samples a second, as telephones do; the quality of the "
                "voice is not measured.",
            )
        if self.snr_db is None:
            yield Notice("media.no-speech", "No speech was found in the recording.")
        elif self.snr_db < NOISY_DB:
            yield Notice(
                "media.noisy",
                f"Speech stands only {self.snr_db:.0f} dB above the background; words may be missed. Move the "
                "microphone closer or close doors and windows.",
            )
        if self.tones_s >= TONES_S:
            yield Notice(
                "media.tones",
                f"Between the speech, steady tones sound for {self.tones_s:.0f} s: music, a toy or a hum. Where they "
                "sound under speech, measures of the voice follow them.",
            )
        if self.held_share >= HELD_SHARE:
            yield Notice(
                "media.music",
                f"Notes, as of music, a musical toy or singing, sound in {self.held_share:.0%} of the voiced time; "
                "pitch and loudness are not measured. Switch music off for the next recording.",
            )


def quality_notices(samples: NDArray[np.float32], n_clipped: int) -> Iterator[Notice]:
    """Yield what is wrong with the sound: ``media.silent``, ``media.quiet``, ``media.clipped``.

    Parameters
    ----------
    samples : NDArray[np.float32]
        Shape [n], n > 0, full scale = 1.
    n_clipped : int
        Samples at full scale, counted before channels were mixed.
    """
    if is_silent(samples):
        yield Notice("media.silent", "The recording holds only silence: nothing could be heard or measured.")
        return
    levels = levels_db(samples)
    heard = levels[np.isfinite(levels)]
    if not heard.size or float(np.percentile(heard, 95)) < QUIET_DB:
        yield Notice("media.quiet", "The recording is very quiet; words may be missed. Move the microphone closer.")
    share = n_clipped / samples.size
    if share > CLIPPED_SHARE:
        yield Notice("media.clipped", f"{share:.1%} of the recording is too loud and distorted; lower the input level.")


def is_silent(samples: NDArray[np.float32]) -> bool:
    """Tell whether nothing is to be heard."""
    return not samples.size or max(float(samples.max()), -float(samples.min())) < SILENT_PEAK


def quality_report(
    recording: Recording, pitch: PitchTrack, intensity: IntensityTrack, speech: tuple[TimeSpan, ...]
) -> QualityReport:
    """Find out what may be measured on a recording."""
    source = recording.recorded or Recorded()
    return QualityReport(
        duration_s=recording.duration_s,
        silent=is_silent(recording.samples),
        clipped_share=source.n_clipped / max(1, recording.samples.size),
        speech_s=sum(span.duration_s for span in speech),
        snr_db=signal_to_noise_db(intensity, speech),
        tones_s=_tones_s(pitch, speech),
        sample_rate_hz=source.sample_rate_hz,
        channels=source.channels,
        channel=source.channel,
        held_share=held_share(pitch),
    )


def signal_to_noise_db(intensity: IntensityTrack, speech: tuple[TimeSpan, ...]) -> float | None:
    """Return how far the level of speech stands above the background (dB, 0 or more).

    The background is the median level between the speech; where speech never stops, the level
    that the quietest twentieth of the frames does not reach, which makes the figure too low
    rather than too high.

    Returns
    -------
    float or None
        None when there is too little speech.
    """
    level = np.nan_to_num(intensity.level_db.astype(np.float64), nan=FLOOR_DB)
    spoken = level[inside(intensity.times_s, speech)]
    if spoken.size * intensity.hop_s < LEAST_S:
        return None
    background = level[~inside(intensity.times_s, speech, MARGIN_S)]
    enough = background.size * intensity.hop_s >= LEAST_S
    noise: float = 10 ** (float(np.median(background) if enough else np.percentile(spoken, QUIETEST_PCT)) / 10)
    signal = float(np.mean(10 ** (spoken / 10))) - noise
    return max(0.0, 10 * log10(max(signal, noise * 1e-9) / noise))


def _tones_s(pitch: PitchTrack, speech: tuple[TimeSpan, ...]) -> float:
    with np.errstate(invalid="ignore"):
        moves = np.abs(12 * np.diff(np.log2(pitch.f0_hz), prepend=np.nan))
    between = ~inside(pitch.times_s, speech, MARGIN_S)
    tones = np.where(between & (moves < STEADY_ST), pitch.f0_hz, np.nan)
    return float(sum(end - first for first, end in voiced_stretches(tones, pitch.hop_s)) * pitch.hop_s)


def held_share(pitch: PitchTrack) -> float:
    """Return the share of the voiced frames on notes, 0 to 1: pitch within 0.2 semitones for 256 ms or more."""
    voiced = np.isfinite(pitch.f0_hz)
    if pitch.f0_hz.size < HELD_FRAMES or not voiced.any():
        return 0.0
    windows = np.lib.stride_tricks.sliding_window_view(12 * np.log2(pitch.f0_hz), HELD_FRAMES)
    with np.errstate(invalid="ignore"):
        starts = (windows.max(1) - windows.min(1) < HELD_ST).astype(np.int64)
    # A frame is held when one of the windows that cover it is.
    held = np.convolve(starts, np.ones(HELD_FRAMES, np.int64)) > 0
    return float(held.sum() / voiced.sum())
