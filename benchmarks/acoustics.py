"""How far the acoustic measures are from what was planted, beside librosa and Praat, and what they cost.

::

    python benchmarks/acoustics.py                # the sounds of scripts/make_truth_suite.py
    python benchmarks/acoustics.py --video        # only: five minutes of 640×480 video to all measures

Prints Markdown. librosa and parselmouth are compared where they are installed; SDC needs neither.
Gross error: share of the frames voiced in truth and track whose pitch is more than 20 % off (Rabiner
et al. 1976). A pause is found when its beginning and its end are within 150 ms. Processor time is
of all threads. docs/acoustics.md holds the result.
"""

from __future__ import annotations

import argparse
import json
import resource
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
Spans = list[tuple[int, int]]

SUITE = runpy.run_path(str(Path(__file__).parents[1] / "scripts" / "make_truth_suite.py"))
RATE_HZ, SNRS_DB, GAPS_MS, VOICES = SUITE["RATE_HZ"], SUITE["SNRS_DB"], SUITE["GAPS_MS"], SUITE["VOICES"]
LOW_HZ, HIGH_HZ, HOP_S = 75, 1000, 0.016
GROSS = 0.2
PAUSE_ERROR_MS, LEAST_PAUSE_MS = 150, 150
LATENCY_ERROR_MS, LEAST_HEARD_MS = 100, 200
MINUTES = 5


def recording(samples: Floats) -> Any:
    """Wrap samples."""
    from sdc.audio import Recording

    return Recording(samples, samples.size / RATE_HZ)


# Pitch


def ours(samples: Floats) -> tuple[Floats, Floats]:
    """Track as SDC does, then keep the speaker's range."""
    from sdc.audio import track_pitch
    from sdc.measures.frames import in_range, without_jumps

    track = track_pitch(recording(samples))
    return track.times_s, without_jumps(in_range(track.f0_hz.astype(np.float64)))


def pyin(samples: Floats) -> tuple[Floats, Floats]:
    """Track with librosa."""
    import librosa

    f0, _, _ = librosa.pyin(samples, fmin=LOW_HZ, fmax=HIGH_HZ, sr=RATE_HZ, hop_length=round(HOP_S * RATE_HZ))
    return np.arange(f0.size) * HOP_S, f0


def praat(samples: Floats, low_hz: float = LOW_HZ, high_hz: float = HIGH_HZ) -> tuple[Floats, Floats]:
    """Track with Praat's autocorrelation."""
    import parselmouth

    sound = parselmouth.Sound(samples.astype(np.float64), RATE_HZ)
    track = sound.to_pitch(time_step=HOP_S, pitch_floor=low_hz, pitch_ceiling=high_hz)
    f0 = track.selected_array["frequency"]
    return track.xs(), np.where(f0 > 0, f0, np.nan)


def praat_twice(samples: Floats) -> tuple[Floats, Floats]:
    """Track with Praat in two passes."""
    _, f0 = praat(samples)
    first, third = np.nanpercentile(f0, (25, 75))
    return praat(samples, max(0.75 * first, LOW_HZ), min(2 * third, HIGH_HZ))


def pitch_methods() -> dict[str, Callable[[Floats], tuple[Floats, Floats]]]:
    """Return what can be compared here."""
    found = {"SDC": ours}
    if find_spec("librosa"):
        found["librosa pyin"] = pyin
    if find_spec("parselmouth"):
        found |= {"Praat, 75 to 1000 Hz": praat, "Praat, two passes": praat_twice}
    return found


