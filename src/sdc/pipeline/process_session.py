"""The story: a transcript, a recording or both → a session with measures and insights, kept."""

from __future__ import annotations

from sdc.pipeline import steps
from sdc.pipeline.history import history_before
from sdc.pipeline.parts import Outcome, Parts, Report, SessionOrder


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
    EngineError
        The recording must be transcribed and the engine cannot run.
    """
    report("reading", 0.0)
    inputs = steps.collect_inputs(order, parts.repository)
    transcript = steps.read_transcript(inputs, parts.repository.blobs)

    report("decoding", 0.05)
    sound = steps.load_sound(inputs, parts, needed=transcript is None)

    if transcript is None:
        report("transcribing", 0.15)
        transcript = steps.transcribe(
            inputs, sound, parts.transcriber, order, lambda f: report("transcribing", 0.15 + 0.5 * f)
        )
    session = steps.describe(transcript, inputs, sound, order)

    report("listening", 0.7)
    tracks = steps.listen(sound)

    report("measuring", 0.85)
    results = steps.measure(session, tracks)

    report("comparing", 0.93)
    child, session_id = parts.repository.child(order.child_id), steps.session_id(inputs, order)
    age = steps.age_months(session, child)
    history = history_before(parts.repository, child.id, session_id, session, age)
    results = steps.observe(results, history, session_id, child)

    report("saving", 0.97)
    steps.save(results, inputs, sound, child, parts.repository)
    return Outcome(session_id, steps.notes(session), sound.failures)
