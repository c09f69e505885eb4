"""Every route × every role × own child, other child; nobody; and a route that is new fails until it is here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from clinic import BASE, ROLES, Clinic
from sdc.access import Role
from sdc.app import build_app
from sdc.server.permission import ChildFrom, permission_of
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

OPEN = {
    "GET /api/health",
    "GET /api/access",
    "POST /api/login",
    "POST /api/sign-in",
    "POST /api/invitations/open",
    "POST /api/invitations/accept",
}
MATRIX = """
GET    /api/measures                                200 200 | 200 200 | 200 200 | 200 200
GET    /api/children                                200 200 | 200 200 | 200 200 | 403 403
POST   /api/children                                201 201 | 201 201 | 403 403 | 403 403
GET    /api/children/{child_id}                     200 404 | 200 404 | 200 404 | 403 403
DELETE /api/children/{child_id}                     409 409 | 403 403 | 403 403 | 403 403
GET    /api/children/{child_id}/sessions            200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/series              200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/progress            200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/progress/page       200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/norms               200 404 | 200 404 | 403 403 | 403 403
GET    /api/children/{child_id}/phases              200 404 | 200 404 | 200 404 | 403 403
PUT    /api/children/{child_id}/phases              409 404 | 409 404 | 403 403 | 403 403
GET    /api/children/{child_id}/report              200 404 | 200 404 | 403 403 | 403 403
GET    /api/children/{child_id}/letter              200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/reports             200 404 | 200 404 | 200 404 | 403 403
POST   /api/children/{child_id}/reports             409 404 | 409 404 | 403 403 | 403 403
GET    /api/children/{child_id}/reports/preview     200 404 | 200 404 | 403 403 | 403 403
GET    /api/children/{child_id}/reports/{report_id} 404 404 | 404 404 | 404 404 | 403 403
GET    /api/sessions/{session_id}/note              200 404 | 200 404 | 403 403 | 403 403
PUT    /api/sessions/{session_id}/note              409 404 | 409 404 | 403 403 | 403 403
GET    /api/children/{child_id}/consents            200 404 | 200 404 | 200 404 | 403 403
PUT    /api/children/{child_id}/consents            200 404 | 200 404 | 200 404 | 403 403
POST   /api/children/{child_id}/ask                 200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/search              200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/goals               200 404 | 200 404 | 200 404 | 403 403
POST   /api/children/{child_id}/goals               201 404 | 201 404 | 403 403 | 403 403
PUT    /api/children/{child_id}/goals/{goal_id}     409 404 | 409 404 | 403 403 | 403 403
POST   /api/children/{child_id}/goals/{goal_id}/close 409 404 | 409 404 | 403 403 | 403 403
GET    /api/children/{child_id}/insights            200 404 | 200 404 | 200 404 | 403 403
GET    /api/children/{child_id}/home                200 404 | 200 404 | 200 404 | 403 403
POST   /api/children/{child_id}/insights/decisions  404 404 | 404 404 | 403 403 | 403 403
GET    /api/children/{child_id}/feedback            200 404 | 200 404 | 403 403 | 403 403
POST   /api/children/{child_id}/activities/{activity_id}/answers 201 404 | 201 404 | 201 404 | 403 403
POST   /api/children/{child_id}/sessions            202 404 | 202 404 | 202 404 | 403 403
GET    /api/children/{child_id}/jobs                200 404 | 200 404 | 200 404 | 403 403
GET    /api/jobs/{job_id}                           200 404 | 200 404 | 200 404 | 403 403
GET    /api/jobs/{job_id}/events                    200 404 | 200 404 | 200 404 | 403 403
POST   /api/jobs/{job_id}/retry                     409 404 | 409 404 | 409 404 | 403 403
PUT    /api/uploads                                 201 404 | 201 404 | 201 404 | 403 403
POST   /api/uploads                                 201 404 | 201 404 | 201 404 | 403 403
GET    /api/uploads/{upload_id}                     200 404 | 200 404 | 200 404 | 403 403
PATCH  /api/uploads/{upload_id}                     409 404 | 409 404 | 409 404 | 403 403
DELETE /api/uploads/{upload_id}                     409 404 | 409 404 | 409 404 | 403 403
GET    /api/sessions/{session_id}                   200 404 | 200 404 | 200 404 | 403 403
GET    /api/sessions/{session_id}/media             200 404 | 200 404 | 200 404 | 403 403
GET    /api/sessions/{session_id}/tracks            200 404 | 200 404 | 200 404 | 403 403
GET    /api/sessions/{session_id}/spectrogram       200 404 | 200 404 | 200 404 | 403 403
GET    /api/sessions/{session_id}/voice-labels      404 404 | 404 404 | 403 403 | 403 403
GET    /api/sessions/{session_id}/review            200 404 | 200 404 | 403 403 | 403 403
PUT    /api/sessions/{session_id}/review            200 404 | 200 404 | 403 403 | 403 403
PUT    /api/sessions/{session_id}/review/lines/{index} 409 404 | 409 404 | 403 403 | 403 403
PUT    /api/sessions/{session_id}/roles             422 404 | 422 404 | 403 403 | 403 403
PUT    /api/sessions/{session_id}/utterances/{index} 422 404 | 422 404 | 403 403 | 403 403
GET    /api/sessions/{session_id}/versions          200 404 | 200 404 | 200 404 | 403 403
POST   /api/sessions/{session_id}/edits             422 404 | 422 404 | 403 403 | 403 403
GET    /api/sessions/{session_id}/versions/{version} 200 404 | 200 404 | 200 404 | 403 403
POST   /api/sessions/{session_id}/versions          201 404 | 201 404 | 403 403 | 403 403
PUT    /api/sessions/{session_id}/voices            200 404 | 200 404 | 403 403 | 403 403
GET    /api/research/children                       403 403 | 403 403 | 403 403 | 200 200
GET    /api/research/children/{pseudonym}           403 403 | 403 403 | 403 403 | 200 404
GET    /api/accounts                                200 200 | 403 403 | 403 403 | 403 403
POST   /api/accounts                                201 201 | 403 403 | 403 403 | 403 403
POST   /api/accounts/{account_id}/invitation        201 201 | 403 403 | 403 403 | 403 403
PATCH  /api/accounts/{account_id}                   200 200 | 403 403 | 403 403 | 403 403
GET    /api/teams                                   200 200 | 403 403 | 403 403 | 403 403
PUT    /api/children/{child_id}/team/{account_id}   204 204 | 403 403 | 403 403 | 403 403
DELETE /api/children/{child_id}/team/{account_id}   204 204 | 403 403 | 403 403 | 403 403
POST   /api/sign-out                                204 204 | 204 204 | 204 204 | 204 204
POST   /api/sign-out-everywhere                     204 204 | 204 204 | 204 204 | 204 204
POST   /api/password                                401 401 | 401 401 | 401 401 | 401 401
"""
"""For each role the status for the own child and for the other one: admin | therapist | parent | researcher.

