"""The audit: one unbroken chain, whoever writes; damage is found and named."""

import subprocess
import sys
from pathlib import Path

import pytest

from sdc.errors import StoreError
from sdc.store.audit import AUDIT, Audit
from sdc.store.documents import Documents

KEY = b"k" * 32

WRITER = """
import sys
from pathlib import Path
from sdc.store.audit import Audit
from sdc.store.sqlite import SqliteDocuments
documents = SqliteDocuments(Path(sys.argv[1]))
audit = Audit(documents, key=b"k" * 32)
for n in range(int(sys.argv[3])):
    audit.record(actor=sys.argv[2], action="test.write", object_id=str(n))
documents.close()
"""


@pytest.fixture(params=[None, KEY], ids=["plain", "keyed"])
def audit(request: pytest.FixtureRequest, documents: Documents) -> Audit:
    audit = Audit(documents, key=request.param)
    for n in range(1, 7):
        audit.record(actor="cli", action="session.add", child_id="c1" if n % 2 else "c2", object_id=f"s{n}")
    return audit


def identity(n: int) -> str:
    return f"{n:012d}"


def raw(documents: Documents, n: int) -> dict:
    found = documents.find_one(AUDIT, {"_id": identity(n)})
    assert found is not None
    return found


def found(audit: Audit) -> list[tuple[int, str]]:
    return [(damage.n, damage.kind) for damage in audit.verify().damages]


def test_what_was_recorded_is_listed_and_whole(audit):
    lines = audit.lines()
    assert [line.n for line in lines] == [1, 2, 3, 4, 5, 6]
    assert [line.object_id for line in audit.lines(child_id="c2")] == ["s2", "s4", "s6"]
    assert [line.n for line in audit.lines(newest=2)] == [5, 6]
    report = audit.verify()
    assert report.is_whole
    assert report.n_lines == 6


def test_an_empty_chain_is_whole(documents):
    assert Audit(documents).verify().is_whole


@pytest.mark.parametrize("field", ["at", "actor", "action", "child_id", "object_id", "prev", "hash"])
def test_a_changed_line_is_found(audit, documents, field):
    documents.find_one_and_update(AUDIT, {"_id": identity(3)}, {"$set": {field: "x"}})
    assert (3, "changed") in found(audit)


@pytest.mark.parametrize("n", [1, 3, 5])
def test_a_missing_line_is_found(audit, documents, n):
    documents.delete_one(AUDIT, {"_id": identity(n)})
    assert found(audit) == [(n, "missing")]


def test_a_tail_that_was_cut_off_is_found_and_stays_found(audit, documents):
    for n in (5, 6):
        documents.delete_one(AUDIT, {"_id": identity(n)})
    assert found(audit) == [(5, "cut off")]
    for _ in range(3):
        audit.record(actor="cli", action="later.line")
    assert found(audit) == [(5, "missing"), (6, "missing")]


def test_a_lost_head_is_found(audit, documents):
    documents.delete_one("meta", {"_id": "audit"})
    assert found(audit) == [(7, "cut off")]


def test_a_line_that_was_put_in_is_found(audit, documents):
    documents.insert_one(AUDIT, {**raw(documents, 3), "_id": "000000000003b"})
    assert found(audit) == [(4, "inserted")]
    documents.delete_one(AUDIT, {"_id": "000000000003b"})
    documents.insert_one(AUDIT, {**raw(documents, 3), "_id": identity(7), "n": 7})
    assert (7, "changed") in found(audit)


def test_lines_that_changed_places_are_found(audit, documents):
    two, three = raw(documents, 2), raw(documents, 3)
    documents.replace_one(AUDIT, {"_id": identity(2)}, {**three, "_id": identity(2)})
    documents.replace_one(AUDIT, {"_id": identity(3)}, {**two, "_id": identity(3)})
    assert {(2, "moved"), (3, "moved")} <= set(found(audit))


def test_a_line_made_anew_with_its_own_hash_breaks_the_chain(documents):
    audit = Audit(documents)
    for n in range(3):
        audit.record(actor="cli", action="session.add", object_id=f"s{n}")
    forged = {**raw(documents, 2), "object_id": "other"}
    forged["hash"] = audit._hash_of(forged)
    documents.replace_one(AUDIT, {"_id": identity(2)}, forged)
    assert found(audit) == [(3, "inserted")]


def test_without_the_key_nobody_makes_the_chain_anew(documents):
    keyed = Audit(documents, key=KEY)
    for n in range(3):
        keyed.record(actor="cli", action="session.add", object_id=f"s{n}")
    forged = {**raw(documents, 3), "object_id": "other", "method": "sha256"}
    forged["hash"] = Audit(documents)._hash_of(forged)
    documents.replace_one(AUDIT, {"_id": identity(3)}, forged)
    documents.find_one_and_update("meta", {"_id": "audit"}, {"$set": {"hash": forged["hash"]}})
    assert (3, "changed") in found(keyed)
    assert {kind for _, kind in found(Audit(documents, key=b"o" * 32))} >= {"changed"}
    assert (1, "not checked") in found(Audit(documents))


def test_a_chain_begun_without_a_key_goes_on_under_one(documents):
    Audit(documents).record(actor="cli", action="first.line")
    keyed = Audit(documents, key=KEY)
    keyed.record(actor="cli", action="second.line")
    report = keyed.verify()
    assert report.is_whole
    assert (report.n_lines, report.n_keyed) == (2, 1)


@pytest.mark.parametrize("words", [{"actor": "Mia Example"}, {"object_id": "two\nlines"}, {"action": ""}])
def test_only_ids_are_taken(documents, words):
    with pytest.raises(StoreError, match="ids only"):
        Audit(documents).record(**{"actor": "cli", "action": "session.add", **words})
    assert Audit(documents).lines() == []


def test_four_processes_make_one_chain(tmp_path: Path):
    """Each writes 25 lines at once; no number is taken twice and no line is lost."""
    from sdc.store.sqlite import SqliteDocuments

    path = tmp_path / "many.sqlite3"
    SqliteDocuments(path).close()
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), f"w{n}", "25"], stderr=subprocess.PIPE)
        for n in range(4)
    ]
    problems = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 4, problems
    documents = SqliteDocuments(path)
    audit = Audit(documents, key=KEY)
    lines = audit.lines()
    assert [line.n for line in lines] == list(range(1, 101))
    assert {line.actor for line in lines} == {"w0", "w1", "w2", "w3"}
    assert audit.verify().is_whole
    documents.close()
