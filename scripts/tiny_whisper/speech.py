"""How the sentences sound: espeak-ng's voices, made smaller for children, in noise."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

Samples = NDArray[np.float32]

RATE_HZ = 16_000
STEP = 80  # 5 ms
SILENT_BELOW = 0.01  # of the loudest 5 ms

VARIANTS = ("f1", "f2", "f3", "f4", "f5", "Andrea", "Annie", "m1", "m3", "m7")
THROATS = {1.0: (8, 11), 1.09: (2, 3), 1.21: (3, 5), 1.31: (5, 9)}
"""How much higher pitch and formants are → resampling from espeak-ng's 22.05 kHz to 16 kHz (off by 0.3 %)."""


@dataclass(frozen=True)
class Cast:
    """Who speaks: espeak-ng's voice variants, the lowest and highest pitch and speed, and throats."""

    variants: tuple[str, ...]
    pitch: tuple[int, int]
    speed: tuple[int, int]
    throats: tuple[float, ...]


ANYBODY = Cast(VARIANTS, (40, 87), (115, 189), tuple(THROATS))
SARAH = Cast(("f4",), (68, 86), (140, 160), (1.21,))
MOTHER = Cast(("f2",), (48, 63), (180, 195), (1.0,))


@dataclass(frozen=True)
class Said:
    """A sentence and its sound, without silence around it."""

    text: str
    samples: NDArray[np.int16]


def say(texts: Iterable[str], seed: int, cast: Cast = ANYBODY) -> list[Said]:
    """Speak sentences, each in a voice of the cast drawn by the seed."""
    random = np.random.default_rng(seed)

    def between(bounds: tuple[int, int]) -> int:
        return int(random.integers(bounds[0], bounds[1] + 1))

    drawn = [
        (text, random.choice(cast.variants), between(cast.pitch), between(cast.speed), random.choice(cast.throats))
        for text in texts
    ]
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda job: Said(job[0], speak(*job)), drawn))


def speak(text: str, variant: str, pitch: int, speed: int, throat: float) -> NDArray[np.int16]:
    """Return a sentence as espeak-ng says it, at 16 kHz; it lasts as long in a small throat as in a large one."""
    pace = round(speed / throat)  # playing it faster makes up for it
    command = [
        "espeak-ng",
        "-v",
        f"en-us+{variant}",
        "-p",
        str(pitch),
        "-s",
        str(max(80, pace)),
        "-z",
        "--stdout",
        text,
    ]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    said = resample_poly(np.frombuffer(wav[44:], "<i2").astype(np.float64), *THROATS[throat])
    return trimmed(said)


def trimmed(samples: NDArray[Any]) -> NDArray[np.int16]:
    """Cut the silence off both ends; bring the rest to the same loudness."""
    frames = samples[: samples.size // STEP * STEP].reshape(-1, STEP)
    loud = np.sqrt(np.mean(frames**2, axis=1))
    heard = np.flatnonzero(loud > SILENT_BELOW * loud.max())
    kept = frames[heard[0] : heard[-1] + 1].ravel()
    return np.asarray(np.clip(kept * 2500 / np.sqrt(np.mean(kept**2)), -32768, 32767), np.int16)


@dataclass(frozen=True)
class Window:
    """At most 30 s of sound, and what is said when: text, start and end in seconds."""

    samples: Samples
    said: tuple[tuple[str, float, float], ...]


def window(stock: list[Said], random: np.random.Generator, most_s: float = 29.5) -> Window:
    """Lay sentences of the stock into a window, with pauses between them, in noise."""
    length_s = most_s if random.random() < 0.7 else random.uniform(2.0, most_s)
    parts: list[Samples] = []
    said: list[tuple[str, float, float]] = []
    now = 0
    while True:
        one = stock[random.integers(len(stock))]
        gap = int(
            RATE_HZ * (random.uniform(0.02, 0.7) if random.random() < 0.8 or not said else random.uniform(0.7, 2.0))
        )
        if said and now + gap + one.samples.size > length_s * RATE_HZ:
            break
        loudness = np.float32(10 ** random.uniform(-0.5, 0.25) / 2**15)
        parts += [np.zeros(gap, np.float32), one.samples * loudness]
        said.append((one.text, (now + gap) / RATE_HZ, (now + gap + one.samples.size) / RATE_HZ))
        now += gap + one.samples.size
    parts.append(np.zeros(int(RATE_HZ * random.uniform(0.05, 0.5)), np.float32))
    sound = np.concatenate(parts)[: 30 * RATE_HZ]
    noise = np.float32(10 ** random.uniform(-4.3, -2.5))
    return Window(sound + noise * random.standard_normal(sound.size, np.float32), tuple(said))
