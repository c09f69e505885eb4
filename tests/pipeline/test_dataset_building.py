"""Data sets from the store and from files: consent first, reviewed transcripts only, no names, the same bytes."""

import json

import pytest

from sdc.errors import ConsentError, InputError, SettingsError
from sdc.finetune.dataset.recipe import Recipe
from sdc.pipeline.dataset_building import build_from_files, build_from_store
from sdc.pipeline.dataset_material import NOT_REVIEWED
from sdc.pipeline.intake import order_session
from sdc.pipeline.parts import SessionOrder
from sdc.pipeline.periods import Span, child_account
from sdc.pipeline.process_session import process_session
from sdc.pipeline.review import mark_reviewed
from sdc.pipeline.reviewing import decide
from sdc.settings import Settings
from sdc.store.consents import Purpose

ALL = Recipe(train_only=True, quiet_every=1)


def add(app, tmp_path, child, data, name, reviewed=True):
    path = tmp_path / f"{name}.cha"
    path.write_bytes(data)
    upload = app.repository.upload_file(child.id, path)
    order = SessionOrder(child.id, (upload.id,))
    order_session(app.repository, app.jobs, order)
    session = process_session(order, app, lambda *_: None).session_id
    if reviewed:
        mark_reviewed(app.repository, session, seen=1, by="a1")
    return session


@pytest.fixture
def mia(app, tmp_path, cha):
    """A child with two reviewed sessions; people say her name, her sister's and a number."""
    child = app.repository.add_child("Mia")
    app.consents.grant(child.id, Purpose.TRAINING, by="mother")
    add(app, tmp_path, child, cha(line="Mia got a big red train for Rosa"), "one")
    add(app, tmp_path, child, cha(date="09-MAR-2026", line="the bid [: big] dog and call 0664 1234567"), "two")
    return child


def texts(folder):
    return "".join((folder / f"{name}.jsonl").read_text() for name in ("train", "validation", "test"))


def rows(folder):
    return [json.loads(line) for line in texts(folder).splitlines()]


def test_from_the_store(app, mia, tmp_path):
    built = build_from_store(app, tmp_path / "set", ALL, actor="cli")
    found = rows(tmp_path / "set")
    assert {row["metadata"]["child"] for row in found} == {app.pseudonyms.of(mia.id)}
    assert {row["metadata"]["kind"] for row in found} >= {"lines", "question"}
    assert {row["metadata"]["session"] for row in found} == {None, 1, 2}
    assert not built.refused
    assert not any(name in texts(tmp_path / "set") for name in ("Mia", "Rosa", "0664", "2026"))
    assert "Person" in texts(tmp_path / "set")
    card = json.loads((tmp_path / "set" / "card.json").read_text())
    assert card["consent"]["children"] == 1
    assert card["amounts"]["sessions"] == 2
    assert card["amounts"]["minutes"] > 0
    assert not any(name in json.dumps(card) for name in ("Mia", "Rosa"))
    assert [line.action for line in app.audit.lines(child_id=mia.id)].count("dataset.build") == 1


def test_a_name_that_was_not_replaced_keeps_its_pair_out(app, mia, tmp_path, monkeypatch):
    """The last look is another one than the replacing: where that fails, nothing gets out."""
    monkeypatch.setattr(
        "sdc.pipeline.dataset_material.deidentify_sessions", lambda sessions, roster: (sessions, roster)
    )
    build_from_store(app, tmp_path / "set", ALL, actor="cli")
    assert "Mia" not in texts(tmp_path / "set")
    assert "Rosa" not in texts(tmp_path / "set")
    card = json.loads((tmp_path / "set" / "card.json").read_text())
    assert card["left_out"]["a name, an address or a number was left in it"] > 0


def test_the_same_input_gives_the_same_bytes(app, mia, tmp_path):
    for name in ("a", "b"):
        build_from_store(app, tmp_path / name, ALL, actor="cli")
    files = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("a", "b")]
    assert files[0] == files[1]
    assert set(files[0]) == {"train.jsonl", "validation.jsonl", "test.jsonl", "card.json", "card.md"}


def test_without_consent_nothing_of_a_child(app, mia, tmp_path, cha):
    ben = app.repository.add_child("Ben")
    add(app, tmp_path, ben, cha(line="an elephant"), "ben")
    built = build_from_store(app, tmp_path / "set", ALL, actor="cli")
    assert "elephant" not in texts(tmp_path / "set")
    assert [(r.name, r.error.code) for r in built.refused] == [("Ben", "consent.missing")]
    card = (tmp_path / "set" / "card.json").read_text()
    assert json.loads(card)["consent"]["children_left_out"] == {"consent.missing": 1}
    assert "Ben" not in card
    with pytest.raises(ConsentError, match="Ben: Not done"):
        build_from_store(app, tmp_path / "other", ALL, children=["Mia", "Ben"], actor="cli")
    app.consents.withdraw(mia.id, Purpose.TRAINING, by="mother")
    with pytest.raises(ConsentError) as caught:
        build_from_store(app, tmp_path / "other", ALL, actor="cli")
    assert caught.value.code in ("consent.withdrawn", "consent.missing")
    assert not (tmp_path / "other").exists()


