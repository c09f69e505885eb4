"""Make the sessions of the demo child: transcripts with %mor and time bullets, recordings by espeak-ng.

The dialogue and the %mor items are written by hand: ``scripts/demo/sarah.txt`` and ``lexicon.txt``.
Each line is spoken as it was written: what is repeated, revised or broken off too, with the pauses
that it codes. The bullets are the times at which the lines were laid into the recording::

    python scripts/make_demo.py            # writes into src/sdc/demo/data
    python scripts/make_demo.py FOLDER
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from sdc.formats.chat.bullets import write_bullet
from sdc.formats.chat.headers import age_between, write_date
from sdc.formats.chat.mainline import read_main_line
from sdc.session import ScopeKind, TimeSpan, Token, TokenKind, Utterance

Samples = NDArray[np.float32]

SOURCE = Path(__file__).parent / "demo"
DATA = Path(__file__).parents[1] / "src" / "sdc" / "demo" / "data"

BIRTH = date(2022, 12, 20)
FIRST_MONDAY = date(2026, 3, 2)
SITUATION = "play with mother"
COMMENT = "Sarah is made up. The dialogue was written for SDC, the voices are synthetic (espeak-ng)."

RATE_HZ = 24_000
PER_MS = RATE_HZ // 1000
SYNTH_HZ = 22_050
BIT_RATE = 28_000
NOISE_RMS = 0.0008
SPEECH_RMS = 0.08
SILENT_BELOW = 0.01  # of the loudest 5 ms
EDGE_MS = 500

GAPS_MS = (380, 240, 460, 300, 820, 260, 540, 220, 340, 1150, 280, 420, 200, 620)
"""Between two lines, in turn: most are short, a few are long."""
OVERLAP_MS = 180
SHORT_PAUSES_MS = {"(.)": 350, "(..)": 700, "(...)": 1100}
BABBLE = ("dubba", "gabba da", "ubba")
"""What xxx sounds like, in turn."""
READINGS = {"inf": "-Inf-S", "imp": "-Fin-Imp-S"}


@dataclass(frozen=True)
class Voice:
    """How a speaker sounds.

    ``shrink`` plays the voice faster by this factor, which raises pitch and formants alike: a
    small child's throat. ``pitches`` and ``speed`` are espeak-ng's -p and -s before that.
    """

    name: str
    pitches: tuple[int, ...]
    speed: int
    shrink: float = 1.0


VOICES = {
    "CHI": Voice("en-us+f4", pitches=(74, 80, 70, 77, 84), speed=124, shrink=1.2),
    "MOT": Voice("en-us+f2", pitches=(55, 61, 50), speed=190),
}


@dataclass
class Line:
    """One main line as the source has it, with the dependent tiers below it."""

    speaker: str
    body: str
    tiers: list[str] = field(default_factory=list)

    def parsed(self) -> Utterance:
        """Return its tokens and scopes; the words keep their readings (``want|inf``)."""
        read = read_main_line(self.body)
        return Utterance(0, self.speaker, self.body, tuple(read.tokens), tuple(read.scopes))


@dataclass
class Week:
    """One session as the source has it."""

    number: int
    activity: str
    lines: list[Line] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What its files are called."""
        return f"sarah-week{self.number}"

    @property
    def day(self) -> date:
        """When it took place."""
        return FIRST_MONDAY + timedelta(weeks=self.number - 1)


def read_weeks(path: Path = SOURCE / "sarah.txt") -> list[Week]:
    """Read the dialogue."""
    weeks: list[Week] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"@week (\d): (.+)", row):
            weeks.append(Week(int(match[1]), match[2]))
        elif row.startswith("*"):
            weeks[-1].lines.append(Line(row[1:4], row.partition("\t")[2]))
        elif row.startswith("%"):
            weeks[-1].lines[-1].tiers.append(row)
    return weeks


# What stands in the transcript


@cache
def read_lexicon() -> dict[str, str]:
    """Read which %mor item a word has."""
    rows = (SOURCE / "lexicon.txt").read_text(encoding="utf-8").splitlines()
    return dict(row.split() for row in rows if row and not row.startswith("#"))


def mor_item(word: str) -> str:
    """Return the %mor item of a word, or of one of its readings: ``want|inf``."""
    lexicon = read_lexicon()
    base, _, reading = word.partition("|")
    if word in lexicon:
        return lexicon[word]
    if reading in READINGS:
        return lexicon[base].partition("-")[0] + READINGS[reading]
    return re.sub(r"-[SP][123]\b", f"-{reading.upper()}", lexicon[base], count=1)


def mor_tier(line: Line) -> str:
    """Return the %mor tier: one item for each word outside retracings, each comma, the terminator."""
    utterance = line.parsed()
    retraced = utterance.retraced()
    replaced = {s.first: s.text for s in utterance.scopes if s.kind is ScopeKind.REPLACEMENT}
    items = []
    for index, token in enumerate(utterance.tokens):
        if token.kind is TokenKind.WORD and index not in retraced:
            items.append(mor_item(replaced.get(index, token.text)))
        elif token.kind is TokenKind.SEPARATOR:
            items.append("cm|cm")
        elif token.kind is TokenKind.TERMINATOR:
            items.append(token.raw)
    return " ".join(items)


def transcript(week: Week, spans: Iterable[TimeSpan]) -> str:
    """Return a session as CHAT, each line with its time bullet."""
    rows = ["@UTF8", "@Begin", *headers(week)]
    for line, span in zip(week.lines, spans, strict=True):
        body = re.sub(r"\|\w+", "", line.body)
        rows += [f"*{line.speaker}:\t{body} {write_bullet(span)}", f"%mor:\t{mor_tier(line)}", *line.tiers]
    return "\n".join([*rows, "@End", ""])


