"""What runs on the nodes of a cluster: actors that hold the store open, and actors that hold a model.

A worker does the steps of a session on one core. Where a recording must be transcribed it asks an
ear, which holds the model and maybe a GPU: the blob's key goes there and words come back.
"""

from __future__ import annotations

import logging
import os
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from typing import Any

import ray
from ray.exceptions import RayActorError, RayTaskError

from sdc.audio import Recording, load_recording
from sdc.errors import SDCError, SettingsError
from sdc.pipeline.log_lines import set_up_logging
from sdc.pipeline.parts import Parts, SessionOrder
from sdc.pipeline.steps import collect_inputs
from sdc.scale.ray_place import Told, settings_here
from sdc.scale.steps import broke_off, carry_out, record_of
from sdc.scale.task import Record, Task
from sdc.scale.worker import OpenParts
from sdc.store.jobs import Job
from sdc.transcribe.transcript import Progress, Transcriber, Transcript

ASK_EVERY_S = 0.5
"""So often a worker that waits for words looks whether it is to stop."""
EAR_COMES_BACK_S = 1.0

log = logging.getLogger(__name__)


class Worker:
    """Does one task at a time; ``stop`` is called beside it.

    Parameters
    ----------
    owner : str
        Its name in the job table.
    told : Told
    open_parts : callable
        ``sdc.app.build_app``.
    """

    def __init__(self, owner: str, told: Told, open_parts: OpenParts) -> None:
        self._owner, self._told, self._open_parts = owner, told, open_parts
        self._stop, self._ends = threading.Event(), ExitStack()

    def ready(self) -> SDCError | None:
        """Open the store; return why that is not possible here (Ray keeps no error of an actor's own start)."""
        try:
            self._parts = self._ends.enter_context(_opened(self._told, self._open_parts))
        except SDCError as error:
            return error
        return None

    def work(self, job_id: str, task: Task, ears: Sequence[Any]) -> Record:
        """Claim a job and work on it; at this boundary any exception becomes its record."""
        try:
            job = self._parts.jobs.claim_this(job_id, self._owner)
            if job is None:
                return self._as_it_stands(job_id, task)
            return carry_out(self._with_ears(job, ears), job, task, self._stop)
        except Exception as error:
            log.exception("job %s broke [batch.crashed]", job_id)  # a task's name may be a child's
            return broke_off(task, error)

    def _as_it_stands(self, job_id: str, task: Task) -> Record:
        job = self._parts.jobs.get(job_id)
        return record_of(job, task, self._parts.repository.child(job.child_id).name)

    def _with_ears(self, job: Job, ears: Sequence[Any]) -> Parts:
        media = collect_inputs(SessionOrder.of_job(job), self._parts.repository).media if ears else None
        return self._parts if media is None else replace(self._parts, transcriber=FarTranscriber(ears, media.key))

    def stop(self) -> None:
        """Let the job be given back at its next report."""
        self._stop.set()

    def close(self) -> None:
        """Let go of the store."""
        self._ends.close()


class Ear:
    """Holds a model and transcribes one recording at a time.

    Parameters
    ----------
    told : Told
    open_parts : callable
    limit_s : float
        What takes longer ends this process; Ray starts another one.
    """

    def __init__(self, told: Told, open_parts: OpenParts, limit_s: float) -> None:
        self._told, self._open_parts, self._limit_s = told, open_parts, limit_s
        self._ends, self._opened = ExitStack(), list[Parts]()

    def hear(self, key: str) -> Iterator[Transcript | None]:
        """Yield None when the work begins, then what was said in the recording that lies under a key."""
        watch = threading.Timer(self._limit_s, os._exit, (1,))  # a decoder that hangs hears nothing else
        watch.daemon = True
        watch.start()
        try:
            yield None
            if not self._opened:
                self._opened.append(self._ends.enter_context(_opened(self._told, self._open_parts)))
            yield self._heard(key, self._opened[0])
        finally:
            watch.cancel()

    def _heard(self, key: str, parts: Parts) -> Transcript:
        limits = {"limit_s": parts.settings.max_recording_s, "long_s": parts.settings.long_recording_s}
        with parts.repository.lend(key) as path:
            return parts.transcriber.transcribe(load_recording(path, **limits))


class FarTranscriber(Transcriber):
    """Lets an ear transcribe one recording, by its key.

    Parameters
    ----------
    ears : sequence of actor handles
    key : str
        Of the recording's blob.
    """

    is_remote = False

    def __init__(self, ears: Sequence[Any], key: str) -> None:
        self._ear, self._key = ears[zlib.crc32(key.encode()) % len(ears)], key

    def transcribe(self, recording: Recording, *, on_progress: Progress | None = None) -> Transcript:
        """Wait for the words; see ``Transcriber``. An ear that is lost before it began is asked again."""
        while True:
            try:
                words = self._ear.hear.remote(self._key)
                self._next(words, on_progress)
            except RayActorError:  # lost with another recording in hand: this one did no harm
                threading.Event().wait(EAR_COMES_BACK_S)
                _told(on_progress)
                continue
            try:
                transcript: Transcript = self._next(words, on_progress)
                return transcript
            except RayActorError as error:
                raise SDCError(
                    "The process that transcribed it died.",
                    code="batch.worker-died",
                    hint="Check the recording with another program; the machine or its GPU may lack memory.",
                ) from error

    def _next(self, words: Any, on_progress: Progress | None) -> Any:
        while not ray.wait([words], timeout=ASK_EVERY_S)[0]:
            _told(on_progress)
        try:
            return ray.get(next(words))
        except RayTaskError as error:
            raise (error.cause if isinstance(error.cause, SDCError) else error) from None


def _told(on_progress: Progress | None) -> None:
    if on_progress is not None:
        on_progress("transcribing", 0.0)


def _opened(told: Told, open_parts: OpenParts) -> AbstractContextManager[Parts]:
    check_guarded()
    settings = settings_here(told)
    set_up_logging(settings.log_format, settings.log_level)
    return open_parts(settings)


def check_guarded() -> None:
    """Refuse a cluster that anybody in its network could use.

    Raises
    ------
    SettingsError
        ``batch.ray-open``.
    """
    if os.environ.get("RAY_AUTH_MODE") != "token":
        raise SettingsError(
            "The Ray cluster asks nobody for a token, so that anybody in its network could run code there.",
            code="batch.ray-open",
            hint="Start its nodes with recipes/ray-node.sh, or with RAY_AUTH_MODE=token.",
        )
