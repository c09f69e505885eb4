"""Archives: out of one store, into another, unchanged; what is wrong with one is refused first."""

import hashlib
import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from fakes.mongo_wire import fake_mongo
from fakes.s3_server import KEY_ID, REGION, SECRET
from sdc.app import build_app
from sdc.errors import ConflictError, ConsentError, InputError
from sdc.pipeline.archive.checking import open_archive
from sdc.pipeline.archive.exporting import export_archive
from sdc.pipeline.archive.manifest import OF_CHILDREN
from sdc.pipeline.archive.names import SameName
from sdc.pipeline.archive.passphrase import CHUNK_BYTES, HEADER_BYTES, SEALED_BYTES
from sdc.pipeline.archive.research import export_research
from sdc.pipeline.archive.restoring import restore_archive
from sdc.pipeline.consenting import grant
from sdc.pipeline.deidentifying import childs_roster
from sdc.pipeline.erasing import erase_child
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.settings import Settings
from sdc.store.consents import Purpose
from sdc.transcribe import ScriptedTranscriber

PASSPHRASE = "five words of a sentence"


LINES = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child, MOT Mother
@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||
@ID:\teng|sdc|MOT|||||Mother|||
@Date:\t{date}
*MOT:\twhat is that ?
*CHI:\tthe dog {word} .
@End
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """Return an application whose store holds two children; no test changes it."""
    folder = tmp_path_factory.mktemp("full")
    for name, date, word in (("a", "02-MAR-2026", "runs"), ("b", "09-MAR-2026", "sleeps")):
        (folder / f"{name}.cha").write_text(LINES.format(date=date, word=word))
    (folder / "large.wav").write_bytes(random.Random(5).randbytes(200_000))
    with build_app(Settings(home=folder / "home"), transcriber=ScriptedTranscriber(())) as full:
        add_paths(full, [folder / "a.cha", folder / "b.cha"], "Mia", Given())
        add_paths(full, [folder / "b.cha"], "Tom", Given())
        mia = full.repository.named_child("Mia")
        full.repository.upload_file(mia.id, folder / "large.wav")
        grant(full, mia, Purpose.RESEARCH_EXPORT, by="mother", actor="cli")
        childs_roster(full, mia)
        full.repository.voiceprints.keep(mia.id, "child", {"values": [0.5, 1.0]})
        full.pseudonyms.of(mia.id)
        yield full


@pytest.fixture
def other(tmp_path):
    with build_app(Settings(home=tmp_path / "other"), transcriber=ScriptedTranscriber(())) as other:
        yield other