def headers(week: Week) -> Iterator[str]:
    """Return who speaks, when, where."""
    age = age_between(BIRTH.isoformat(), week.day.isoformat())
    yield "@Languages:\teng"
    yield "@Participants:\tCHI Sarah Target_Child, MOT Mother"
    yield f"@ID:\teng|SDC_demo|CHI|{age}|female|||Target_Child|||"
    yield "@ID:\teng|SDC_demo|MOT||female|||Mother|||"
    yield f"@Birth of CHI:\t{write_date(BIRTH.isoformat())}"
    yield f"@Media:\t{week.name}, audio"
    yield f"@Date:\t{write_date(week.day.isoformat())}"
    yield f"@Situation:\t{SITUATION}"
    yield f"@Activities:\t{week.activity}"
    yield f"@Comment:\t{COMMENT}"


# What is heard


def pieces(tokens: Iterable[Token], n_before: int) -> Iterator[str | int]:
    """Return what espeak-ng says, and between it the pauses in ms."""
    tokens = [t for t in tokens if t.kind is not TokenKind.EVENT]
    for pause, group in groupby(tokens, key=lambda t: t.raw if t.kind is TokenKind.PAUSE else ""):
        if pause:
            yield SHORT_PAUSES_MS.get(pause) or round(1000 * float(pause.strip("()")))
        else:
            said = " ".join(filter(None, (spoken(token, n_before) for token in group)))
            yield said.replace("+...", ",")


def spoken(token: Token, n_before: int) -> str:
    """Return how a token is spelled for espeak-ng; empty when it is not heard."""
    raw = token.raw.partition("|")[0]
    if token.kind is TokenKind.WORD:
        return re.sub(r"\(\w+\)", "", raw).partition("@")[0].replace("_", " ")
    if token.kind is TokenKind.FRAGMENT:
        return token.text if re.search("[aeiou]", token.text) else f"{token.text}uh"
    if token.kind is TokenKind.UNINTELLIGIBLE:
        return BABBLE[n_before % len(BABBLE)]
    heard = (TokenKind.FILLER, TokenKind.SEPARATOR, TokenKind.TERMINATOR)
    return token.text if token.kind in heard else ""


def synthesise(text: str, voice: Voice, n_before: int) -> Samples:
    """Return a stretch of speech without the silence around it, whole ms long."""
    pitch = voice.pitches[n_before % len(voice.pitches)]
    command = ["espeak-ng", "-v", voice.name, "-p", str(pitch), "-s", str(voice.speed), "-z", "--stdout", text]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    said = np.frombuffer(wav[44:], "<i2").astype(np.float64) / 2**15
    return trim(resample_poly(said, RATE_HZ, round(SYNTH_HZ * voice.shrink)))


def trim(samples: NDArray[Any]) -> Samples:
    """Cut the silence off both ends, in steps of 5 ms; bring the rest to the loudness of speech."""
    step = 5 * PER_MS
    frames = samples[: samples.size // step * step].reshape(-1, step)
    loud = np.sqrt(np.mean(frames**2, axis=1))
    first, *_, last = np.flatnonzero(loud > SILENT_BELOW * loud.max())
    kept = frames[first : last + 1].ravel()
    return np.asarray(kept * SPEECH_RMS / np.sqrt(np.mean(kept**2)), np.float32)


def speak(line: Line, n_before: int) -> Samples:
    """Return a line as it is heard."""
    parts = [
        np.zeros(piece * PER_MS, np.float32)
        if isinstance(piece, int)
        else synthesise(piece, VOICES[line.speaker], n_before)
        for piece in pieces(line.parsed().tokens, n_before)
    ]
    return np.concatenate(parts)


def record(week: Week) -> tuple[Samples, list[TimeSpan]]:
    """Return the recording of a session and when each line was said."""
    said = [speak(line, number) for number, line in enumerate(week.lines)]
    spans = list(lay_out(week, [samples.size // PER_MS for samples in said]))
    noise = np.random.default_rng(week.number).standard_normal((spans[-1].end_ms + EDGE_MS) * PER_MS)
    sound = (NOISE_RMS * noise).astype(np.float32)
    for span, samples in zip(spans, said, strict=True):
        sound[span.start_ms * PER_MS : span.end_ms * PER_MS] += samples
    return sound, spans


def lay_out(week: Week, lengths_ms: list[int]) -> Iterator[TimeSpan]:
    """Return when each line is said: after a gap, or before the end of the last line where +< says so."""
    end = EDGE_MS
    for number, (line, length) in enumerate(zip(week.lines, lengths_ms, strict=True)):
        gap = GAPS_MS[(number + week.number) % len(GAPS_MS)]
        start = end - OVERLAP_MS if line.body.startswith("+<") else end + gap
        end = start + length
        yield TimeSpan(start, end)


def write_opus(samples: Samples, path: Path) -> None:
    """Encode a recording; the same samples give the same bytes."""
    with av.open(str(path), "w", format="ogg", container_options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream("libopus", rate=RATE_HZ, layout="mono", options={"application": "voip"})
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = RATE_HZ
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)


def make_demo(folder: Path = DATA) -> list[Path]:
    """Write the transcripts and recordings of all weeks into a folder; return the transcripts."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for week in read_weeks():
        samples, spans = record(week)
        write_opus(samples, folder / f"{week.name}.opus")
        paths.append(folder / f"{week.name}.cha")
        paths[-1].write_text(transcript(week, spans), encoding="utf-8", newline="\n")
    return paths


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    print(*make_demo(parser.parse_args().folder), sep="\n")
