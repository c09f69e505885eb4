"""Family *timing*: how fast, with which pauses, how soon after the other speaker."""

from __future__ import annotations

from functools import partial
from statistics import median

from sdc.measures.counting import Line
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import (
    FEW_TIMED,
    PAUSE_MS,
    clip,
    deliveries,
    few_timed,
    gap_ms,
    line_syllables,
    merged,
    own_spans,
    transitions,
)

FAMILY = "timing"
LONG_PAUSE_MS = 1000
ANSWER_WINDOW_MS = 5000
OVERLAP_MS = 50
CONTIGUOUS_MS = 1
NO_PAUSE = f"no pause of {PAUSE_MS} ms or more"
NO_SYLLABLES = "no utterance with time codes whose syllables are all known"
EMPTY = "the recording is empty"
NO_TIMED = "no utterance with speech and time codes"
CONTIGUOUS = "time codes that begin where the one before ends do not tell when speech began"
NO_ANSWER = "no answer with time codes"
NOBODY_ALONE = "no speech was found in an utterance that nobody else overlaps"


def _speech_rate(sample: Sample) -> Finding:
    lines = tuple(x for x in sample.spoken if (s := x.utterance.span) and s.duration_s > 0 and line_syllables(x))
    syllables = sum(line_syllables(line) or 0 for line in lines)
    if not syllables:
        return none(NO_SYLLABLES)
    seconds = sum(line.utterance.span.duration_s for line in lines if line.utterance.span)
    return Finding(syllables / seconds, syllables, utterances=indexes(lines))


def _articulation_rate(sample: Sample) -> Finding:
    assert sample.sound is not None
    used = [d for d in deliveries(sample, sample.sound) if line_syllables(d.line)]
    syllables = sum(line_syllables(d.line) or 0 for d in used)
    speech_ms = sum(d.speech_ms for d in used)
    if not speech_ms:
        return none(NOBODY_ALONE)
    lines = indexes(tuple(d.line for d in used))
    return Finding(1000 * syllables / speech_ms, syllables, utterances=lines, provenance=sample.sound.provenance[2:])


def _pauses(sample: Sample, *, kind: str) -> Finding:
    assert sample.sound is not None
    used = deliveries(sample, sample.sound)
    talk_ms = sum(d.talk_ms for d in used)
    if not talk_ms:
        return none(NOBODY_ALONE)
    pauses = [p for d in used for p in d.pauses_ms]
    if kind == "rate":
        value = 60_000 * len(pauses) / talk_ms
        lines = indexes(tuple(d.line for d in used))
    elif not pauses:
        return none(NO_PAUSE)
    else:
        lines = indexes(tuple(d.line for d in used if d.pauses_ms))
        long = sum(p > LONG_PAUSE_MS for p in pauses)
        value = median(pauses) / 1000 if kind == "median" else 100 * long / len(pauses)
    return Finding(value, len(pauses), utterances=lines, provenance=sample.sound.provenance[2:])


def _phonation(sample: Sample) -> Finding:
    assert sample.sound is not None
    spans = own_spans(sample)
    if not spans:
        return none(NO_TIMED)
    few = few_timed(len(spans), len(sample.spoken))
    if few is not None:
        return none(few)
    if sample.sound.duration_s <= 0:
        return none(EMPTY)
    speech = tuple(s for window in merged(spans) for s in clip(sample.sound.speech, window))
    value = 100 * sum(s.duration_s for s in speech) / sample.sound.duration_s
    return Finding(
        value,
        int(sample.sound.duration_s),
        utterances=indexes(sample.spoken),
        spans=speech,
        provenance=sample.sound.provenance[2:],
    )


def answers(sample: Sample) -> tuple[tuple[Line, Line], ...] | str:
    """Return the speaker's answers, each after what it answers; the reason when there are none.

    A child answers an adult, an adult anybody.
    """
    pairs = transitions(sample)
    # Time codes that were cut one to the next do not tell when speech began.
    if pairs and 2 * sum(abs(gap_ms(*pair)) <= CONTIGUOUS_MS for pair in pairs) >= len(pairs):
        return CONTIGUOUS
    own = (p for p in pairs if p[1].utterance.speaker == sample.speaker and abs(gap_ms(*p)) <= ANSWER_WINDOW_MS)
    found = tuple(p for p in own if not sample.is_child or p[0].utterance.speaker in sample.adults)
    return found or NO_ANSWER


def _responses(sample: Sample, *, kind: str) -> Finding:
    found = answers(sample)
    if isinstance(found, str):
        return none(found)
    gaps = [gap_ms(*pair) for pair in found]
    overlaps = sum(gap < -OVERLAP_MS for gap in gaps)
    value = median(gaps) / 1000 if kind == "median" else 100 * overlaps / len(gaps)
    return Finding(value, len(gaps), utterances=indexes(tuple(after for _, after in found)))


_SYLLABLES = (
    "Syllables are counted in everything that was said, fillers and repetitions included, as a pronouncing dictionary "
    "(CMUdict, American English) has them, by vowel groups for words that it does not list; utterances with "
    "unintelligible speech or sounds such as laughing are left out."
)
_CMUDICT = (
    "syllables of the CMU Pronouncing Dictionary; the vowel rule for other words agrees with it on 92 % of its words"
)
_GOLDMAN_EISLER = "Goldman-Eisler, F. (1968), Psycholinguistics: pauses from 250 ms on"
_VAD = "Speech is what the voice activity detector finds in the recording inside the speaker's time codes"
_ALONE = f"{_VAD}, in utterances that nobody else overlaps."
_FTO = "Nguyen, V. et al. (2022), meta-analysis of turn-taking timing; floor transfer offset, signed"

