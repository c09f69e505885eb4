"""How far the three back ends of pitch, loudness and voice agree, measure by measure, and what each costs.

::

    python benchmarks/acoustic_backends.py               # sounds of which everything is known
    python benchmarks/acoustic_backends.py --media DIR   # and the recordings of a folder

Prints Markdown. In a folder, a transcript beside a recording (``@Media``) gives measures by speaker;
a recording without one gives its frames of pitch only. Processor time is of all threads, of what
the back end itself measures. docs/acoustics.md holds the synthetic part.
"""

from __future__ import annotations

import argparse
import runpy
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from sdc.audio import Recording, SoundTracks, load_recording, sound_tracks
from sdc.audio.acoustics import ACOUSTICS, OWN, make_acoustics
from sdc.formats import read_path
from sdc.formats.chat.reader import read_chat
from sdc.measures import REGISTRY, analyse
from sdc.measures.frames import half_width, semitones
from sdc.pipeline.pairs import find_pairs
from sdc.session import Session

SCRIPTS = Path(__file__).parents[1] / "scripts"
SUITE = runpy.run_path(str(SCRIPTS / "make_truth_suite.py"))
PLANTED = runpy.run_path(str(SCRIPTS / "planted_voice.py"))["planted_voice"]
RATE_HZ = SUITE["RATE_HZ"]
MEASURES = tuple(rule.id for rule in REGISTRY.values() if rule.acoustic)
OTHERS = tuple(name for name in ACOUSTICS if name != OWN)
VOICES: tuple[dict[str, float], ...] = (
    {"jitter": 0.005},
    {"jitter": 0.01, "shimmer": 0.05},
    {"shimmer": 0.1},
    {"snr_db": 20},
)
QUALITIES = {"hnr_db": "hnr_db", "jitter_local_pct": "jitter_pct", "shimmer_local_pct": "shimmer_pct"}
"""Measure → the array of the voice quality track whose mean it is."""
SAME = 0.05
"""Frames whose pitch is less than this apart agree."""


@dataclass
class Timed:
    """A back end that keeps how long it took: ``Acoustics``."""

    name: str
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(("pitch", "intensity", "voice"), 0.0))

    def _step(self, step: str, *arguments: Any) -> Any:
        began = time.process_time()
        found = getattr(make_acoustics(self.name), step)(*arguments)
        self.seconds[step] += time.process_time() - began
        return found

    def pitch(self, recording: Recording) -> Any:
        """Track pitch."""
        return self._step("pitch", recording)

    def intensity(self, recording: Recording) -> Any:
        """Measure loudness."""
        return self._step("intensity", recording)

    def voice(self, recording: Recording, pitch: Any) -> Any:
        """Measure the voice."""
        return self._step("voice", recording, pitch)


TIMED = {name: Timed(name) for name in ACOUSTICS}
HEARD = {"seconds": 0.0}


def listen(recording: Recording) -> dict[str, SoundTracks]:
    """Return the tracks of all back ends."""
    HEARD["seconds"] += recording.duration_s
    own = TIMED[OWN]
    pitch = own.pitch(recording)  # sound_tracks measures its own pitch and loudness untimed
    own.intensity(recording), own.voice(recording, pitch)
    return {name: sound_tracks(recording, None if name == OWN else timed) for name, timed in TIMED.items()}


def values(session: Session, tracks: dict[str, SoundTracks], speaker: str) -> dict[str, dict[str, float | None]]:
    """Return measure → back end → value."""
    found = {name: analyse(session, sound).speakers[speaker].measures for name, sound in tracks.items()}
    return {id: {name: found[name][id].value for name in found} for id in MEASURES}


def rows(
    sound: str, found: dict[str, dict[str, float | None]], planted: dict[str, float] | None = None
) -> Iterator[tuple[str, ...]]:
    """Yield a row for each measure that some back end gives."""
    for id, by_name in found.items():
        if all(value is None for value in by_name.values()):
            continue
        own = by_name[OWN]
        apart = (_difference(by_name[name], own) for name in OTHERS)
        truth = (_number((planted or {}).get(id)),) if planted is not None else ()
        yield (id, sound, *truth, *(_number(by_name[name]) for name in ACOUSTICS), *apart)


