"""Recordings that are kept for too long go; transcripts and measures stay."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from sdc.pipeline.daily import Daily
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.pipeline.retention import apply_retention, expired, recordings_due
from sdc.store.consents import Purpose
from sdc.store.records import SessionEntry


def entry(added_at, tracks="c/1"):
    return SessionEntry("s", "c", "x.cha", "chat", tracks=tracks, added_at=added_at)


@pytest.mark.parametrize(
    ("added_at", "days", "is_due"),
    [
        ("2026-03-01T23:59:59.999Z", 30, False),
        ("2026-03-01T00:00:00.000Z", 29, True),
        ("2026-02-28T23:59:59.999Z", 30, True),
        ("2026-03-31T00:00:00.000Z", 1, False),
        ("2027-01-01T00:00:00.000Z", 1, False),
    ],
)
def test_what_is_due(added_at, days, is_due):
    assert bool(expired([entry(added_at)], days, date(2026, 3, 31))) == is_due


def test_a_session_without_sound_is_never_due():
    assert expired([entry("2020-01-01T00:00:00.000Z", tracks=None)], 1, date(2026, 3, 31)) == []


@pytest.fixture
def mia(app, folder):
    """A child with a session that has a recording and one that has none."""
    child = app.repository.add_child("Mia")
    add_paths(app, [folder / "visit.cha", folder / "alone.cha"], child, Given())
    return child


@pytest.fixture
def folder(tmp_path, cha, wav):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "visit.cha").write_bytes(cha())
    (folder / "visit.wav").write_bytes(wav)
    (folder / "alone.cha").write_bytes(cha(line="a bird", media="none"))
    return folder


def day_added(app, child):
    """The day on which the child's sessions were added, which may be yesterday when a test runs past midnight."""
    return max(date.fromisoformat(e.added_at[:10]) for e in app.repository.session_entries(child.id))


def kept(app, child):
    return sum(1 for e in app.repository.session_entries(child.id) if e.sound_keys)


def test_recordings_go_after_the_days_that_were_agreed(app, mia):
    added = day_added(app, mia)
    before = {e.id: app.repository.session(e.id) for e in app.repository.session_entries(mia.id)}
    assert recordings_due(app, added + timedelta(days=9999)) == []  # nobody said how long
    app.consents.grant(mia.id, Purpose.STORE_RECORDING, by="mother", retention_days=30)
    assert apply_retention(app, actor="cli", today=added + timedelta(days=30)) == []
    assert kept(app, mia) == 1
    (due,) = recordings_due(app, added + timedelta(days=31))
    assert (due.child, len(due.entries), kept(app, mia)) == (mia, 1, 1)
    assert apply_retention(app, actor="cli", today=added + timedelta(days=31)) == [due]
    assert kept(app, mia) == 0
    assert sum(1 for _ in app.blobs.keys(f"{mia.id}/")) == 2  # the transcripts as they were handed in
    after = {e.id: app.repository.session(e.id) for e in app.repository.session_entries(mia.id)}
    for identity, stored in after.items():
        assert (stored.session, stored.analysis) == (before[identity].session, before[identity].analysis)
        assert stored.entry.measures == before[identity].entry.measures
    lines = [(line.action, line.object_id) for line in app.audit.lines(child_id=mia.id)]
    assert ("recording.expire", due.entries[0].id) in lines
    assert apply_retention(app, actor="cli", today=added + timedelta(days=31)) == []


def test_a_recording_that_became_no_session_goes_too(app, mia, folder):
    """Of two that were handed in, the older goes; its bytes stay where the same file came again later."""
    loud, quiet = folder / "loud.wav", folder / "quiet.wav"
    loud.write_bytes(b"loud")
    quiet.write_bytes(b"quiet")
    old = [app.repository.upload_file(mia.id, path) for path in (loud, quiet)]
    for upload in old:
        long_ago = {
            "$set": {"created_at": (datetime.now(UTC) - timedelta(days=40)).date().isoformat() + "T10:00:00.000Z"}
        }
        app.documents.find_one_and_update("uploads", {"_id": upload.id}, long_ago)
    again = app.repository.upload_file(mia.id, loud)
    app.consents.grant(mia.id, Purpose.STORE_RECORDING, by="mother", retention_days=30)
    (due,) = apply_retention(app, actor="cli")
    assert ({u.id for u in due.uploads}, due.entries) == ({u.id for u in old}, ())
    assert [u.id for u in app.repository.unused_recordings(mia.id)] == [again.id]
    assert app.blobs.get(again.key) == b"loud"
    assert app.blobs.size(old[1].key) is None
    assert kept(app, mia) == 1
    assert apply_retention(app, actor="cli") == []


def test_a_withdrawal_that_was_cut_off_is_finished(app, mia):
    app.consents.withdraw(mia.id, Purpose.STORE_RECORDING, by="mother")
    assert len(apply_retention(app, actor="worker")) == 1
    assert kept(app, mia) == 0


def test_the_daily_work_is_done_at_once_again_and_after_trouble(caplog):
    done = threading.Semaphore(0)
    calls = []

    def work():
        calls.append(1)
        done.release()
        if len(calls) == 1:
            raise RuntimeError("the store is gone")

    with Daily(work, every_s=0.01, again_s=0.01):
        for _ in range(3):
            assert done.acquire(timeout=10)
    assert "daily.broken" in caplog.text
    assert not any(t.name == "daily" for t in threading.enumerate())


def test_a_server_deletes_what_is_due_when_it_starts(app, mia, monkeypatch):
    from fastapi.testclient import TestClient

    from sdc.server.server import create_server

    app.consents.grant(mia.id, Purpose.STORE_RECORDING, by="mother", retention_days=1)
    in_two_days = day_added(app, mia) + timedelta(days=2)
    monkeypatch.setattr("sdc.pipeline.retention._today", lambda: in_two_days)
    gone = threading.Event()
    delete = app.repository.delete_recordings
    monkeypatch.setattr(app.repository, "delete_recordings", lambda *a: (delete(*a), gone.set()))
    with TestClient(create_server(app, "token")):
        assert gone.wait(10)
    assert kept(app, mia) == 0
