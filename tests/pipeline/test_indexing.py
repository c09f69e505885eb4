"""Kept sessions are searchable; trouble with an index elsewhere fails none; consent, names, erasure."""

import re
import threading
from datetime import date

import pytest

from fakes import pinecone, weaviate
from sdc.app import build_app
from sdc.companion.retrieval import VectorIndexError
from sdc.companion.retrieval.lexical import LexicalEmbedder
from sdc.errors import NotFoundError, SettingsError
from sdc.pipeline.afterwards import Afterwards
from sdc.pipeline.changes import SplitLine
from sdc.pipeline.consenting import grant, withdraw
from sdc.pipeline.editing import NewLine, change_transcript, edit_line
from sdc.pipeline.erasing import erase_child
from sdc.pipeline.indexing import Retrieval
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.pipeline.reviewing import decide, reviewed_session
from sdc.settings import Settings
from sdc.store.consents import Purpose
from sdc.transcribe import ScriptedTranscriber

DIMENSIONS = 1024  # of the embedder without a model


@pytest.fixture
def add(tmp_path, cha):
    """Add a session of a line that the child says: ``add(app, child, "a red train", "02-MAR-2026")``."""

    def make(app, child, line, day="02-MAR-2026"):
        path = tmp_path / "in" / f"{day}.cha"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(cha(line=line, date=day))
        (added,) = add_paths(app, [path], child, Given())
        return added

    return make


@pytest.fixture
def open_app(tmp_path):
    """Open an application; what a test opened is closed."""
    opened = []

    def make(home="home", **settings):
        app = build_app(Settings(home=tmp_path / home, **settings), transcriber=ScriptedTranscriber(()))
        opened.append(app)
        return app

    yield make
    for app in opened:
        app.close()


@pytest.fixture
def a_pinecone():
    with pinecone.fake_pinecone(DIMENSIONS) as server:
        yield server
        assert server.complaints == []


@pytest.fixture
def at_pinecone(a_pinecone):
    return {"vectors": "pinecone", "vectors_url": a_pinecone.url, "vectors_key": pinecone.KEY, "allow_cloud": True}


def test_what_was_said_is_found_with_its_week(app, add):
    child, other = (app.repository.add_child(name) for name in ("Mia", "Bo"))
    add(app, child, "a cat")
    add(app, child, "the red train", "16-MAR-2026")
    add(app, other, "the red train")
    result = app.retrieval.search(child.id, "trains")
    (found, *_) = result.found
    assert (found.week, found.window.date, found.window.kind) == (3, "2026-03-16", "said")
    assert "Child: the red train." in found.window.text
    assert {f.window.child_id for f in result.found} == {child.id}
    assert result.n_not_indexed == 0


def test_days_narrow_the_search(app, add):
    child = app.repository.add_child("Mia")
    add(app, child, "the train")
    add(app, child, "the train", "16-MAR-2026")
    said = [
        {f.window.date for f in app.retrieval.search(child.id, "train", since=since, until=until).found}
        for since, until in ((None, None), (date(2026, 3, 3), None), (None, date(2026, 3, 3)))
    ]
    assert said == [{"2026-03-02", "2026-03-16"}, {"2026-03-16"}, {"2026-03-02"}]


def test_nothing_alike_is_nothing_found(app, add):
    child = app.repository.add_child("Mia")
    add(app, child, "a cat")
    assert app.retrieval.search(child.id, "zzqx").found == ()
    with pytest.raises(NotFoundError):
        app.retrieval.search("cunknown", "cat")


def test_a_session_again_is_there_once_and_a_changed_one_as_it_is_now(app, add):
    child = app.repository.add_child("Mia")
    first = add(app, child, "a cat")
    n_windows = app.retrieval.indexes.local.count(child.id)
    add(app, child, "a cat")
    assert app.retrieval.indexes.local.count(child.id) == n_windows
    stored = app.repository.session(first.entry.id)
    people = [p.role for p in stored.session.participants]
    assert "Mother" in people
    changed = [type(p)(p.code, "Grandmother" if p.role == "Mother" else p.role) for p in stored.session.participants]
    from dataclasses import replace

    app.repository.save_session(replace(stored, session=replace(stored.session, participants=tuple(changed))))
    (found, *_) = app.retrieval.search(child.id, "what is that").found
    assert "Grandmother: what is that?" in found.window.text


