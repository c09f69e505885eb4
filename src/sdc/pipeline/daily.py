"""What a server does once a day beside its jobs."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from types import TracebackType

EVERY_S = 24 * 3600.0
AGAIN_S = 600.0
STOP_S = 5.0

log = logging.getLogger(__name__)


class Daily:
    """A thread that does something when the block begins and once a day while it lasts.

    Parameters
    ----------
    work : callable
        May be cut off by the end of the process; it is begun again another day.
    every_s : float
    again_s : float
        After trouble it is tried again this much later.
    """

    def __init__(self, work: Callable[[], object], *, every_s: float = EVERY_S, again_s: float = AGAIN_S) -> None:
        self._work, self._every_s, self._again_s = work, every_s, again_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily", daemon=True)

    def _run(self) -> None:
        pause = 0.0
        while not self._stop.wait(pause):
            try:
                self._work()
                pause = self._every_s
            except Exception:  # the server outlives trouble with the store
                log.exception("the daily work broke off [daily.broken]")
                pause = min(self._again_s, self._every_s)

    def __enter__(self) -> Daily:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(STOP_S)
