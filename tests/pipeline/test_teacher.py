"""A teacher at a service, through the real client: what grounds is kept, what does not is dropped and counted."""

import json
from dataclasses import replace

import pytest

from fakes import anthropic_api, openai_chat
from fakes.anthropic_api import fake_messages
from fakes.openai_chat import Reply, claims, fake_chat
from pipeline.test_dataset_building import ALL, add, rows
from sdc.errors import ConsentError, EngineError
from sdc.finetune.dataset.teacher import FELL_BACK, NOT_ANSWERED
from sdc.pipeline.dataset_building import build_from_files, build_from_store
from sdc.pipeline.language_models import language_model
from sdc.settings import Settings
from sdc.store.consents import Purpose

pytestmark = pytest.mark.usefixtures("only_loopback")

KEPT = "The child says “bid”, which stands for “big”."
REPLIES = (
    claims((KEPT, ["e1", "e2"])),
    claims(("The child says “dod” for “dog” 3 times.", ["e1", "e2"])),  # a figure that nothing shows
    claims(("The child says “tup” for “cup” and is severely delayed.", ["e1", "e2"])),  # what SDC does not say
    claims(("The child says “baw” for “ball” and “red”.", ["e1", "e2"])),  # a word that nobody said
    Reply("no form at all"),
)
LINES = ("Mia is bid [: big]", "a dod [: dog]", "a tup [: cup]", "a baw [: ball]", "a tain [: train]")


@pytest.fixture
def transcript(tmp_path, cha):
    """One recording, in which each of the child's lines is a window of its own."""
    text = cha(line=LINES[0]).decode().replace("*CHI:\tthe dog . \x15900_2000\x15\n", "")
    more = "".join(f"*MOT:\tand now ?\n*CHI:\t{line} .\n" for line in LINES[1:])
    (tmp_path / "visit.cha").write_text(text.replace("@End", f"{more}@End"), encoding="utf-8")
    return tmp_path / "visit.cha"


@pytest.fixture
def elsewhere(monkeypatch):
    """Take the fake on loopback for the service that it stands for: one outside this machine."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(
        "sdc.pipeline.dataset_building.language_model", lambda *told: replace(language_model(*told), is_remote=True)
    )


def at(engine, server):
    """Settings for a fake; the key is what the real service would ask for."""
    keys = {"openai": openai_chat.KEY, "anthropic": anthropic_api.KEY}
    if engine == "compatible":
        return {"llm_url": server.url}
    return {f"{engine}_url": server.url, f"{engine}_api_key": keys[engine]}


def from_files(path, engine, server):
    settings = Settings(home=path.parent / "home", llm_model="tiny", **at(engine, server))
    recipe = replace(ALL, sources=("transcript",), max_utterances=2, quiet_every=1000)
    build_from_files([path], settings, path.parent / "set", recipe, has_consent=True, teacher=engine)
    return [row for row in rows(path.parent / "set") if row["metadata"]["kind"] == "lines"]


@pytest.mark.parametrize(
    ("engine", "fake"), [("openai", fake_chat), ("anthropic", fake_messages), ("compatible", fake_chat)]
)
def test_what_grounds_is_kept_and_the_rest_counted(transcript, engine, fake):
    with fake(*REPLIES) as server:
        lines = from_files(transcript, engine, server)
        sent = json.dumps(server.asked)
    taught = [row for row in lines if row["metadata"]["source"] == "teacher"]
    assert [row["output"] for row in taught] == [KEPT]
    assert taught[0]["metadata"]["rules"]["teacher"] == f"{engine}:tiny"
    others = [row["output"] for row in lines if row["metadata"]["source"] == "transcript"]
    assert len(others) == 4 and all("“" in output for output in others)  # the template's sentences
    card = json.loads((transcript.parent / "set/card.json").read_text())
    assert (card["left_out"][FELL_BACK], card["left_out"][NOT_ANSWERED]) == (3, 1)
    assert card["sources"]["teacher"] == 1
    assert "bid" in sent and "Mia" not in sent and "2026" not in sent


def test_a_key_that_is_refused_ends_it_at_once(transcript):
    with fake_chat(Reply(status=401)) as server:
        with pytest.raises(EngineError) as caught:
            from_files(transcript, "compatible", server)
        assert caught.value.code == "engine.refused" and len(server.asked) == 1
    assert not (transcript.parent / "set").exists()


def test_a_service_is_sent_nothing_without_its_own_consent(app, tmp_path, cha, elsewhere):
    mia = app.repository.add_child("Mia")
    app.consents.grant(mia.id, Purpose.TRAINING, by="mother")
    add(app, tmp_path, mia, cha(line=LINES[0]), "one")
    with fake_chat(*REPLIES) as server:
        settings = replace(app.settings, llm_model="tiny", allow_cloud=True, **at("openai", server))
        told = replace(app, settings=settings)
        with pytest.raises(ConsentError, match="language model"):
            build_from_store(told, tmp_path / "set", ALL, teacher="openai", actor="cli")
        assert not server.asked and not (tmp_path / "set").exists()
        app.consents.grant(mia.id, Purpose.CLOUD_LANGUAGE_MODEL, by="mother")
        build_from_store(told, tmp_path / "set", ALL, teacher="openai", actor="cli")
        assert server.asked and "Mia" not in json.dumps(server.asked)
    assert [line.action for line in app.audit.lines(child_id=mia.id)].count("dataset.teach") == 1