def test_an_edit_embeds_only_what_reads_otherwise_now(app, tmp_path, cha, monkeypatch):
    nouns = ("ball", "duck", "house", "shoe", "train", "apple", "bike", "door", "spoon", "cloud", "sheep", "tree")
    path = tmp_path / "long.cha"
    path.write_bytes(cha(line=" .\n*CHI:\tthe ".join(["a cat", *nouns])))
    (added,) = add_paths(app, [path], "Mia", Given())
    entry, embedded = added.entry, []
    embed = type(app.retrieval.embedder).embed
    monkeypatch.setattr(LexicalEmbedder, "embed", lambda self, texts: embedded.extend(texts) or embed(self, texts))
    edit_line(app.repository, entry.id, 2, NewLine("a small cat ."), seen=1, by="a1")
    app.retrieval.wait()
    said = [text for text in embedded if text.startswith(("Child", "Mother"))]
    assert len(said) == 2  # the windows that hold the line
    assert all("Child: a small cat." in text for text in said)
    change_transcript(app.repository, entry.id, SplitLine(2, 2), seen=2, by="a1")  # a small | cat
    app.retrieval.wait()
    windows = [window for window in held(app, entry) if window.kind == "said"]
    lines = app.repository.transcript(entry.id).utterances
    for window in windows:
        said = " ".join(line.raw.rstrip(" .?") for line in lines[window.first : window.last + 1])
        assert " ".join(re.findall(r": (.*)[.?]", window.text)) == said
    before = {w.id: v.tolist() for w, v in entries(app, entry)}
    app.retrieval.rebuild(app.repository.child(entry.child_id))
    assert {w.id: v.tolist() for w, v in entries(app, entry)} == before


def entries(app, entry):
    kept = app.retrieval.indexes.local.kept
    return [(e.window, e.vector) for e in kept.read_session(entry.child_id, entry.id)]


def held(app, entry):
    return [window for window, _ in entries(app, entry)]


def test_a_dismissed_insight_is_found_no_more_and_an_edited_one_in_its_words(app, add):
    child = app.repository.add_child("Mia")
    entry = add(app, child, "the red train").entry
    shown = reviewed_session(app.repository, app.repository.session(entry.id))
    quote = next(r for r in shown if "the red train" in r.insight.text)

    def told():
        hits = app.retrieval.search(child.id, quote.insight.text, k=100).found
        return {f.window.text for f in hits if f.window.kind == "insight"}

    assert quote.insight.text in told()
    edited = "“the red train” was said."
    decide(app, child, shown, quote.key, "edit", text=edited, actor="slp")
    assert (quote.insight.text in told(), edited in told()) == (False, True)
    shown = reviewed_session(app.repository, app.repository.session(entry.id))
    decide(app, child, shown, quote.key, "dismiss", actor="slp")
    assert not {quote.insight.text, edited} & told()


def test_sessions_of_before_are_told_and_rebuilt(app, add):
    child = app.repository.add_child("Mia")
    add(app, child, "the train")
    app.retrieval.indexes.local.delete_child(child.id)  # as in a store of an earlier SDC
    result = app.retrieval.search(child.id, "train")
    assert (result.found, result.n_not_indexed) == ((), 1)
    assert app.retrieval.rebuild(child).n_sessions == 1
    result = app.retrieval.search(child.id, "train")
    assert (len(result.found) > 0, result.n_not_indexed) == (True, 0)