@pytest.fixture(scope="module")
def written(full, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("archives") / "all.zip"
    export_archive(full.documents, full.blobs, path, full.repository.children(), whole=True)
    return path


@pytest.fixture
def archive(written, tmp_path) -> Path:
    return Path(shutil.copy(written, tmp_path))


def restore(app, path, **options):
    return restore_archive(app.documents, app.blobs, path, app.work_folder.path, **options)


def contents(app) -> dict:
    """Everything that is kept of children; but for what their names are looked up by, which each sealed store makes."""
    found = {}
    for name in OF_CHILDREN:
        for document in app.documents.find(name, {}, sort=[("_id", 1)]):
            found[name, document["_id"]] = {k: v for k, v in document.items() if k != "name_key"}
    for key in app.blobs.keys(""):
        found["blob", key] = app.blobs.get(key)
    return found


def is_empty(app) -> bool:
    return contents(app) == {}


def test_a_store_comes_back_as_it_was(full, archive, other):
    done = restore(other, archive)
    assert contents(other) == contents(full)
    assert len(contents(full)) > 15
    assert (done.n_children, done.n_kept, done.skipped) == (2, 0, ())
    mia = other.repository.named_child("mia")
    assert other.repository.session(other.repository.session_entries(mia.id)[0].id).session.utterances
    assert other.consents.allows(mia.id, Purpose.RESEARCH_EXPORT)
    assert other.pseudonyms.of(mia.id) == full.pseudonyms.of(mia.id)
    assert other.audit.lines() == []
    assert [path.name for path in other.work_folder.path.iterdir()] == ["lock"]


def test_doing_it_again_changes_nothing(archive, other):
    first = restore(other, archive)
    before = contents(other)
    again = restore(other, archive)
    assert (again.n_written, again.n_blobs, again.n_kept) == (0, 0, 0)
    assert again.n_same == first.n_written
    assert contents(other) == before


def test_what_is_here_in_another_version_stays(archive, other):
    restore(other, archive)
    mia = other.repository.named_child("Mia")
    entry = other.repository.session_entries(mia.id)[0]
    where = {"_id": entry.id, "child_id": mia.id}
    other.documents.find_one_and_update("sessions", where, {"$set": {"context": "by hand"}})
    assert restore(other, archive).n_kept == 1
    assert other.repository.entry(entry.id).context == "by hand"


@pytest.mark.parametrize("stop_after", [1, 4, 9])
def test_cut_off_it_goes_on(full, archive, other, stop_after):
    class Stopping:
        def __init__(self, inner):
            self.inner, self.left = inner, stop_after

        def insert_one(self, collection, document):
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
            self.inner.insert_one(collection, document)

        def __getattr__(self, name):
            return getattr(self.inner, name)

    with pytest.raises(KeyboardInterrupt):
        restore_archive(Stopping(other.documents), other.blobs, archive, other.work_folder.path)
    assert other.documents.count("sessions", {}) == 0
    restore(other, archive)
    assert contents(other) == contents(full)


def test_one_child_alone(full, other, tmp_path):
    tom = full.repository.named_child("Tom")
    export_archive(full.documents, full.blobs, tmp_path / "tom.zip", [tom], whole=False)
    with zipfile.ZipFile(tmp_path / "tom.zip") as zip:
        assert b"Mia" not in zip.read("documents/children.jsonl")
        assert "documents/accounts.jsonl" not in zip.namelist()
    restore(other, tmp_path / "tom.zip")
    assert [child.name for child in other.repository.children()] == ["Tom"]
    assert all(key.startswith(tom.id) for key in other.blobs.keys(""))


def test_another_child_of_that_name(archive, other):
    other.repository.add_child("mia")
    with pytest.raises(ConflictError, match="Another child here is named Mia"):
        restore(other, archive)
    assert len(contents(other)) == 1
    done = restore(other, archive, same_name=SameName.SKIP)
    assert (done.n_children, len(done.skipped)) == (1, 1)
    assert [c.name for c in other.repository.children()] == ["mia", "Tom"]
    done = restore(other, archive, same_name=SameName.RENAME)
    assert list(done.renamed.values()) == ["Mia (2)"]
    assert [c.name for c in other.repository.children()] == ["mia", "Mia (2)", "Tom"]
    assert other.repository.session_entries(other.repository.named_child("Mia (2)").id)
    assert restore(other, archive).n_children == 2


def test_an_erased_child_does_not_come_back(archive, other):
    restore(other, archive)
    mia = other.repository.named_child("Mia")
    erase_child(mia, other.erasure, other.audit, actor="cli")
    assert restore(other, archive).skipped == (mia.id,)
    assert other.repository.find_child("Mia") is None
    assert list(other.blobs.keys(mia.id)) == []


def test_from_and_into_sealed_stores(full, archive, tmp_path):
    sealed = Settings(home=tmp_path / "sealed", master_key="ab" * 32)
    with build_app(sealed, transcriber=ScriptedTranscriber(())) as app:
        restore(app, archive)
        assert contents(app) == contents(full)
        assert app.repository.named_child("mia").name == "Mia"
        path = tmp_path / "again.zip"
        export_archive(app.documents, app.blobs, path, app.repository.children(), whole=True)
    assert b"wrapped" not in b"".join(_read_all(path))
    with build_app(Settings(home=tmp_path / "third"), transcriber=ScriptedTranscriber(())) as third:
        restore(third, path)
        assert contents(third) == contents(full)


def _read_all(path):
    with zipfile.ZipFile(path) as zip:
        assert not any("keys" in name for name in zip.namelist())
        return [zip.read(name) for name in zip.namelist()]


def test_from_a_laptop_to_mongodb_and_s3_and_back(full, archive, s3, tmp_path):
    """Both are fakes on loopback, spoken to by the real drivers."""
    with fake_mongo() as mongo:
        clinic = Settings(
            home=tmp_path / "clinic",
            documents=f"{mongo.url}/moved",
            blobs=f"s3://{s3.new_bucket()}/sdc",
            s3_endpoint=s3.url,
            s3_region=REGION,
            s3_key_id=KEY_ID,
            s3_secret=SECRET,
        )
        path = tmp_path / "back.zip"
        with build_app(clinic, transcriber=ScriptedTranscriber(())) as app:
            restore(app, archive)
            assert contents(app) == contents(full)
            export_archive(app.documents, app.blobs, path, app.repository.children(), whole=True)
    with build_app(Settings(home=tmp_path / "laptop"), transcriber=ScriptedTranscriber(())) as app:
        restore(app, path)
        assert contents(app) == contents(full)


def test_research_begins_only_when_every_family_has_agreed(full, tmp_path):
    begun = []
    children = [full.repository.named_child(name) for name in ("Mia", "Tom")]
    with pytest.raises(ConsentError):
        export_research(
            full, full.pseudonyms, tmp_path / "r.zip", children, actor="cli", report=lambda *told: begun.append(told)
        )
    assert begun == []
    assert not (tmp_path / "r.zip").exists()


# Sealed with a passphrase


@pytest.fixture
def sealed(full, tmp_path) -> Path:
    path = tmp_path / "sealed.sdc"
    export_archive(full.documents, full.blobs, path, full.repository.children(), whole=True, passphrase=PASSPHRASE)
    return path


def test_a_sealed_archive(full, sealed, other):
    data = sealed.read_bytes()
    assert b'"name"' not in data  # three letters alone may come by chance
    assert b"manifest" not in data
    with pytest.raises(InputError, match="sealed with a passphrase"):
        restore(other, sealed)
    with pytest.raises(InputError, match="does not open"):
        restore(other, sealed, passphrase="another passphrase")
    assert is_empty(other)
    restore(other, sealed, passphrase=PASSPHRASE)
    assert contents(other) == contents(full)


def test_a_sealed_archive_that_was_changed(sealed, other):
    data = sealed.read_bytes()
    assert len(data) > HEADER_BYTES + 2 * SEALED_BYTES
    chunk = slice(HEADER_BYTES, HEADER_BYTES + SEALED_BYTES)
    second = slice(chunk.stop, chunk.stop + SEALED_BYTES)
    changes = {
        "flipped": data[: CHUNK_BYTES * 2] + bytes([data[CHUNK_BYTES * 2] ^ 1]) + data[CHUNK_BYTES * 2 + 1 :],
        "salt": data[:10] + b"\0" + data[11:],
        "cut": data[: -SEALED_BYTES // 2],
        "cut at a chunk": data[: chunk.stop],
        "swapped": data[: chunk.start] + data[second] + data[chunk] + data[second.stop :],
        "longer": data + b"\0",
    }
    for name, changed in changes.items():
        sealed.write_bytes(changed)
        with pytest.raises(InputError) as caught:
            restore(other, sealed, passphrase=PASSPHRASE)
        assert caught.value.code in {"archive.damaged", "archive.passphrase"}, name
    assert is_empty(other)


# What is wrong with an archive


def rewritten(archive: Path, change) -> Path:
    """Write the archive again with files changed by ``change(files, manifest)``."""
    with zipfile.ZipFile(archive) as zip:
        files = {name: zip.read(name) for name in zip.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    change(files, manifest)
    path = archive.with_name("changed.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip:
        for name, data in files.items():
            zip.writestr(name, data)
        zip.writestr("manifest.json", json.dumps(manifest))
    return path


def declared(files, manifest) -> None:
    """Let the manifest say of all files what they are."""
    manifest["files"] = [
        {
            "name": name,
            "size": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
            "n_documents": data.count(b"\n") if name.endswith(".jsonl") else None,
        }
        for name, data in files.items()
    ]


def put(name: str, data: bytes):
    def change(files, manifest):
        files[name] = data
        declared(files, manifest)

    return change


def a_blob(files) -> str:
    return next(name for name in files if name.startswith("blobs/"))


def flip(files, manifest):
    name = a_blob(files)
    files[name] = bytes([files[name][0] ^ 1]) + files[name][1:]


def flip_and_declare(files, manifest):
    flip(files, manifest)
    declared(files, manifest)


def lose(files, manifest):
    del files[a_blob(files)]


def newer(files, manifest):
    manifest["store_version"] = 99


def newer_format(files, manifest):
    manifest["format"] = "sdc.archive/2"


def of_another_child(files, manifest):
    files["documents/sessions.jsonl"] += b'{"_id": "s9", "child_id": "c9"}\n'
    declared(files, manifest)


def bomb(files, manifest):
    files["documents/insights.jsonl"] = b" " * 50_000_000
    declared(files, manifest)


def deep(files, manifest):
    files["documents/insights.jsonl"] = b'{"_id": "i", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
    declared(files, manifest)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (flip, "archive.checksum"),
        (flip_and_declare, "archive.hostile"),
        (lose, "archive.hostile"),
        (newer, "archive.version"),
        (newer_format, "archive.version"),
        (of_another_child, "archive.hostile"),
        (deep, "archive.document"),
        (put("../../outside.txt", b"x"), "archive.hostile"),
        (put("/etc/outside", b"x"), "archive.hostile"),
        (put("blobs/../../x/" + "0" * 64, b"x"), "archive.hostile"),
        (put("documents/keys.jsonl", b'{"_id": "k"}\n'), "archive.hostile"),
        (put("documents/tombstones.jsonl", b'{"_id": "k"}\n'), "archive.hostile"),
        (put("documents/meta.jsonl", b'{"_id": "schema", "version": 1}\n'), "archive.hostile"),
        (put("documents/insights.jsonl", b'{"_id": 5}\n'), "archive.document"),
        (put("documents/insights.jsonl", b"not json\n"), "archive.document"),
        (put("documents/insights.jsonl", b"[]\n"), "archive.document"),
        (lambda files, manifest: manifest.update(children=5), "archive.manifest"),
        (lambda files, manifest: manifest["files"].append(manifest["files"][0]), "archive.hostile"),
    ],
)
def test_what_is_refused(archive, other, change, code):
    with pytest.raises(InputError) as caught:
        restore(other, rewritten(archive, change))
    assert caught.value.code == code
    assert is_empty(other)
    assert not list(archive.parent.rglob("outside*"))


def test_a_bomb(archive, other):
    path = rewritten(archive, bomb)
    assert path.stat().st_size < 5_000_000
    with pytest.raises(InputError, match="would become 50000000 bytes") as caught:
        restore(other, path)
    assert caught.value.code == "archive.hostile"


def test_a_file_that_is_larger_than_it_declares(archive, other):
    data = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as zip:
        name = next(n for n in zip.namelist() if n.startswith("blobs/"))
        size = zip.getinfo(name).file_size
    told = size.to_bytes(4, "little")
    place = data.rindex(told)  # in the central directory
    data[place : place + 4] = (size + 7).to_bytes(4, "little")
    archive.write_bytes(bytes(data))
    with pytest.raises(InputError):
        restore(other, archive)
    assert is_empty(other)


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all", b"SDCARCH1"])
def test_what_is_no_archive(tmp_path, other, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(InputError):
        restore(other, path, passphrase=PASSPHRASE)


def test_cut_off_at_any_place(archive, other):
    data = archive.read_bytes()
    for end in range(0, len(data), len(data) // 23):
        archive.write_bytes(data[:end])
        with pytest.raises(InputError):
            restore(other, archive)
    assert is_empty(other)


def test_nothing_is_overwritten_and_nothing_half_written(full, archive, tmp_path):
    before = archive.read_bytes()
    with pytest.raises(InputError, match="a file of this name"):
        export_archive(full.documents, full.blobs, archive, full.repository.children(), whole=True)
    assert archive.read_bytes() == before

    def report(text, fraction):
        if text == "recordings":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_archive(
            full.documents, full.blobs, tmp_path / "new.zip", full.repository.children(), whole=True, report=report
        )
    assert [p.name for p in tmp_path.glob("*.zip")] == ["all.zip"]
    assert not list(tmp_path.glob(".sdc-export-*"))


def test_a_large_blob_goes_through_in_pieces(other, tmp_path):
    mia = other.repository.add_child("Mia")
    data = bytes(range(256)) * 12_000
    (tmp_path / "large.wav").write_bytes(data)
    upload = other.repository.upload_file(mia.id, tmp_path / "large.wav")
    export_archive(other.documents, other.blobs, tmp_path / "a.zip", [mia], whole=False, passphrase=PASSPHRASE)
    with open_archive(tmp_path / "a.zip", PASSPHRASE) as opened:
        file = next(f for f in opened.blobs if f.sha256 == upload.sha256)
        assert max(map(len, opened.pieces(file))) <= 1 << 20
    other.blobs.delete(upload.key)
    restore(other, tmp_path / "a.zip", passphrase=PASSPHRASE)
    assert other.blobs.get(upload.key) == data
