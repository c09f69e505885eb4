"""Two nodes of Ray in a network of their own, and the stores of a clinic on its loopback. Run by `make test-ray`."""

import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

import wav
from cluster.nodes import ADDRESS, Node, wait_for
from fakes.clinic_stores import server
from fakes.clinic_stores import settings as clinic_settings
from fakes.s3_server import FakeS3
from sdc.app import App, build_app
from sdc.settings import read_settings

os.environ["RAY_AUTH_MODE"] = "token"  # read once, when Ray is imported: here by the tests' own imports
ROOT = Path(__file__).resolve().parents[2]
SMALL = ("--num-cpus=1", "--object-store-memory=100000000", "--include-log-monitor=false")


@pytest.fixture(scope="session", autouse=True)
def private_network() -> None:
    """Fail where anything but loopback is there: Ray is not started where others could reach it."""
    names = {name for _, name in socket.if_nameindex()}
    assert names == {"lo"}, f"Ray's tests run in a network of their own (`make test-ray`); here are {sorted(names)}."


@dataclass
class Cluster:
    """Two nodes of one core each, and what a command needs to use them."""

    head: Node
    second: Node
    environment: dict[str, str]
    taken: Path


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, tiny_whisper: Path) -> Iterator[dict[str, str]]:
    """Variables that hold the settings of a store in a fake MongoDB and a fake S3, and of the cluster."""
    folder = tmp_path_factory.mktemp("cluster")
    token = folder / "token"
    token.write_text(secrets.token_hex(32))
    with server("mongo_wire.py") as mongo, server("s3_server.py") as s3:
        yield {
            **clinic_settings(folder / "home", mongo, FakeS3(s3)),
            "SDC_WHISPER_MODEL": str(tiny_whisper),
            "SDC_TEST_TAKEN": str(folder / "taken"),
            "RAY_AUTH_TOKEN_PATH": str(token),
            "PYTHONPATH": str(ROOT / "tests"),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }


@pytest.fixture(scope="session")
def cluster(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("nodes")
    with ExitStack() as ends:

        def start(name: str, *where: str) -> Node:
            own = environment | {"SDC_HOME": str(folder / name)}
            command = [str(ROOT / "recipes/ray-node.sh"), *where, "127.0.0.1", *SMALL]
            log = folder / f"{name}.log"
            with log.open("wb") as file:
                process = subprocess.Popen(
                    command, env=os.environ | own, stdout=file, stderr=file, start_new_session=True
                )
            node = Node(process, log)
            ends.callback(node.stop)
            wait_for(lambda: node.is_up or process.poll() is not None, log.read_text)
            return node

        def up(name: str, *where: str) -> Node:
            """Start it again where Ray has given up: it waits half a minute, whatever else the machine does."""
            for _ in range(3):
                node = start(name, *where)
                if node.is_up:
                    return node
            pytest.fail(node.log.read_text())

        head = up("head", "head")
        second = up("second", "join", ADDRESS)
        yield Cluster(head, second, environment, Path(environment["SDC_TEST_TAKEN"]))


@pytest.fixture
def clinic(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """The store that cluster and command share, open."""
    for name, value in environment.items():
        if name != "PATH":
            monkeypatch.setenv(name, value)
    with build_app(read_settings()) as app:
        yield app


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., Path]:
    """Write transcripts of one child: number ``i`` holds an utterance of ``i % 5 + 1`` words."""

    def make(child: str, count: int) -> Path:
        folder = tmp_path / "corpus" / child
        folder.mkdir(parents=True)
        for number in range(count):
            words = " ".join(["cat", "dog", "cow", "pig", "hen"][: number % 5 + 1])
            lines = (*HEAD, f"*CHI:\t{words} .", f"*MOT:\tnumber {'s' * number} ?", "@End")
            (folder / f"visit{number}.cha").write_text("\n".join(lines) + "\n")
        return folder.parent

    return make


HEAD = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Date:\t02-MAR-2026",
)


@pytest.fixture(scope="session")
def tone() -> bytes:
    """A second of a tone at 300 Hz, as a wav file."""
    return wav.tone(1.0)
