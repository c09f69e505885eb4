"""Erasing a child, plain and sealed: nothing is left in any byte, and work that is under way brings nothing back."""

import threading
from contextlib import suppress

import pytest

from sdc.app import build_app
from sdc.errors import NotFoundError, SDCError
from sdc.pipeline.erasing import erase_child
from sdc.pipeline.intake import add_paths, order_session, run_now
from sdc.pipeline.parts import Given, SessionOrder
from sdc.pipeline.worker import Workers
from sdc.settings import Settings
from sdc.store.tombstones import stone_id
from sdc.transcribe import ScriptedTranscriber

PLANTED = "zebrafinch"
NAME = "Mathilda Quuxley"
STEPS = ("reading", "listening", "comparing", "saving")


@pytest.fixture(params=[pytest.param("plain", marks=pytest.mark.plain), "sealed"])
def app(request, tmp_path):
    key = {"plain": "", "sealed": "00" * 32}[request.param]
    with build_app(Settings(home=tmp_path / "home", master_key=key), transcriber=ScriptedTranscriber(())) as app:
        yield app


@pytest.fixture
def folder(tmp_path, cha, wav):
    """A transcript with planted words beside its recording."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "visit.wav").write_bytes(wav)
    (folder / "visit.cha").write_bytes(cha(line=PLANTED))
    return folder


def every_byte(home):
    """All files under the store's folder with their names, as one text of bytes."""
    return b"\n".join(
        str(p.relative_to(home)).encode() + b"\n" + (p.read_bytes() if p.is_file() else b"") for p in home.rglob("*")
    )


def left_of(app, child_id):
    """What the raw back ends hold of a child, but for the audit."""
    erasure = app.erasure
    rows = [(row.name, row.owner) for row in erasure.table if row.owner]
    documents = {name: erasure.documents.count(name, {owner: child_id}) for name, owner in rows}
    keys = erasure.documents.count("keys", {"_id": child_id})
    blobs = list(erasure.blobs.keys(f"{child_id}/"))
    return {name: n for name, n in documents.items() if n} | ({"keys": keys} if keys else {}), blobs


def is_sealed(app):
    return bool(app.settings.master_key)


@pytest.mark.embedded
def test_nothing_is_left_in_any_byte(app, folder, wav):
    home = app.settings.home
    child, other = (app.repository.add_child(name, birth_date="2021-07-30") for name in (NAME, "Bo"))
    for whose in (child, other):
        (added,) = add_paths(app, [folder / "visit.cha"], whose, Given(context=f"{PLANTED} play"))
        assert added.entry is not None
    app.repository.voiceprints.keep(child.id, "child", {"vector": [0.5], "note": PLANTED})
    app.incoming.begin(child.id, f"{PLANTED}.wav", 100)
    half = app.incoming.begin(child.id, "second.wav", 100)
    with app.incoming.append(half.id, 0) as receiver:
        receiver.write(PLANTED.encode())
    if not is_sealed(app):  # what is looked for is found while it is there
        assert PLANTED.encode() in every_byte(home)
        assert NAME.encode() in every_byte(home)
    erase_child(other, app.erasure, app.audit, actor="cli")  # else its transcript holds the words, too
    erased = erase_child(child, app.erasure, app.audit, actor="cli")
    assert erased.traces == ()
    assert erased.is_scrubbed
    everything = every_byte(home)
    for planted in (
        PLANTED.encode(),
        NAME.encode(),
        NAME.casefold().encode(),
        b"2021-07-30",
        b"visit.wav",
        wav[44:144],
    ):
        assert planted not in everything
    assert left_of(app, child.id) == ({}, [])
    assert app.repository.children() == []
    counts = erased.tombstone.counts
    assert {k: counts[k] for k in ("children", "sessions", "voiceprints", "jobs", "uploads", "spool", "blobs")} == {
        "children": 1,
        "sessions": 1,
        "voiceprints": 1,
        "jobs": 1,
        "uploads": 2,
        "spool": 2,
        "blobs": 3,
    }
    assert ("key" in counts) == is_sealed(app)


def test_a_tombstone_and_the_audit_stay(app):
    child = app.repository.add_child(NAME)
    erase_child(child, app.erasure, app.audit, actor="cli")
    (stone,) = app.erasure.tombstones.all()
    assert stone.id == stone_id(child.id)
    assert child.id not in stone.id
    assert app.documents.find_one("tombstones", {"_id": stone.id})["child_id"] is None
    lines = [(line.action, line.child_id) for line in app.audit.lines()]
    assert lines[-2:] == [("child.erase", child.id), ("child.erased", child.id)]
    assert app.audit.verify().is_whole


def test_others_are_left_alone(app, folder):
    child, other = (app.repository.add_child(name) for name in (NAME, "Bo"))
    for whose in (child, other):
        add_paths(app, [folder / "visit.cha"], whose, Given())
    before = left_of(app, other.id)
    erased = app.erasure.erase(child.id, names=[NAME])
    assert erased.traces == ()
    assert left_of(app, other.id) == before
    (entry,) = app.repository.session_entries(other.id)
    assert app.blobs.get(entry.recording.key) == (folder / "visit.wav").read_bytes()
    assert PLANTED in str(app.repository.session(entry.id).session)