def test_what_nobody_reviewed_stays_out(app, mia, tmp_path, cha):
    add(app, tmp_path, mia, cha(date="16-MAR-2026", line="a giraffe"), "three", reviewed=False)
    build_from_store(app, tmp_path / "set", ALL, actor="cli")
    assert "giraffe" not in texts(tmp_path / "set")
    assert json.loads((tmp_path / "set" / "card.json").read_text())["left_out"][NOT_REVIEWED] == 1


def test_approved_and_edited_texts_with_their_evidence(app, mia, tmp_path):
    account = child_account(app.repository, mia.id, Span(), "parent")
    strength = next(r for r in account.insights if r.insight.kind == "strength")
    text = "In week 1 (2 March 2026) Mia told: “Mia got a big red train for Rosa”."
    decide(app, mia, account.insights, strength.key, "edit", text=text, voice="parent", actor="a1")
    only = Recipe(train_only=True, sources=("approved",))
    build_from_store(app, tmp_path / "set", only, actor="cli")
    (pair,) = rows(tmp_path / "set")
    told = json.loads(pair["output"])["claims"][0]["text"]
    assert told.startswith("In week 1 P")
    assert not any(name in pair["prompt"] + pair["output"] for name in ("Mia", "Rosa", "2026"))
    assert told.partition("“")[2].partition("”")[0] in pair["prompt"]
    assert pair["metadata"]["labels"] == ["strength", "parent", "edited"]
    assert pair["metadata"]["source"] == "approved"
    shown = child_account(app.repository, mia.id, Span(), "parent").insights
    decide(app, mia, shown, strength.key, "dismiss", actor="a1")
    with pytest.raises(InputError, match="No pair could be made"):
        build_from_store(app, tmp_path / "set", only, actor="cli")


def test_a_service_as_teacher_needs_its_own_consent(app, mia, tmp_path):
    with pytest.raises(SettingsError):
        build_from_store(app, tmp_path / "set", ALL, teacher="openai", actor="cli")
    settings = Settings(home=app.settings.home, allow_cloud=True, openai_api_key="k", llm_model="m")
    object.__setattr__(app, "settings", settings)
    with pytest.raises(ConsentError, match="language model"):
        build_from_store(app, tmp_path / "set", ALL, teacher="openai", actor="cli")
    assert not (tmp_path / "set").exists()


def transcript(name, line, age="2;06.00"):
    return (
        f"@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI {name} Target_Child, MOT Mother\n"
        f"@ID:\teng|made|CHI|{age}|female|||Target_Child|||\n@ID:\teng|made|MOT|||||Mother|||\n"
        f"*MOT:\twhat is that , {name} ?\n*CHI:\t{line} &=laughs .\n@End\n"
    )


@pytest.fixture
def corpus(tmp_path):
    place = tmp_path / "corpus"
    place.mkdir()
    for i, name in enumerate(("Ann", "Bob", "Cleo", "Dora")):
        for n, thing in enumerate(("cat", "dog", "bird")):
            (place / f"{name.lower()}{n}.cha").write_text(
                transcript(name, f"a {thing} and number {i} thing", f"2;0{n}.00")
            )
    (place / "broken.cha").write_text("no transcript")
    (place / "french.cha").write_text(transcript("Eve", "un chat").replace("@Languages:\teng", "@Languages:\tfra"))
    return place


def from_files(corpus, folder, recipe=None, **options):
    recipe = recipe or Recipe(quiet_every=1)
    return build_from_files(
        [corpus], Settings(home=corpus / "home"), folder, recipe, **{"has_consent": True, **options}
    )


def test_from_files(corpus, tmp_path):
    built = from_files(corpus, tmp_path / "set")
    assert [error.source for error in built.failures] == ["broken.cha"]
    card = json.loads((tmp_path / "set" / "card.json").read_text())
    assert card["amounts"]["children"] == 4
    assert card["left_out"]["a session in another language"] == 1
    assert "--i-have-consent" in card["consent"]["basis"]
    sides = [
        {r["metadata"]["child"] for r in map(json.loads, (tmp_path / "set" / f"{n}.jsonl").read_text().splitlines())}
        for n in ("train", "validation", "test")
    ]
    assert [len(side) for side in sides] == [2, 1, 1]
    assert len(set.union(*sides)) == 4
    assert not any(name in texts(tmp_path / "set") for name in ("Ann", "Bob", "Cleo", "Dora"))


def test_files_need_a_statement_of_consent(corpus, tmp_path):
    with pytest.raises(ConsentError, match="consent"):
        from_files(corpus, tmp_path / "set", has_consent=False)
    assert not (tmp_path / "set").exists()


def test_an_empty_split_is_an_error(corpus, tmp_path):
    for path in corpus.glob("[b-d]*.cha"):
        path.unlink()
    with pytest.raises(InputError) as caught:
        from_files(corpus, tmp_path / "set")
    assert caught.value.code == "dataset.empty-split"
    assert not (tmp_path / "set").exists()
