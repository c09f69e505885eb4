"""A server with accounts: one of each role, a child on whose care team they are, and another one."""

from __future__ import annotations

import io

from fastapi.testclient import TestClient

from sdc.access import Role
from sdc.pipeline.intake import order_session
from sdc.pipeline.parts import SessionOrder
from sdc.pipeline.worker import Workers
from sdc.session import Goal
from sdc.store.consents import Purpose

BASE = "http://127.0.0.1:8765"
ROLES = (Role.ADMIN, Role.THERAPIST, Role.PARENT, Role.RESEARCHER)
"""All of them are on the care team of the own child, and on that of no other."""

BODIES: dict[str, dict] = {
    "GET /api/children/{child_id}/search": {"params": {"q": "dog"}},
    "PATCH /api/uploads/{upload_id}": {"params": {"offset": 0}, "content": b"x"},
    "PUT /api/sessions/{session_id}/roles": {"json": {"roles": {"CHI": "adult"}}},
    "PUT /api/sessions/{session_id}/utterances/{index}": {"json": {"version": 1, "text": "no end"}},
    "PUT /api/sessions/{session_id}/review": {"json": {"version": 1, "reviewed": True}},
    "PUT /api/sessions/{session_id}/review/lines/{index}": {"json": {"version": 99, "looked_at": True}},
    "POST /api/sessions/{session_id}/edits": {"json": {"what": "split", "version": 1, "index": 1, "at": 0}},
    "POST /api/sessions/{session_id}/versions": {"json": {"version": 1, "restore": 1}},
    "POST /api/children/{child_id}/ask": {"json": {"question": "How long are the utterances?"}},
    "PUT /api/children/{child_id}/consents": {"json": {"purpose": "training", "state": "withdrawn", "by": "mother"}},
    "DELETE /api/children/{child_id}": {"params": {"name": "not the name"}},
    "POST /api/password": {"json": {"old": "wrong", "new": "three words that match"}},
    "PATCH /api/accounts/{account_id}": {"json": {"is_disabled": False}},
    "POST /api/children/{child_id}/goals": {
        "json": {
            "behaviour": "uses longer utterances",
            "condition": "in play",
            "measure": "mlu_words",
            "criterion": 9,
            "due": "2026-12-24",
        }
    },
    "PUT /api/children/{child_id}/goals/{goal_id}": {
        "json": {"version": 1, "behaviour": "x", "condition": "y", "criterion": 9, "due": "2026-12-24"}
    },
    "PUT /api/children/{child_id}/phases": {"json": {"version": 9}},
    "POST /api/children/{child_id}/insights/decisions": {
        "json": {"key": "0" * 24, "verb": "approve", "version": 0},
    },
    "POST /api/children/{child_id}/activities/{activity_id}/answers": {"json": {"went": "well"}},
    "POST /api/children/{child_id}/reports": {
        "json": {"kind": "progress", "signer": "Ana Ruiz", "text_sha256": "0" * 64, "seen": 0}
    },
    "PUT /api/sessions/{session_id}/note": {"json": {"subjective": "s", "plan": "p", "version": 9}},
    "GET /api/children/{child_id}/series": {"params": {"measure": "mlu_words"}},
    "GET /api/children/{child_id}/progress": {"params": {"measure": "mlu_words"}},
}


class Clinic:
    """A server with accounts over two children, each with a session that has a recording."""

    def __init__(self, client: TestClient, cha, wav: bytes) -> None:
        self.client, self.cha, self.wav = client, cha, wav
        self.app = client.app.state.sdc
        self.n = 0
        accounts = self.app.accounts
        self.children = {whose: self._child(whose) for whose in ("own", "other")}
        self.accounts = {role: accounts.add(f"{role}@clinic.example", role).id for role in ROLES}
        for account_id in self.accounts.values():
            accounts.teams.add(self.children["own"]["child_id"], account_id)
        self.app.consents.grant(self.children["own"]["child_id"], Purpose.RESEARCH_EXPORT, by="mother")
        self.children["unknown"] = dict.fromkeys(self.children["own"], "x1")
        self.bystander = accounts.add("bystander", Role.PARENT).id

    def _child(self, whose: str) -> dict[str, str]:
        """Make a child with a session, by the terminal's way."""
        app = self.app
        child = app.repository.add_child(whose)
        paths = {"visit.cha": self.cha(word=whose), "visit.wav": self.wav}
        uploads = []
        for name, data in paths.items():
            path = app.settings.home / name
            path.write_bytes(data)
            uploads.append(app.repository.upload_file(child.id, path))
        job = order_session(app.repository, app.jobs, SessionOrder(child.id, tuple(u.id for u in uploads)))
        with Workers(app.jobs, app.process, count=1):
            while (job := app.jobs.get(job.id)).is_open:
                app.jobs.news.wait(0.01)
        assert job.state == "done", job.error
        return {
            "child_id": child.id,
            "job_id": job.id,
            "session_id": job.session_id,
            "upload_id": uploads[0].id,
            "pseudonym": app.pseudonyms.of(child.id),
            "goal_id": self._goal(child.id),
        }

    def _goal(self, child_id: str) -> str:
        """Add a goal and close it, so that closing it again is the same for everybody."""
        goals = self.app.repository.goals
        goal = goals.add(Goal("", child_id, "longer utterances", "in play", "mlu_words", 9.0, "at_least", "2026-12-24"))
        return goals.close(child_id, goal.id).id

    def ask(self, route: str, who: Role | None, whose: str):
        """Make a sensible request to a route about a child's things."""
        method, path = route.split()
        ids = {
            **self.children[whose],
            "account_id": self.bystander,
            "index": "1",
            "version": "1",
            "activity_id": "wait_and_look",
            "report_id": "r1",
        }
        address = path.format(**ids)
        request = {**BODIES.get(route, {}), **self._special(route, ids)}
        headers = {"X-SDC-Request": "1"}
        if who is not None:
            headers["Authorization"] = f"Bearer {self.app.accounts.logins.begin(self.accounts[who])}"
        return self.client.request(method, address, headers=headers, **request)

    def _special(self, route: str, ids: dict[str, str]) -> dict:
        """What differs from call to call."""
        self.n += 1
        if route == "POST /api/children":
            return {"json": {"name": f"child {self.n}"}}
        if route == "POST /api/accounts":
            return {"json": {"name": f"somebody-{self.n}", "role": "parent"}}
        if route == "POST /api/children/{child_id}/sessions":
            return {"json": {"upload_ids": [ids["upload_id"]]}}
        if route == "POST /api/uploads":
            return {"json": {"child_id": ids["child_id"], "filename": "visit.cha", "size": 10}}
        if route == "PUT /api/uploads":
            params = {"child_id": ids["child_id"], "filename": "visit.cha"}
            return {"params": params, "content": io.BytesIO(self.cha(word=f"w{self.n}"))}
        return {}
