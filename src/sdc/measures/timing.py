"""Family *timing*: how fast, with which pauses, how soon after the other speaker."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from statistics import median

from sdc.measures.counting import Line
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import (
    ARTICULATION_PAUSE_MS,
    CONTIGUOUS_MS,
    FEW_TIMED,
    PAUSE_MS,
    clip,
    deliveries,
    edges_ms,
    few_timed,
    is_cut,
    line_syllables,
    merged,
    own_spans,
    said_span,
    transitions,
)
from sdc.session import Provenance, TimeSpan

FAMILY = "timing"
LONG_PAUSE_MS = 1000
ANSWER_WINDOW_MS = 5000
OVERLAP_MS = 50
NO_PAUSE = f"no pause of {PAUSE_MS} ms or more"
NO_SYLLABLES = "no utterance with time codes whose syllables are all known"
EMPTY = "the recording is empty"
NO_TIMED = "no utterance with speech and time codes"
CONTIGUOUS = "time codes that begin where the one before ends do not tell when speech began"
NO_ANSWER = "no answer with time codes"
NOBODY_ALONE = "no speech was found in an utterance that nobody else overlaps"


def _speech(sample: Sample) -> tuple[Provenance, ...]:
    """Return what found the speech in the recording, if there is one."""
    return sample.sound.provenance[2:3] if sample.sound else ()


def _speech_rate(sample: Sample) -> Finding:
    lines = [line for line in sample.spoken if line_syllables(line)]
    timed = [(line, s) for line in lines if (s := said_span(line, sample.sound)) and s.duration_s > 0]
    syllables = sum(line_syllables(line) or 0 for line, _ in timed)
    if not syllables:
        return none(NO_SYLLABLES)
    spans = tuple(span for _, span in timed)
    seconds = sum(span.duration_s for span in spans)
    used = indexes(tuple(line for line, _ in timed))
    return Finding(syllables / seconds, syllables, utterances=used, spans=spans, provenance=_speech(sample))


def _articulation_rate(sample: Sample) -> Finding:
    assert sample.sound is not None
    used = [d for d in deliveries(sample, sample.sound, ARTICULATION_PAUSE_MS) if line_syllables(d.line)]
    syllables = sum(line_syllables(d.line) or 0 for d in used)
    speech_ms = sum(d.speech_ms for d in used)
    if not speech_ms:
        return none(NOBODY_ALONE)
    lines, spans = indexes(tuple(d.line for d in used)), tuple(s for d in used for s in d.speech)
    return Finding(1000 * syllables / speech_ms, syllables, utterances=lines, spans=spans, provenance=_speech(sample))


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
    spans = tuple(p for d in used for p in d.pauses)
    return Finding(value, len(pauses), utterances=lines, spans=spans, provenance=_speech(sample))


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
        provenance=_speech(sample),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A line after another speaker's.

    Attributes
    ----------
    before, after : Line
    gap_ms : int
        From the end of the one to the beginning of the other; below zero when they overlap.
    is_told : bool
        False where the time codes are cut one to the next and no silence is heard at the cut:
        then nobody knows when the answer began.
    span : TimeSpan
        The stretch between, or the one in which both speak.
    """

    before: Line
    after: Line
    gap_ms: int
    is_told: bool
    span: TimeSpan


def _answer(before: Line, after: Line, sample: Sample) -> Answer:
    end_ms, begin_ms = edges_ms(before, after, sample.sound)
    gap = begin_ms - end_ms
    is_told = not is_cut(before, after) or abs(gap) > CONTIGUOUS_MS
    return Answer(before, after, gap, is_told, TimeSpan(min(end_ms, begin_ms), max(end_ms, begin_ms)))


def answers(sample: Sample) -> tuple[Answer, ...] | str:
    """Return the speaker's answers, each after what it answers; the reason when there are none.

    A child answers an adult, an adult anybody.
    """
    pairs = [_answer(before, after, sample) for before, after in transitions(sample)]
    # Time codes that were cut one to the next do not tell when speech began, unless the recording does.
    if pairs and 2 * sum(not pair.is_told for pair in pairs) >= len(pairs):
        return CONTIGUOUS
    own = (p for p in pairs if p.after.utterance.speaker == sample.speaker and abs(p.gap_ms) <= ANSWER_WINDOW_MS)
    found = tuple(p for p in own if not sample.is_child or p.before.utterance.speaker in sample.adults)
    return found or NO_ANSWER


def overlaps_are_told(sample: Sample) -> bool:
    """Whether the time codes of the session can overlap: not where most are cut one to the next.

    A recording does not help here: it holds speech at both sides of such a cut, not whose.
    """
    pairs = transitions(sample)
    return 2 * sum(is_cut(*pair) for pair in pairs) < max(len(pairs), 1)


