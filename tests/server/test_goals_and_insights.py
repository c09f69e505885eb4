"""Goals, accounts, decisions and answers over HTTP; what parents are and are not told."""

import pytest
from fastapi.testclient import TestClient

from clinic import BASE, Clinic
from sdc.access import Role
from sdc.app import build_app
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

GOAL = {
    "behaviour": "uses longer utterances",
    "condition": "in play with the mother",
    "measure": "mlu_words",
    "criterion": 4,
    "due": "2026-12-24",
    "sessions": 4,
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory, cha, wav):
    settings = Settings(home=tmp_path_factory.mktemp("ward") / "home", accounts=True)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        yield Clinic(TestClient(create_server(app, "unused"), base_url=BASE), cha, wav)


class Person:
    """Somebody who is signed in and on the own child's team."""

    def __init__(self, ward, role):
        self.client, self.child = ward.client, ward.children["own"]["child_id"]
        secret = ward.app.accounts.logins.begin(ward.accounts[role])
        self.headers = {"X-SDC-Request": "1", "Authorization": f"Bearer {secret}"}

    def get(self, path, **params):
        return self.client.get(f"/api/children/{self.child}/{path}", params=params, headers=self.headers)

    def post(self, path, body):
        return self.client.post(f"/api/children/{self.child}/{path}", json=body, headers=self.headers)


@pytest.fixture
def therapist(ward):
    return Person(ward, Role.THERAPIST)


@pytest.fixture
def parent(ward):
    return Person(ward, Role.PARENT)


def test_goals(therapist, parent):
    made = therapist.post("goals", {**GOAL, "scale": "auto"}).json()["goals"][-1]
    assert made["status"] == "cannot_tell"
    assert made["reason"] == "few_sessions"
    assert len(made["scale"]) == 5
    assert made["title"] == "Mean length of utterance in words"
    seen = parent.get("goals").json()
    assert [g["id"] for g in seen["goals"]][-1] == made["id"]
    assert seen["t_score"] is None
    change = {k: made[k] for k in ("version", "behaviour", "condition", "due", "direction")} | {"criterion": 5}
    address = f"/api/children/{therapist.child}/goals/{made['id']}"
    changed = therapist.client.put(address, json=change, headers=therapist.headers).json()["goals"][-1]
    assert (changed["criterion"], changed["version"], changed["scale"]) == (5, 2, [])
    stale = therapist.client.put(address, json=change, headers=therapist.headers)
    assert (stale.status_code, stale.json()["code"]) == (409, "goal.stale")
    closed = therapist.post(f"goals/{made['id']}/close", {"why": "met"}).json()["goals"][-1]
    assert (closed["is_open"], closed["closed_why"]) == (False, "met")
    refused = therapist.post("goals", {**GOAL, "behaviour": "makes eye contact"})
    assert (refused.status_code, refused.json()["code"]) == (422, "goal.masking")
    assert therapist.post("goals", {**GOAL, "scale": [1, 2]}).json()["code"] == "goal.scale"


def test_accounts_are_in_the_readers_voice(therapist, parent):
    assert therapist.get("insights").json()["voice"] == "slp"
    assert parent.get("insights").json()["voice"] == "parent"
    assert parent.get("insights", voice="slp").status_code == 403
    assert therapist.get("insights", voice="parent").json() == parent.get("insights").json()


def test_a_session_of_another_child_has_no_account_here(ward, therapist):
    other = ward.children["other"]["session_id"]
    assert therapist.get("insights", session=other).status_code == 404
    body = {"key": "0" * 24, "verb": "approve", "version": 0, "of_session": other}
    assert therapist.post("insights/decisions", body).status_code == 404
    own = ward.children["own"]["session_id"]
    assert therapist.get("insights", session=own).json()["sessions"] == [own]


def test_decisions_on_a_sessions_page_and_in_an_account(ward, therapist, parent):
    session = ward.children["own"]["session_id"]

    def page():
        return ward.client.get(f"/api/sessions/{session}", headers=therapist.headers).json()["insights"]

    insight = next(i for i in page() if i["kind"] == "seen")
    body = {"key": insight["key"], "verb": "approve", "version": 0, "of_session": session}
    assert therapist.post("insights/decisions", body).json()["version"] == 1
    assert therapist.post("insights/decisions", body).json()["code"] == "insight.stale"
    after = next(i for i in page() if i["key"] == insight["key"])
    assert (after["status"], after["version"], after["is_edited"]) == ("approved", 1, False)
    assert parent.post("insights/decisions", body).status_code == 403
    told = parent.get("insights").json()["insights"]
    question = next(i for i in told if i["kind"] == "question")
    edit = {"key": question["key"], "verb": "edit", "version": 0, "text": "What is next?", "voice": "parent"}
    assert therapist.post("insights/decisions", edit).status_code == 201
    shown = next(i for i in parent.get("insights").json()["insights"] if i["key"] == question["key"])
    assert [c["text"] for c in shown["claims"]] == ["What is next?"]
    assert shown["is_edited"]
    listed = therapist.get("feedback").json()
    assert [d["verb"] for d in listed["decisions"]] == ["approve", "edit"]


def test_a_parent_answers_and_the_activity_changes(therapist, parent):
    activity = parent.get("insights").json()["activity"]
    assert len(activity["steps"]) == 3
    assert activity["sources"]
    answer = parent.post(f"activities/{activity['id']}/answers", {"went": "so_so"})
    assert (answer.status_code, answer.json()["went"]) == (201, "so_so")
    assert parent.get("insights").json()["activity"]["id"] != activity["id"]
    assert therapist.get("feedback").json()["answers"][-1]["activity"] == activity["id"]
    assert parent.post("activities/nonsense/answers", {"went": "well"}).status_code == 404
