"""What consents decide in the pipeline: whether sound may leave, whether a recording is kept."""

from __future__ import annotations

from dataclasses import dataclass

from sdc.errors import ConsentError
from sdc.pipeline.parts import Parts
from sdc.store.consents import Consent, Purpose
from sdc.store.records import Child
from sdc.transcribe.consented import Leave


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawal and what it deleted: ``n_recordings`` sessions lost their recording or tracks."""

    consent: Consent
    n_recordings: int = 0


def grant(
    parts: Parts, child: Child, purpose: Purpose, *, by: str, actor: str, retention_days: int | None = None
) -> Consent:
    """Write down that a family agrees to a purpose; ``by`` says who said so, ``actor`` who wrote it down."""
    consent = parts.consents.grant(child.id, purpose, by=by, retention_days=retention_days)
    parts.audit.record(actor=actor, action="consent.grant", child_id=child.id, object_id=purpose.value)
    return consent


def withdraw(parts: Parts, child: Child, purpose: Purpose, *, by: str, actor: str) -> Withdrawn:
    """Write down that a family no longer agrees, and stop the use at once.

    Kept recordings and sound tracks are deleted when it is ``store_recording``. A job that runs
    asks again before each piece of sound that it sends, and before it keeps anything. Vectors at a
    service are deleted when it is ``cloud_search``.

    Raises
    ------
    VectorIndexError
        The service does not answer; the withdrawal is written down and nothing more is sent.
    """
    consent = parts.consents.withdraw(child.id, purpose, by=by)
    parts.audit.record(actor=actor, action="consent.withdraw", child_id=child.id, object_id=purpose.value)
    if purpose is Purpose.CLOUD_SEARCH:
        parts.retrieval.clear_elsewhere(child.id)
    if purpose is not Purpose.STORE_RECORDING:
        return Withdrawn(consent)
    n_recordings = parts.repository.delete_recordings(child.id)
    parts.audit.record(actor=actor, action="recordings.delete", child_id=child.id)
    return Withdrawn(consent, n_recordings)


def childs_leave(parts: Parts, child: Child) -> Leave:
    """Return the leave to send a child's sound: what is recorded at the moment of asking."""
    return lambda: parts.consents.require(child.id, Purpose.CLOUD_TRANSCRIPTION)


def told_leave(consent_given: bool) -> Leave:
    """Return the leave for a file that belongs to no child here: somebody says on the spot that there is consent."""

    def ask() -> None:
        if not consent_given:
            raise ConsentError(
                "The recording, a child's voice, would be sent to a service outside this machine.",
                hint="Where the family has agreed to it, say so with --consent-given.",
            )

    return ask


def note_recording(parts: Parts, child: Child) -> None:
    """Write down that whoever adds a recording agrees to keep it, where nothing was said before."""
    noted = parts.consents.note_recording(child.id)
    if noted is not None:
        parts.audit.record(
            actor="worker", action="consent.grant", child_id=child.id, object_id=Purpose.STORE_RECORDING.value
        )


def may_keep_recordings(parts: Parts, child: Child) -> bool:
    """Whether recordings of a child are kept now."""
    return parts.consents.allows(child.id, Purpose.STORE_RECORDING)
