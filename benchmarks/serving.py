"""A real server process over a store, and somebody signed in to it who asks without pause."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
from rows import process_cpu_s, process_peak_mb, share

WRITES = {"X-SDC-Request": "1"}
WIRE = Path(__file__).resolve().parents[1] / "tests" / "fakes" / "mongo_wire.py"
FLOOR = "/api/health"
"""The route that does nothing."""
TURN = 10
"""Requests of one kind in a row."""
IS_LONG_S = 12.0
"""A route that would take longer than this for all its requests is asked less often."""


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes
    ----------
    pid : int
    client : httpx.Client
        Signed in, where the server has no accounts.
    """

    pid: int
    client: httpx.Client

    @property
    def peak_mb(self) -> float:
        """The most memory that it ever held."""
        return process_peak_mb(self.pid)

    def sign_in(self, name: str, password: str) -> None:
        """Sign in with an account."""
        answer = self.client.post("/api/sign-in", json={"name": name, "password": password})
        answer.raise_for_status()


@contextmanager
def serving(home: Path, settings: dict[str, str] | None = None) -> Iterator[Server]:
    """Run ``sdc serve`` over a store, until the block ends."""
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": "0", **(settings or {})}
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        try:
            line = next(line for line in process.stdout if "http://" in line)
            url = urlsplit(line[line.index("http") :].split()[0])
            with httpx.Client(base_url=f"http://{url.netloc}", headers=WRITES, timeout=600) as client:
                if token := parse_qs(url.query).get("token"):
                    client.post("/api/login", json={"token": token[0]}).raise_for_status()
                yield Server(process.pid, client)
        finally:
            process.terminate()
            process.wait(30)


@dataclass(frozen=True)
class Asked:
    """How a route answered.

    Attributes
    ----------
    p50_ms, p95_ms : float
        On the clock, one request after the other.
    cpu_ms, cpu_p95_ms : float
        Processor time of the server for one request, lower quartile and 95 %: what disturbs a request only adds to it.
    floor_ms : float
        The same, lower quartile, of the route that does nothing, asked in between.
    per_s : float
        Requests a second, four people at a time.
    bytes : float
        Of an answer, on average.
    """

    p50_ms: float
    p95_ms: float
    cpu_ms: float
    cpu_p95_ms: float
    floor_ms: float
    per_s: float
    bytes: float


def ask(server: Server, paths: Sequence[str], n: int, together_s: float = 2.0) -> Asked:
    """Ask for paths in turn: ``n`` times one after the other, then four at a time.

    Before every ten requests the route that does nothing is asked as often, so that a slow minute of the machine
    falls on both.
    """
    one = Person(server)
    used_ms, took, length = one.weighed(paths[0])  # warm
    if took > IS_LONG_S:  # once is enough to tell that it is slow
        floor_ms, *_ = one.weighed(FLOOR)
        return Asked(1000 * took, 1000 * took, used_ms, used_ms, floor_ms, 1 / took, length)
    n = max(5, min(n, int(IS_LONG_S / took)))
    clock, processor, floor, size = [], [], [], 0
    for number, path in enumerate(islice(cycle(paths), n)):
        if number % TURN == 0:
            floor += [one.weighed(FLOOR)[0] for _ in range(TURN)]
        used_ms, took, length = one.weighed(path)
        processor.append(used_ms)
        clock.append(1000 * took)
        size += length
    per_s = together(server, paths, together_s)
    used = share(processor, 0.25), share(processor, 0.95), share(floor, 0.25)
    return Asked(share(clock, 0.5), share(clock, 0.95), *used, per_s, size / n)


def together(server: Server, paths: Sequence[str], seconds: float, people: int = 4) -> float:
    """Return how many requests a second several people get answered."""
    done: list[int] = []
    end = time.perf_counter() + seconds

    def work(shift: int) -> None:
        person, n = Person(server), 0
        for path in islice(cycle(paths), shift, None):
            person.get(path)
            n += 1
            if time.perf_counter() > end:
                break
        done.append(n)

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(k,)) for k in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / (time.perf_counter() - began)


class Person:
    """One connection that stays open; the client's own cost is small beside httpx's."""

    def __init__(self, server: Server) -> None:
        url = server.client.base_url
        self._pid = server.pid
        self._connection = http.client.HTTPConnection(url.host, url.port, timeout=600)
        cookies = "; ".join(f"{name}={value}" for name, value in server.client.cookies.items())
        self._headers = {**WRITES, "Cookie": cookies}

    def weighed(self, path: str) -> tuple[float, float, int]:
        """Ask for a path; return the server's processor time (ms), seconds on the clock, and bytes."""
        began = process_cpu_s(self._pid)
        took, length = self.get(path)
        return 1000 * (process_cpu_s(self._pid) - began), took, length

    def get(self, path: str) -> tuple[float, int]:
        """Ask for a path; return seconds and bytes."""
        began = time.perf_counter()
        self._connection.request("GET", path, headers=self._headers)
        answer = self._connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        if answer.status != http.client.OK:
            raise SystemExit(f"{path}: {answer.status} {body[:300]!r}")
        return took, len(body)


@contextmanager
def wire() -> Iterator[str]:
    """Run the tests' fake of a MongoDB in a process of its own; yield the address of a store in it."""
    with subprocess.Popen([sys.executable, str(WIRE)], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        try:
            yield f"{process.stdout.readline().strip()}/sdc"
        finally:
            process.terminate()
