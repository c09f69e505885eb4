"""Family *voice*: pitch and loudness, only where the speaker speaks alone."""

from __future__ import annotations

from collections.abc import Callable

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import alone, clip
from sdc.session import TimeSpan

FAMILY = "voice"
LEAST_S = 0.5
"""Under this nothing is told: n would be 0."""
NOT_ALONE = "no stretch in which only this speaker's time codes lie"
LITTLE = f"less than {LEAST_S:g} s of … where only this speaker speaks"


def _pitch(summary: str) -> Callable[[Sample], Finding]:
    """Make the function of a measure of the voiced frames' F0 in Hz."""

    def function(sample: Sample) -> Finding:
        from sdc.measures.frames import SUMMARIES, voiced_f0  # NumPy is loaded where there is sound

        assert sample.sound is not None
        spans = alone(sample)
        f0, seconds = voiced_f0(sample.sound, spans)
        if seconds < LEAST_S:
            return none(_too_little(spans, "voice"))
        return _finding(sample, spans, SUMMARIES[summary](f0), seconds, 0)

    return function


def _loudness(sample: Sample) -> Finding:
    from sdc.measures.frames import levels, spread

    assert sample.sound is not None
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
    lines = tuple(x for x in sample.spoken if x.utterance.span and clip(spans, x.utterance.span))
    used = sample.sound.provenance[step : step + 1]
    return Finding(value, int(seconds + 0.5), utterances=indexes(lines), spans=spans, provenance=used)


_ALONE = (
    "Taken only where this speaker's time codes lie and nobody else's; frames next to a jump of an octave or more "
    "are left out."
)
_SOURCE = "Fusaroli, R. et al. (2017), Autism Research 10, 384–407, measures of pitch; frames by swift-f0"


def _pitch_rule(id: str, *, title: str, unit: str, description: str, formula: str, summary: str) -> MeasureRule:
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
        summary="median",
    ),
    _pitch_rule(
        "f0_sd_st",
        title="Pitch, spread",
        unit="semitones",
        description="How much the pitch of the voice varies around its middle. It describes how speech sounds; there "
        "is no value to aim at.",
        formula="SD of 12 · log2(F0 / median F0) over voiced frames",
        summary="sd_st",
    ),
    _pitch_rule(
        "f0_range_st",
        title="Pitch, range",
        unit="semitones",
        description="The range that holds nine tenths of the voiced time.",
        formula="95th − 5th percentile of 12 · log2(F0 / median F0)",
        summary="range_st",
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
