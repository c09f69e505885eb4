"""The experimental step: label scores of the child's stretches, kept for researchers and shown to nobody else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from typing import TYPE_CHECKING

from sdc.errors import EngineError
from sdc.pipeline.steps import Results
from sdc.session import LabelScores, Session, TimeSpan, VoiceLabels
from sdc.store.repository import Repository

if TYPE_CHECKING:
    from sdc.audio import Recording
    from sdc.emotion.classifier import VoiceClassifier
    from sdc.settings import Settings

LEAST_MS = 500
"""A shorter stretch is not classified."""
MOST_MS = 10_000
"""Of a longer stretch only this much: memory grows with the square of the length."""


def check_voice_labels(settings: Settings) -> None:
    """Refuse a setting that cannot be followed before any file is touched; ``ExtraMissingError``."""
    if settings.emotion_model:
        from sdc.emotion.classifier import check_extra

        check_extra()


def label_voice(results: Results, settings: Settings) -> Results:
    """Add label scores where SDC_EMOTION_MODEL names a model; where the model cannot be used, add the failure.

    The session is whole without them, so a model's fault does not stop it.
    """
    recording, target = results.sound.recording, results.session.target
    if not settings.emotion_model or recording is None or target is None:
        return results
    from sdc.emotion.classifier import load_classifier

    try:
        classifier = load_classifier(settings.emotion_model)
    except EngineError as error:
        error.source = results.session.source
        return replace(results, failures=(*results.failures, error))
    stretches = _stretches(results, target.code)
    scored = tuple(_score(classifier, recording, index, span) for index, span in stretches)
    return replace(results, labels=VoiceLabels(target.code, scored, classifier.licence, classifier.provenance))


def voice_labels_of(repository: Repository, session_id: str) -> VoiceLabels:
    """Return a session's label scores by the lines of its transcript as it stands; ``NotFoundError`` without any."""
    return in_lines_of(repository.voice_labels(session_id), repository.transcript(session_id))


def in_lines_of(labels: VoiceLabels, session: Session) -> VoiceLabels:
    """Give each stretch to the child's line in which most of it lies.

    Lines are split, merged and given to others after the recording was classified; a stretch that lies
    in none of the child's lines any more is left out.
    """
    target = session.target
    if target is None:
        return replace(labels, stretches=())
    timed = ((u.span, u.index) for u in session.utterances if u.speaker == target.code and u.span is not None)
    lines = sorted(timed, key=_start_ms)
    found = ((stretch, _line_of(stretch.span, lines)) for stretch in labels.stretches)
    stretches = tuple(replace(stretch, utterance=index) for stretch, index in found if index is not None)
    return replace(labels, speaker=target.code, stretches=stretches)


def _line_of(stretch: TimeSpan, lines: Sequence[tuple[TimeSpan, int]]) -> int | None:
    """Return the line that has most of a stretch, at least half of it; ``lines`` are in the order of their starts."""
    # One person's lines follow each other: the one that began before it, and those that begin within it.
    first = max(0, bisect_right(lines, stretch.start_ms, key=_start_ms) - 1)
    last = bisect_right(lines, stretch.end_ms, key=_start_ms)
    shared = [(_shared_ms(stretch, span), index) for span, index in lines[first:last]]
    most, index = max(shared, key=itemgetter(0), default=(0, 0))
    return index if 2 * most >= stretch.end_ms - stretch.start_ms else None


def _start_ms(line: tuple[TimeSpan, int]) -> int:
    return line[0].start_ms


def _shared_ms(one: TimeSpan, other: TimeSpan) -> int:
    return max(0, min(one.end_ms, other.end_ms) - max(one.start_ms, other.start_ms))


def about_labels(labels: VoiceLabels) -> str:
    """Return the sentence that says what made them, with the licence."""
    made = labels.provenance
    revision = (made.revision or "")[:12]
    return (
        f"Experimental, for researchers: voice labels by {made.model} (revision {revision}, licence {labels.licence})."
    )


def _stretches(results: Results, speaker: str) -> list[tuple[int, TimeSpan]]:
    """Return where only the child's time codes lie: utterance and stretch."""
    from sdc.measures.sample import Sample, count_lines
    from sdc.measures.times import cut_out, other_spans

    sample = Sample(results.session, speaker, count_lines(results.session), results.tracks)
    assert results.sound.recording is not None
    others, end_ms = other_spans(sample), int(1000 * results.sound.recording.duration_s)
    found = []
    for line in sample.spoken:
        span = line.utterance.span
        for part in cut_out((span,), others) if span else ():
            last_ms = min(part.end_ms, part.start_ms + MOST_MS, end_ms)
            if last_ms - part.start_ms >= LEAST_MS:
                found.append((line.index, TimeSpan(part.start_ms, last_ms)))
    return found


def _score(classifier: VoiceClassifier, recording: Recording, index: int, span: TimeSpan) -> LabelScores:
    first, last = (ms * recording.sample_rate_hz // 1000 for ms in (span.start_ms, span.end_ms))
    return LabelScores(index, span, classifier.scores(recording.samples[first:last]))
