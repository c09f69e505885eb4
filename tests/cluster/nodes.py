"""A node of Ray as a person starts it, and what can befall it."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ADDRESS = "127.0.0.1:6379"
START_S = 120


@dataclass
class Node:
    """A node, as `recipes/ray-node.sh` starts it."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_up(self) -> bool:
        """Whether Ray says that it runs."""
        return "Ray runtime started" in self.log.read_text()

    def descendants(self) -> list[int]:
        """Return the ids of all its processes; those of its workers last."""
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
            except OSError:  # it has ended meanwhile
                continue
        found = [self.process.pid]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found

    def workers(self) -> list[int]:
        """Return the ids of the processes that work on sessions."""
        return [pid for pid in self.descendants() if _command(pid).startswith("ray::Worker")]

    def lose(self) -> None:
        """End all that runs on it, as when its power is cut."""
        for pid in self.descendants():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(START_S)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.lose()


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def wait_for(is_so: Callable[[], bool], why: Callable[[], str] = lambda: "") -> None:
    """Wait until something is so; fail when it does not come."""
    deadline = time.monotonic() + START_S
    while not is_so():
        assert time.monotonic() < deadline, why()
        time.sleep(0.05)
