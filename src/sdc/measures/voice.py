"""Family *voice*: pitch and loudness, only where the speaker speaks alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import zip_longest
from statistics import median
from typing import TYPE_CHECKING, Literal

from sdc.measures.counting import Line
from sdc.measures.exchanges import is_heard
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import alone, clip, spoken_in
from sdc.measures.voice_quality import CLIPPED, EARLIER, MUSIC, NO_SPEECH, NOISY, SILENT
from sdc.session import TimeSpan

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks

FAMILY = "voice"
LEAST_VOICE_MS = 128
"""Eight frames of pitch."""
LEAST_S = 0.5
"""Under this nothing is told: n would be 0."""
NOT_ALONE = "no stretch in which only this speaker's time codes lie"
NO_END = "no turn of this speaker ends with enough voice while nobody else speaks"
LITTLE = f"less than {LEAST_S:g} s of … where only this speaker speaks"


def _pitch(summary: str) -> Callable[[Sample], Finding]:
    """Make the function of a measure of the voiced frames' F0 in Hz."""

    def function(sample: Sample) -> Finding:
        from sdc.measures.frames import SUMMARIES, voiced_f0  # NumPy is loaded where there is sound

        assert sample.sound is not None
        obstacle = _obstacle(sample.sound, "pitch")
        if obstacle is not None:
            return none(obstacle)
        spans = alone(sample)
        f0, seconds = voiced_f0(sample.sound, spans)
        if seconds < LEAST_S:
            return none(_too_little(spans, "voice"))
        return _finding(sample, spans, SUMMARIES[summary](f0), seconds, 0)

    return function


def _obstacle(sound: SoundTracks, kind: Literal["pitch", "loudness"]) -> str | None:
    return EARLIER if sound.quality is None else sound.quality.obstacle(kind)


def turn_ends(sample: Sample) -> tuple[Line, ...]:
    """Return the speaker's lines with speech after which another speaker's stands, or none."""
    heard = tuple(filter(is_heard, sample.all_lines))
    pairs = zip_longest(heard, heard[1:])
    own = ((a, b) for a, b in pairs if a.utterance.speaker == sample.speaker)
    return tuple(a for a, b in own if b is None or b.utterance.speaker != sample.speaker)


def _ending(sample: Sample) -> Finding:
    from sdc.measures.frames import final_slope, own_f0

    assert sample.sound is not None
    obstacle = _obstacle(sample.sound, "pitch")
    if obstacle is not None:
        return none(obstacle)
    spans = alone(sample)
    times, f0 = sample.sound.pitch.times_s, own_f0(sample.sound, spans)
    found = []
    for line in turn_ends(sample):
        own = clip(spans, line.utterance.span) if line.utterance.span else ()
        # Where somebody else speaks at the end, the pitch there may be that voice's.
        if own and line.utterance.span and own[-1].end_ms == line.utterance.span.end_ms:
            slope = final_slope(times, f0, own[-1])
            found += [(line, *slope)] if slope else []
    if not found:
        return none(NO_END)
    lines, slopes, used = zip(*found, strict=True)
    return Finding(
        median(slopes), len(slopes), utterances=indexes(lines), spans=used, provenance=sample.sound.provenance[:1]
    )


def _loudness(sample: Sample) -> Finding:
    from sdc.measures.frames import levels, spread

    assert sample.sound is not None
    obstacle = _obstacle(sample.sound, "loudness")
    if obstacle is not None:
        return none(obstacle)
    speech = tuple(s for span in alone(sample) for s in clip(sample.sound.speech, span))
    level, seconds = levels(sample.sound, speech)
    if seconds < LEAST_S:
        return none(_too_little(speech, "speech"))
    return _finding(sample, speech, spread(level), seconds, 1)


def _too_little(spans: tuple[TimeSpan, ...], what: str) -> str:
    if not spans:
        return NOT_ALONE
    return LITTLE.replace("…", what)


def _finding(sample: Sample, spans: tuple[TimeSpan, ...], value: float, seconds: float, step: int) -> Finding:
    assert sample.sound is not None
    lines = spoken_in(sample, spans)
    used = sample.sound.provenance[step : step + 1]
    return Finding(value, int(seconds + 0.5), utterances=indexes(lines), spans=spans, provenance=used)


