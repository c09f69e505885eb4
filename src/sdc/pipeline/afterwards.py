"""Work that nobody waits for: done in a thread of its own, after the answer."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from sdc.errors import SDCError

log = logging.getLogger(__name__)


class Afterwards:
    """Does one piece of work after the other; of what waits under one key the newest is done.

    It may be lost: whoever orders work finds out, after a kill, that it was not done.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: dict[str, Callable[[], object]] = {}
        self._is_busy = False

    def put(self, key: str, work: Callable[[], object]) -> None:
        """Order work, in place of what waits under the key."""
        with self._changed:
            self._waiting[key] = work
            if not self._is_busy:
                self._is_busy = True
                threading.Thread(target=self._work, name="afterwards", daemon=True).start()

    def wait(self) -> None:
        """Return when nothing is left to do."""
        with self._changed:
            self._changed.wait_for(lambda: not self._is_busy)

    def _work(self) -> None:
        try:
            while (work := self._next()) is not None:
                try:
                    work()
                except SDCError as error:  # the child was erased meanwhile, the store is away: nobody is there to tell
                    log.warning("work after an answer was not done: %s [%s]", error, error.code)
        except BaseException:
            with self._changed:  # or it would be waited for without end
                self._is_busy = False
                self._changed.notify_all()
            raise

    def _next(self) -> Callable[[], object] | None:
        with self._changed:
            if not self._waiting:
                self._is_busy = False
                self._changed.notify_all()
                return None
            return self._waiting.pop(next(iter(self._waiting)))
