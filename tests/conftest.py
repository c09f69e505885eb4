"""Fixtures that all tests share."""

import base64
import hashlib
import os
import runpy
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from fakes.mongo_wire import fake_mongo
from fakes.s3_server import KEY_ID, REGION, SECRET, FakeS3, fake_s3

# Engines with torch have their own environment: `make test-extras` runs these, and CI fails where it does not.
collect_ignore = [] if find_spec("torch") and find_spec("transformers") else ["extras"]
# Ray has its own environment and a network of its own: `make test-ray`.
collect_ignore += [] if find_spec("ray") else ["cluster"]

settings.register_profile("sdc", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("sdc")


ON_THE_WIRE = os.environ.get("SDC_TEST_DOCUMENTS") == "wire"
"""Whether stores that tests open keep their documents in a fake MongoDB instead of SQLite."""


@pytest.fixture(scope="session", autouse=ON_THE_WIRE)
def address_on_the_wire() -> Iterator[Callable[[Path], str]]:
    """Open stores in a fake MongoDB, each home's in a database of its own; return home → address."""
    from sdc import app
    from sdc.settings import Settings
    from sdc.store.documents import Documents
    from sdc.store.mongo import MongoDocuments

    with fake_mongo() as server, pytest.MonkeyPatch.context() as patch:

        def name(home: Path) -> str:
            return "home-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:20]

        def open_documents(settings: Settings) -> MongoDocuments:
            """Open a home's database; where the folder is the copy of another home, that one's is copied too."""
            here, mark = name(settings.home), settings.home / "documents-on-the-wire"
            if mark.exists() and mark.read_text() != here:
                server.copy_database(mark.read_text(), here)
            mark.touch(0o600)
            mark.write_text(here)
            return MongoDocuments(f"{server.url}/{here}", wait_s=10)

        def open_named(settings: Settings) -> Documents:
            """Open what a command was told in the environment."""
            own = settings.documents == address(settings.home)
            return open_documents(settings) if own else app._in_mongodb(settings)

        def address(home: Path) -> str:
            return f"{server.url}/{name(home)}"

        patch.setitem(app.DOCUMENTS, "", open_documents)
        patch.setitem(app.DOCUMENTS, "mongodb", open_named)
        yield address


@pytest.fixture(autouse=ON_THE_WIRE)
def home_on_the_wire(
    address_on_the_wire: Callable[[Path], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    """Let commands and processes of this test find the documents of its home."""
    if request.node.get_closest_marker("embedded"):
        from sdc import app

        monkeypatch.setitem(app.DOCUMENTS, "", app._in_sqlite)
        return
    monkeypatch.setenv("SDC_DOCUMENTS", address_on_the_wire(tmp_path / "home"))


IN_S3 = os.environ.get("SDC_TEST_BLOBS") == "s3"
"""Whether stores that tests open keep their blobs in a fake S3 instead of a folder."""


@pytest.fixture(scope="session", autouse=IN_S3)
def address_in_s3(s3: FakeS3) -> Iterator[Callable[[Path], dict[str, str]]]:
    """Open stores in a fake S3, each home's under a prefix of its own; return home → its settings."""
    from sdc import app
    from sdc.settings import Settings
    from sdc.store.blobs import Blobs
    from sdc.store.s3 import Bucket, S3Blobs

    bucket = s3.new_bucket()

    def prefix(home: Path) -> str:
        return "home-" + hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:20]

    def open_blobs(settings: Settings) -> S3Blobs:
        """Open a home's prefix; where the folder is the copy of another home, that one's is copied too."""
        here, mark = prefix(settings.home), settings.home / "blobs-in-s3"
        if mark.exists() and mark.read_text() != here:
            s3.copy(bucket, mark.read_text(), here)
        mark.touch(0o600)
        mark.write_text(here)
        return S3Blobs(Bucket(bucket, here, s3.url, REGION, KEY_ID, SECRET), wait_s=10)

    def open_named(settings: Settings) -> Blobs:
        """Open what a command was told in the environment."""
        own = settings.blobs == f"s3://{bucket}/{prefix(settings.home)}"
        return open_blobs(settings) if own else app._in_s3(settings)

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(app.BLOBS, "", open_blobs)
        patch.setitem(app.BLOBS, "s3", open_named)
        yield lambda home: {
            "SDC_BLOBS": f"s3://{bucket}/{prefix(home)}",
            "SDC_S3_ENDPOINT": s3.url,
            "SDC_S3_REGION": REGION,
            "SDC_S3_KEY_ID": KEY_ID,
            "SDC_S3_SECRET": SECRET,
        }


@pytest.fixture(autouse=IN_S3)
def home_in_s3(
    address_in_s3: Callable[[Path], dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let commands and processes of this test find the blobs of its home."""
    for name, value in address_in_s3(tmp_path / "home").items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def live_in(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Callable[[Path], None]:
    """Let commands and processes of this test use another home than ``tmp_path / "home"``."""

    def move(home: Path) -> None:
        monkeypatch.setenv("SDC_HOME", str(home))
        if ON_THE_WIRE:
            monkeypatch.setenv("SDC_DOCUMENTS", request.getfixturevalue("address_on_the_wire")(home))
        if IN_S3:
            for name, value in request.getfixturevalue("address_in_s3")(home).items():
                monkeypatch.setenv(name, value)

    return move


SEALED = os.environ.get("SDC_TEST_SEALED") == "1"
"""Whether stores that tests open are sealed where nothing else is said."""
MASTER_KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(scope="session", autouse=SEALED)
def master_key_of_all() -> Iterator[None]:
    """Open stores with a master key."""
    from sdc import app

    read = app.read_master_key
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app, "read_master_key", lambda key, file: read(key if key or file else MASTER_KEY, file))
        yield


@pytest.fixture(autouse=SEALED)
def master_key_of_commands(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let commands and processes find the key; a test that is about plain stores has none."""
    from sdc import app
    from sdc.store.master_key import read_master_key

    with pytest.MonkeyPatch.context() as patch:  # of its own: a test may undo what it changed
        if request.node.get_closest_marker("plain"):
            patch.setattr(app, "read_master_key", read_master_key)
        else:
            patch.setenv("SDC_MASTER_KEY", MASTER_KEY)
        yield


def find_shared() -> Path | None:
    """Return the shared folder beside the project (or beside a folder above it), if it is there."""
    for parent in Path(__file__).resolve().parents:
        candidate = parent / "shared" / "data"
        if candidate.is_dir():
            return parent / "shared"
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared folder (documents, norms, data); a test that asks for it is left out where it is absent."""
    found = find_shared()
    assert found is not None
    return found


@pytest.fixture(scope="session")
def shared_data(shared: Path) -> Path:
    """Return shared/data."""
    return shared / "data"


@pytest.fixture(scope="session")
def s3() -> Iterator[FakeS3]:
    """Return an S3 server on loopback; each test makes a bucket of its own."""
    with fake_s3() as server:
        yield server


@pytest.fixture(scope="session")
def tiny_whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a Whisper model with made-up weights: real shape, real engine, always the same words."""
    script = Path(__file__).parents[1] / "scripts" / "make_tiny_whisper.py"
    make = runpy.run_path(str(script))["make_tiny_whisper"]
    return make(tmp_path_factory.mktemp("models") / "tiny-whisper")


def pytest_report_header() -> str:
    """Say whether the tests on real transcripts and recordings run."""
    found = find_shared()
    return f"shared test data: {'beside the project' if found else 'absent; the tests that read it are left out'}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests on shared data where there is none: a clean clone has nothing to hide there."""
    if find_shared() is not None:
        return
    without = [item for item in items if {"shared", "shared_data"} & set(getattr(item, "fixturenames", ()))]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if item not in without]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Turn skips into failures where SDC_TEST_NO_SKIPS is set, so that CI cannot hide a check."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("SDC_TEST_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where skips are refused: {call.excinfo.value if call.excinfo else item.name}"
