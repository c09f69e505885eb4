"""How well voices are told apart, with and without enrolment: synthetic dialogues by espeak-ng.

::

    python benchmarks/speakers.py            # all pairs of voices, and the demo's recordings
    python benchmarks/speakers.py --lines 12 # shorter dialogues

Each pair is a child and an adult (or two children, two adults) who speak in turn; who speaks when
is known, since the dialogue is laid out here. Child-directed speech is the same adult with raised
pitch and a wider range. Enrolment hears other sentences than the dialogue. Needs espeak-ng.
Synthetic voices are cleaner and more alike than people: the figures say how the method behaves,
not how well it does in a playroom.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import resample_poly

from sdc.audio import SAMPLE_RATE_HZ, Recording, load_recording
from sdc.demo import demo_transcripts
from sdc.formats import read_path
from sdc.transcribe.speakers import Diarization, EnrolledRoles, Role, VoiceDiarizer, Voiceprint, enrol

SYNTH_HZ = 22_050
SPEECH_RMS = 0.08
NOISE_RMS = 0.001
OVERLAP_S = 0.8
GAPS_S = (0.38, 0.24, 0.46, 0.30, 0.82, 0.26, 0.54, 0.22)

SAID = (
    "look, here are the blocks",
    "I want the red one",
    "do you want to build a house?",
    "it goes on top",
    "that is a good idea, what comes next?",
    "a door and a window",
    "where does the little dog sleep?",
    "under the big tree",
    "shall we find him something to eat?",
    "no, he is tired now",
    "then we put the blanket over him",
    "and the light goes off",
    "what do you hear outside?",
    "rain, it is raining on the roof",
    "tomorrow we can go and see the boats",
    "I want to see the train",
    "the train is green and very long",
    "can we have a picnic there?",
    "yes, with apples and a bit of cheese",
    "my cup is empty",
    "give it to me, I will fill it again",
    "not the blue cup",
    "all right, then the yellow one",
    "thank you, that is mine",
)
ENROLLED = (
    "once there was a mouse who lived in a shoe",
    "she had seven sisters and a very old hat",
    "every morning they washed their hands and sang",
    "nobody knew where the music came from",
)


@dataclass(frozen=True)
class Voice:
    """How a speaker sounds; ``shrink`` plays the voice faster, which raises pitch and formants alike."""

    name: str
    pitch: int = 50
    speed: int = 170
    shrink: float = 1.0
    range: str = "medium"


CHILD = Voice("en-us+f4", pitch=76, speed=125, shrink=1.2)
BOY = Voice("en-us+f5", pitch=60, speed=130, shrink=1.25)
TODDLER = Voice("en-us+f1", pitch=80, speed=115, shrink=1.3)
MOTHER = Voice("en-us+f2", pitch=55, speed=185)
MOTHER_TO_CHILD = Voice("en-us+f2", pitch=90, speed=150, range="x-high")
AUNT = Voice("en-us+linda", pitch=40, speed=175)
AUNT_TO_CHILD = Voice("en-us+linda", pitch=75, speed=150, range="x-high")
GRANDMOTHER = Voice("en-gb-x-rp+grandma", pitch=40, speed=160)
GRANDMOTHER_TO_CHILD = Voice("en-gb-x-rp+grandma", pitch=75, speed=140, range="x-high")
FATHER = Voice("en-us+m3", pitch=45, speed=175)
FATHER_TO_CHILD = Voice("en-us+m3", pitch=95, speed=150, range="x-high")

EVERYDAY = {
    MOTHER_TO_CHILD: MOTHER,
    AUNT_TO_CHILD: AUNT,
    GRANDMOTHER_TO_CHILD: GRANDMOTHER,
    FATHER_TO_CHILD: FATHER,
}
"""How an adult sounds who does not speak to a child: enrolment hears that."""

PAIRS = {
    "child + mother": (CHILD, MOTHER),
    "child + mother, child-directed": (CHILD, MOTHER_TO_CHILD),
    "child + aunt": (CHILD, AUNT),
    "child + aunt, child-directed": (CHILD, AUNT_TO_CHILD),
    "child + father": (CHILD, FATHER),
    "child + father, child-directed": (CHILD, FATHER_TO_CHILD),
    "boy + mother": (BOY, MOTHER),
    "boy + mother, child-directed": (BOY, MOTHER_TO_CHILD),
    "toddler + grandmother": (TODDLER, GRANDMOTHER),
    "toddler + grandmother, child-directed": (TODDLER, GRANDMOTHER_TO_CHILD),
    "two children": (CHILD, BOY),
    "mother + aunt": (MOTHER, AUNT),
    "mother + father": (MOTHER, FATHER),
}


@cache
def say(text: str, voice: Voice) -> NDArray[Any]:
    """Return a sentence at 16 kHz without the silence around it."""
    ssml = f'<speak><prosody range="{voice.range}">{text}</prosody></speak>'
    command = ["espeak-ng", "-m", "-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.speed), "-z", "--stdout"]
    wav = subprocess.run([*command, ssml], capture_output=True, check=True).stdout  # noqa: S603
    said = np.frombuffer(wav[44:], "<i2").astype(np.float64) / 2**15
    said = resample_poly(said, SAMPLE_RATE_HZ, round(SYNTH_HZ * voice.shrink))
    loud = np.flatnonzero(np.abs(said) > 0.01 * np.abs(said).max())
    kept = said[loud[0] : loud[-1] + 1]
    return np.asarray(kept * SPEECH_RMS / np.sqrt(np.mean(kept**2)))


def dialogue(voices: tuple[Voice, ...], n_lines: int = len(SAID)) -> tuple[Recording, NDArray[Any]]:
    """Return a dialogue and who speaks at each sample (-1: nobody)."""
    sounds, who = [np.zeros(SAMPLE_RATE_HZ // 2)], [np.full(SAMPLE_RATE_HZ // 2, -1)]
    for number in range(n_lines):
        said = say(SAID[number % len(SAID)], voices[number % len(voices)])
        gap = round(GAPS_S[number % len(GAPS_S)] * SAMPLE_RATE_HZ)
        sounds += [said, np.zeros(gap)]
        who += [np.full(said.size, number % len(voices)), np.full(gap, -1)]
    return _record(np.concatenate(sounds)), np.concatenate(who)


def enrolment(voice: Voice) -> Recording:
    """Return some seconds of one voice."""
    return _record(np.concatenate([say(text, voice) for text in ENROLLED]))


def _record(sound: NDArray[Any]) -> Recording:
    noise = np.random.default_rng(1).standard_normal(sound.size) * NOISE_RMS
    return Recording((sound + noise).astype(np.float32), sound.size / SAMPLE_RATE_HZ)


@dataclass(frozen=True)
class Result:
    """Shares of the frames with one speaker that are given to the right one.

    ``voices``: told apart, whoever is who; ``enrolled``: given to the right role, after enrolment of
    both voices; ``wrong``: given to the wrong role; ``child_alone``: as ``enrolled``, for the child's
    frames, where only the child was enrolled; ``alone_wrong``: the adult's frames taken for the child's.
    """

    n_voices: int
    voices: float
    enrolled: float
    wrong: float
    child_alone: float
    alone_wrong: float


def evaluate(recording: Recording, who: NDArray[Any], prints: list[Voiceprint]) -> Result:
    """Tell the voices of a dialogue apart, and say which is whose."""
    diarization = VoiceDiarizer().diarize(recording)
    truth = who[:: SAMPLE_RATE_HZ // 1000]
    heard = heard_ms(diarization, truth.size)
    spoken = (truth >= 0) & (heard >= 0)
    voices = max(np.mean(heard[spoken] == truth[spoken]), np.mean(1 - heard[spoken] == truth[spoken]))
    both = told(diarization, recording, prints, heard)
    alone = told(diarization, recording, prints[:1], heard)
    child, adult = spoken & (truth == 0), spoken & (truth == 1)
    return Result(
        len(diarization.speakers),
        float(voices),
        float(np.mean(both[spoken] == truth[spoken])),
        float(np.mean((both[spoken] != truth[spoken]) & (both[spoken] >= 0))),
        float(np.mean(alone[child] == 0)),
        float(np.mean(alone[adult] == 0)),
    )


def heard_ms(diarization: Diarization, n: int) -> NDArray[Any]:
    """Return the number of the voice at each ms, -1 where none is heard."""
    heard, sure = np.full(n, -1), np.full(n, -1.0)
    for segment in diarization.segments:
        part = slice(segment.span.start_ms, segment.span.end_ms)
        better = sure[part] < (segment.confidence or 0.0)  # of two voices at once the surer one
        heard[part] = np.where(better, diarization.speakers.index(segment.speaker), heard[part])
        sure[part] = np.where(better, segment.confidence or 0.0, sure[part])
    return heard


def talked_over(voices: tuple[Voice, ...], n_lines: int) -> tuple[Recording, NDArray[Any]]:
    """Return a dialogue in which each fourth line begins 0.8 s too early, and who speaks, shape [2, n]."""
    sound, speaks = np.zeros(n_lines * 6 * SAMPLE_RATE_HZ), np.zeros((2, n_lines * 6 * SAMPLE_RATE_HZ), bool)
    at = SAMPLE_RATE_HZ // 2
    for number in range(n_lines):
        said = say(SAID[number % len(SAID)], voices[number % 2])
        if number and number % 4 == 0:
            at -= round((OVERLAP_S + GAPS_S[(number - 1) % len(GAPS_S)]) * SAMPLE_RATE_HZ)
        sound[at : at + said.size] += said
        speaks[number % 2, at : at + said.size] = True
        at += said.size + round(GAPS_S[number % len(GAPS_S)] * SAMPLE_RATE_HZ)
    return _record(sound[:at]), speaks[:, :at]


def overlap_shares(recording: Recording, speaks: NDArray[Any]) -> tuple[float, float]:
    """Return the share of planted overlap that is told, and the share of one voice's time that is told as overlap."""
    truth = speaks[:, :: SAMPLE_RATE_HZ // 1000].sum(axis=0)
    told_ms = np.zeros(truth.size, bool)
    for segment in VoiceDiarizer(2).diarize(recording).segments:
        if segment.overlap:
            told_ms[segment.span.start_ms : segment.span.end_ms] = True
    return float(np.mean(told_ms[truth == 2])), float(np.mean(told_ms[truth == 1]))


def told(diarization: Diarization, recording: Recording, prints: list[Voiceprint], heard: NDArray[Any]) -> NDArray[Any]:
    """Return the number of the enrolled voice at each ms, -1 where it is unknown."""
    roles = EnrolledRoles(prints).assign(diarization, recording).roles
    numbers = {p.role: k for k, p in enumerate(prints)}
    by_voice = [numbers[roles[name]] if name in roles else -1 for name in diarization.speakers]
    return np.array([*by_voice, -1])[heard]


def noisy(recording: Recording, snr_db: float) -> Recording:
    """Return the recording in white noise."""
    noise = np.random.default_rng(0).standard_normal(recording.samples.size)
    loud = SPEECH_RMS / 10 ** (snr_db / 20)
    return Recording((recording.samples + loud * noise).astype(np.float32), recording.duration_s)


def demo_dialogue(path: Path) -> tuple[Recording, NDArray[Any]]:
    """Return a recording of the demo's, and who speaks by its bullets (overlaps: nobody)."""
    recording, session = load_recording(path.with_suffix(".opus")), read_path(path)
    who = np.full(recording.samples.size, -1)
    for utterance in session.utterances:
        assert utterance.span is not None
        stretch = slice(*(16 * ms for ms in (utterance.span.start_ms, utterance.span.end_ms)))
        who[stretch] = np.where(who[stretch] < 0, 0 if utterance.speaker == "CHI" else 1, -1)
    return recording, who


def enrolled(voices: tuple[Voice, Voice], snr_db: float | None = None) -> list[Voiceprint]:
    """Enrol both voices: the first as the child's, an adult with an everyday voice; in the dialogue's noise."""
    first, second = voices
    heard = {Role.CHILD: enrolment(first), Role.ADULT: enrolment(EVERYDAY.get(second, second))}
    return [enrol(r if snr_db is None else noisy(r, snr_db), role) for role, r in heard.items()]


def rows(n_lines: int) -> Iterator[tuple[str, Result]]:
    """Yield the table."""
    for name, pair in PAIRS.items():
        recording, who = dialogue(pair, n_lines)
        prints = enrolled(pair)
        yield name, evaluate(recording, who, prints)
        for snr_db in (20, 10):
            yield f"  in noise, {snr_db} dB", evaluate(noisy(recording, snr_db), who, enrolled(pair, snr_db))
    recording, who = dialogue((CHILD, MOTHER), n_lines)
    yield "child + mother, enrolled in quiet, 20 dB", evaluate(noisy(recording, 20), who, enrolled((CHILD, MOTHER)))
    yield "strangers enrolled (boy, father)", evaluate(recording, who, enrolled((BOY, FATHER)))
    first, *others = demo_transcripts()
    recording, who = demo_dialogue(first)
    prints = [enrol(_only(recording, who == k), role) for k, role in enumerate((Role.CHILD, Role.ADULT))]
    for path in others:
        yield f"demo: {path.stem}, enrolled in week 1", evaluate(*demo_dialogue(path), prints)


def _only(recording: Recording, mask: NDArray[Any]) -> Recording:
    samples = recording.samples[mask]
    return Recording(samples, samples.size / SAMPLE_RATE_HZ)


def main(n_lines: int) -> None:
    """Print the table, how many voices are found in one, and what five minutes cost."""
    print(f"{'':40s}{'voices':>7s}{'told':>8s}{'roles':>8s}{'wrong':>7s}{'child':>8s}{'not':>7s}")
    print(f"{'':40s}{'found':>7s}{'apart':>8s}{'right':>8s}{'':7s}{'alone':>8s}{'child':>7s}")
    for name, r in rows(n_lines):
        shares = f"{r.voices:8.1%}{r.enrolled:8.1%}{r.wrong:7.1%}{r.child_alone:8.1%}{r.alone_wrong:7.1%}"
        print(f"{name:40s}{r.n_voices:7d}{shares}", flush=True)
    print(f"\n{'overlaps planted':40s}{'found':>8s}{'false':>8s}")
    for name, pair in PAIRS.items():
        recording, speaks = talked_over(pair, n_lines)
        for noise, heard in (("", recording), (", 20 dB", noisy(recording, 20))):
            hit, false = overlap_shares(heard, speaks)
            print(f"{name + noise:40s}{hit:8.1%}{false:8.1%}", flush=True)
    for v in (CHILD, BOY, TODDLER, MOTHER, AUNT, GRANDMOTHER, FATHER, MOTHER_TO_CHILD, FATHER_TO_CHILD):
        found = VoiceDiarizer().diarize(dialogue((v,), n_lines)[0]).speakers
        print(f"one voice, {v.name}, pitch {v.pitch}: {len(found)} found")
    short, _ = dialogue((CHILD, MOTHER))
    samples = np.resize(short.samples, 300 * SAMPLE_RATE_HZ)
    began = time.process_time()
    VoiceDiarizer().diarize(Recording(samples, 300.0))
    print(f"five minutes: {time.process_time() - began:.1f} CPU-seconds")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--lines", type=int, default=len(SAID), help="lines of each dialogue")
    main(parser.parse_args().lines)
