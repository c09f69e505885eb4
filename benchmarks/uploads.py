"""Memory and time of uploads: a real server process, files of 60 and 240 MB, plain and sealed blobs.

    python benchmarks/uploads.py [--s3]

Prints, for each way of sending, the server's largest resident memory above its base while the
file travels, and MB/s. ``--s3`` keeps the blobs in moto's S3 server (a process of its own).
The file must not matter: what grows with its size is a fault.
"""

from __future__ import annotations

import argparse
import base64
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx

SIZES_MB = (60, 240)
PIECE_BYTES = 8 << 20
CHUNK_BYTES = 1 << 18
LIMIT_MB = 100


def content(start: int, end: int) -> Iterator[bytes]:
    """Give bytes that never repeat, without keeping them."""
    for at in range(start, end, CHUNK_BYTES):
        yield at.to_bytes(8, "big") * (min(CHUNK_BYTES, end - at) // 8)


def whole(client: httpx.Client, child: str, size: int) -> None:
    """Send a file in one go."""
    params = {"child_id": child, "filename": "visit.wav"}
    answer = client.put("/api/uploads", params=params, content=content(0, size))
    assert answer.status_code == 201, answer.text


def pieces(client: httpx.Client, child: str, size: int) -> None:
    """Send a file in pieces, as the dashboard does."""
    body = {"child_id": child, "filename": "visit.wav", "size": size}
    state = client.post("/api/uploads", json=body).json()
    while state["upload"] is None:
        start = state["offset"]
        data = content(start, min(size, start + PIECE_BYTES))
        answer = client.patch(f"/api/uploads/{state['id']}", params={"offset": start}, content=data)
        assert answer.status_code == 200, answer.text
        state = answer.json()


WAYS = {"in one go": whole, "in pieces": pieces}


class Memory:
    """The largest resident memory of a process while the block lasts, in MB."""

    def __init__(self, pid: int) -> None:
        self._status = Path(f"/proc/{pid}/status")
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.base_mb = self.largest_mb = self.now_mb()

    def now_mb(self) -> float:
        """Return what is resident now."""
        line = next(line for line in self._status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _watch(self) -> None:
        while not self._over.wait(0.005):
            self.largest_mb = max(self.largest_mb, self.now_mb())

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()


@contextmanager
def s3_settings() -> Iterator[dict[str, str]]:
    """Run moto's S3 server with a bucket."""
    import boto3

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:  # noqa: S603
        try:
            keys = {"aws_access_key_id": "k", "aws_secret_access_key": "s"}
            client = boto3.client("s3", endpoint_url=url, region_name="us-east-1", **keys)
            _until(lambda: client.create_bucket(Bucket="uploads"))
            yield {
                "SDC_BLOBS": "s3://uploads/benchmark",
                "SDC_S3_ENDPOINT": url,
                "SDC_S3_KEY_ID": "k",
                "SDC_S3_SECRET": "s",
            }
        finally:
            process.kill()


def _until(work) -> None:
    from botocore.exceptions import BotoCoreError

    for _ in range(100):
        try:
            work()
            return
        except BotoCoreError:
            time.sleep(0.1)
    raise SystemExit("the S3 server does not start")


@contextmanager
def server(settings: dict[str, str]) -> Iterator[tuple[int, httpx.Client]]:
    """Run ``sdc serve`` over a fresh store; lend its process id and a client that is signed in."""
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, **settings, "SDC_HOME": home, "SDC_PORT": "0"}
        command = [sys.executable, "-m", "sdc.cli", "serve"]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            assert process.stdout is not None
            try:
                line = next(line.strip() for line in process.stdout if "token=" in line)
                url = urlsplit(line[line.index("http") :].split()[0])
                with httpx.Client(base_url=f"http://{url.netloc}", headers={"X-SDC-Request": "1"}, timeout=120) as http:
                    http.post("/api/login", json={"token": parse_qs(url.query)["token"][0]}).raise_for_status()
                    yield process.pid, http
            finally:
                process.send_signal(signal.SIGINT)
                process.wait(20)


def measure(settings: dict[str, str], place: str) -> bool:
    """Print the table's rows of one blob store; return whether all stay under the limit."""
    good = True
    for way, send in WAYS.items():
        for size_mb in SIZES_MB:
            with server(settings) as (pid, client):
                child = client.post("/api/children", json={"name": "Mia"}).json()["id"]
                send(client, child, 1 << 20)  # what is loaded once is loaded
                begin = time.perf_counter()
                with Memory(pid) as memory:
                    send(client, child, size_mb * 1_000_000)
                took_s = time.perf_counter() - begin
            above = memory.largest_mb - memory.base_mb
            good &= above < LIMIT_MB
            print(
                f"| {place} | {way} | {size_mb} MB | {memory.base_mb:.0f} MB | {above:.1f} MB "
                f"| {size_mb / took_s:.0f} MB/s |",
                flush=True,
            )
    return good


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--s3", action="store_true", help="also with the blobs in moto's S3 server")
    arguments = parser.parse_args()
    print("| blobs | sent | file | server's base | largest above it | speed |\n|---|---|---|---|---|---|", flush=True)
    good = measure({}, "folder")
    good &= measure({"SDC_MASTER_KEY": base64.b64encode(os.urandom(32)).decode()}, "folder, sealed")
    if arguments.s3:
        with s3_settings() as settings:
            good &= measure(settings, "S3 (moto)")
    print(f"\n{'all' if good else 'NOT all'} under {LIMIT_MB} MB above the server's base")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
