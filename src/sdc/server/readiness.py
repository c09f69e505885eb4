"""Whether the parts that a server leans on answer, asked with a short limit and never twice at once."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from typing import Any

from sdc.app import App
from sdc.errors import SDCError
from sdc.pipeline.worker import Workers
from sdc.store.jobs import JOBS, Queue

log = logging.getLogger(__name__)

LIMIT_S = 2.0
"""A part that has not answered by then is not ready."""
KEEP_S = 1.0
"""So long an answer is kept: the route is open, and asking it a thousand times must not load the store."""

QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found.

    Attributes
    ----------
    troubles : dict[str, str or None]
        Part → why it is not ready: an error's code, its class, or that it did not answer; never its words.
    queue : Queue or None
        None where the store did not answer.
    """

    troubles: dict[str, str | None]
    queue: Queue | None

    @property
    def is_ready(self) -> bool:
        """Whether every part answers."""
        return not any(self.troubles.values())


class Readiness:
    """Asks each part in a thread of its own; one that hangs is not asked again until it has answered.

    Parameters
    ----------
    parts : Mapping[str, callable]
        Each returns what it found, or raises.
    limit_s, keep_s : float
    """

    def __init__(
        self, parts: Mapping[str, Callable[[], Any]], *, limit_s: float = LIMIT_S, keep_s: float = KEEP_S
    ) -> None:
        self._parts = dict(parts)
        self._limit_s, self._keep_s = limit_s, keep_s
        self._asked: dict[str, Future[Any]] = {}
        self._lock = threading.Lock()
        self._seen: tuple[float, Seen] | None = None

    def look(self) -> Seen:
        """Return what each part answers; takes ``limit_s`` at most."""
        with self._lock:  # whoever asks meanwhile gets the same answer
            if self._seen is None or time.monotonic() - self._seen[0] > self._keep_s:
                seen = self._ask()
                self._seen = time.monotonic(), seen
            return self._seen[1]

    def _ask(self) -> Seen:
        for name, ask in self._parts.items():
            if name not in self._asked:
                self._asked[name] = _in_a_thread(name, ask)
        wait_for(self._asked.values(), timeout=self._limit_s)
        answered = {name: self._asked.pop(name) for name in self._parts if self._asked[name].done()}
        troubles = {name: self._trouble(answered.get(name)) for name in self._parts if name != QUEUE}
        queue = answered.get(QUEUE)
        return Seen(troubles, queue.result() if queue is not None and queue.exception() is None else None)

    def _trouble(self, answer: Future[Any] | None) -> str | None:
        if answer is None:
            return f"no answer within {self._limit_s:g} s"
        error = answer.exception()
        if error is None:
            return None
        return error.code if isinstance(error, SDCError) else type(error).__name__


def _in_a_thread(name: str, ask: Callable[[], Any]) -> Future[Any]:
    """Ask in a thread that keeps nobody from stopping when it hangs."""
    answer: Future[Any] = Future()

    def run() -> None:
        try:
            answer.set_result(ask())
        except SDCError as error:
            answer.set_exception(error)
        except Exception as error:  # the boundary of this thread; who asks is told the class
            log.exception("a part of the server broke when it was asked [readiness.broken]")
            answer.set_exception(error)

    threading.Thread(target=run, name=f"readiness-{name}", daemon=True).start()
    return answer


def parts_of(app: App, workers: Callable[[], Workers | None]) -> dict[str, Callable[[], Any]]:
    """Return what a server asks: the documents, the blobs, its workers, and how long the queue is."""

    def worker() -> None:
        running = workers()
        if running is None or running.n_alive == 0:
            raise SDCError("No worker runs.", code="worker.none")

    return {
        "documents": lambda: app.documents.find_one(JOBS, {"_id": "none"}),
        "blobs": lambda: next(app.blobs.keys("none/"), None),
        "worker": worker,
        QUEUE: app.jobs.queue,
    }