def _responses(sample: Sample, *, kind: str) -> Finding:
    found = answers(sample)
    if isinstance(found, str):
        return none(found)
    if kind == "overlap" and not overlaps_are_told(sample):
        return none(CONTIGUOUS)
    gaps = [answer.gap_ms for answer in found]
    overlaps = sum(gap < -OVERLAP_MS for gap in gaps)
    value = median(gaps) / 1000 if kind == "median" else 100 * overlaps / len(gaps)
    lines, spans = indexes(tuple(a.after for a in found)), tuple(a.span for a in found)
    return Finding(value, len(gaps), utterances=lines, spans=spans, provenance=_speech(sample))


_SYLLABLES = (
    "Syllables are counted in everything that was said, fillers and repetitions included, as a pronouncing dictionary "
    "(CMUdict, American English) has them, by vowel groups for words that it does not list; utterances with "
    "unintelligible speech or sounds such as laughing are left out."
)
_CMUDICT = (
    "syllables of the CMU Pronouncing Dictionary; the vowel rule for other words agrees with it on 92 % of its words"
)
_GOLDMAN_EISLER = "Goldman-Eisler, F. (1968), Psycholinguistics: pauses from 250 ms on"
_VERONIS = "Campione, E. & Véronis, J. (2002), Speech Prosody: silences below 200 ms are brief, above one second long"
_VAD = (
    "Speech is what the voice activity detector finds in the recording inside the speaker's time codes, its edges "
    "refined by level and voice; where less of it was found than the words take at 10 syllables a second, it counts as "
    "not found"
)
_BY_SOUND = (
    "Times are those of words where the transcript has them, else time codes; with a recording they are moved to where "
    "speech is heard."
)
_ALONE = f"{_VAD}, in utterances that nobody else overlaps."
_FTO = "Nguyen, V. et al. (2022), meta-analysis of turn-taking timing; floor transfer offset, signed"

RULES = (
    MeasureRule(
        id="speech_rate",
        title="Speech rate",
        family=FAMILY,
        unit="syllables/s",
        n_unit="syllables",
        description=f"Syllables a second over whole utterances, pauses inside them included. {_BY_SOUND} {_SYLLABLES}",
        formula="syllables / time from the first to the last sound of the utterances",
        source=f"Common practice; {_CMUDICT}",
        function=_speech_rate,
        needs=("times", "english"),
        no_value_when=(NO_SYLLABLES,),
        minimum_n=100,
        rough_n=50,
        version=4,
    ),
    MeasureRule(
        id="articulation_rate",
        title="Articulation rate",
        family=FAMILY,
        unit="syllables/s",
        n_unit="syllables",
        description=f"Syllables a second of speech, without pauses of {ARTICULATION_PAUSE_MS} ms or more. "
        f"{_SYLLABLES} {_ALONE}",
        formula=f"syllables / (time from first to last sound of the utterances − pauses ≥ {ARTICULATION_PAUSE_MS} ms)",
        source=f"{_GOLDMAN_EISLER}; {_CMUDICT}",
        function=_articulation_rate,
        needs=("speakers", "times", "sound", "english"),
        no_value_when=(NOBODY_ALONE,),
        minimum_n=100,
        rough_n=50,
        version=4,
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
        source=_VERONIS,
        function=partial(_pauses, kind="rate"),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOBODY_ALONE,),
        minimum_n=20,
        rough_n=10,
        version=3,
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
        source=_VERONIS,
        function=partial(_pauses, kind="median"),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOBODY_ALONE, NO_PAUSE),
        minimum_n=20,
        rough_n=10,
        version=3,
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
        source=_VERONIS,
        function=partial(_pauses, kind="long"),
        needs=("speakers", "times", "sound"),
        no_value_when=(NOBODY_ALONE, NO_PAUSE),
        minimum_n=20,
        rough_n=10,
        version=3,
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
        version=3,
    ),
    MeasureRule(
        id="response_latency_median",
        title="Response time",
        family=FAMILY,
        unit="s",
        n_unit="answers",
        description="The middle time from the end of an adult's utterance to the beginning of the child's (for an "
        "adult: from the end of anybody else's); below zero when most answers begin before the other has ended. "
        "Neither short nor long is a goal in itself; it depends on partner and situation. "
        f"{_BY_SOUND}",
        formula="median of (onset − end of the utterance before), over changes of speaker within ±5 s; before a "
        "child's answer an adult speaks",
        source=_FTO,
        function=partial(_responses, kind="median"),
        needs=("speakers", "partner", "times"),
        no_value_when=(CONTIGUOUS, NO_ANSWER),
        minimum_n=10,
        rough_n=5,
        version=4,
    ),
    MeasureRule(
        id="overlap_pct",
        title="Overlapping answers",
        family=FAMILY,
        unit="%",
        n_unit="answers",
        description="The share of the answers (a child's to an adult, an adult's to anybody) that begin more than "
        f"50 ms before the other speaker has ended. {_BY_SOUND}",
        formula="100 × changes of speaker with onset < end before − 50 ms / changes of speaker within ±5 s; before a "
        "child's answer an adult speaks",
        source=_FTO,
        function=partial(_responses, kind="overlap"),
        needs=("speakers", "partner", "times"),
        no_value_when=(CONTIGUOUS, NO_ANSWER),
        minimum_n=10,
        rough_n=5,
        version=4,
    ),
)