def pitch_row(name: str, track: Callable[[Floats], tuple[Floats, Floats]], snr_db: float | None) -> str:
    """Measure a method on all voices and contours at one level of noise."""
    from sdc.measures.frames import half_width, semitones

    errors, missed, plain, robust, spent, minutes = [], [], [], [], 0.0, 0.0
    for voice in VOICES:
        for kind in ("monotone", "lively", "wide"):
            truth = SUITE["pitch_truth"](voice, kind)
            heard = truth.heard(snr_db=snr_db)
            began = time.process_time()
            times_s, f0 = track(heard)
            spent, minutes = spent + time.process_time() - began, minutes + heard.size / RATE_HZ / 60
            planted = truth.f0_at(times_s)
            missed.append(np.isnan(f0[np.isfinite(planted)]))
            both = np.isfinite(f0) & np.isfinite(planted)
            errors.append(np.abs(f0[both] / planted[both] - 1))
            if kind == "monotone":
                voiced = f0[np.isfinite(f0)]
                plain.append(float(np.std(semitones(voiced))))
                robust.append(half_width(voiced))
    error, lost = np.concatenate(errors), np.concatenate(missed)
    figures = (100 * np.mean(error > GROSS), 100 * np.median(error), 100 * np.mean(lost), max(plain), max(robust))
    return table_row(name, noise(snr_db), *(f"{figure:.2f}" for figure in (*figures, spent / minutes)))


def pitch_table() -> Iterator[str]:
    """Yield the table of pitch."""
    yield from table_head(
        "pitch", "noise", "gross errors %", "median error %", "voiced missed %",
        "SD of a monotone voice, st (true 0.42; largest of 4 voices)", "the same, robust", "CPU s per min",
    )  # fmt: skip
    for name, track in pitch_methods().items():
        yield from (pitch_row(name, track, snr_db) for snr_db in SNRS_DB)


# Pauses


def refined(samples: Floats) -> Spans:
    """Find speech as SDC does."""
    from sdc.audio import detect_speech, track_intensity, track_pitch
    from sdc.audio.edges import refine_edges

    sound = recording(samples)
    pitch = track_pitch(sound)
    found = refine_edges(detect_speech(sound, pitch), track_intensity(sound), pitch, sound.duration_s)
    return [(s.start_ms, s.end_ms) for s in found]


def network(samples: Floats) -> Spans:
    """Find speech by the network with SDC's settings, edges as they come."""
    from sdc.audio import detect_speech

    return [(s.start_ms, s.end_ms) for s in detect_speech(recording(samples))]


def network_defaults(samples: Floats) -> Spans:
    """Find speech by the network with the settings that faster-whisper gives it."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    return [(s["start"] // 16, s["end"] // 16) for s in get_speech_timestamps(samples, VadOptions())]


def librosa_split(samples: Floats) -> Spans:
    """Find what is less than 40 dB below the loudest moment."""
    import librosa

    return [(int(a) // 16, int(b) // 16) for a, b in librosa.effects.split(samples, top_db=40, hop_length=160)]


def praat_silences(samples: Floats) -> Spans:
    """Find what Praat's "To TextGrid (silences)" calls sounding, with its standard settings and 200 ms."""
    import parselmouth

    sound = parselmouth.Sound(samples.astype(np.float64), RATE_HZ)
    grid = parselmouth.praat.call(sound, "To TextGrid (silences)", 100, 0.0, -25.0, 0.2, 0.1, "silent", "sounding")
    call, found = parselmouth.praat.call, []
    for number in range(1, int(call(grid, "Get number of intervals", 1)) + 1):
        if call(grid, "Get label of interval", 1, number) == "sounding":
            edges = [call(grid, f"Get {edge} time of interval", 1, number) for edge in ("start", "end")]
            found.append((round(1000 * edges[0]), round(1000 * edges[1])))
    return found


def pause_methods() -> dict[str, Callable[[Floats], Spans]]:
    """Return what can be compared here."""
    found = {"SDC": refined, "network alone": network, "network, library's defaults": network_defaults}
    if find_spec("librosa"):
        found["librosa split"] = librosa_split
    if find_spec("parselmouth"):
        found["Praat silences"] = praat_silences
    return found


