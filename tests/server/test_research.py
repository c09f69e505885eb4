"""Researchers: figures of children whose families agreed; no name, no date, no word, no recording."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from sdc.access import Role
from sdc.app import build_app
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.store.consents import Purpose
from sdc.store.pseudonyms import Pseudonyms
from sdc.transcribe import ScriptedTranscriber


@pytest.fixture
def clinic(tmp_path, cha):
    settings = Settings(home=tmp_path / "home", accounts=True)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        for name, dates in {"Miriam": ("02-MAR-2026", "16-MAR-2026"), "Benedikt": ("03-APR-2026",)}.items():
            for date in dates:
                path = tmp_path / f"{name}-{date}.cha"
                path.write_bytes(cha(date=date, word="zebra"))
                add_paths(app, [path], name, Given(context="at grandmother's in Ulm"))
        yield app


@pytest.fixture
def researcher(clinic):
    account = clinic.accounts.add("researcher", Role.RESEARCHER)
    headers = {"Authorization": f"Bearer {clinic.accounts.logins.begin(account.id)}"}
    return TestClient(create_server(clinic, "unused"), base_url="http://127.0.0.1:8765", headers=headers)


def agree(app, name: str) -> str:
    child = app.repository.named_child(name)
    app.consents.grant(child.id, Purpose.RESEARCH_EXPORT, by="mother")
    return child.id


def test_nothing_without_consent_and_nothing_after_its_withdrawal(clinic, researcher):
    assert researcher.get("/api/research/children").json() == []
    child_id = agree(clinic, "Miriam")
    (child,) = researcher.get("/api/research/children").json()
    address = f"/api/research/children/{child['pseudonym']}"
    assert researcher.get(address).status_code == 200
    other = clinic.pseudonyms.of(clinic.repository.named_child("Benedikt").id)
    unknown, unconsented = (researcher.get(f"/api/research/children/{p}") for p in ("R-000000000000", other))
    assert (unknown.status_code, unknown.content) == (404, unconsented.content)
    clinic.consents.withdraw(child_id, Purpose.RESEARCH_EXPORT, by="mother")
    assert researcher.get(address).status_code == 404
    assert researcher.get("/api/research/children").json() == []


def test_what_a_researcher_sees(clinic, researcher):
    agree(clinic, "Miriam")
    (child,) = researcher.get("/api/research/children").json()
    assert (child["sex"], child["n_sessions"]) == (None, 2)
    assert (child["first_age_months"], child["last_age_months"]) == (30, 30)
    shown = researcher.get(f"/api/research/children/{child['pseudonym']}").json()
    assert [(s["number"], s["week"], s["age_months"]) for s in shown["sessions"]] == [(1, 1, 30), (2, 3, 30)]
    measure = shown["sessions"][0]["measures"]["mlu_words"]
    (entry, _) = clinic.repository.session_entries(clinic.repository.named_child("Miriam").id)
    assert measure["value"] == entry.measures["mlu_words"].value
    assert measure["rule"] == entry.measures["mlu_words"].rule


def test_no_name_date_or_word_is_shown(clinic, researcher):
    for name in ("Miriam", "Benedikt"):
        agree(clinic, name)
    listed = researcher.get("/api/research/children")
    texts = [listed.text]
    texts += [researcher.get(f"/api/research/children/{c['pseudonym']}").text for c in listed.json()]
    everything = " ".join(texts)
    for told in ("Miriam", "Benedikt", "Mia", "zebra", "Ulm", "grandmother", "visit", ".cha", "2026", "MAR"):
        assert told not in everything
    ids = [child.id for child in clinic.repository.children()]
    ids += [entry.id for child_id in ids for entry in clinic.repository.session_entries(child_id)]
    assert not [one for one in ids if one in everything]
    assert not re.search(r"\d{4}-\d{2}-\d{2}", everything)


def test_pseudonyms_are_stable_and_differ_from_store_to_store(clinic, tmp_path):
    child_id = clinic.repository.named_child("Miriam").id
    assert clinic.pseudonyms.of(child_id) == Pseudonyms(clinic.documents).of(child_id)
    assert re.fullmatch("R-[0-9A-F]{12}", clinic.pseudonyms.of(child_id))
    with build_app(Settings(home=tmp_path / "other"), transcriber=ScriptedTranscriber(())) as other:
        assert other.pseudonyms.of(child_id) != clinic.pseudonyms.of(child_id)


def test_each_look_at_a_child_is_in_the_audit(clinic, researcher):
    child_id = agree(clinic, "Miriam")
    researcher.get(f"/api/research/children/{clinic.pseudonyms.of(child_id)}")
    account = clinic.accounts.id_of("researcher")
    lines = [(line.actor, line.action) for line in clinic.audit.lines(child_id=child_id)]
    assert (account, "export_research") in lines
    assert "Miriam" not in json.dumps([str(line) for line in clinic.audit.lines()])
