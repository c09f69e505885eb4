"""Harmonics-to-noise ratio, jitter and shimmer: what is planted, what we find, what Praat finds.

::

    python benchmarks/voice_quality.py            # made-up voices
    python benchmarks/voice_quality.py FILE …     # and recordings

Praat's columns need ``parselmouth`` (GPL; not a dependency of ours) and stay empty without it.
Praat is asked as its manual describes: harmonicity by cross-correlation, periods by cross-correlation.
"""

from __future__ import annotations

import argparse
import runpy
import time
from pathlib import Path

import numpy as np

from sdc.audio import Recording, load_recording, track_pitch
from sdc.audio.voice_quality import track_voice_quality

try:
    import parselmouth
except ModuleNotFoundError:
    parselmouth = None

PLANTED = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "planted_voice.py"))["planted_voice"]
PITCHES_HZ = (110, 220, 300, 400)
VOICES = (
    {},
    {"jitter": 0.005},
    {"jitter": 0.02},
    {"shimmer": 0.05},
    {"shimmer": 0.1},
    {"jitter": 0.01, "shimmer": 0.05},
    {"snr_db": 30},
    {"snr_db": 20},
    {"snr_db": 10},
)
FLOOR_HZ, CEILING_HZ = 75, 600
ROW = "{:<38} {:>6} {:>6} {:>6} | {:>6} {:>6} {:>6} {:>6} | {:>6} {:>6} {:>6} {:>6}"


def ours(recording: Recording) -> tuple[float, float, float, float]:
    """Return HNR, jitter, shimmer and processor seconds; the pitch track counts for itself."""
    pitch = track_pitch(recording)
    start = time.process_time()
    track = track_voice_quality(recording, pitch)
    taken = time.process_time() - start
    figures = (float(np.nanmean(a.astype(float))) for a in (track.hnr_db, track.jitter_pct, track.shimmer_pct))
    return (*figures, taken)  # type: ignore[return-value]


def praat(samples: np.ndarray) -> tuple[float | None, ...]:
    """Return the same from Praat, pitch included in the seconds."""
    if parselmouth is None:
        return (None,) * 4
    call, start = parselmouth.praat.call, time.process_time()
    sound = parselmouth.Sound(samples.astype(float), 16_000)
    harmonicity = call(sound, "To Harmonicity (cc)", 0.01, FLOOR_HZ, 0.1, 1.0)
    points = call(sound, "To PointProcess (periodic, cc)", FLOOR_HZ, CEILING_HZ)
    jitter = call(points, "Get jitter (local)", 0, 0, 0.0001, 0.02, 1.3)
    shimmer = call([sound, points], "Get shimmer (local)", 0, 0, 0.0001, 0.02, 1.3, 1.6)
    hnr = call(harmonicity, "Get mean", 0, 0)
    return hnr, 100 * jitter, 100 * shimmer, time.process_time() - start


def show(name: str, planted: tuple[float | None, ...], recording: Recording) -> None:
    """Print one row."""
    cells = [*planted, *ours(recording), *praat(recording.samples)]
    print(ROW.format(name, *("" if c is None else f"{c:.2f}" for c in cells)))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    heads = ("HNR dB", "jit %", "shim %")
    print(ROW.format("", *heads, *heads, "CPU s", *heads, "CPU s"))
    print(ROW.format("", "planted", "", "", "sdc", "", "", "", "praat", "", "", ""))
    arguments = parser.parse_args()
    for f0_hz in PITCHES_HZ:
        for options in VOICES:
            made = PLANTED(f0_hz, 3.0, **options)
            recording = Recording(made.samples, made.samples.size / 16_000)
            name = " ".join([f"{f0_hz} Hz", *(f"{key} {value}" for key, value in options.items())])
            # Jitter and shimmer lower the ratio too: how far is known only without them.
            planted_hnr = options.get("snr_db") if "snr_db" in options else None
            show(name, (planted_hnr, made.jitter_pct, made.shimmer_pct), recording)
    for path in arguments.files:
        show(path.name, (None, None, None), load_recording(path))


if __name__ == "__main__":
    main()
