"""A process that works on the jobs of a store and is killed some moments after a certain write.

``worker_process.py HOME DOCUMENTS WRITES DELAY_S``: SIGKILL comes ``DELAY_S`` after the write of
that number began, whatever is being done then.
"""

import os
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import sdc.app
from sdc.pipeline.worker import Workers
from sdc.settings import read_settings
from sdc.store.documents import Documents

WRITES = ("insert_one", "replace_one", "find_one_and_update", "delete_one")


class Doomed:
    """Documents that end their process."""

    def __init__(self, inner: Documents, writes: int, delay_s: float) -> None:
        self._inner, self._left, self._delay_s = inner, writes, delay_s

    def set(self, writes: int, delay_s: float) -> None:
        """Let the doom begin now."""
        self._left, self._delay_s = writes, delay_s

    def __getattr__(self, name: str) -> Any:
        if name in WRITES:
            self._left -= 1
            if self._left == 0:
                threading.Timer(self._delay_s, os.kill, (os.getpid(), signal.SIGKILL)).start()
        return getattr(self._inner, name)


def main() -> None:
    home, documents, writes, delay_s = sys.argv[1:]
    store = sdc.app.open_documents
    sdc.app.open_documents = lambda settings: Doomed(store(settings), int(writes), float(delay_s))
    # The rest from the environment: where the tests keep their blobs in S3, this process does too.
    app = sdc.app.build_app(replace(read_settings(), home=Path(home), documents=documents, job_lease_s=0.5))
    with Workers(app.jobs, app.process):
        threading.Event().wait()


if __name__ == "__main__":
    main()
