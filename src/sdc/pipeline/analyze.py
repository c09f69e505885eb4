"""Files and folders in, measures out; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sdc.errors import SDCError
from sdc.measures.norms import SOURCE as NORM_SOURCE
from sdc.measures.norms import Placement, place_value
from sdc.measures.stated_events import StatedEvent, stated_events
from sdc.pipeline.consenting import told_leave
from sdc.pipeline.engines import check_acoustics, check_diarizer, default_transcriber
from sdc.pipeline.labelling import check_voice_labels, label_voice
from sdc.pipeline.pairs import Pair, find_pairs
from sdc.pipeline.parts import Engine, Given, Report
from sdc.pipeline.process_session import measure_session
from sdc.pipeline.steps import Material
from sdc.session import Analysis, Measure, Session, VoiceLabels
from sdc.session.measure import ANALYSIS_SCHEMA
from sdc.settings import Settings
from sdc.transcribe.consented import with_leave


@dataclass(frozen=True, slots=True)
class Analysed:
    """One session and its measures."""

    session: Session
    analysis: Analysis
    labels: VoiceLabels | None = None

    def document(self, *, norms: bool = False) -> dict[str, Any]:
        """Return the session as ``sdc analyze --format json`` writes it."""
        session, target = self.session, self.session.target

        def measure(m: Measure, speaker: str) -> dict[str, Any]:
            placed = place_value(m, session, speaker) if norms else None
            return measure_document(m) | ({"norm": placement_document(placed)} if placed else {})

        return {
            "source": session.source,
            "date": session.date,
            "child": target
            and {
                "code": target.code,
                "age_months": target.age and round(target.age.in_months, 2),
                "sex": target.sex,
                "group": target.group,
            },
            "warnings": [{"line": n.line, "code": n.code, "message": n.message} for n in session.warnings],
            "speakers": {
                speaker.code: {
                    "role": speaker.role,
                    "measures": {name: measure(m, speaker.code) for name, m in speaker.measures.items()},
                }
                for speaker in self.analysis.speakers.values()
            },
            **self._beside(),
        }

    def _beside(self) -> dict[str, Any]:
        """Return what stands beside the measures, where there is any: stated events, experimental label scores."""
        events = [event_document(event) for event in stated_events(self.session)]
        labels = {"voice_labels": labels_document(self.labels)} if self.labels else {}
        return ({"events": events} if events else {}) | labels


@dataclass(frozen=True, slots=True)
class Batch:
    """What was analysed, in the order given, and what could not be."""

    done: tuple[Analysed, ...]
    failures: tuple[SDCError, ...]

    def document(self, *, norms: bool = False) -> dict[str, Any]:
        """Return everything as ``sdc analyze --format json`` writes it; with norms only where they are asked for."""
        keys = ("source", "line", "code", "message", "hint")
        return {
            "schema": ANALYSIS_SCHEMA,
            "sessions": [item.document(norms=norms) for item in self.done],
            "failures": [{key: error.to_dict()[key] for key in keys} for error in self.failures],
        }


def measure_document(measure: Measure) -> dict[str, Any]:
    """Return a measure as JSON; without a value it has the reason, else its spread where there is one."""
    document: dict[str, Any] = {
        "value": measure.value,
        "unit": measure.unit,
        "n": measure.n,
        "rule": measure.rule,
    }
    optional = {"sd": measure.sd, "reason": measure.reason, "reliability": measure.reliability}
    return document | {key: value for key, value in optional.items() if value is not None}


def event_document(event: StatedEvent) -> dict[str, Any]:
    """Return what the transcript states that somebody did with the voice as JSON."""
    span = event.span
    times = {"start_ms": span.start_ms if span else None, "end_ms": span.end_ms if span else None}
    return {"utterance": event.utterance, "speaker": event.speaker, "name": event.name, "text": event.text} | times


def labels_document(labels: VoiceLabels) -> dict[str, Any]:
    """Return an experimental classifier's scores as JSON, with its model and licence."""
    made = labels.provenance
    return {
        "status": labels.status,
        "audience": labels.audience,
        "speaker": labels.speaker,
        "model": made.model,
        "revision": made.revision,
        "licence": labels.licence,
        "stretches": [
            {"utterance": s.utterance, "start_ms": s.span.start_ms, "end_ms": s.span.end_ms, "scores": s.scores}
            for s in labels.stretches
        ],
    }


def placement_document(placement: Placement) -> dict[str, Any]:
    """Return a place among the norms as JSON, or the reason why there is none."""
    norm = placement.norm
    if norm is None:
        return {"reason": placement.reason}
    return {
        "source": NORM_SOURCE,
        "age_band": norm.age_band,
        "n_children": norm.n_children,
        "mean": norm.mean,
        "sd": norm.sd,
        "percentile_from": placement.above,
        "percentile_below": placement.below,
    }


def analyze_paths(
    paths: Sequence[Path],
    settings: Settings,
    *,
    on_progress: Report | None = None,
    speaker: str | None = None,
    context: str | None = None,
    engine: Engine | None = None,
    consent_given: bool = False,
    target: str | None = None,
) -> Batch:
    """Measure files and folders; a bad one is told and the rest goes on.

    Parameters
    ----------
    paths : Sequence[Path]
        Transcripts, recordings, folders. A transcript whose ``@Media`` names a file that lies
        beside it is measured with it; a recording alone is transcribed.
    settings : Settings
    on_progress : callable, optional
        Told the source and the fraction of all inputs that is done.
    speaker : str, optional
        Only this speaker's measures.
    context : str, optional
        Situation of all of them; else the transcript's.
    engine : Engine, optional
        Default: what the settings ask for.
    consent_given : bool
        Somebody says that the families agreed to a service outside this machine.
    target : str, optional
        Code or name of the speaker who is the child in all of them; else as they say.

    Returns
    -------
    Batch
    """
    engine = engine or Engine(settings, default_transcriber(settings))
    check_acoustics(engine.settings)
    check_diarizer(engine.settings)
    check_voice_labels(engine.settings)
    engine = replace(engine, transcriber=with_leave(engine.transcriber, told_leave(consent_given)))
    pairs, failures = find_pairs(paths)
    done = []
    for index, pair in enumerate(pairs):

        def report(step: str, fraction: float, pair: Pair = pair, index: int = index) -> None:
            if on_progress is not None:
                on_progress(f"{pair.source}: {step}", (index + fraction) / len(pairs))

        try:
            results = measure_session(_material(pair), Given(context=context, target=target), engine, report)
            results = label_voice(results, engine.settings)
        except SDCError as error:
            error.source = error.source or pair.source
            failures.append(error)
            continue
        failures += (*results.sound.failures, *results.failures)
        done.append(Analysed(results.session, _only(results.analysis, speaker), results.labels))
    return Batch(tuple(done), tuple(failures))


def _material(pair: Pair) -> Material:
    return Material(pair.source, pair.transcript, pair.media, pair.media.name if pair.media else "")


def _only(analysis: Analysis, speaker: str | None) -> Analysis:
    if speaker is None:
        return analysis
    return replace(analysis, speakers={code: s for code, s in analysis.speakers.items() if code == speaker})