_ALONE = (
    "Taken only where this speaker's time codes lie and nobody else's; frames outside the speaker's own range (from "
    "0.75 × the pitch that a quarter of a first pass lies below to 2 × the pitch that a quarter lies above) or next to "
    "a jump of an octave or more are left out."
)
_GATED = "No value where speech stands less than {} dB above the background or music sounds{}."
_PITCH_GATED = _GATED.format(3, "")
_PITCH_GATE = (EARLIER, SILENT, MUSIC, NOISY)
_SOURCE = (
    "Fusaroli, R. et al. (2017), Autism Research 10, 384–407, measures of pitch; range in two passes after De Looze, "
    "C. & Hirst, D. (2008), Speech Prosody; frames by swift-f0, searched from 75 to 1000 Hz"
)


def _pitch_rule(
    id: str, *, title: str, unit: str, description: str, formula: str, summary: str, version: int
) -> MeasureRule:
    return MeasureRule(
        id=id,
        title=title,
        family=FAMILY,
        unit=unit,
        n_unit="seconds of voice",
        description=f"{description} {_ALONE} {_PITCH_GATED}",
        formula=formula,
        source=_SOURCE,
        function=_pitch(summary),
        needs=("speakers", "times", "sound"),
        no_value_when=(*_PITCH_GATE, NOT_ALONE, LITTLE),
        minimum_n=30,
        rough_n=10,
        version=version,
        acoustic=True,
    )


RULES = (
    _pitch_rule(
        "f0_median",
        title="Pitch, median",
        unit="Hz",
        description="The middle pitch of the voice: half of the voiced time lies above it. Squeals do not move it.",
        formula="median of F0 over voiced frames",
        summary="median",
        version=3,
    ),
    _pitch_rule(
        "f0_sd_st",
        title="Pitch, spread",
        unit="semitones",
        description="How much the pitch of the voice varies around its middle. It describes how speech sounds; there "
        "is no value to aim at.",
        formula="(84.13th − 15.87th percentile) / 2 of 12 · log2(F0 / median F0) over voiced frames: the SD of a "
        "normal distribution, not moved by a few slips of the tracker",
        summary="sd_st",
        version=3,
    ),
    _pitch_rule(
        "f0_range_st",
        title="Pitch, range",
        unit="semitones",
        description="The range that holds nine tenths of the voiced time.",
        formula="95th − 5th percentile of 12 · log2(F0 / median F0)",
        summary="range_st",
        version=3,
    ),
    MeasureRule(
        id="f0_final_slope_st_s",
        title="Pitch at the ends of turns",
        family=FAMILY,
        unit="semitones/s",
        n_unit="turns",
        description="How fast the pitch rises (above zero) or falls (below zero) at the end of a turn: the middle one "
        "of the turns. Questions often rise and statements often fall; there is no value to aim at. Only ends of "
        f"turns with at least {LEAST_VOICE_MS} ms of voice at which nobody else's time codes lie. {_PITCH_GATED}",
        formula="median over turns of the Theil–Sen slope of 12 · log2(F0) over the voiced frames of the last 300 ms "
        "of voice in the turn's last utterance",
        source="Patel, R. & Grigos, M. I. (2006), Speech Communication 48, 1308–1318: pitch at the ends of children's "
        "questions and statements; frames by swift-f0",
        function=_ending,
        needs=("speakers", "times", "sound"),
        no_value_when=(*_PITCH_GATE, NO_END),
        minimum_n=10,
        rough_n=5,
        version=2,
        acoustic=True,
    ),
    MeasureRule(
        id="intensity_sd_db",
        title="Loudness, spread",
        family=FAMILY,
        unit="dB",
        n_unit="seconds of speech",
        description="How much the loudness varies while the speaker speaks. It depends on microphone and distance, so "
        "recordings cannot be compared by it. Taken only where this speaker's time codes lie and nobody else's. "
        f"{_GATED.format(20, ', or too much of the recording is distorted')} Noise fills the quiet moments, so that "
        "the spread comes out too small.",
        formula="SD of the level of 10 ms frames of speech",
        source="Fusaroli, R. et al. (2017), Autism Research 10, 384–407, measures of intensity",
        function=_loudness,
        needs=("speakers", "times", "sound"),
        no_value_when=(EARLIER, SILENT, MUSIC, CLIPPED, NO_SPEECH, NOISY, NOT_ALONE, LITTLE),
        minimum_n=30,
        rough_n=10,
        version=3,
        acoustic=True,
    ),
)
