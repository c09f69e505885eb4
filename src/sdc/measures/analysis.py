"""A session in, all measures of all speakers out. Pure: no files, no clock, no chance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sdc.measures.needs import missing
from sdc.measures.registry import REGISTRY
from sdc.measures.rule import MeasureRule, none
from sdc.measures.sample import Sample, count_lines
from sdc.session import Analysis, Measure, Session, SpeakerAnalysis

if TYPE_CHECKING:
    from sdc.audio.tracks import SoundTracks


def analyse(session: Session, sound: SoundTracks | None = None) -> Analysis:
    """Compute all measures of all speakers that have utterances.

    Parameters
    ----------
    session : Session
    sound : SoundTracks, optional
        What was measured on the session's recording.

    Returns
    -------
    Analysis
        Each speaker has every measure of ``REGISTRY``, in its order; one that cannot be
        computed has no value and a reason.
    """
    lines = count_lines(session)
    speakers = {}
    for code in session.speakers():
        sample = Sample(session, code, lines, sound)
        measures = {rule.id: apply(rule, sample) for rule in REGISTRY.values()}
        speakers[code] = SpeakerAnalysis(code, sample.participant.role, measures)
    return Analysis(session.source, speakers)


def apply(rule: MeasureRule, sample: Sample) -> Measure:
    """Compute one measure of one speaker."""
    reason = missing(sample, rule.needs)
    measure = rule.as_measure(rule.function(sample) if reason is None else none(reason))
    if not rule.acoustic or sample.sound is None or sample.sound.is_own:
        return measure
    # Another back end is another rule: its values are not compared with ours.
    return replace(measure, rule=f"{measure.rule}@{sample.sound.acoustics}")
