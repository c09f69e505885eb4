"""Make sounds of which everything is known: pitch, pauses, who speaks when, syllables, noise.

Voices are formant synthesis (a glottal pulse through vowel resonators, with fricatives between),
so the fundamental frequency of every sample is what was planted, which no recorded voice and no
speech engine can promise. Nothing is random: the same call gives the same samples::

    python scripts/make_truth_suite.py FOLDER    # one .wav and one .json beside it for each sound
"""

from __future__ import annotations

import argparse
import io
import json
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

Floats = NDArray[np.float64]

RATE_HZ = 16_000
SPEECH_RMS = 0.08
SNRS_DB = (None, 20, 10, 5)
"""Noise that is added; None is a quiet room (noise 60 dB below the speech)."""
QUIET_DB = 60
VOWELS = ((730, 1090, 2440), (300, 2290, 3010), (320, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
"""First three formants of a man's vowels in Hz (Peterson & Barney 1952, rounded)."""
WIDTHS_HZ = (80, 90, 120)
MONOTONE_ST = 0.42
"""SD of the pitch of a monotone voice in semitones."""
PAUSES_MS = tuple(round(float(ms)) for ms in np.geomspace(220, 2400, 34))
"""Planted pauses: 34, longer by the same factor each time."""
GAPS_MS = (300, 650, -250, 120, 1400, 480, 200, 2200, 900, -400, 350, 560, 750, 150, 1100, 420, 280, 1800, 90, 600)
"""Floor transfer offsets of the dialogue; below zero the voices overlap."""
EDGE_MS = 700

HEAD = ("@UTF8", "@Begin", "@Languages:\teng", "@Participants:\tCHI Target_Child, MOT Mother")


@dataclass(frozen=True)
class Voice:
    """Who speaks: middle pitch, and how far the formants lie above a man's.

    Attributes
    ----------
    name : str
    hz : float
    formants : float
    """

    name: str
    hz: float
    formants: float


MAN, WOMAN = Voice("man", 115, 1.0), Voice("woman", 210, 1.15)
CHILD, SQUEALER = Voice("child", 300, 1.3), Voice("high child", 450, 1.4)
VOICES = (MAN, WOMAN, CHILD, SQUEALER)


@dataclass(frozen=True)
class Said:
    """A stretch of speech without a pause.

    Attributes
    ----------
    speaker : str
    start_ms, end_ms : int
    syllables : int
    """

    speaker: str
    start_ms: int
    end_ms: int
    syllables: int


@dataclass
class Truth:
    """A sound and what was planted in it.

    Attributes
    ----------
    name : str
    samples : NDArray[np.float64]
        At 16 kHz.
    f0_hz : NDArray[np.float64]
        For each sample; NaN where nobody's voice sounds.
    said : list[Said]
    """

    name: str
    samples: Floats = field(default_factory=lambda: np.zeros(0))
    f0_hz: Floats = field(default_factory=lambda: np.zeros(0))
    said: list[Said] = field(default_factory=list)

    @property
    def pauses_ms(self) -> list[tuple[int, int]]:
        """Start and end of the silences between the stretches."""
        pairs = zip(self.said, self.said[1:], strict=False)
        return [(a.end_ms, b.start_ms) for a, b in pairs if b.start_ms > a.end_ms]

    def f0_at(self, times_s: Floats) -> Floats:
        """Return the planted pitch at times."""
        return self.f0_hz[np.clip(np.round(times_s * RATE_HZ).astype(int), 0, self.f0_hz.size - 1)]

    def heard(self, *, snr_db: float | None = None, gain_db: float = 0.0) -> NDArray[np.float32]:
        """Return the samples with noise so far below the level of the speech, at another gain."""
        level = SPEECH_RMS * 10 ** (-(QUIET_DB if snr_db is None else snr_db) / 20)
        noise = np.random.default_rng(99).normal(0.0, level, self.samples.size)
        return ((self.samples + noise) * 10 ** (gain_db / 20)).astype(np.float32)


# One voice


def resonate(sound: Floats, hz: float, width_hz: float) -> Floats:
    """Return a sound after a resonance of a vocal tract."""
    radius = np.exp(-np.pi * width_hz / RATE_HZ)
    turn = 2 * radius * np.cos(2 * np.pi * hz / RATE_HZ)
    filtered: Floats = lfilter([1 - turn + radius**2], [1, -turn, radius**2], sound)
    return filtered


def pulses(f0_hz: Floats, rng: np.random.Generator) -> Floats:
    """Return the change of the air flow through vocal folds: open for 0.6 of each period, with some breath."""
    phase = np.cumsum(f0_hz / RATE_HZ) % 1 / 0.6
    opening, closing = 0.5 * (1 - np.cos(np.pi * phase / 0.66)), np.cos(np.pi / 2 * (phase - 0.66) / 0.34)
    flow = np.where(phase < 0.66, opening, np.where(phase < 1, closing, 0.0))
    change = np.diff(flow, prepend=flow[:1])
    return change / np.abs(change).max() + 0.01 * rng.normal(size=f0_hz.size)


def vowel(f0_hz: Floats, voice: Voice, rng: np.random.Generator) -> Floats:
    """Return a vowel that swells and fades."""
    sound = pulses(f0_hz, rng)
    for hz, width_hz in zip(VOWELS[rng.integers(len(VOWELS))], WIDTHS_HZ, strict=True):
        sound = resonate(sound, hz * voice.formants, width_hz)
    sound = np.diff(resonate(sound, 3500 * min(voice.formants, 1.2), 200), prepend=0)
    n = np.arange(sound.size)
    ramp = np.minimum(1, np.minimum(n, n[::-1]) / (0.02 * RATE_HZ))
    return sound / np.abs(sound).max() * ramp * (0.6 + 0.4 * np.sin(np.pi * n / n.size))


def fricative(n: int, rng: np.random.Generator) -> Floats:
    """Return a hiss."""
    hiss = resonate(np.diff(rng.normal(size=n), prepend=0), 5000, 1500)
    return 0.25 * hiss / np.abs(hiss).max() * np.sin(np.pi * np.arange(n) / n)


def contour(kind: str, n: int, rng: np.random.Generator) -> Floats:
    """Return a pitch contour in semitones from the voice's middle, one value a sample."""
    time_s = np.arange(n) / RATE_HZ
    if kind == "monotone":
        knots = np.arange(0, n / RATE_HZ + 0.3, 0.15)
        wander = np.interp(time_s, knots, rng.normal(size=knots.size))
        return (wander - wander.mean()) / wander.std() * MONOTONE_ST
    lively = 1.5 * np.sin(2 * np.pi * 0.9 * time_s) - np.minimum(2 * time_s, 4) + 2
    return lively if kind == "lively" else 3 * lively


def add_speech(
    truth: Truth, voice: Voice, syllables: int, start_ms: int, *, rng: np.random.Generator, kind: str = "lively"
) -> int:
    """Let a voice say so many syllables from a time on, over what is there; return when it ends."""
    sounds, voiced = [], []
    for number in range(syllables):
        if number:
            hiss = fricative(round((0.04 + 0.03 * rng.random()) * RATE_HZ), rng)
            sounds, voiced = [*sounds, hiss], [*voiced, np.zeros(hiss.size, bool)]
        n = round((0.12 + 0.08 * rng.random()) * RATE_HZ)
        sounds, voiced = [*sounds, np.zeros(n)], [*voiced, np.ones(n, bool)]
    if rng.random() < 1 / 3:  # a voiceless end
        sounds, voiced = [*sounds, hiss := fricative(RATE_HZ // 10, rng)], [*voiced, np.zeros(hiss.size, bool)]
    is_voiced = np.concatenate(voiced)
    f0 = voice.hz * 2 ** (contour(kind, is_voiced.size, rng) / 12)
    position = 0
    for number, (sound, sung) in enumerate(zip(sounds, voiced, strict=True)):
        if sung[0]:
            sounds[number] = vowel(f0[position : position + sound.size], voice, rng)
        position += sound.size
    speech = np.concatenate(sounds)
    speech *= SPEECH_RMS / np.sqrt(np.mean(speech**2))
    first = start_ms * RATE_HZ // 1000
    _lay(truth, speech, np.where(is_voiced, f0, np.nan), first)
    end_ms = round(1000 * (first + speech.size) / RATE_HZ)
    truth.said.append(Said(voice.name, start_ms, end_ms, syllables))
    return end_ms


def _lay(truth: Truth, speech: Floats, f0_hz: Floats, first: int) -> None:
    more = first + speech.size + EDGE_MS * RATE_HZ // 1000 - truth.samples.size
    if more > 0:
        truth.samples = np.append(truth.samples, np.zeros(more))
        truth.f0_hz = np.append(truth.f0_hz, np.full(more, np.nan))
    place = slice(first, first + speech.size)
    # Where voices overlap no single pitch is true.
    both = np.isfinite(truth.f0_hz[place]) & np.isfinite(f0_hz)
    sounding = np.where(np.isfinite(f0_hz), f0_hz, truth.f0_hz[place])
    truth.samples[place] += speech
    truth.f0_hz[place] = np.where(both, np.nan, sounding)


# What is planted


def pitch_truth(voice: Voice, kind: str, *, phrases: int = 6, seed: int = 1) -> Truth:
    """Return phrases of one voice, monotone (SD 0.42 st), lively (about 2 st) or wide (about 6 st)."""
    truth, rng, end_ms = Truth(f"{voice.name}, {kind}"), np.random.default_rng(seed), 0
    for _ in range(phrases):
        end_ms = add_speech(truth, voice, 6, end_ms + EDGE_MS, rng=rng, kind=kind)
    return truth


def pause_truth(voice: Voice = CHILD, *, seed: int = 2) -> Truth:
    """Return one voice that pauses 34 times, each time for one of ``PAUSES_MS``, in mixed order."""
    truth, rng = Truth(f"{voice.name}, pauses"), np.random.default_rng(seed)
    end_ms = add_speech(truth, voice, 3, EDGE_MS, rng=rng)
    for pause_ms in rng.permutation(np.array(PAUSES_MS)):
        end_ms = add_speech(truth, voice, int(rng.integers(2, 7)), end_ms + int(pause_ms), rng=rng)
    return truth


def dialogue_truth(
    child: Voice = CHILD, adult: Voice = WOMAN, *, gaps_ms: tuple[int, ...] = GAPS_MS, seed: int = 3
) -> Truth:
    """Return an adult and a child in turn, the child's answers after these gaps."""
    truth, rng, end_ms = Truth(f"{child.name} and {adult.name}"), np.random.default_rng(seed), 0
    for gap_ms in gaps_ms:
        end_ms = add_speech(truth, adult, int(rng.integers(5, 9)), end_ms + EDGE_MS, rng=rng)
        end_ms = add_speech(truth, child, int(rng.integers(3, 6)), end_ms + gap_ms, rng=rng)
    return truth


def truths() -> Iterator[Truth]:
    """Yield every sound of the suite, without noise."""
    for voice in VOICES:
        for kind in ("monotone", "lively", "wide"):
            yield pitch_truth(voice, kind)
    yield from (pause_truth(voice) for voice in (WOMAN, CHILD))
    yield from (dialogue_truth(CHILD, adult) for adult in (MAN, WOMAN))


# What a transcriber would write


def time_codes(truth: Truth, how: str = "exact") -> list[tuple[int, int]]:
    """Return the time codes of the stretches.

    ``exact``; ``loose``: up to 150 ms too early and too late, as people draw them; ``cut``: each
    begins where the one before ends, in the middle of the silence or the overlap.
    """
    codes = [(s.start_ms, s.end_ms) for s in truth.said]
    if how == "loose":
        rng = np.random.default_rng(7)
        return [(a - int(rng.integers(0, 151)), b + int(rng.integers(0, 151))) for a, b in codes]
    if how == "cut":
        middles = [(a[1] + b[0]) // 2 for a, b in pairwise(codes)]
        return list(zip([codes[0][0], *middles], [*middles, codes[-1][1]], strict=True))
    return codes


def transcript(truth: Truth, how: str = "exact") -> str:
    """Return a dialogue as CHAT: one line a stretch, a word of one syllable for each syllable."""
    adult = truth.said[0].speaker
    rows = [
        f"*{'MOT' if said.speaker == adult else 'CHI'}:\t{'no ' * said.syllables}. \x15{start}_{end}\x15"
        for said, (start, end) in zip(truth.said, time_codes(truth, how), strict=True)
    ]
    return "\n".join([*HEAD, *rows, "@End", ""])


def monologue(truth: Truth) -> str:
    """Return everything that one voice says as CHAT, in one line."""
    words = "no " * sum(said.syllables for said in truth.said)
    start_ms, end_ms = truth.said[0].start_ms - EDGE_MS // 2, truth.said[-1].end_ms + EDGE_MS // 2
    return "\n".join([*HEAD, f"*CHI:\t{words}. \x15{start_ms}_{end_ms}\x15", "@End", ""])


def sound_file(samples: NDArray[Any]) -> bytes:
    """Return a sound as a WAV file of 16 bits."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setparams((1, 2, RATE_HZ, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return held.getvalue()


def write(truth: Truth, samples: NDArray[np.float32], path: Path) -> None:
    """Write a sound as 16-bit WAV, what is planted in it beside it as JSON (F0 every 10 ms)."""
    path.write_bytes(sound_file(samples))
    f0 = [None if np.isnan(hz) else round(float(hz), 2) for hz in truth.f0_hz[:: RATE_HZ // 100]]
    document = {"name": truth.name, "said": [vars(s) for s in truth.said], "f0_hz_every_10_ms": f0}
    path.with_suffix(".json").write_text(json.dumps(document, indent=1), encoding="utf-8")


def main() -> None:
    """Write the suite at each level of noise."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for truth in truths():
        for snr_db in SNRS_DB:
            noise = "quiet" if snr_db is None else f"{snr_db}dB"
            name = f"{truth.name} {noise}".replace(",", "").replace(" ", "-")
            write(truth, truth.heard(snr_db=snr_db), folder / f"{name}.wav")


if __name__ == "__main__":
    main()
