"""Family *utterances*: how much there is, and how much of it can be used."""

from __future__ import annotations

from sdc.measures.counting import n_utterances
from sdc.measures.rule import Finding, MeasureRule
from sdc.measures.sample import Sample, indexes

FAMILY = "utterances"


def _total(sample: Sample) -> Finding:
    n = len(sample.lines)
    return Finding(n, n, utterances=indexes(sample.lines))


def _analysed(sample: Sample) -> Finding:
    n = n_utterances(sample.analysed)
    return Finding(n, n, utterances=tuple(dict.fromkeys(piece.line for piece in sample.analysed)))


RULES = (
    MeasureRule(
        id="utterances_total",
        title="Utterances, all",
        family=FAMILY,
        unit="utterances",
        n_unit="utterances",
        description="All lines of the speaker in the transcript, also those that were not understood and those without "
        "words.",
        formula="number of main lines",
        source="CHAT manual, chapter Main Lines",
        function=_total,
    ),
    MeasureRule(
        id="utterances_analysed",
        title="Utterances analysed",
        family=FAMILY,
        unit="utterances",
        n_unit="utterances",
        description="The utterances that mean length is taken over: complete, wholly understood, with at least one "
        "word. Left out are utterances with unintelligible (xxx), phonologically coded (yyy) or untranscribed (www) "
        "material outside retracings, those marked [+ mlue], and those that hold only fillers, events or actions.",
        formula="number of utterances in the analysis set; an utterance ends in a terminator, +... or +/. with a later "
        "+, of the same speaker makes one",
        source="CLAN manual, MLU: `mlu +t*CHI -t%mor`, column utterances",
        function=_analysed,
    ),
)
