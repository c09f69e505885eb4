"""The experimental step: label scores of the child's stretches, kept for researchers and shown to nobody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sdc.errors import EngineError
from sdc.pipeline.steps import Results
from sdc.session import LabelScores, TimeSpan, VoiceLabels

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
