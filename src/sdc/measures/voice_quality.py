"""Family *voice quality*: harmonics against noise, jitter and shimmer, only where the recording allows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import alone, spoken_in

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks

FAMILY = "voice quality"
LEAST_S = 1.0
"""Under this nothing is told."""
NOT_ALONE = "no stretch in which only this speaker's time codes lie"
LITTLE = f"less than {LEAST_S:g} s of steady voice where only this speaker speaks"
EARLIER = "an earlier version measured the recording; process the session again"
NOT_GIVEN = "… does not measure it; choose other acoustics (SDC_ACOUSTICS)"
# As sdc.audio.quality says them; it is not imported here because it loads NumPy.
GATE = (
    "the recording holds only silence",
    "no speech was found in the recording",
    "speech stands only … dB above the background",
    "… of the recording is too loud and distorted",
    "the recording has only … samples a second",
)
SILENT, NO_SPEECH, NOISY, CLIPPED, LOW_RATE = GATE
MUSIC = "notes, as of music, sound in … of the voiced time"

Quality = Literal["hnr_db", "jitter_pct", "shimmer_pct"]


def _quality(name: Quality) -> Callable[[Sample], Finding]:
    """Make the function of the mean of one array of the voice quality track."""

    def function(sample: Sample) -> Finding:
        import numpy as np  # loaded only where there is sound

        from sdc.audio.spans import inside

        assert sample.sound is not None
        obstacle = _obstacle(sample.sound, name)
        if obstacle is not None:
            return none(obstacle)
        assert sample.sound.voice is not None
        spans = alone(sample)
        if not spans:
            return none(NOT_ALONE)
        track = getattr(sample.sound.voice, name)
        if track is None:
            return none(NOT_GIVEN.replace("…", sample.sound.acoustics))
        values = track[inside(sample.sound.pitch.times_s, spans)].astype(float)
        values = values[np.isfinite(values)]
        seconds = values.size * sample.sound.pitch.hop_s
        if seconds < LEAST_S:
            return none(LITTLE)
        lines = spoken_in(sample, spans)
        return Finding(
            float(values.mean()),
            int(seconds + 0.5),
            utterances=indexes(lines),
            spans=spans,
            provenance=(sample.sound.voice.provenance,),
        )

    return function


def _obstacle(sound: SoundTracks, name: Quality) -> str | None:
    if sound.voice is None or sound.quality is None:
        return EARLIER
    return sound.quality.obstacle("harmonics" if name == "hnr_db" else "periods")


_WHERE = (
    "For research only: it depends on microphone, distance, room and the way the file was compressed, so it compares "
    "voices only within one set-up. Taken in voiced stretches of 100 ms or more in which only this speaker's time "
    "codes lie;"
)
_GATED = "no value where speech stands less than {} dB above the background or the recording is distorted or has fewer "
_GATED += "than 16,000 samples a second."


def _rule(
    id: str, name: Quality, *, title: str, unit: str, description: str, snr_db: int, formula: str, source: str
) -> MeasureRule:
    return MeasureRule(
        id=id,
        title=title,
        family=FAMILY,
        unit=unit,
        n_unit="seconds of voice",
        description=f"{description} {_WHERE} {_GATED.format(snr_db)}",
        formula=formula,
        source=source,
        function=_quality(name),
        needs=("speakers", "times", "sound"),
        no_value_when=(EARLIER, *GATE, NOT_ALONE, NOT_GIVEN, LITTLE),
        minimum_n=30,
        rough_n=10,
        audience="researcher",
        acoustic=True,
    )


_NOISE = "limit for noise: Deliyski, D., Shaw, H. & Evans, M. (2005), Journal of Voice 19, 15–28"

RULES = (
    _rule(
        "hnr_db",
        "hnr_db",
        title="Harmonics-to-noise ratio",
        unit="dB",
        description="How far the regular part of the voice stands above the irregular part; a hoarse or breathy voice "
        "has a lower ratio, and so has any voice in a noisy room.",
        snr_db=15,
        formula="mean over frames of 10 · log10(r / (1 − r)), r = height of the normalised autocorrelation at the "
        "period; Hann windows of 4.5 periods or more; at most 40 dB",
        source="Boersma, P. (1993), Proceedings of the Institute of Phonetic Sciences Amsterdam 17, 97–110; the limit "
        "for noise is ours",
    ),
    _rule(
        "jitter_local_pct",
        "jitter_pct",
        title="Jitter, local",
        unit="%",
        description="How much the length of one period of the voice differs from the next.",
        snr_db=30,
        formula="100 × |difference of neighbouring periods| / mean of the two, averaged in frames of 16 ms and over "
        "frames; periods by cross-correlation (0.7 or more), neighbours that differ by a factor above 1.3 left out",
        source=f"Local jitter as in Praat; {_NOISE}",
    ),
    _rule(
        "shimmer_local_pct",
        "shimmer_pct",
        title="Shimmer, local",
        unit="%",
        description="How much the strength of one period of the voice differs from the next.",
        snr_db=30,
        formula="100 × |difference of neighbouring amplitudes| / mean of the two, averaged in frames of 16 ms and over "
        "frames; amplitude = root mean square under a Hann window of one period, neighbours that differ by a factor "
        "above 1.6 left out",
        source=f"Local shimmer as in Praat, whose amplitudes rest on energy too; {_NOISE}",
    ),
)