def _number(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


def _difference(one: float | None, other: float | None) -> str:
    return "" if one is None or other is None else f"{one - other:+.2f}"


# Synthetic sounds


def planted_pitch(truth: Any) -> dict[str, float]:
    """Return the pitch measures of what was planted."""
    f0 = truth.f0_hz[np.isfinite(truth.f0_hz)]
    low, high = np.percentile(semitones(f0), (5, 95))
    return {"f0_median": float(np.median(f0)), "f0_sd_st": half_width(f0), "f0_range_st": float(high - low)}


def speech_rows(snr_db: float | None) -> Iterator[tuple[str, ...]]:
    """Yield the measures of four voices, each in lively speech."""
    for voice in SUITE["VOICES"]:
        truth = SUITE["pitch_truth"](voice, "lively")
        heard = truth.heard(snr_db=snr_db)
        tracks = listen(Recording(heard, heard.size / RATE_HZ))
        session = read_chat(SUITE["monologue"](truth), source="truth.cha")
        noise = "quiet" if snr_db is None else f"{snr_db} dB"
        yield from rows(f"{voice.name}, {noise}", values(session, tracks, "CHI"), planted_pitch(truth))


def vowel_rows() -> Iterator[tuple[str, ...]]:
    """Yield the qualities of steady vowels with planted jitter, shimmer and noise.

    They are means over frames: the gate finds no speech in a vowel without words.
    """
    for f0_hz in (110, 220, 300):
        for options in VOICES:
            made = PLANTED(f0_hz, 5.0, **options)
            tracks = listen(Recording(np.asarray(made.samples, np.float32), made.samples.size / RATE_HZ))
            planted = {"jitter_local_pct": made.jitter_pct, "shimmer_local_pct": made.shimmer_pct}
            planted |= {"hnr_db": options["snr_db"]} if "snr_db" in options else {}
            named = ", ".join(f"{key} {value}" for key, value in options.items())
            found = {id: {n: _mean(sound, array) for n, sound in tracks.items()} for id, array in QUALITIES.items()}
            yield from rows(f"{f0_hz} Hz, {named}", found, planted)


def _mean(sound: SoundTracks, array: str) -> float | None:
    values = getattr(sound.voice, array)
    return None if values is None else float(np.nanmean(values.astype(float)))


# Recordings


def media_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the measures of transcripts with recordings, by speaker."""
    for pair in find_pairs([folder])[0]:
        if pair.transcript is None or pair.media is None:
            continue
        session, tracks = read_path(pair.transcript), heard_file(pair.media)
        for speaker in session.speakers():
            yield from rows(f"{pair.media.name}, {speaker}", values(session, tracks, speaker))


@cache
def heard_file(path: Path) -> dict[str, SoundTracks]:
    """Return the tracks of a recording."""
    return listen(load_recording(path))


def frame_rows(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield how far the pitch of single frames agrees with SDC's."""
    for pair in find_pairs([folder])[0]:
        if pair.media is None:
            continue
        tracks = heard_file(pair.media)
        own = tracks[OWN].pitch.f0_hz
        for name, made in tracks.items():
            f0 = made.pitch.f0_hz
            n = min(f0.size, own.size)
            both = np.isfinite(f0[:n]) & np.isfinite(own[:n])
            same = np.mean(np.abs(f0[:n][both] / own[:n][both] - 1) < SAME) if both.any() else np.nan
            voiced = np.isfinite(f0).sum() * made.pitch.hop_s
            yield (pair.media.name, name, f"{voiced:.1f}", f"{np.nanmedian(f0):.0f}", f"{100 * same:.1f}")


# Tables


def table(head: tuple[str, ...], body: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """Yield a table in Markdown."""
    yield from ("", f"| {' | '.join(head)} |", "|---" * len(head) + "|")
    yield from (f"| {' | '.join(row)} |" for row in body)


def cost_rows() -> Iterator[tuple[str, ...]]:
    """Yield the processor time of each back end."""
    for name, timed in TIMED.items():
        seconds = [60 * spent / HEARD["seconds"] for spent in timed.seconds.values()]
        yield (name, *(f"{s:.2f}" for s in seconds), f"{sum(seconds):.2f}")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--media", type=Path, help="a folder of recordings, with transcripts or without")
    folder = parser.parse_args().media
    apart = tuple(f"{name} − {OWN}" for name in OTHERS)
    planted = ("measure", "sound", "planted", *ACOUSTICS, *apart)
    tables = [(planted, speech_rows(snr_db)) for snr_db in (None, 10)] + [(planted, vowel_rows())]
    if folder:
        tables.append((("measure", "recording, speaker", *ACOUSTICS, *apart), media_rows(folder)))
        same = f"within {SAME:.0%} of {OWN}'s frames, %"
        tables.append((("recording", "acoustics", "voiced s", "median Hz", same), frame_rows(folder)))
    tables.append((("CPU s per minute", "pitch", "loudness", "voice", "all"), cost_rows()))
    for head, body in tables:
        for line in table(head, body):
            print(line, flush=True)


if __name__ == "__main__":
    main()
