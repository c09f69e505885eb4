"""Family *intelligibility*: how much of what was said was understood by the person who wrote it down."""

from __future__ import annotations

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes

FAMILY = "intelligibility"
NO_SPEECH = "no utterance with speech"
NO_WORDS = "no words"


def _utterances(sample: Sample) -> Finding:
    spoken = sample.spoken
    if not spoken:
        return none(NO_SPEECH)
    understood = sum(line.n_unclear == 0 for line in spoken)
    return Finding(100 * understood / len(spoken), len(spoken), utterances=indexes(spoken))


def _words(sample: Sample) -> Finding:
    n_words = len(sample.words)
    total = n_words + sum(line.n_unclear for line in sample.lines)
    if not total:
        return none(NO_WORDS)
    return Finding(100 * n_words / total, total, utterances=indexes(sample.spoken))


_NOTE = (
    "It depends on who wrote the transcript: someone who knows the child understands more. Material before retracing "
    "marks is left out on both sides; www (not transcribed on purpose) counts on neither."
)

RULES = (
    MeasureRule(
        id="intelligible_utterances_pct",
        title="Utterances understood",
        family=FAMILY,
        unit="%",
        n_unit="utterances",
        description="The share of the utterances with speech that hold nothing unintelligible (xxx) and nothing that "
        f"was coded by its sounds only (yyy). {_NOTE}",
        formula="100 × lines without xxx and yyy / lines with a word, xxx or yyy",
        source="SALT's percentage of intelligible utterances, on CHAT's codes (CHAT manual, Unidentifiable Material)",
        function=_utterances,
        needs=("listener",),
        no_value_when=(NO_SPEECH,),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="intelligible_words_pct",
        title="Words understood",
        family=FAMILY,
        unit="%",
        n_unit="words",
        description="The share of the words that were understood. Each xxx and yyy counts as one word, however long "
        f"it was. {_NOTE}",
        formula="100 × words / (words + number of xxx and yyy)",
        source="Flipsen, P. (2006), Clinical Linguistics & Phonetics 20, 303–312, simplest of its denominators",
        function=_words,
        needs=("listener",),
        no_value_when=(NO_WORDS,),
        minimum_n=100,
        rough_n=50,
    ),
)
