"""Folders for files in work: whose they are, and when they go."""

import os
import signal
import subprocess
import sys

import pytest

from sdc.errors import NotFoundError
from sdc.store.folder import FolderBlobs
from sdc.store.work import WorkFolder, lend

HOLDS = """
import sys, time
from pathlib import Path
from sdc.store.work import WorkFolder
folder = WorkFolder(Path(sys.argv[1]))
(folder.path / "plain-recording").write_bytes(b"a child's voice")
print(folder.path.name, flush=True)
time.sleep(60)
"""


class FarBlobs(FolderBlobs):
    """Blobs that are no plain files."""

    def local_path(self, key):
        return None


@pytest.mark.skipif(os.name != "posix", reason="locks of POSIX")
def test_what_a_killed_process_left_is_removed_and_a_living_ones_stays(tmp_path):
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True) as process:
        try:
            name = process.stdout.readline().strip()
            mine = WorkFolder(tmp_path)
            assert (tmp_path / name / "plain-recording").exists()
            process.send_signal(signal.SIGKILL)
            process.wait()
            second = WorkFolder(tmp_path)
        finally:
            process.kill()
    assert {path.name for path in tmp_path.iterdir()} == {mine.path.name, second.path.name}
    mine.close()
    second.close()
    second.close()
    assert list(tmp_path.iterdir()) == []


def test_only_the_owner_reads_it(tmp_path):
    folder = WorkFolder(tmp_path / "tmp")
    assert {p.stat().st_mode & 0o777 for p in (tmp_path / "tmp", folder.path)} == {0o700}
    folder.close()


def test_a_blob_that_is_a_file_is_lent_as_it_is(tmp_path):
    blobs = FolderBlobs(tmp_path / "blobs")
    blobs.put_bytes("c1/a", b"x")
    with lend(blobs, "c1/a", tmp_path) as path:
        assert path == blobs.local_path("c1/a")


def test_any_other_is_copied_for_as_long_as_it_is_needed(tmp_path):
    blobs, data, work = FarBlobs(tmp_path / "blobs"), bytes(range(256)) * 10_000, WorkFolder(tmp_path / "tmp")
    blobs.put_bytes("c1/a", data)
    with pytest.raises(RuntimeError), lend(blobs, "c1/a", work.path) as path:
        assert path.parent == work.path
        assert path.read_bytes() == data
        assert path.stat().st_mode & 0o777 == 0o600
        raise RuntimeError
    with pytest.raises(NotFoundError), lend(blobs, "c1/b", work.path):
        pytest.fail("lent")
    assert [p.name for p in work.path.iterdir()] == ["lock"]
    work.close()
