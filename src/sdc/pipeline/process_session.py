"""The story: a transcript, a recording or both → a session with measures and insights, kept."""

from __future__ import annotations

from dataclasses import replace

from sdc.formats.target_child import with_target
from sdc.pipeline import steps
from sdc.pipeline.consenting import childs_leave, may_keep_recordings, note_recording
from sdc.pipeline.editing import edited_again, finish_edits
from sdc.pipeline.history import history_before
from sdc.pipeline.labelling import label_voice
from sdc.pipeline.parts import Engine, Given, Outcome, Parts, Report, SessionOrder
from sdc.pipeline.roles import told_again
from sdc.pipeline.speakers import SpeakerHints, enrolled_voices
from sdc.store.records import Child
from sdc.store.versions import ORIGINAL, StaleVersionError
from sdc.transcribe.consented import with_leave


def process_session(order: SessionOrder, parts: Parts, report: Report) -> Outcome:
    """Make the session that an order asks for. Doing it twice leaves one session.

    Parameters
    ----------
    order : SessionOrder
    parts : Parts
    report : callable
        Told each step and the fraction done; it may raise to stop the work.

    Returns
    -------
    Outcome

    Raises
    ------
    InputError
        The inputs make no session: the transcript, or a recording that stands alone, cannot be used.
    ConsentError
        The recording would be sent to a service, and the family has not agreed to that.
    EngineError
        The recording must be transcribed and the engine cannot run.
    """
    repository, child = parts.repository, parts.repository.child(order.child_id)
    inputs = steps.collect_inputs(order, repository)
    if inputs.media is not None:
        note_recording(parts, child)
    with steps.at_hand(inputs, repository) as material:
        hints = SpeakerHints(order.given.n_speakers, voiceprints=enrolled_voices(repository, child))
        engine = replace(parts, transcriber=with_leave(parts.transcriber, childs_leave(parts, child)))
        measured = measure_session(material, order.given, engine, report, hints)
    identity = inputs.session_id(child)
    while True:
        try:
            results = _keep(measured, inputs, child, parts, report)
            break
        except StaleVersionError:  # somebody edited the transcript meanwhile: what they wrote stands
            continue
    if inputs.media is not None and not may_keep_recordings(parts, child):
        # Asked after the saving, so that a withdrawal in the same moment finds the recording or is found here.
        repository.delete_recordings(child.id, [identity])
    notes = (*steps.notes(results.session), *parts.retrieval.trouble(identity))
    return Outcome(identity, notes, (*results.sound.failures, *results.failures))


def _keep(measured: steps.Results, inputs: steps.Inputs, child: Child, parts: Parts, report: Report) -> steps.Results:
    """Compare with earlier sessions and save, on top of what people told and edited until now."""
    repository, identity = parts.repository, inputs.session_id(child)
    finish_edits(repository, identity)
    earlier = repository.find_entry(identity)
    results = edited_again(measured, identity, repository) or told_again(measured, identity, child, repository)
    results = label_voice(steps.assign_child(results, child), parts.settings)

    report("comparing", 0.93)
    age = steps.age_months(results.session, child)
    history = history_before(repository, child.id, identity, results.session, age)
    results = steps.observe(results, history, identity, child, repository.phase_plans.latest(child.id))

    report("saving", 0.97)
    steps.save(results, inputs, child, repository, version=earlier.version if earlier else ORIGINAL)
    return results


def measure_session(
    material: steps.Material, given: Given, engine: Engine, report: Report, hints: SpeakerHints | None = None
) -> steps.Results:
    """Do the part of the story that needs no store: read or transcribe, listen, measure."""
    report("reading", 0.0)
    transcript = steps.read_transcript(material)

    report("decoding", 0.05)
    sound = steps.load_sound(material, engine.settings, needed=transcript is None)

    if transcript is None:
        hints = replace(hints or SpeakerHints(given.n_speakers), settings=engine.settings).require()
        report("transcribing", 0.15)
        transcript = steps.transcribe(material, sound, given, engine.transcriber, report, hints=hints)
    session = steps.describe(transcript, material, sound, given)
    if given.target is not None:
        session = with_target(session, given.target)

    report("listening", 0.7)
    tracks = steps.listen(sound, engine.settings)

    report("measuring", 0.85)
    return steps.measure(session, sound, tracks)
