"""Family *voice*: pitch and loudness, only where the speaker speaks alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import alone, clip
from sdc.session import TimeSpan

FAMILY = "voice"
LEAST_S = 0.5
"""Under this nothing is told: n would be 0."""
OCTAVE_ST = 12.0
LOW, HIGH = 5, 95
NOT_ALONE = "no stretch in which only this speaker's time codes lie"
LITTLE = f"less than {LEAST_S:g} s of … where only this speaker speaks"

Floats = NDArray[np.float64]


def _inside(times_s: NDArray[np.float64], spans: Iterable[TimeSpan]) -> NDArray[np.bool_]:
    """Return which frames lie inside spans; shape of ``times_s``."""
    inside = np.zeros(times_s.shape, bool)
    for span in spans:
        first, last = np.searchsorted(times_s, (span.start_ms / 1000, span.end_ms / 1000))
        inside[first:last] = True
    return inside


def without_jumps(f0_hz: Floats) -> Floats:
    """Make frames on both sides of a jump of an octave or more unvoiced: the tracker slipped there."""
    with np.errstate(invalid="ignore"):
        jumps = np.abs(12 * np.log2(f0_hz[1:] / f0_hz[:-1])) >= OCTAVE_ST
    kept = f0_hz.copy()
    kept[:-1][jumps] = np.nan
    kept[1:][jumps] = np.nan
    return kept


def _pitch(summary: Callable[[Floats], float]) -> Callable[[Sample], Finding]:
    """Make the function of a measure of the voiced frames' F0 in Hz."""

    def function(sample: Sample) -> Finding:
        assert sample.sound is not None
        spans, track = alone(sample), sample.sound.pitch
        f0 = np.where(_inside(track.times_s, spans), track.f0_hz.astype(np.float64), np.nan)
        f0 = without_jumps(f0)
        f0 = f0[np.isfinite(f0)]
        seconds = f0.size * track.hop_s
        if seconds < LEAST_S:
            return none(_too_little(spans, "voice"))
        return _finding(sample, spans, summary(f0), seconds, 0)

    return function


def _loudness(sample: Sample) -> Finding:
    assert sample.sound is not None
    track = sample.sound.intensity
    speech = tuple(s for span in alone(sample) for s in clip(sample.sound.speech, span))
    level = track.level_db[_inside(track.times_s, speech)].astype(np.float64)
    level = level[np.isfinite(level)]
    seconds = level.size * track.hop_s
    if seconds < LEAST_S:
        return none(_too_little(speech, "speech"))
    return _finding(sample, speech, float(np.std(level)), seconds, 1)


def _too_little(spans: tuple[TimeSpan, ...], what: str) -> str:
    if not spans:
        return NOT_ALONE
    return LITTLE.replace("…", what)


def _finding(sample: Sample, spans: tuple[TimeSpan, ...], value: float, seconds: float, step: int) -> Finding:
    assert sample.sound is not None
    lines = tuple(x for x in sample.spoken if x.utterance.span and clip(spans, x.utterance.span))
    used = sample.sound.provenance[step : step + 1]
    return Finding(value, int(seconds + 0.5), utterances=indexes(lines), spans=spans, provenance=used)


def semitones(f0_hz: Floats) -> Floats:
    """Return F0 in semitones from its median."""
    return 12 * np.log2(f0_hz / np.median(f0_hz))


def _range(f0_hz: Floats) -> float:
    low, high = np.percentile(semitones(f0_hz), (LOW, HIGH))
    return float(high - low)


_ALONE = (
    "Taken only where this speaker's time codes lie and nobody else's; frames next to a jump of an octave or more "
    "are left out."
)
_SOURCE = "Fusaroli, R. et al. (2017), Autism Research 10, 384–407, measures of pitch; frames by swift-f0"


def _pitch_rule(
    id: str, *, title: str, unit: str, description: str, formula: str, summary: Callable[[Floats], float]
) -> MeasureRule:
    return MeasureRule(
        id=id,
        title=title,
        family=FAMILY,
        unit=unit,
        n_unit="seconds of voice",
        description=f"{description} {_ALONE}",
        formula=formula,
        source=_SOURCE,
        function=_pitch(summary),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOT_ALONE, LITTLE),
        minimum_n=30,
        rough_n=10,
    )


RULES = (
    _pitch_rule(
        "f0_median",
        title="Pitch, median",
        unit="Hz",
        description="The middle pitch of the voice: half of the voiced time lies above it. Squeals do not move it.",
        formula="median of F0 over voiced frames",
        summary=lambda f0: float(np.median(f0)),
    ),
    _pitch_rule(
        "f0_sd_st",
        title="Pitch, spread",
        unit="semitones",
        description="How much the pitch of the voice varies around its middle. It describes how speech sounds; there "
        "is no value to aim at.",
        formula="SD of 12 · log2(F0 / median F0) over voiced frames",
        summary=lambda f0: float(np.std(semitones(f0))),
    ),
    _pitch_rule(
        "f0_range_st",
        title="Pitch, range",
        unit="semitones",
        description="The range that holds nine tenths of the voiced time.",
        formula="95th − 5th percentile of 12 · log2(F0 / median F0)",
        summary=_range,
    ),
    MeasureRule(
        id="intensity_sd_db",
        title="Loudness, spread",
        family=FAMILY,
        unit="dB",
        n_unit="seconds of speech",
        description="How much the loudness varies while the speaker speaks. It depends on microphone and distance, so "
        "recordings cannot be compared by it. Taken only where this speaker's time codes lie and nobody else's.",
        formula="SD of the level of 10 ms frames of speech",
        source="Fusaroli, R. et al. (2017), Autism Research 10, 384–407, measures of intensity",
        function=_loudness,
        needs=("speakers", "times", "sound"),
        no_value_when=(NOT_ALONE, LITTLE),
        minimum_n=30,
        rough_n=10,
    ),
)
