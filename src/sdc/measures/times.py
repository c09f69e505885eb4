"""Time codes of a sample: who speaks when, who speaks alone, where the speaker pauses."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sdc.formats.chat.timing import SPOKEN
from sdc.measures.counting import NOT_ANALYSED, Line
from sdc.measures.exchanges import is_heard
from sdc.measures.sample import Sample
from sdc.measures.syllables import n_syllables
from sdc.session import TimeSpan, TokenKind

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks

PAUSE_MS = 200
"""A silence inside an utterance is a pause from this length on (Campione & Véronis 2002: shorter ones are brief)."""

ARTICULATION_PAUSE_MS = 250
"""The articulation rate leaves out silences from this length on (Goldman-Eisler 1968)."""

SPILL_MS = 200
"""A time code cuts speech so much too early or too late that it is taken for an inexact cut."""

FASTEST_SYLLABLES_S = 10.0
"""Nobody speaks faster: where less speech was heard than this takes, not all of the utterance was heard."""

CONTIGUOUS_MS = 1

MOST_TIMED = 0.9
"""A rate over time is told when so many of the utterances have time codes."""

FEW_TIMED = "only … utterances have time codes"

SAID = frozenset({TokenKind.WORD, TokenKind.FILLER, TokenKind.FRAGMENT, TokenKind.NONWORD})
UNCOUNTABLE = NOT_ANALYSED | {TokenKind.EVENT, TokenKind.INTERPOSED, TokenKind.OTHER}
"""What takes time and has no known syllables."""


def few_timed(n_timed: int, n_all: int) -> str | None:
    """Return the reason against a rate over time when too few of the utterances have time codes."""
    return FEW_TIMED.replace("…", f"{n_timed} of {n_all}") if n_timed < MOST_TIMED * n_all else None


def observed_ms(sample: Sample) -> int:
    """Return the time from the first to the last time code of the session; 0 when there is none."""
    spans = [u.span for u in sample.session.utterances if u.span]
    return max(s.end_ms for s in spans) - min(s.start_ms for s in spans) if spans else 0


def own_spans(sample: Sample) -> tuple[TimeSpan, ...]:
    """Return when the speaker's lines with speech were said, in order of time."""
    spans = (line.utterance.span for line in sample.spoken)
    return tuple(sorted((s for s in spans if s and s.end_ms > s.start_ms), key=lambda s: s.start_ms))


def other_spans(sample: Sample) -> tuple[TimeSpan, ...]:
    """Return when the lines of all others were said, merged, in order of time."""
    lines = (line.utterance for line in sample.all_lines)
    return merged(u.span for u in lines if u.span and u.speaker != sample.speaker)


def merged(spans: Iterable[TimeSpan], gap_ms: int = 0) -> tuple[TimeSpan, ...]:
    """Join spans that touch, overlap, or lie less than ``gap_ms`` apart."""
    joined: list[TimeSpan] = []
    for span in sorted(spans, key=lambda s: s.start_ms):
        last = joined[-1] if joined else None
        if last and (span.start_ms <= last.end_ms or span.start_ms - last.end_ms < gap_ms):
            joined[-1] = TimeSpan(last.start_ms, max(last.end_ms, span.end_ms))
        else:
            joined.append(span)
    return tuple(joined)


def meeting(spans: tuple[TimeSpan, ...], window: TimeSpan) -> tuple[TimeSpan, ...]:
    """Return those of disjoint spans in order of time that share time with a window."""
    first = bisect_right(spans, window.start_ms, key=lambda s: s.end_ms)
    last = bisect_left(spans, window.end_ms, lo=first, key=lambda s: s.start_ms)
    return tuple(s for s in spans[first:last] if s.end_ms > s.start_ms)


def clip(spans: tuple[TimeSpan, ...], window: TimeSpan) -> tuple[TimeSpan, ...]:
    """Return the parts of disjoint spans in order of time inside a window."""
    found = meeting(spans, window)
    return tuple(TimeSpan(max(s.start_ms, window.start_ms), min(s.end_ms, window.end_ms)) for s in found)


def spoken_in(sample: Sample, spans: tuple[TimeSpan, ...]) -> tuple[Line, ...]:
    """Return the speaker's lines with speech whose time codes meet spans."""
    return tuple(x for x in sample.spoken if x.utterance.span and clip(spans, x.utterance.span))


