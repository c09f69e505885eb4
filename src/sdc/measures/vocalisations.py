"""Family *interaction*, voice without words: what a transcriber marked as babbling, squealing or humming.

Counted from marks that a person made, never guessed from the recording. Crying, laughing and
what the body does by itself (coughing, breathing) are no vocalisations.
"""

from __future__ import annotations

from sdc.measures.exchanges import n_vocalisations
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import FEW_TIMED, few_timed, observed_ms

NO_DURATION = "the time codes span no time"
NO_MARKS = "no vocalisation is marked in the transcript, and whether they were to be marked is not known"


def _per_minute(sample: Sample) -> Finding:
    marked = tuple(line for line in sample.lines if n_vocalisations(line))
    if not marked:
        return none(NO_MARKS)
    few = few_timed(sum(line.utterance.span is not None for line in marked), len(marked))
    if few is not None:
        return none(few)
    duration_ms = observed_ms(sample)
    if not duration_ms:
        return none(NO_DURATION)
    value = 60_000 * sum(map(n_vocalisations, marked)) / duration_ms
    return Finding(value, duration_ms // 1000, utterances=indexes(marked))


RULES = (
    MeasureRule(
        id="vocalisations_per_min",
        title="Vocalisations per minute",
        family="interaction",
        unit="vocalisations/min",
        n_unit="seconds",
        description="How often, per minute, the speaker used the voice without words: babbling, squealing, humming, "
        "sound imitations and the like, where the transcriber marked them. Words, crying, laughing and coughing do not "
        "count.",
        formula="60 × (vocal events such as &=vocalizes, &~ forms, words with @b) / seconds from the first to the last "
        "time code of the session",
        source="Vocalisation rate of prelinguistic samples, counted from a person's marks only; CHAT manual, chapters "
        "Words and Main Tier",
        function=_per_minute,
        needs=("speakers", "verbatim", "times"),
        no_value_when=(NO_MARKS, FEW_TIMED, NO_DURATION),
        minimum_n=300,
        rough_n=120,
    ),
)
