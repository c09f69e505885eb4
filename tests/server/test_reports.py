"""Reports over HTTP: the figures of the API, to the digit; who may have which is in test_access_matrix."""

import csv
import io

import pytest
from fastapi.testclient import TestClient
from pypdf import PdfReader

from clinic import BASE, Clinic
from sdc.access import Role
from sdc.app import build_app
from sdc.reports.figures import show_value
from sdc.server.server import create_server
from sdc.settings import Settings
from sdc.transcribe import ScriptedTranscriber


@pytest.fixture(scope="module")
def clinic(tmp_path_factory, cha, wav):
    settings = Settings(home=tmp_path_factory.mktemp("reports") / "home", accounts=True, report_name="River Clinic")
    with build_app(settings, transcriber=ScriptedTranscriber(())) as app:
        yield Clinic(TestClient(create_server(app, "unused"), base_url=BASE), cha, wav)


@pytest.fixture(scope="module")
def get(clinic):
    """Ask as somebody of the care team: ``get("report", format="csv")``."""
    address = f"/api/children/{clinic.children['own']['child_id']}"

    def get(path, role=Role.THERAPIST, **params):
        secret = clinic.app.accounts.logins.begin(clinic.accounts[role])
        return clinic.client.get(f"{address}/{path}", params=params, headers={"Authorization": f"Bearer {secret}"})

    return get


def pdf_text(answer):
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/pdf"
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)


def test_the_report_holds_the_figures_of_the_api_to_the_digit(get):
    text = pdf_text(get("report"))
    rows = {r["measure"]: r for r in csv.DictReader(io.StringIO(get("report", format="csv").text))}
    for measure in ("mlu_words", "maze_words_pct", "utterances_total", "word_types"):
        series = get("series", measure=measure).json()
        (point,) = series["points"]
        assert show_value(point["value"], series["measure"]["unit"]) in text
        assert float(rows[measure]["value"]) == point["value"] and int(rows[measure]["n"]) == point["n"]
    assert "River Clinic" in text


@pytest.mark.parametrize("kind", ["progress", "session", "letter"])
def test_a_therapist_has_every_kind(get, kind):
    answer = get("report", kind=kind, format="html")
    assert answer.status_code == 200 and "Draft until signed" in answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="{kind}.html"'
    assert answer.headers["cache-control"] == "no-store"


def test_a_parent_has_the_letter_without_researchers_words(get):
    text = pdf_text(get("letter", Role.PARENT))
    assert "Letter to the family" in text and "mlu_words" not in text
    assert get("report", Role.PARENT, kind="letter").status_code == 403


def test_a_period_without_a_session_and_one_that_is_none_are_refused(get):
    answer = get("letter", Role.PARENT, **{"from": "2030-01-01"})
    assert (answer.status_code, answer.json()["code"]) == (422, "report.no-session")
    answer = get("report", **{"from": "2026-03-09", "to": "2026-03-02"})
    assert (answer.status_code, answer.json()["code"]) == (422, "report.period")
    assert get("report", **{"from": "2026-02-30"}).status_code == 422


def test_reports_are_audited(clinic, get):
    get("letter", Role.PARENT, format="csv")
    actions = [line.action for line in clinic.app.audit.lines()]
    assert "see_letter" in actions
