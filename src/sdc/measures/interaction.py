"""Family *interaction*: who answers whom, how often and on what.

What counts as a turn or an answer here is voice: speech, understood or not, and marked vocalisations.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from sdc.measures.counting import Line
from sdc.measures.exchanges import is_heard, is_question, is_voiced
from sdc.measures.rule import Finding, MeasureRule, none
from sdc.measures.sample import Sample, indexes
from sdc.measures.times import FEW_TIMED, few_timed, observed_ms
from sdc.measures.timing import ANSWER_WINDOW_MS
from sdc.measures.vocalisations import NO_DURATION
from sdc.session import CHILD_ROLES

FAMILY = "interaction"
NO_PARTNER = "no adult, or no child, to answer"
NO_CHANCE = "nothing was said that could be answered"
NO_QUESTION = "no question was asked"


@dataclass(frozen=True, slots=True)
class Segment:
    """One timed line with voice.

    Attributes
    ----------
    start_ms, end_ms : int
    side : str
        ``child``, ``adult`` or ``other``.
    index : int
        Of the utterance in the session.
    """

    start_ms: int
    end_ms: int
    side: str
    index: int


def segments(sample: Sample, voiced: tuple[Line, ...]) -> tuple[Segment, ...]:
    """Return the timed lines in order of time, without those that lie wholly inside another's.

    The child is the sample's speaker, the adults are one side.
    """
    found = []
    for line in voiced:
        span, code = line.utterance.span, line.utterance.speaker
        side = "child" if code == sample.speaker else "adult" if code in sample.adults else "other"
        if span is not None:
            found.append(Segment(span.start_ms, span.end_ms, side, line.index))
    found.sort(key=lambda s: (s.start_ms, -s.end_ms))
    latest: dict[str, int] = {}
    alone = []
    for segment in found:
        if all(end < segment.end_ms for side, end in latest.items() if side != segment.side):
            alone.append(segment)
        latest[segment.side] = max(segment.end_ms, latest.get(segment.side, 0))
    return tuple(alone)


def conversations(found: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], ...]:
    """Cut segments where nobody speaks for five seconds, or somebody who is neither child nor adult speaks."""
    blocks: list[list[Segment]] = [[]]
    end = 0
    for segment in found:
        if segment.side == "other" or (blocks[-1] and segment.start_ms - end >= ANSWER_WINDOW_MS):
            blocks.append([])
        if segment.side != "other":
            end = max(end, segment.end_ms) if blocks[-1] else segment.end_ms
            blocks[-1].append(segment)
    return tuple(tuple(block) for block in blocks if block)


def n_conversational_turns(block: tuple[Segment, ...]) -> int:
    """Count pairs of a turn and its answer: child-adult-child is one, child-adult-child-adult two."""
    changes = sum(a.side != b.side for a, b in pairwise(block))
    return (changes + 1) // 2


def _turns_per_minute(sample: Sample) -> Finding:
    voiced = tuple(filter(is_voiced, sample.all_lines))
    if not any(line.utterance.speaker in sample.adults for line in voiced):
        return none(NO_PARTNER)
    few = few_timed(sum(line.utterance.span is not None for line in voiced), len(voiced))
    if few is not None:
        return none(few)
    duration_ms = observed_ms(sample)
    if not duration_ms:
        return none(NO_DURATION)
    blocks = [b for b in conversations(segments(sample, voiced)) if n_conversational_turns(b)]
    used = tuple(sorted(segment.index for block in blocks for segment in block))
    value = 60_000 * sum(map(n_conversational_turns, blocks)) / duration_ms
    return Finding(value, duration_ms // 1000, utterances=used)


def _partners(sample: Sample) -> frozenset[str]:
    """Return whom the speaker may answer: a child the adults, an adult the children."""
    if sample.is_child:
        return sample.adults
    if sample.speaker not in sample.adults:
        return frozenset()
    return frozenset(p.code for p in sample.session.participants if p.role in CHILD_ROLES)


def _chances(sample: Sample, *, questions: bool) -> tuple[Line, ...]:
    """Return what the others said, or asked, that the speaker may answer."""
    partners = _partners(sample)
    if not partners:
        return ()
    said = [line for line in sample.all_lines if line.utterance.speaker in partners]
    return tuple(line for line in said if (is_question(line) or not questions) and is_heard(line))


def _answered(sample: Sample, *, questions: bool) -> Finding:
    """Tell the share of the chances after which the speaker's voice begins within five seconds."""
    chances = _chances(sample, questions=questions)
    if not chances:
        return none(_nothing(sample, questions=questions))
    voiced = tuple(filter(is_voiced, sample.lines))
    timed = [line for line in (*chances, *voiced) if line.utterance.span is not None]
    few = few_timed(len(timed), len(chances) + len(voiced))
    if few is not None:
        return none(few)
    begins = sorted(line.utterance.span.start_ms for line in voiced if line.utterance.span)
    asked = tuple(line for line in chances if line.utterance.span)
    answered = tuple(line for line in asked if _begins_after(line, begins))
    return Finding(100 * len(answered) / len(asked), len(asked), utterances=indexes(answered))