409: past the gate; only a failed job can be tried again, and the upload is whole already. 422 of roles: past
the gate; a transcript names its speakers itself. 409 of a line's review: past the gate; nobody has seen version 99.
409 of DELETE
/api/children: past the gate; what was typed is not the name. 401 of /api/password: past the gate, the old password is
wrong. 409 of goals: past the gate; the goal is closed already. 409 of
phases: past the gate; nobody has stated version 9. 404 of decisions: past the gate; no insight has that
key. 409 of reports and notes: past the gate; the digest and the version are none that somebody saw. 404 of a report:
past the gate; none is signed. The family of the own child has agreed to research, that of the other one has not.
"""


def read_matrix() -> dict[str, dict[Role, tuple[int, int]]]:
    table = {}
    for line in MATRIX.strip().splitlines():
        method, path, *rest = line.split()
        pairs = " ".join(rest).split("|")
        table[f"{method} {path}"] = {
            role: tuple(map(int, pair.split())) for role, pair in zip(ROLES, pairs, strict=True)
        }
    return table


EXPECTED = read_matrix()


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory, cha, wav) -> Iterator[Clinic]:
    settings = Settings(home=tmp_path_factory.mktemp("clinic") / "home", accounts=True)
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        yield Clinic(TestClient(create_server(app, "unused"), base_url=BASE), cha, wav)


def all_routes(server) -> dict[str, object]:
    """Every JSON route of the server with its function, also those that the description hides."""
    found = {}
    for method, path, endpoint in walk(server.router):
        if path.startswith("/api") and method not in ("HEAD", "OPTIONS"):
            found[f"{method} {path}"] = endpoint
    return found


def walk(router) -> Iterator[tuple[str, str, object]]:
    from fastapi.routing import iter_route_contexts

    for context in iter_route_contexts(router.routes):
        for method in context.methods or ():
            yield method, context.path, context.endpoint


def test_every_route_declares_what_it_asks_for(clinic):
    routes = all_routes(clinic.client.app)
    assert len(routes) > 20
    assert [route for route, endpoint in routes.items() if permission_of(endpoint) is None] == []
    described = clinic.client.app.openapi()["paths"]
    assert {f"{m.upper()} {path}" for path, methods in described.items() for m in methods} == set(routes)


def test_every_route_is_in_the_table(clinic):
    routes = all_routes(clinic.client.app)
    assert set(routes) == set(EXPECTED) | OPEN
    assert {route for route, endpoint in routes.items() if permission_of(endpoint).action is None} == OPEN


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", EXPECTED)
def test_who_may_what(clinic, route, role):
    statuses = tuple(clinic.ask(route, role, whose).status_code for whose in ("own", "other"))
    assert statuses == EXPECTED[route][role]


@pytest.mark.parametrize("route", EXPECTED)
def test_nobody_may_anything(clinic, route):
    answers = [clinic.ask(route, None, whose) for whose in ("own", "other", "unknown")]
    assert [(a.status_code, a.json()["code"]) for a in answers] == [(401, "access.signed-out")] * 3


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("route", [route for route in EXPECTED if EXPECTED[route][Role.THERAPIST][1] == 404])
def test_another_childs_id_looks_like_one_that_nobody_has(clinic, route, role):
    other, unknown = (clinic.ask(route, role, whose) for whose in ("other", "unknown"))
    assert (other.status_code, other.content) == (unknown.status_code, unknown.content)


def test_every_route_with_an_id_finds_the_child_by_it(clinic):
    by_name = {"child_id": ChildFrom.CHILD, "session_id": ChildFrom.SESSION, "job_id": ChildFrom.JOB}
    by_name["upload_id"] = ChildFrom.UPLOAD
    for route, endpoint in all_routes(clinic.client.app).items():
        for name, child_from in by_name.items():
            if f"{{{name}}}" in route:
                assert permission_of(endpoint).child_from is child_from, route
                break


def test_lists_hold_the_care_teams_children_only(clinic):
    for role in (Role.ADMIN, Role.THERAPIST, Role.PARENT):
        listed = {child["id"] for child in clinic.ask("GET /api/children", role, "own").json()["items"]}
        assert clinic.children["own"]["child_id"] in listed
        assert clinic.children["other"]["child_id"] not in listed


def test_a_parent_is_shown_no_measure_for_researchers(clinic):
    from sdc.measures import REGISTRY

    kept_back = {rule.id for rule in REGISTRY.values() if rule.audience == "researcher"}
    assert "jitter_local_pct" in kept_back
    for role, sees in ((Role.THERAPIST, True), (Role.PARENT, False)):
        session = clinic.ask("GET /api/sessions/{session_id}", role, "own").json()
        shown = set(session["speakers"]["CHI"]["measures"])
        assert "mlu_words" in shown
        assert (kept_back <= shown) is sees
        assert bool(kept_back & shown) is sees
        headers = {"Authorization": f"Bearer {clinic.app.accounts.logins.begin(clinic.accounts[role])}"}
        for what in ("series", "progress"):
            address = f"/api/children/{clinic.children['own']['child_id']}/{what}"
            asked = clinic.client.get(address, params={"measure": "jitter_local_pct"}, headers=headers)
            assert asked.status_code == (200 if sees else 404)


def test_an_upload_of_another_child_makes_no_session(clinic):
    headers = {"Authorization": f"Bearer {clinic.app.accounts.logins.begin(clinic.accounts[Role.THERAPIST])}"}
    address = f"/api/children/{clinic.children['own']['child_id']}/sessions"
    answers = [
        clinic.client.post(address, json={"upload_ids": [clinic.children[whose]["upload_id"]]}, headers=headers)
        for whose in ("other", "unknown")
    ]
    assert [a.status_code for a in answers] == [404, 404]
    assert answers[0].content == answers[1].content


def test_an_undeclared_route_is_denied_to_everybody(clinic):
    from fastapi import Depends

    from sdc.server.deps import require_permission

    server = create_server(clinic.app, "unused")
    server.router.routes.pop()  # the dashboard takes every address

    @server.get("/api/forgotten", dependencies=[Depends(require_permission)])
    def forgotten() -> str:
        return "secret"

    secret = clinic.app.accounts.logins.begin(clinic.accounts[Role.ADMIN])
    answer = TestClient(server, base_url=BASE).get("/api/forgotten", headers={"Authorization": f"Bearer {secret}"})
    assert (answer.status_code, answer.json()["code"]) == (403, "access.forbidden")


def test_off_the_team_is_out_at_once(clinic):
    accounts, child = clinic.app.accounts, clinic.children["own"]["child_id"]
    nurse = accounts.add("nurse", Role.THERAPIST)
    headers = {"Authorization": f"Bearer {accounts.logins.begin(nurse.id)}"}
    address = f"/api/sessions/{clinic.children['own']['session_id']}"
    assert clinic.client.get(address, headers=headers).status_code == 404
    accounts.teams.add(child, nurse.id)
    assert clinic.client.get(address, headers=headers).status_code == 200
    accounts.teams.remove(child, nurse.id)
    assert clinic.client.get(address, headers=headers).status_code == 404
    accounts.teams.add(child, nurse.id)
    accounts.set_disabled(nurse.id, True)
    assert clinic.client.get(address, headers=headers).status_code == 401
