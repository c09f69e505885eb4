"""Requests made from the API's own description, sensible and not: no 5xx, and no answer that it does not describe.

A few for every operation, each as the laptop's holder, as every role and as nobody; always the same ones.
``SDC_TEST_FUZZ=more`` makes many, and others in every run.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.transport.asgi import ASGI_TRANSPORT

from clinic import BASE, ROLES, Clinic
from sdc.app import build_app
from sdc.server.access import Access
from sdc.server.openapi import openapi_text
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber

MORE = os.environ.get("SDC_TEST_FUZZ") == "more"
EXAMPLES = settings(
    max_examples=150 if MORE else 5,
    derandomize=not MORE,
    phases=[Phase.generate],
    database=None,
    suppress_health_check=list(HealthCheck),
)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SCHEMA = schemathesis.openapi.from_dict(json.loads(openapi_text()))
OPERATIONS = {found.ok().label: found.ok() for found in SCHEMA.get_all_operations()}
WHO = ("laptop", *ROLES, None)
WHOSE = ("own", "other", None)
"""Whose ids a request names; None: whatever was made up."""


class Doors:
    """Two servers over one store: a clinic's, and one without accounts."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.at_the_clinic = clinic.client.app
        self.on_the_laptop = create_server(clinic.app, "unused")
        self.on_the_laptop.state.access = access = Access("token")
        self.laptop_secret = access.exchange("token")
        self.seen: Counter[int] = Counter()

    def send(self, case: Case, who: str | None) -> None:
        """Send a request as somebody, and check the answer against the description."""
        is_laptop = who == "laptop"
        headers = {"X-SDC-Request": "1"}
        if is_laptop:
            headers["Authorization"] = f"Bearer {self.laptop_secret}"
        elif who is not None:
            accounts = self.clinic.app.accounts
            headers["Authorization"] = f"Bearer {accounts.logins.begin(self.clinic.accounts[who])}"
        server = self.on_the_laptop if is_laptop else self.at_the_clinic
        answer = ASGI_TRANSPORT.send(case, app=server, base_url=BASE, headers=headers)
        self.seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    def aim(self, case: Case, whose: str | None) -> None:
        """Let a made-up request name things that there are."""
        if whose is None:
            return
        ids = {**self.clinic.children[whose], "account_id": self.clinic.bystander}
        ids["upload_ids"], ids["child_ids"] = [ids["upload_id"]], [ids["child_id"]]
        for part in (case.path_parameters, case.query, case.body):
            if isinstance(part, dict):
                part.update({name: ids[name] for name in part if name in ids})


@pytest.fixture(scope="module")
def doors(tmp_path_factory: pytest.TempPathFactory, cha, wav) -> Iterator[Doors]:
    home = tmp_path_factory.mktemp("fuzzed") / "home"
    with build_app(Settings(home=home, accounts=True), transcriber=ScriptedTranscriber(())) as app:
        doors = Doors(Clinic(TestClient(create_server(app, "unused"), base_url=BASE), cha, wav))
        yield doors


def modes(label: str) -> list[GenerationMode]:
    """Sensible requests; and others where the description leaves something to do wrong (any text is an id)."""
    operation = OPERATIONS[label]
    can_be_wrong = bool(list(operation.body) or list(operation.query))
    return list(GenerationMode) if can_be_wrong else [GenerationMode.POSITIVE]


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_one_that_is_described(doors, label):
    for mode in modes(label):

        @EXAMPLES
        @given(case=OPERATIONS[label].as_strategy(generation_mode=mode), whose=st.sampled_from(WHOSE))
        def send(case: Case, whose: str | None) -> None:
            doors.aim(case, whose)
            for who in WHO:
                doors.send(case, who)

        send()


def test_requests_came_through_and_were_refused(doors):
    """The test above sees nothing where every request is stopped at the gate."""
    assert sum(doors.seen.values()) > 1000
    assert min(doors.seen[status] for status in (200, 401, 403, 404, 422)) > 20