def test_a_name_in_another_childs_words_is_told(app, folder, cha):
    (folder / "visit.cha").write_bytes(cha(line="Mathilda Quuxley plays"))
    child, other = (app.repository.add_child(name) for name in (NAME, "Bo"))
    add_paths(app, [folder / "visit.cha"], other, Given())
    erased = erase_child(child, app.erasure, app.audit, actor="cli")
    assert {trace.what for trace in erased.traces} == {NAME}
    assert {trace.place.partition("/")[0] for trace in erased.traces} >= {"transcripts"}


def test_an_erased_child_cannot_come_back(app, folder):
    child = app.repository.add_child(NAME)
    document = app.documents.find_one("children", {"_id": child.id})
    app.erasure.erase(child.id)
    with pytest.raises(NotFoundError) as caught:
        app.documents.insert_one("children", {**document, "name_key": "x"})
    assert caught.value.code == "child.erased"
    for write in (
        lambda: app.documents.insert_one("teams", {"_id": "t", "child_id": child.id}),
        lambda: app.documents.replace_one("teams", {"_id": "t"}, {"_id": "t", "child_id": child.id}, upsert=True),
        lambda: app.blobs.put_bytes(f"{child.id}/{'0' * 64}", b"x"),
        lambda: app.blobs.put_file(f"{child.id}/{'0' * 64}", folder / "visit.wav"),
    ):
        with pytest.raises(NotFoundError):
            write()
    assert left_of(app, child.id) == ({}, [])


@pytest.mark.parametrize("step", STEPS)
def test_a_child_that_is_erased_while_its_session_is_made(app, folder, step):
    child = app.repository.add_child(NAME)
    uploads = [app.repository.upload_file(child.id, folder / name) for name in ("visit.cha", "visit.wav")]
    order = SessionOrder(child.id, tuple(u.id for u in uploads))
    seen = []

    def erase_at(name, fraction):
        seen.append(name)
        if name == step:
            app.erasure.erase(child.id)

    job = run_now(app, order, erase_at)
    assert step in seen
    assert (job.state, job.error["code"]) == ("failed", "child.erased")
    assert left_of(app, child.id) == ({}, [])
    assert PLANTED.encode() not in every_byte(app.settings.home)


@pytest.mark.parametrize("collection", ["sessions", "transcripts", "insights", "blobs"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_erasure_around_a_single_write(app, folder, monkeypatch, collection, when):
    """Somebody erases just before or just after one write of the saving: the write must not stay.

    Where writes go together in a transaction the erasure waits for its end, and finds them.
    """
    child = app.repository.add_child(NAME)
    uploads = [app.repository.upload_file(child.id, folder / name) for name in ("visit.cha", "visit.wav")]
    order = SessionOrder(child.id, tuple(u.id for u in uploads))
    raw = app.erasure.blobs if collection == "blobs" else app.erasure.documents
    name = {"blobs": "put_file" if is_sealed(app) else "put_bytes"}.get(collection, "replace_one")
    write, done = getattr(raw, name), []
    eraser = threading.Thread(target=lambda: app.erasure.erase(child.id))

    def erase():
        eraser.start()
        eraser.join(30 if collection == "blobs" else 0.2)

    def around(*arguments, **options):
        mine = not done and (collection == "blobs" or arguments[0] == collection)
        if mine:
            done.append(1)
            if when == "before":
                erase()
        result = write(*arguments, **options)
        if mine and when == "after":
            erase()
        return result

    monkeypatch.setattr(raw, name, around)
    job = run_now(app, order)
    eraser.join(30)
    assert done
    assert job.state == "failed" or collection != "blobs"  # the job may have ended before the erasure could begin
    assert left_of(app, child.id) == ({}, [])


def test_a_worker_beside_it_stops_and_makes_nothing(app, folder):
    """A real worker thread works on a child's sessions while the child is erased from another thread."""
    child = app.repository.add_child(NAME)
    begun = threading.Event()

    def process(job, report):
        begun.set()
        return app.process(job, report)

    uploads = [app.repository.upload_file(child.id, folder / n) for n in ("visit.cha", "visit.wav")]
    order_session(app.repository, app.jobs, SessionOrder(child.id, tuple(u.id for u in uploads)))
    stop = threading.Event()

    def keep_uploading():
        while not stop.is_set():
            with suppress(SDCError):
                app.repository.upload_file(child.id, folder / "visit.cha")

    writer = threading.Thread(target=keep_uploading)
    with Workers(app.jobs, process):
        assert begun.wait(20)
        writer.start()
        app.erasure.erase(child.id)
        stop.set()
        writer.join()
    assert app.erasure.search(child.id, [NAME]) == []
    assert left_of(app, child.id) == ({}, [])
    assert PLANTED.encode() not in every_byte(app.settings.home)


class Killed(BaseException):
    pass


@pytest.mark.parametrize("survives", [0, 3, 7])
def test_an_erasure_that_was_killed_is_finished_at_the_next_start(app, folder, monkeypatch, survives):
    child = app.repository.add_child(NAME)
    add_paths(app, [folder / "visit.cha"], child, Given())
    raw, done = app.erasure.documents, []
    delete = raw.delete_one

    def dying(collection, which):
        if len(done) == survives:
            raise Killed
        done.append(1)
        return delete(collection, which)

    monkeypatch.setattr(raw, "delete_one", dying)
    with pytest.raises(Killed):
        app.erasure.erase(child.id)
    monkeypatch.undo()
    assert left_of(app, child.id) != ({}, [])
    app.close()
    with build_app(app.settings) as again:
        assert left_of(again, child.id) == ({}, [])
        (stone,) = again.erasure.tombstones.all()
        assert stone.counts["transcripts"] == 1
        assert again.erasure.tombstones.begun() == []