def matched(planted: Spans, speech: Spans) -> tuple[int, int]:
    """Return how many planted pauses are found, and how many found ones were not planted."""
    gaps = [(a[1], b[0]) for a, b in pairwise(speech) if b[0] - a[1] >= LEAST_PAUSE_MS]

    def same(a: tuple[int, int], b: tuple[int, int]) -> bool:
        return max(abs(a[0] - b[0]), abs(a[1] - b[1])) <= PAUSE_ERROR_MS

    return sum(any(same(p, g) for g in gaps) for p in planted), sum(not any(same(p, g) for p in planted) for g in gaps)


def pause_table() -> Iterator[str]:
    """Yield the table of pauses: found of 34, in brackets those that were not planted."""
    yield from table_head(
        "pauses: found of 34 (not planted)", "noise", *(voice.name for voice in VOICES), "CPU s per min"
    )
    truths = [SUITE["pause_truth"](voice) for voice in VOICES]
    for name, find in pause_methods().items():
        for snr_db in SNRS_DB:
            cells, spent, minutes = [], 0.0, 0.0
            for truth in truths:
                heard, began = truth.heard(snr_db=snr_db), time.process_time()
                n_found, n_false = matched(truth.pauses_ms, find(heard))
                spent, minutes = spent + time.process_time() - began, minutes + heard.size / RATE_HZ / 60
                cells.append(f"{n_found} ({n_false})")
            yield table_row(name, noise(snr_db), *cells, f"{spent / minutes:.2f}")


# Answers and rates


def latency_errors(truth: Any, sound: Any, how: str) -> list[int] | None:
    """Return the errors in ms of the answers that can be told by time codes of a kind; None when none can."""
    from sdc.formats.chat.reader import read_chat
    from sdc.measures.sample import Sample, count_lines
    from sdc.measures.timing import answers

    session = read_chat(SUITE["transcript"](truth, how), source="truth.cha")
    found = answers(Sample(session, "CHI", count_lines(session), sound))
    if isinstance(found, str):
        return None
    pairs = zip(found, GAPS_MS, strict=True)
    return [a.gap_ms - gap for a, gap in pairs if how == "exact" or gap >= LEAST_HEARD_MS]


def latency_cell(errors: list[int] | None) -> str:
    """Write errors as found/all and the largest."""
    if errors is None:
        return "no value"
    good = sum(abs(e) <= LATENCY_ERROR_MS for e in errors)
    return f"{good} of {len(errors)}, largest {max(map(abs, errors))} ms"


def rate_error(truth: Any, sound: Any, measure: str) -> str:
    """Return how far the child's rate is off, in per cent."""
    from sdc.formats.chat.reader import read_chat
    from sdc.measures import analyse

    child = [s for s in truth.said if s.speaker == "child"]
    planted = 1000 * sum(s.syllables for s in child) / sum(s.end_ms - s.start_ms for s in child)
    session = read_chat(SUITE["transcript"](truth, "loose"), source="truth.cha")
    value = analyse(session, sound).speakers["CHI"].measures[measure].value
    return "no value" if value is None else f"{100 * (value / planted - 1):+.1f}"


def timing_table() -> Iterator[str]:
    """Yield the table of answers and rates."""
    from sdc.audio import sound_tracks

    yield from table_head(
        "answers within 100 ms", "noise", "time codes alone", "with the recording",
        "speech rate off by %", "articulation rate off by %",
    )  # fmt: skip
    truth = SUITE["dialogue_truth"]()
    for snr_db in SNRS_DB:
        sound = sound_tracks(recording(truth.heard(snr_db=snr_db)))
        for how in ("exact", "loose", "cut"):
            cells = [latency_cell(latency_errors(truth, s, how)) for s in (None, sound)]
            rates = [
                rate_error(truth, sound, m) if how == "loose" else "" for m in ("speech_rate", "articulation_rate")
            ]
            yield table_row(how, noise(snr_db), *cells, *rates)


# Five minutes of video