def cut_out(spans: Iterable[TimeSpan], holes: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    """Return what is left of spans outside the holes, which are disjoint and in order of time."""
    left = []
    for span in spans:
        start = span.start_ms
        for hole in meeting(holes, span):
            if hole.start_ms > start:
                left.append(TimeSpan(start, hole.start_ms))
            start = hole.end_ms
        if start < span.end_ms:
            left.append(TimeSpan(start, span.end_ms))
    return tuple(left)


def alone(sample: Sample) -> tuple[TimeSpan, ...]:
    """Return the stretches in which the speaker speaks and nobody else's time codes lie."""
    return cut_out(merged(own_spans(sample)), other_spans(sample))


def line_syllables(line: Line) -> int | None:
    """Count the syllables of everything said on a line; None when not all of it is known."""
    tokens = line.utterance.tokens
    if line.utterance.language is not None or any(t.kind in UNCOUNTABLE for t in tokens):
        return None
    return sum(n_syllables(t.text) for t in tokens if t.kind in SAID)


def written_span(line: Line) -> TimeSpan | None:
    """Return when a line was said by the transcript: by the times of its words, else by its time code."""
    spans = [t.span for t in line.utterance.tokens if t.kind in SPOKEN]
    if spans and spans[0] and spans[-1] and spans[0].start_ms < spans[-1].end_ms:
        return TimeSpan(spans[0].start_ms, spans[-1].end_ms)
    return line.utterance.span


def heard_in(window: TimeSpan, speech: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    """Return the stretches of speech that belong to a window of the transcript.

    A stretch that goes on beyond the window for less than ``SPILL_MS`` belongs to it whole; of one
    that mostly lies outside, so short a piece inside is the neighbour's. Longer pieces are cut
    where the transcript cuts them.
    """
    found = []
    for stretch in meeting(speech, window):
        inside = TimeSpan(max(stretch.start_ms, window.start_ms), min(stretch.end_ms, window.end_ms))
        inside_ms = inside.end_ms - inside.start_ms
        if inside_ms < min(SPILL_MS, stretch.end_ms - stretch.start_ms - inside_ms):
            continue
        early, late = inside.start_ms - stretch.start_ms < SPILL_MS, stretch.end_ms - inside.end_ms < SPILL_MS
        start_ms = stretch.start_ms if early else inside.start_ms
        found.append(TimeSpan(start_ms, stretch.end_ms if late else inside.end_ms))
    return tuple(found)


def heard_speech(line: Line, sound: SoundTracks) -> tuple[TimeSpan, ...]:
    """Return the stretches of speech of a line; none where too little was heard for what was said."""
    written = written_span(line)
    heard = heard_in(written, sound.speech) if written else ()
    heard_s = sum(s.duration_s for s in heard)
    return heard if heard_s * FASTEST_SYLLABLES_S >= (line_syllables(line) or 0) else ()


def said_span(line: Line, sound: SoundTracks | None) -> TimeSpan | None:
    """Return when a line was said: from the first to the last sound that belongs to it, where it was heard."""
    heard = heard_speech(line, sound) if sound else ()
    return TimeSpan(heard[0].start_ms, heard[-1].end_ms) if heard else written_span(line)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one utterance was delivered, by the recording.

    Attributes
    ----------
    line : Line
    speech : tuple[TimeSpan, ...]
        Stretches of speech; between them lie pauses.
    """

    line: Line
    speech: tuple[TimeSpan, ...]

    @property
    def pauses(self) -> tuple[TimeSpan, ...]:
        """Where the speaker pauses."""
        return tuple(TimeSpan(a.end_ms, b.start_ms) for a, b in zip(self.speech, self.speech[1:], strict=False))

    @property
    def pauses_ms(self) -> tuple[int, ...]:
        """Lengths of the pauses."""
        return tuple(p.end_ms - p.start_ms for p in self.pauses)

    @property
    def talk_ms(self) -> int:
        """From the first sound to the last, pauses included."""
        return self.speech[-1].end_ms - self.speech[0].start_ms

    @property
    def speech_ms(self) -> int:
        """Without the pauses."""
        return self.talk_ms - sum(self.pauses_ms)


def deliveries(sample: Sample, sound: SoundTracks, pause_ms: int = PAUSE_MS) -> tuple[Delivery, ...]:
    """Return how the speaker's utterances were delivered: those that nobody else's time codes overlap."""
    others = other_spans(sample)
    found = []
    for line in sample.spoken:
        span = written_span(line)
        if span is None or meeting(others, span):
            continue
        speech = merged(heard_speech(line, sound), pause_ms)
        if speech:
            found.append(Delivery(line, speech))
    return tuple(found)


def transitions(sample: Sample) -> tuple[tuple[Line, Line], ...]:
    """Return each change of speaker between neighbouring timed lines with speech: (before, after)."""
    pairs = []
    before: Line | None = None
    for line in sample.all_lines:
        if not is_heard(line):
            continue
        changes = before is not None and before.utterance.speaker != line.utterance.speaker
        if before is not None and changes and before.utterance.span and line.utterance.span:
            pairs.append((before, line))
        before = line
    return tuple(pairs)


def edges_ms(before: Line, after: Line, sound: SoundTracks | None = None) -> tuple[int, int]:
    """Return when one line ends and the next begins."""
    written_end, written_begin = written_span(before), written_span(after)
    end, begin = said_span(before, sound), said_span(after, sound)
    assert end is not None
    assert begin is not None
    assert written_end is not None
    assert written_begin is not None
    if written_begin.start_ms < written_end.end_ms:
        # What is heard beyond the end of the one is then the other's voice.
        return min(end.end_ms, written_end.end_ms), max(begin.start_ms, written_begin.start_ms)
    return end.end_ms, begin.start_ms


def gap_ms(before: Line, after: Line, sound: SoundTracks | None = None) -> int:
    """Return the time from the end of one line to the beginning of the next; negative when they overlap."""
    end_ms, begin_ms = edges_ms(before, after, sound)
    return begin_ms - end_ms


def is_cut(before: Line, after: Line) -> bool:
    """Whether the time code of one line begins where the one before ends, so that it does not tell when speech did."""
    a, b = written_span(before), written_span(after)
    return a is not None and b is not None and abs(b.start_ms - a.end_ms) <= CONTIGUOUS_MS
