"""The progress page over HTTP: what each role is sent, and phases."""

import pytest
from fastapi.testclient import TestClient

from clinic import BASE, Clinic
from sdc.access import Role
from sdc.app import build_app
from sdc.measures import REGISTRY
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

PLAN = {
    "version": 0,
    "baseline": {"first": "2026-01-05", "last": "2026-02-01"},
    "intervention": {"first": "2026-02-02"},
    "note": "waiting longer",
}


@pytest.fixture(scope="module")
def ward(tmp_path_factory, cha, wav):
    settings = Settings(home=tmp_path_factory.mktemp("ward") / "home", accounts=True)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        yield Clinic(TestClient(create_server(app, "unused"), base_url=BASE), cha, wav)


@pytest.fixture
def call(ward):
    """Make a request about the own child as somebody of its care team."""

    def call(role, method, path, **more):
        headers = {
            "X-SDC-Request": "1",
            "Authorization": f"Bearer {ward.app.accounts.logins.begin(ward.accounts[role])}",
        }
        address = f"/api/children/{ward.children['own']['child_id']}/{path}"
        return ward.client.request(method, address, headers=headers, **more)

    return call


def ids(answer):
    return {m["measure"] for m in answer.json()["measures"]}


def test_who_sees_which_measures(call):
    for_all = {m for m, rule in REGISTRY.items() if rule.audience == "everyone"}
    assert ids(call(Role.THERAPIST, "GET", "progress/page")) == set(REGISTRY)
    assert ids(call(Role.PARENT, "GET", "progress/page")) == for_all
    research = next(iter(set(REGISTRY) - for_all))
    followed = call(Role.PARENT, "GET", "progress/page", params={"followed": True})
    assert ids(followed) == {"mlu_words", "ndw_100", "maze_words_pct"}
    params = {"measure": ["mlu_words", research]}
    assert ids(call(Role.THERAPIST, "GET", "progress/page", params=params)) == {"mlu_words", research}
    assert call(Role.PARENT, "GET", "progress/page", params=params).status_code == 404


def test_columns_stand_in_the_order_of_the_sessions(call, ward):
    shown = call(Role.PARENT, "GET", "progress/page").json()
    session = ward.children["own"]["session_id"]
    assert [s["id"] for s in shown["sessions"]] == [session]
    for one in shown["measures"]:
        assert {len(one[column]) for column in ("values", "n", "low", "high")} == {1}
        assert len(one["interval"]) in (0, 1)
        assert (one["values"][0] is None) == (session in one["reasons"])


def test_the_page_says_the_same_as_the_measure_alone(call):
    page = {m["measure"]: m for m in call(Role.THERAPIST, "GET", "progress/page").json()["measures"]}
    for measure in ("mlu_words", "td_total", "intelligible_words_pct"):
        (point,) = call(Role.THERAPIST, "GET", "progress", params={"measure": measure}).json()["points"]
        one = page[measure]
        assert (one["values"], one["n"], one["low"], one["high"]) == (
            [point["value"]], [point["n"]], [point["low"]], [point["high"]],
        )  # fmt: skip


def test_a_parent_is_sent_no_norms(call, ward):
    entry = ward.app.repository.entry(ward.children["own"]["session_id"])
    assert "oy play" not in (entry.context or "")
    told = call(Role.THERAPIST, "GET", "norms")
    assert (told.status_code, told.json()["measures"]) == (200, {})
    assert "KIDEVAL" in told.json()["source"]
    assert call(Role.PARENT, "GET", "norms").status_code == 403
    page = call(Role.PARENT, "GET", "progress/page").text
    assert "norm" not in page.lower()
    assert "percentile" not in page.lower()


def test_a_period_or_a_situation_without_sessions_is_empty(call):
    for params in ({"first": "2031-01-01"}, {"context": "nowhere"}):
        shown = call(Role.THERAPIST, "GET", "progress/page", params=params).json()
        assert shown["sessions"] == []
        assert {m["verdict"] for m in shown["measures"]} <= {"cannot_tell", "descriptive"}
    refused = call(Role.THERAPIST, "GET", "progress/page", params={"first": "2031-01-01", "last": "2030-01-01"})
    assert (refused.status_code, refused.json()["code"]) == (422, "progress.period")
    assert call(Role.THERAPIST, "GET", "progress/page", params={"first": "soon"}).status_code == 422


def test_phases_are_stated_seen_and_taken_back(call):
    assert call(Role.THERAPIST, "GET", "phases").json()["version"] == 0
    stated = call(Role.THERAPIST, "PUT", "phases", json=PLAN)
    assert (stated.status_code, stated.json()["version"]) == (200, 1)
    seen = call(Role.PARENT, "GET", "phases").json()
    assert (seen["note"], seen["intervention"]) == ("waiting longer", {"first": "2026-02-02", "last": None})
    assert call(Role.THERAPIST, "PUT", "phases", json=PLAN).json()["code"] == "phases.stale"
    wrong = {**PLAN, "version": 1, "intervention": {"first": "2026-01-02"}}
    assert call(Role.THERAPIST, "PUT", "phases", json=wrong).json()["code"] == "phases.dates"
    back = call(Role.THERAPIST, "PUT", "phases", json={"version": 1})
    assert (back.json()["version"], back.json()["baseline"]) == (2, None)
