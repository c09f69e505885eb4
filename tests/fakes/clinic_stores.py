"""Run a command as a clinic would: documents in a fake MongoDB and blobs in a fake S3, each a process of its own.

``python tests/fakes/clinic_stores.py COMMAND…`` sets SDC_DOCUMENTS, SDC_BLOBS and a new SDC_HOME for
the command, says how long it took and what it left where, and ends with its exit status; or with 1
where it kept nothing in the fakes, or something in the folder.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from fakes.s3_server import KEY_ID, REGION, SECRET, FakeS3  # noqa: E402

STOP_S = 10


@contextmanager
def server(script: str) -> Iterator[str]:
    """Run a fake as a process while the block lasts; return the address that it prints."""
    process = subprocess.Popen([sys.executable, str(HERE / script)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = process.stdout.readline().strip()
        assert address, f"{script} did not start"
        yield address
    finally:
        process.terminate()
        process.wait(STOP_S)
        process.stdout.close()


def settings(home: Path, mongo: str, s3: FakeS3) -> dict[str, str]:
    """Return the environment of a command whose store lies in both."""
    return {
        "SDC_HOME": str(home),
        "SDC_DOCUMENTS": f"{mongo}/clinic",
        "SDC_BLOBS": f"s3://{s3.new_bucket()}/clinic",
        "SDC_S3_ENDPOINT": s3.url,
        "SDC_S3_REGION": REGION,
        "SDC_S3_KEY_ID": KEY_ID,
        "SDC_S3_SECRET": SECRET,
    }


def kept(environment: dict[str, str], s3: FakeS3) -> tuple[int, int, list[str]]:
    """Return how many sessions and blobs the fakes hold, and what of a store lies in the folder."""
    import pymongo

    with pymongo.MongoClient(environment["SDC_DOCUMENTS"]) as client:
        n_sessions = client.get_default_database()["sessions"].count_documents({})
    bucket = environment["SDC_BLOBS"].split("/")[2]
    n_blobs = s3.client().list_objects_v2(Bucket=bucket)["KeyCount"]
    home = Path(environment["SDC_HOME"])
    return n_sessions, n_blobs, [name for name in ("sdc.sqlite3", "blobs") if (home / name).exists()]


def main(command: list[str]) -> int:
    began = time.monotonic()
    with server("mongo_wire.py") as mongo, server("s3_server.py") as address, TemporaryDirectory() as folder:
        s3 = FakeS3(address)
        environment = settings(Path(folder) / "home", mongo, s3)
        status = subprocess.run(command, env=os.environ | environment, check=False).returncode
        n_sessions, n_blobs, strays = kept(environment, s3)
    told = (
        f"{n_sessions} sessions in the fake MongoDB, {n_blobs} blobs in the fake S3, {strays or 'nothing'} in SDC_HOME"
    )
    print(f"{time.monotonic() - began:.0f} s: {told}", flush=True)  # noqa: T201
    return status or int(not n_sessions or not n_blobs or bool(strays))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