def test_sealed_windows_show_no_word(open_app, add):
    app = open_app(master_key="11" * 32)
    child = app.repository.add_child("Mia")
    add(app, child, "the zebrafinch")
    raw = app.erasure.documents.find("windows", {})
    assert len(raw) == 1
    assert "zebrafinch" not in str(raw)
    assert raw[0]["vectors"].startswith("sdc1:")
    assert "zebrafinch" in app.retrieval.search(child.id, "zebrafinch").found[0].window.text


def test_erasing_leaves_no_vector_anywhere(open_app, add):
    with weaviate.fake_weaviate() as server:
        app = open_app(vectors="weaviate", vectors_url=server.url, vectors_key=weaviate.KEY)
        child, other = (app.repository.add_child(name) for name in ("Mathilda", "Bo"))
        add(app, child, "the train")
        add(app, other, "the bus")
        (tenants,) = server.tenants.values()
        assert set(tenants) == {child.id, other.id}
        erased = erase_child(child, app.erasure, app.audit, actor="cli")
        assert (erased.traces, set(tenants)) == ((), {other.id})
        assert erased.tombstone.counts["windows"] == 1
        assert erased.tombstone.counts["vectors"] > 0


def test_an_erasure_that_an_index_hinders_is_finished_later(open_app, add):
    with weaviate.fake_weaviate() as server:
        at = {"vectors": "weaviate", "vectors_url": server.url, "vectors_key": weaviate.KEY}
        app = open_app(**at)
        child = app.repository.add_child("Mathilda")
        add(app, child, "the train")
        (tenants,) = server.tenants.values()
        server.down = True
        with pytest.raises(VectorIndexError):
            erase_child(child, app.erasure, app.audit, actor="cli")
        open_app(**at).close()  # the store opens all the same
        assert child.id in tenants
        server.down = False
        again = open_app(**at)
        assert tenants == {}
        assert again.erasure.tombstones.begun() == []


def test_an_index_that_is_down_fails_no_session(open_app, add):
    with weaviate.fake_weaviate() as server:
        app = open_app(vectors="weaviate", vectors_url=server.url, vectors_key=weaviate.KEY)
        child = app.repository.add_child("Mia")
        server.down = True
        added = add(app, child, "the train")
        assert added.entry is not None
        (told,) = [n for n in added.notes if "cannot be searched yet" in n]
        assert "sdc index rebuild" in told
        assert added.failures == ()
        with pytest.raises(VectorIndexError):
            app.retrieval.search(child.id, "train")
        server.down = False
        assert app.retrieval.rebuild(child).elsewhere
        assert app.retrieval.search(child.id, "train").found


def test_a_service_of_others_is_sent_nothing_without_consent(open_app, add, a_pinecone, at_pinecone):
    app = open_app(**at_pinecone)
    child = app.repository.add_child("Mia")
    add(app, child, "the train")
    assert app.retrieval.search(child.id, "train").found  # by the index of the house
    assert a_pinecone.requests == []
    grant(app, child, Purpose.CLOUD_SEARCH, by="mother", actor="cli")
    app.retrieval.rebuild(child)
    assert set(a_pinecone.namespaces) == {child.id}
    assert app.retrieval.search(child.id, "train").found
    assert a_pinecone.requests[-1][0] == "POST /query"
    withdraw(app, child, Purpose.CLOUD_SEARCH, by="mother", actor="cli")
    assert a_pinecone.namespaces == {}
    n_requests = len(a_pinecone.requests)
    add(app, child, "a bus", "09-MAR-2026")
    assert app.retrieval.search(child.id, "bus").found
    assert len(a_pinecone.requests) == n_requests


