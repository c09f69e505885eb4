"""Acoustic measures of a recording, beside librosa and Praat, one thread.

Made-up lively speech with noise (scripts/make_truth_suite.py), as long as wished. A real-time factor is
processor seconds for a second of sound. Ours is everything that is measured of a recording: pitch, loudness,
voice quality, speech and pauses; librosa's is pyin and RMS; Praat's (parselmouth, GPL, a developer's tool here)
is pitch, intensity, and harmonicity.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import librosa
import numpy as np
import parselmouth
from rows import Row, cpu_s, own_peak_mb, side_by_side

from sdc.audio import Recording, load_recording, sound_tracks
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse

SUITE = runpy.run_path(str(Path(__file__).parents[2] / "scripts" / "make_truth_suite.py"))
RATE_HZ = SUITE["RATE_HZ"]
SECONDS = {"quick": 30, "full": 300}
REPEATS = {"quick": 3, "full": 3}
HOP_S, LOW_HZ, HIGH_HZ = 0.016, 75, 1000
GOAL_S = 3.0
OPENSMILE = (
    "not run: openSMILE's licence allows research and private use only, so that this project installs it nowhere"
)


def run(size: str) -> Iterator[Row]:
    """Yield rows for each peer, and the whole way from a file to its measures."""
    seconds = SECONDS[size]
    truth = SUITE["dialogue_truth"]()
    samples = np.resize(truth.heard(snr_db=20), seconds * RATE_HZ).astype(np.float32)
    warm = samples[: 5 * RATE_HZ]
    for work in (ours, with_librosa, with_praat):
        work(warm)
    whole = "pitch, loudness, voice, speech and pauses"
    for peer, theirs in (("librosa: pyin, RMS", with_librosa), ("Praat: pitch, intensity, HNR", with_praat)):
        mine, other = side_by_side(lambda: ours(samples), lambda t=theirs: t(samples), REPEATS[size])
        key = peer.partition(":")[0].lower()
        unit = "CPU s per s"
        yield Row(f"acoustics.{key}", whole, mine / seconds, unit, peer, other / seconds, is_checked=True)
    yield Row("acoustics.opensmile", "openSMILE eGeMAPS", None, "CPU s per s", "openSMILE", note=OPENSMILE)
    session = read_chat(SUITE["transcript"](truth), source="truth.cha")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "visit.wav"
        path.write_bytes(SUITE["sound_file"](samples))
        took = min(cpu_s(lambda: analyse(session, sound_tracks(load_recording(path)))) for _ in range(5))
    goal = f"< {GOAL_S:g} s" if size == "full" else ""
    what = f"a file of {seconds} s to all measures"
    yield Row("acoustics.whole", what, took, "s CPU", goal=goal, met=took < GOAL_S if goal else None)
    yield Row("acoustics.memory", "most memory, with the peers'", own_peak_mb(), "MB")


def ours(samples: np.ndarray[Any, Any]) -> None:
    """Measure everything of a recording."""
    sound_tracks(Recording(samples, samples.size / RATE_HZ))


def with_librosa(samples: np.ndarray[Any, Any]) -> None:
    """Track pitch and loudness with librosa."""
    hop = round(HOP_S * RATE_HZ)
    librosa.pyin(samples, fmin=LOW_HZ, fmax=HIGH_HZ, sr=RATE_HZ, hop_length=hop)
    librosa.feature.rms(y=samples, hop_length=hop)


def with_praat(samples: np.ndarray[Any, Any]) -> None:
    """Track pitch, loudness and harmonicity with Praat."""
    sound = parselmouth.Sound(samples.astype(np.float64), RATE_HZ)
    sound.to_pitch(time_step=HOP_S, pitch_floor=LOW_HZ, pitch_ceiling=HIGH_HZ)
    sound.to_intensity(minimum_pitch=LOW_HZ, time_step=HOP_S)
    sound.to_harmonicity_cc(time_step=HOP_S, minimum_pitch=LOW_HZ)