RULES = (
    MeasureRule(
        id="speech_rate",
        title="Speech rate",
        family=FAMILY,
        unit="syllables/s",
        n_unit="syllables",
        description=f"Syllables a second over whole utterances, pauses inside them included. {_SYLLABLES}",
        formula="syllables / duration of the utterances by their time codes",
        source=f"Common practice; {_CMUDICT}",
        function=_speech_rate,
        needs=("times", "english"),
        no_value_when=(NO_SYLLABLES,),
        minimum_n=100,
        rough_n=50,
        version=2,
    ),
    MeasureRule(
        id="articulation_rate",
        title="Articulation rate",
        family=FAMILY,
        unit="syllables/s",
        n_unit="syllables",
        description=f"Syllables a second of speech, without pauses of {PAUSE_MS} ms or more. {_SYLLABLES} {_ALONE}",
        formula=f"syllables / (time from first to last sound of the utterances − pauses ≥ {PAUSE_MS} ms)",
        source=f"{_GOLDMAN_EISLER}; {_CMUDICT}",
        function=_articulation_rate,
        needs=("speakers", "times", "sound", "english"),
        no_value_when=(NOBODY_ALONE,),
        minimum_n=100,
        rough_n=50,
        version=2,
    ),
    MeasureRule(
        id="pauses_per_min",
        title="Pauses per minute",
        family=FAMILY,
        unit="pauses/min",
        n_unit="pauses",
        description=f"How often the speaker pauses inside an utterance, per minute of the speaker's talk. A pause is a "
        f"silence of {PAUSE_MS} ms or more. {_ALONE}",
        formula=f"60 × pauses ≥ {PAUSE_MS} ms / seconds from first to last sound of the utterances",
        source=_GOLDMAN_EISLER,
        function=partial(_pauses, kind="rate"),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOBODY_ALONE,),
        minimum_n=20,
        rough_n=10,
    ),
    MeasureRule(
        id="pause_median",
        title="Length of pauses",
        family=FAMILY,
        unit="s",
        n_unit="pauses",
        description=f"The middle length of the pauses inside utterances. A pause is a silence of {PAUSE_MS} ms or "
        f"more; the figure depends on this limit. {_ALONE}",
        formula=f"median of the pauses ≥ {PAUSE_MS} ms",
        source=_GOLDMAN_EISLER,
        function=partial(_pauses, kind="median"),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOBODY_ALONE, NO_PAUSE),
        minimum_n=20,
        rough_n=10,
    ),
    MeasureRule(
        id="long_pause_pct",
        title="Long pauses",
        family=FAMILY,
        unit="%",
        n_unit="pauses",
        description=f"The share of the pauses inside utterances that are longer than one second. A pause is a silence "
        f"of {PAUSE_MS} ms or more. {_ALONE}",
        formula=f"100 × pauses > {LONG_PAUSE_MS} ms / pauses ≥ {PAUSE_MS} ms",
        source="Campione, E. & Véronis, J. (2002), Speech Prosody: long pauses from one second on",
        function=partial(_pauses, kind="long"),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOBODY_ALONE, NO_PAUSE),
        minimum_n=20,
        rough_n=10,
    ),
    MeasureRule(
        id="phonation_pct",
        title="Talk time",
        family=FAMILY,
        unit="%",
        n_unit="seconds",
        description=f"The share of the recording that the speaker's speech fills. {_VAD}; stretches where others "
        "speak at the same time count.",
        formula="100 × speech inside the speaker's time codes / duration of the recording",
        source="Phonation or talk-time ratio, common practice",
        function=_phonation,
        needs=("speakers", "times", "sound"),
        no_value_when=(NO_TIMED, FEW_TIMED, EMPTY),
        minimum_n=120,
        rough_n=60,
    ),
    MeasureRule(
        id="response_latency_median",
        title="Response time",
        family=FAMILY,
        unit="s",
        n_unit="answers",
        description="The middle time from the end of an adult's utterance to the beginning of the child's (for an "
        "adult: from the end of anybody else's); below zero when most answers begin before the other has ended. "
        "Neither short nor long is a goal in itself; it depends on partner and situation.",
        formula="median of (onset − end of the utterance before), over changes of speaker within ±5 s; before a "
        "child's answer an adult speaks",
        source=_FTO,
        function=partial(_responses, kind="median"),
        needs=("speakers", "partner", "times"),
        no_value_when=(CONTIGUOUS, NO_ANSWER),
        minimum_n=10,
        rough_n=5,
        version=2,
    ),
    MeasureRule(
        id="overlap_pct",
        title="Overlapping answers",
        family=FAMILY,
        unit="%",
        n_unit="answers",
        description="The share of the answers (a child's to an adult, an adult's to anybody) that begin more than "
        "50 ms before the other speaker has ended.",
        formula="100 × changes of speaker with onset < end before − 50 ms / changes of speaker within ±5 s; before a "
        "child's answer an adult speaks",
        source=_FTO,
        function=partial(_responses, kind="overlap"),
        needs=("speakers", "partner", "times"),
        no_value_when=(CONTIGUOUS, NO_ANSWER),
        minimum_n=10,
        rough_n=5,
        version=2,
    ),
)