def _begins_after(line: Line, begins: list[int]) -> bool:
    span = line.utterance.span
    assert span is not None
    following = bisect_right(begins, span.start_ms)
    return following < len(begins) and begins[following] <= span.end_ms + ANSWER_WINDOW_MS


def _nothing(sample: Sample, *, questions: bool) -> str:
    if not _chances(sample, questions=False):
        return NO_CHANCE if _partners(sample) else NO_PARTNER
    return NO_QUESTION if questions else NO_CHANCE


def _followed(sample: Sample) -> Finding:
    """Tell the share of the questions after which the speaker is the next to use the voice."""
    asked = _chances(sample, questions=True)
    if not asked:
        return none(_nothing(sample, questions=True))
    followed = tuple(line for line in asked if _next_speaker(sample, line) == sample.speaker)
    return Finding(100 * len(followed) / len(asked), len(asked), utterances=indexes(followed))


def _next_speaker(sample: Sample, line: Line) -> str | None:
    lines = sample.all_lines
    following = (lines[place] for place in range(line.index + 1, len(lines)))
    return next((after.utterance.speaker for after in following if is_voiced(after)), None)


_VOICE = "Speech that was not understood and marked vocalisations count as well."
_ONLY_ORDER = "Which utterance comes next is read from the transcript; no time codes are needed."
_FIVE = f"{ANSWER_WINDOW_MS // 1000} s"
_MIRROR = "For an adult, it tells how often the adult followed the child."

RULES = (
    MeasureRule(
        id="conversational_turns_per_min",
        title="Conversational turns per minute",
        family=FAMILY,
        unit="turns/min",
        n_unit="seconds",
        description="How often, per minute, the child and an adult answered each other within five seconds. A turn and "
        f"its answer are one conversational turn: child, adult, child is one; child, adult, child, adult two. {_VOICE}",
        formula="60 × conversational turns / seconds from the first to the last time code; a pause of "
        f"{_FIVE} or another child's utterance ends a conversation; ⌊turns of both / 2⌋ in each conversation; "
        "utterances that lie wholly inside the other side's do not count",
        source="LENA's conversational turn count, on a transcript's time codes; LENA's percentiles are for whole days "
        "and do not apply",
        function=_turns_per_minute,
        needs=("child", "speakers", "partner", "times"),
        no_value_when=(NO_PARTNER, FEW_TIMED, NO_DURATION),
        minimum_n=300,
        rough_n=120,
    ),
    MeasureRule(
        id="responsiveness_pct",
        title="Utterances that were followed",
        family=FAMILY,
        unit="%",
        n_unit="utterances",
        description="The share of the adults' utterances after which the child spoke within five seconds. "
        f"{_MIRROR} {_VOICE}",
        formula="100 × utterances of the other side after whose beginning, and within "
        f"{_FIVE} of whose end, the speaker begins / utterances of the other side with time codes",
        source="Responsiveness with the five-second window of LENA's conversational turns; this project's rule",
        function=partial(_answered, questions=False),
        needs=("speakers", "partner", "times"),
        no_value_when=(NO_PARTNER, NO_CHANCE, FEW_TIMED),
        minimum_n=50,
        rough_n=25,
    ),
    MeasureRule(
        id="question_response_pct",
        title="Questions that were followed in time",
        family=FAMILY,
        unit="%",
        n_unit="questions",
        description="The share of the adults' questions after which the child spoke within five seconds, whatever was "
        f"said. {_MIRROR} {_VOICE}",
        formula="100 × questions of the other side after whose beginning, and within "
        f"{_FIVE} of whose end, the speaker begins / questions of the other side with time codes; a question mark "
        "makes a question",
        source="Responsiveness with the five-second window of LENA's conversational turns; this project's rule",
        function=partial(_answered, questions=True),
        needs=("speakers", "partner", "times"),
        no_value_when=(NO_PARTNER, NO_CHANCE, NO_QUESTION, FEW_TIMED),
        minimum_n=20,
        rough_n=10,
    ),
    MeasureRule(
        id="question_followed_pct",
        title="Questions that were followed next",
        family=FAMILY,
        unit="%",
        n_unit="questions",
        description="The share of the adults' questions after which the child was the next to speak, whatever was "
        f"said. {_ONLY_ORDER} {_MIRROR} {_VOICE}",
        formula="100 × questions of the other side that the speaker's line follows directly / questions of the other "
        "side; a question mark makes a question; lines without voice do not come between",
        source="Responsiveness without time codes; this project's rule",
        function=_followed,
        needs=("speakers", "partner"),
        no_value_when=(NO_PARTNER, NO_CHANCE, NO_QUESTION),
        minimum_n=20,
        rough_n=10,
    ),
)
