"""Kept sentences of models, and the tokens of a day."""

import contextlib
import threading

import pytest

from sdc.app import build_app
from sdc.errors import EngineError
from sdc.session import Claim
from sdc.settings import Settings
from sdc.store.answers import TokenBudget
from sdc.transcribe import ScriptedTranscriber

DAY_MS = 24 * 3_600_000


@pytest.fixture
def app(tmp_path):
    settings = Settings(home=tmp_path / "home", master_key="11" * 32)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        yield app


def test_sentences_are_kept_for_their_child_and_sealed(app):
    mia, ben = app.repository.add_child("Mia"), app.repository.add_child("Ben")
    said = (Claim("Mia said “a rare sentence”.", ("e1", "e2")),)
    app.answers.put(mia.id, "k", said)
    app.answers.put(mia.id, "k", (Claim("later"),))
    assert app.answers.get(mia.id, "k") == said
    assert app.answers.get(ben.id, "k") is None and app.answers.get(mia.id, "other") is None
    stored = b"".join(path.read_bytes() for path in app.settings.home.glob("sdc.sqlite3*"))
    assert b"a rare sentence" not in stored


def test_all_of_it_goes_with_the_child(app):
    mia = app.repository.add_child("Mia")
    app.answers.put(mia.id, "k", (Claim("x"),))
    app.tokens.reserve(mia.id, 5)
    app.erasure.erase(mia.id)
    assert app.documents.find_one("answers", {"child_id": mia.id}) is None
    assert app.documents.find_one("model_tokens", {"child_id": mia.id}) is None


def test_a_day_has_so_many_tokens_per_child(app):
    mia, ben, now = app.repository.add_child("Mia"), app.repository.add_child("Ben"), [10 * DAY_MS]
    budget = TokenBudget(app.documents, 100, lambda: now[0])
    entry = budget.reserve(mia.id, 60)
    with pytest.raises(EngineError) as caught:
        budget.reserve(mia.id, 41)
    assert caught.value.code == "engine.budget"
    budget.reserve(ben.id, 100)
    budget.settle(mia.id, entry, reserved=60, used=10)
    assert budget.spent(mia.id) == 10
    budget.reserve(mia.id, 90)
    assert budget.spent(mia.id) == 100
    now[0] += DAY_MS
    assert budget.spent(mia.id) == 0
    with pytest.raises(EngineError):
        budget.reserve(mia.id, 101)
    assert budget.spent(mia.id) == 0


def test_many_at_once_do_not_spend_more(app):
    mia = app.repository.add_child("Mia")
    budget, passed = TokenBudget(app.documents, 100), []

    def one():
        with contextlib.suppress(EngineError):
            passed.append(budget.reserve(mia.id, 30))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 3 and budget.spent(mia.id) == 90