def make_video(path: Path) -> None:
    """Write five minutes of 640×480 video: the dialogue again and again, 25 pictures a second."""
    import av

    truth = SUITE["dialogue_truth"]()
    samples = np.resize(truth.heard(snr_db=20), MINUTES * 60 * RATE_HZ)
    rows = np.add.outer(np.arange(480), np.arange(640)).astype(np.uint8)
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=25, options={"g": "50"})
        picture.width, picture.height, picture.pix_fmt = 640, 480, "yuv420p"
        sound = container.add_stream("aac", rate=RATE_HZ, layout="mono")
        for number in range(MINUTES * 60 * 25):
            image = np.repeat(np.roll(rows, number, axis=1)[:, :, None], 3, axis=2)
            container.mux(picture.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(picture.encode())
        for first in range(0, samples.size, 1024):
            frame = av.AudioFrame.from_ndarray(samples[None, first : first + 1024], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = RATE_HZ, first
            container.mux(sound.encode(frame))
        container.mux(sound.encode())


def measure_video(path: Path) -> dict[str, float]:
    """Return the CPU seconds of each step from a video to its measures, and the largest memory in MB."""
    steps: dict[str, float] = {}

    def step(name: str, function: Callable[..., Any], *arguments: Any) -> Any:
        began = time.process_time()
        result = function(*arguments)
        steps[name] = time.process_time() - began
        return result

    def imports() -> None:
        import faster_whisper.vad  # noqa: F401
        import swift_f0  # noqa: F401

        import sdc.audio
        import sdc.measures  # noqa: F401

    step("import", imports)
    from sdc.audio import load_recording, sound_tracks, tracks
    from sdc.audio.acoustics import own
    from sdc.formats.chat.reader import read_chat
    from sdc.measures import analyse

    sound = step("decode", load_recording, path)
    for name, row in PARTS.items():
        module = tracks if hasattr(tracks, name) else own
        original = getattr(module, name)
        setattr(module, name, lambda *a, row=row, original=original: step(row, original, *a))
    measured = step("tracks, together", sound_tracks, sound)
    session = read_chat(SUITE["transcript"](SUITE["dialogue_truth"]()), source="truth.cha")
    analysis = step("measures", analyse, session, measured)
    assert analysis.speakers["CHI"].measures["f0_median"].value is not None
    steps["memory_mb"] = largest_memory_mb()
    return steps


def largest_memory_mb() -> float:
    """Return the largest memory of this process."""
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells includes the process that started this one
        return int(status.read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {
    "track_pitch": "· pitch",
    "track_intensity": "· intensity",
    "detect_speech": "· speech",
    "refine_edges": "· edges of speech",
    "waveform_peaks": "· outline",
    "track_voice_quality": "· voice quality",
    "quality_report": "· quality",
}
"""Function of ``sdc.audio.tracks`` or of ``sdc.audio.acoustics.own`` → its name in the table."""


def video_table() -> Iterator[str]:
    """Yield where the time goes, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "five-minutes.mp4"
        make_video(path)
        command = [sys.executable, __file__, "--measure", str(path)]
        steps = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)  # noqa: S603
    memory_mb = steps.pop("memory_mb")
    yield from table_head(f"{MINUTES} minutes of 640×480 video", "CPU s")
    yield from (table_row(name, f"{seconds:.2f}") for name, seconds in steps.items())
    total = sum(seconds for name, seconds in steps.items() if not name.startswith("·"))
    yield table_row("**all** (aim: under 6)", f"**{total:.2f}**")
    yield table_row("largest memory (aim: under 500 MB)", f"{memory_mb:.0f} MB")


# Tables


def noise(snr_db: float | None) -> str:
    """Name a level of noise."""
    return "quiet" if snr_db is None else f"{snr_db} dB"


def table_row(*cells: str) -> str:
    """Write a row."""
    return f"| {' | '.join(cells)} |"


def table_head(*cells: str) -> Iterator[str]:
    """Yield the head of a table after an empty line."""
    yield from ("", table_row(*cells), "|---" * len(cells) + "|")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--video", action="store_true", help="only the five minutes of video")
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure_video(given.measure)))
        return
    tables = [video_table] if given.video else [pitch_table, pause_table, timing_table, video_table]
    for table in tables:
        for line in table():
            print(line, flush=True)


if __name__ == "__main__":
    main()
