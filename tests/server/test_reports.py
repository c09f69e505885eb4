"""Reports over HTTP: the figures of the API, to the digit; who may have which is in test_access_matrix."""

import csv
import io
import re

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


@pytest.fixture
def send(clinic):
    """Send as somebody of the care team: ``send("POST", "reports", {…})``."""
    address = f"/api/children/{clinic.children['own']['child_id']}"

    def send(method, path, body, role=Role.THERAPIST):
        secret = clinic.app.accounts.logins.begin(clinic.accounts[role])
        headers = {"Authorization": f"Bearer {secret}"}
        where = path if path.startswith("/api") else f"{address}/{path}"
        return clinic.client.request(method, where, json=body, headers=headers)

    return send


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


@pytest.mark.parametrize("kind", ["progress", "goals", "session", "letter"])
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


def shown_figures(found):
    """Every number inside an answer of the API, as people read it, whatever its unit may be."""
    if isinstance(found, dict):
        return set().union(*(shown_figures(value) for value in found.values()), _of_measure(found))
    if isinstance(found, list):
        return set().union(*map(shown_figures, found))
    if isinstance(found, bool) or not isinstance(found, int | float):
        return set()
    return {show_value(float(found), unit) for unit in ("", "%", "words")} | {f"{found:.1f}"}


def _of_measure(found):
    unit = found.get("unit")
    values = (v for v in found.values() if isinstance(v, int | float) and not isinstance(v, bool))
    return {show_value(float(v), unit) for v in values} if isinstance(unit, str) else set()


def test_every_figure_with_decimals_in_the_report_is_one_of_the_api(clinic, get, send):
    goal = {"behaviour": "uses longer utterances", "condition": "in play", "measure": "mlu_words", "criterion": 9}
    assert send("POST", "goals", goal | {"due": "2026-12-24"}).status_code == 201
    session = clinic.client.get(
        f"/api/sessions/{clinic.children['own']['session_id']}",
        headers={"Authorization": f"Bearer {clinic.app.accounts.logins.begin(clinic.accounts[Role.THERAPIST])}"},
    ).json()
    measures = session["speakers"]["CHI"]["measures"]
    followed = ("mlu_words", "ndw_100", "maze_words_pct")
    progress = [get("progress", measure=measure).json() for measure in followed]
    answers = [measures, progress, get("goals").json(), get("insights").json()]
    known = shown_figures(answers)
    told = " ".join(str(answers).split())
    for kind in ("progress", "goals", "session"):
        text = " ".join(pdf_text(get("report", kind=kind)).split())
        text = re.sub(r"\b\w+\.v\d+|Digest \w+", "", text)  # rules; they have numbers of their own
        figures = set(re.findall(r"(?<![\w.;])\d[\d,]*\.\d+(?![\w.])", text))
        assert kind == "session" or figures
        assert {f for f in figures if f not in known and f not in told} == set(), kind
    shown = {show_value(m["value"], m["unit"]) for m in measures.values() if m["value"] is not None}
    assert len(shown) > 10


def signature(get, kind="progress", **more):
    seen = get("reports/preview", kind=kind).json()
    body = {"kind": kind, "signer": "Ana Ruiz", "text_sha256": seen["text_sha256"], "seen": len(get("reports").json())}
    return body | more


def test_a_report_is_signed_as_it_was_seen_and_fetched_byte_for_byte(clinic, get, send):
    seen = get("reports/preview").json()
    assert "Draft until signed" in seen["html"] and {"key": "sessions", "title": "Sessions"} in seen["sections"]
    (signed, *_) = send("POST", "reports", signature(get)).json()
    assert (signed["version"], signed["state"], signed["formats"]) == (1, "current", ["pdf", "html"])
    assert signed["text_sha256"] == seen["text_sha256"]
    files = [get(f"reports/{signed['id']}") for _ in range(2)]
    assert files[0].content == files[1].content and "Signed by Ana Ruiz" in " ".join(pdf_text(files[0]).split())
    assert files[0].headers["content-disposition"] == 'attachment; filename="progress-v1.pdf"'
    web = get(f"reports/{signed['id']}", format="html")
    assert "Signed by Ana Ruiz" in web.text and "River Clinic" in web.text
    again = send("POST", "reports", signature(get)).json()
    assert (again[0]["version"], again[0]["replaces"], again[1]["state"]) == (2, signed["id"], "replaced")
    assert ("sign_report", signed["id"]) not in [(a.action, a.object_id) for a in clinic.app.audit.lines()]
    assert ("report.sign", signed["id"]) in [(a.action, a.object_id) for a in clinic.app.audit.lines()]


def test_what_was_not_seen_is_not_signed(get, send):
    body = signature(get)
    for wrong, code in (({"text_sha256": "0" * 64}, "report.changed"), ({"seen": body["seen"] + 1}, "report.stale")):
        answer = send("POST", "reports", body | wrong)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert send("POST", "reports", body | {"signer": " "}).status_code == 422
    assert send("POST", "reports", body, Role.PARENT).status_code == 403
    assert send("POST", "reports", body | {"sections": ["mood"]}).json()["code"] == "report.section"


def test_a_family_sees_and_has_signed_letters_only(get, send):
    reports = send("POST", "reports", signature(get, "letter")).json()
    letter = next(r for r in reports if r["kind"] == "letter")
    other = next(r for r in reports if r["kind"] != "letter")
    assert [r["id"] for r in get("reports", Role.PARENT).json()] == [letter["id"]]
    assert "Signed by Ana Ruiz" in get(f"reports/{letter['id']}", Role.PARENT, format="html").text
    hidden, unknown = (get(f"reports/{i}", Role.PARENT) for i in (other["id"], "nobody"))
    assert hidden.status_code == 404 and hidden.content == unknown.content


def test_sections_are_chosen(get):
    assert "All measures" in get("report", format="html").text
    chosen = get("report", format="html", section=["sessions", "goals"]).text
    assert "<h2>Sessions" in chosen and "All measures" not in chosen
    assert "<h2>Sessions" not in get("report", format="html", only=True).text
    assert get("report", section="mood").json()["code"] == "report.section"


def test_a_note_is_written_in_versions_and_stands_in_the_report(clinic, get, send):
    seen = get("reports/preview", kind="session").json()
    address = f"/api/sessions/{seen['session_id']}/note"
    before = send("GET", address, None).json()
    assert (before["version"], before["subjective"]) == (0, "")
    note = {"subjective": "Mum says she sings.", "plan": "Songs again.", "version": 0}
    assert send("PUT", address, note).json()["version"] == 1
    assert (send("PUT", address, note).status_code, send("GET", address, None).json()["n_versions"]) == (409, 1)
    assert send("PUT", address, note | {"version": 1}, Role.PARENT).status_code == 403
    after = get("reports/preview", kind="session").json()
    assert "Mum says she sings." in after["html"] and after["text_sha256"] != seen["text_sha256"]


def test_parquet_is_sent(get):
    import pyarrow.parquet as pq

    answer = get("report", format="parquet")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    rows = list(csv.DictReader(io.StringIO(get("report", format="csv").text)))
    assert pq.read_table(io.BytesIO(answer.content)).num_rows == len(rows)
