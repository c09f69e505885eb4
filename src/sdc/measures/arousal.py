"""Family *energy of voice*: how often the voice rises above the speaker's own middle."""

from __future__ import annotations

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import alone, clip
from sdc.measures.voice_quality import EARLIER, GATE, NOT_ALONE

FAMILY = "energy of voice"
LEAST_S = 20
"""Arousal from less speech is chance."""
LEAST_UTTERANCES = 10
"""A middle of fewer utterances is none."""
STEPS = (3.0, 3.0, 6.0)
"""Semitones of pitch, dB of loudness, dB of HF500 above the middle that make a clear step. Three semitones: 't Hart
(1981), Journal of the Acoustical Society of America 69, 811-821; 3 dB is twice the power, and ours. The words alone
move HF500 of an even synthetic voice by 3.5 dB (SD over utterances of six syllables); its step is about twice that."""
LEAST_STEPS = 2
"""So many of the three must make a clear step."""
LITTLE = f"less than {LEAST_S} s of speech where only this speaker speaks"
FEW = f"fewer than {LEAST_UTTERANCES} utterances with voice where only this speaker speaks"


def _arousal(sample: Sample) -> Finding:
    from sdc.measures.energy import above_own_middle, energy_scores, voice_energies

    sound = sample.sound
    assert sound is not None
    if sound.voice is None or sound.quality is None:
        return none(EARLIER)
    obstacle = sound.quality.obstacle("energy")
    if obstacle is not None:
        return none(obstacle)
    spans = alone(sample)
    if not spans:
        return none(NOT_ALONE)
    speech = tuple(s for span in spans for s in clip(sound.speech, span))
    seconds = sum(s.duration_s for s in speech)
    if seconds < LEAST_S:
        return none(LITTLE)
    energies = voice_energies(sample)
    if len(energies) < LEAST_UTTERANCES:
        return none(FEW)
    steps = (above_own_middle(energies) >= STEPS).sum(1)
    scores = energy_scores(energies)
    high = sum(bool(score.fused > 0 and n >= LEAST_STEPS) for score, n in zip(scores, steps, strict=True))
    scored = {e.index for e in energies}
    lines = tuple(line for line in sample.spoken if line.index in scored)
    made = (sound.voice.provenance, *sound.provenance[:2])
    return Finding(100 * high / len(energies), int(seconds), utterances=indexes(lines), spans=speech, provenance=made)


RULES = (
    MeasureRule(
        id="vocal_arousal",
        title="Energy of voice, raised",
        family=FAMILY,
        unit="%",
        n_unit="seconds of speech",
        description="How often the energy of voice rises: the share of utterances that are clearly higher, louder or "
        "brighter (at least two of the three) than the middle of the speaker's own utterances in this session. It "
        "tells neither why nor whether it was pleasant: play, effort, distance to the microphone and a loud room raise "
        "it alike. Each session is its own baseline, so it tells how often the voice stands out within a session, not "
        "whether one session as a whole had more energy than another.",
        formula="100 × utterances with a fused score above 0 and at least two of: median pitch ≥ 3 semitones, median "
        "level ≥ 3 dB, HF500 ≥ 6 dB above the median of the speaker's utterances / utterances with 0.1 s of "
        "voice; fused score = sum of (2 × share of utterances exceeded − 1) in pitch, level and HF500, each times its "
        "rank correlation with their plain mean, over the sum of the weights' magnitudes; HF500 = magnitudes of "
        "the long-term average spectrum of voiced frames above 500 Hz over those from 80 to 500 Hz",
        source="Features, scores and fusion: Bone, D., Lee, C.-C. & Narayanan, S. (2014), IEEE Transactions on "
        "Affective Computing 5(2), 201–213, as in the authors' Vocal arousal toolkit 1.0 (docs/vocal-arousal.md tells "
        "the differences); 3 semitones: 't Hart, J. (1981), Journal of the Acoustical Society of "
        "America 69, 811–821; the other steps and the share over a session are ours",
        function=_arousal,
        needs=("speakers", "times", "sound"),
        no_value_when=(EARLIER, *GATE, NOT_ALONE, LITTLE, FEW),
        minimum_n=30,
        rough_n=20,
        version=2,
        acoustic=True,
    ),
)