def test_what_leaves_holds_no_text_and_no_name(open_app, add, a_pinecone, at_pinecone):
    app = open_app(**at_pinecone)
    child = app.repository.add_child("Zebedee")
    grant(app, child, Purpose.CLOUD_SEARCH, by="mother", actor="cli")
    add(app, child, "Zebedee runs")
    sent = str(a_pinecone.requests)
    assert "runs" not in sent
    assert "Zebedee" not in sent
    (records,) = a_pinecone.namespaces.values()
    assert {key for record in records.values() for key in record["metadata"]} == {"session", "day"}
    # The vector that was sent is that of the text without the name; the one at home knows the name.
    (window,) = [w for w in app.retrieval.indexes.local.kept.read(child.id) if "runs" in w.window.text]
    away = records[window.window.id]["values"]
    assert max(abs(a - b) for a, b in zip(away, window.vector, strict=True)) > 0.05
    # Who asks by the name finds it, since the name is replaced in the question, too.
    assert "Zebedee runs" in app.retrieval.search(child.id, "Zebedee").found[0].window.text


def test_a_service_of_others_must_be_allowed(open_app, at_pinecone):
    with pytest.raises(SettingsError) as caught:
        open_app(**at_pinecone | {"allow_cloud": False})
    assert caught.value.code == "settings.cloud"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"vectors": "abacus"}, "SDC_VECTORS"),
        ({"vectors": "weaviate"}, "SDC_VECTORS_URL"),
        ({"vectors": "pinecone", "vectors_url": "http://localhost"}, "SDC_VECTORS_KEY"),
        ({"vectors": "weaviate", "vectors_url": "nowhere"}, "SDC_VECTORS_URL"),
        ({"embedder": "guess"}, "SDC_EMBEDDER"),
    ],
)
def test_settings_that_cannot_be_used_are_told_at_the_start(open_app, settings, told):
    with pytest.raises(SettingsError) as caught:
        open_app(**settings)
    assert told in caught.value.hint


def test_another_process_sees_what_was_added(open_app, add):
    here, there = open_app(), open_app()
    child = here.repository.add_child("Mia")
    add(here, child, "a cat")
    assert there.retrieval.search(child.id, "train").found == ()
    add(here, child, "the train", "09-MAR-2026")
    assert there.retrieval.search(child.id, "train").found


def line_of(app, session_id):
    """Return the index of the line with the train."""
    return next(u.index for u in app.repository.session(session_id).session.utterances if "red train" in u.raw)


def test_an_edit_is_answered_before_it_is_indexed_and_nothing_old_is_found(app, add, monkeypatch):
    added = add(app, "Mia", "a red train")
    child, entry = app.repository.named_child("Mia"), added.entry
    go_on = threading.Event()
    watch = Retrieval.watch

    def slowly(self, stored):
        if threading.current_thread().name == "afterwards":
            assert go_on.wait(30)
        watch(self, stored)

    monkeypatch.setattr(Retrieval, "watch", slowly)
    edited = edit_line(app.repository, entry.id, line_of(app, entry.id), NewLine("a blue boat ."), seen=1, by="a1")
    assert edited.entry.version == 2
    texts = [
        f.window.text for f in app.retrieval.search(child.id, "blue boat").found
    ]  # the index waits, the search not
    assert any("blue boat" in text for text in texts)
    assert not any("red train" in text for text in texts)
    go_on.set()
    app.retrieval.wait()
    assert app.retrieval.indexes.local.kept.versions(child.id) == {entry.id: 2}


def test_an_edit_that_a_kill_left_unindexed_is_searchable_all_the_same(app, add):
    added = add(app, "Mia", "a red train")
    child = app.repository.named_child("Mia")
    app.repository._edit_watchers.clear()  # the process died here
    at = line_of(app, added.entry.id)
    edit_line(app.repository, added.entry.id, at, NewLine("a blue boat ."), seen=1, by="a1")
    assert app.retrieval.indexes.local.kept.versions(child.id) == {added.entry.id: 1}
    texts = [f.window.text for f in app.retrieval.search(child.id, "blue boat").found]
    assert any("blue boat" in text for text in texts)
    assert not any("red train" in text for text in texts)


def test_work_that_breaks_off_is_not_waited_for():
    def broken():
        raise NotFoundError("The child was erased.")

    afterwards, done = Afterwards(), []
    afterwards.put("a", broken)
    afterwards.put("b", lambda: done.append("b"))
    afterwards.wait()
    assert done == ["b"]
