"""Family *turns*: how the conversation is shared."""

from __future__ import annotations

from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.turn_counts import count_turns

FAMILY = "turns"
NO_TURNS = "no turn of the speaker"
ONE_SPEAKER = "only one speaker"
NO_WORDS = "no words"


def _turns(sample: Sample) -> Finding:
    n = sample.turns.turns
    return Finding(n, n, utterances=indexes(sample.lines))


def _utterances(sample: Sample) -> Finding:
    n = sample.turns.utterances
    return Finding(n, n, utterances=indexes(sample.lines))


def _per_turn(sample: Sample, amount: int) -> Finding:
    n = sample.turns.turns
    return Finding(amount / n, n, utterances=indexes(sample.lines)) if n else none(NO_TURNS)


def _words_per_turn(sample: Sample) -> Finding:
    return _per_turn(sample, len(sample.words) + sum(line.n_glued for line in sample.lines))


def _utterances_per_turn(sample: Sample) -> Finding:
    return _per_turn(sample, sample.turns.utterances)


def _turn_share(sample: Sample) -> Finding:
    codes = sample.session.speakers()
    counts = {code: count_turns(sample.all_lines, code).turns for code in codes}
    total = sum(counts.values())
    if len(codes) < 2 or not total:
        return none(ONE_SPEAKER)
    return Finding(100 * counts[sample.speaker] / total, total, utterances=indexes(sample.lines))


def _word_share(sample: Sample) -> Finding:
    total = sum(len(line.words) for line in sample.all_lines)
    if len(sample.session.speakers()) < 2 or not total:
        return none(ONE_SPEAKER if total else NO_WORDS)
    return Finding(100 * len(sample.words) / total, total, utterances=indexes(sample.lines))


_RUN = "A turn is a run of utterances of one speaker until another speaks."
_MLT = "CLAN manual, MLT: `mlt +t*CHI`"

RULES = (
    MeasureRule(
        id="turns",
        title="Turns",
        family=FAMILY,
        unit="turns",
        n_unit="turns",
        description=f"How often the speaker took a turn. {_RUN}",
        formula="runs of lines of the speaker; a line with +, belongs to the turn that it completes",
        source=f"{_MLT}, turns",
        function=_turns,
        needs=("speakers", "partner"),
        version=2,
    ),
    MeasureRule(
        id="turn_utterances",
        title="Utterances in turns",
        family=FAMILY,
        unit="utterances",
        n_unit="utterances",
        description="All utterances of the speaker's turns, also those that were not understood or held no words.",
        formula="number of terminators; +... +/. +/? or the like with a later +, of the same speaker counts once",
        source=f"{_MLT}, utterances",
        function=_utterances,
        needs=("speakers", "partner"),
        version=2,
    ),
    MeasureRule(
        id="words_per_turn",
        title="Words per turn",
        family=FAMILY,
        unit="words/turn",
        n_unit="turns",
        description=f"How many words a turn holds on average. {_RUN}",
        formula="words / turns; xxx, yyy or www directly before >, comma or @ is a word, as in MLT, but not before "
        "> [: …], nor before > [x 2] unless another code follows",
        source=f"{_MLT}, words/turns (mllib.cpp)",
        function=_words_per_turn,
        needs=("speakers", "partner"),
        no_value_when=(NO_TURNS,),
        version=2,
    ),
    MeasureRule(
        id="utterances_per_turn",
        title="Utterances per turn",
        family=FAMILY,
        unit="utterances/turn",
        n_unit="turns",
        description=f"How many utterances a turn holds on average. {_RUN}",
        formula="turn_utterances / turns",
        source=f"{_MLT}, utterances/turns",
        function=_utterances_per_turn,
        needs=("speakers", "partner"),
        no_value_when=(NO_TURNS,),
        version=2,
    ),
    MeasureRule(
        id="child_turn_share",
        title="The child's share of the turns",
        family=FAMILY,
        unit="%",
        n_unit="turns",
        description=f"How many of all turns in the conversation were the child's. {_RUN}",
        formula="100 × turns of the child / turns of all speakers",
        source="CLAN manual, MLT, turns of each speaker",
        function=_turn_share,
        needs=("child", "speakers", "partner"),
        no_value_when=(ONE_SPEAKER,),
        version=2,
    ),
    MeasureRule(
        id="child_word_share",
        title="The child's share of the words",
        family=FAMILY,
        unit="%",
        n_unit="words",
        description="How many of all words in the conversation were the child's.",
        formula="100 × words of the child / words of all speakers",
        source="CLAN manual, MLT, words of each speaker",
        function=_word_share,
        needs=("child", "speakers", "partner"),
        no_value_when=(ONE_SPEAKER, NO_WORDS),
    ),
)
