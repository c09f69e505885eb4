"""`sdc report`: files that can be handed over, and clear errors."""

import csv
import io
import json

import pytest
from pypdf import PdfReader

from sdc.reports.figures import show_value


@pytest.fixture
def mia(sdc, cha):
    paths = [cha(f"w{i}.cha", date=f"{2 + 7 * i:02d}-MAR-2026", line="a cat" + " too" * i) for i in range(3)]
    assert sdc("add", *paths, "--child", "Mia").exit_code == 0


def test_a_family_gets_the_letter_and_a_therapist_the_figures(sdc, mia, tmp_path):
    letter, report = tmp_path / "x.pdf", tmp_path / "y.PDF"
    assert sdc("report", "Mia", "--for", "parent", "-o", letter).exit_code == 0
    assert sdc("report", "Mia", "-o", report).exit_code == 0
    texts = {p: " ".join(page.extract_text() for page in PdfReader(p).pages) for p in (letter, report)}
    assert "Letter to the family" in texts[letter] and "mlu_words" not in texts[letter]
    assert "Progress report" in texts[report] and "mlu_words.v1" in texts[report]


def test_the_csv_is_exact_and_the_pdf_shows_the_same(sdc, mia, tmp_path):
    sdc("report", "Mia", "-o", tmp_path / "x.csv")
    sdc("report", "Mia", "-o", tmp_path / "x.pdf")
    rows = [r for r in csv.DictReader(io.StringIO((tmp_path / "x.csv").read_text())) if r["measure"] == "mlu_words"]
    assert [r["date"] for r in rows] == ["2026-03-02", "2026-03-09", "2026-03-16"]
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "x.pdf").pages)
    assert all(show_value(float(r["value"]), r["unit"]) in text for r in rows)


def test_period_kind_and_practice(sdc, mia, tmp_path, monkeypatch):
    monkeypatch.setenv("SDC_REPORT_NAME", "Clinic by the River")
    to = tmp_path / "x.html"
    assert sdc("report", "Mia", "--kind", "session", "--to", "2026-03-09", "-o", to).exit_code == 0
    text = to.read_text()
    assert "Session note" in text and "9 March 2026" in text and "16 March" not in text
    assert "Clinic by the River" in text


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--for", "parent", "--kind", "progress", "-o", "x.pdf"), "report.kind"),
        (("-o", "x.docx"), "report.format"),
        (("-o", "x.csv", "--sign", "Ana Ruiz"), "report.format"),
        (("-o", "x.pdf", "--sign", " "), "report.signer"),
        (("-o", "no/such/folder/x.pdf", "--sign", "Ana Ruiz"), "output.unwritable"),
        (("-o", "x.pdf", "--sections", "mood"), "report.section"),
        (("-o", "x.csv", "--from", "2027-01-01"), "report.no-session"),
        (("-o", "x.csv", "--from", "soon"), "report.period"),
        (("-o", "no/such/folder/x.csv"), "output.unwritable"),
    ],
)
def test_what_cannot_be_done_is_said(sdc, mia, options, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = sdc("report", "Mia", *options)
    assert result.exit_code == 1 and f"[{code}]" in result.stderr
    assert not list(tmp_path.glob("x.*"))
    assert "is signed yet" in sdc("reports", "Mia").stdout


def test_an_unknown_child_is_said(sdc, tmp_path):
    assert sdc("report", "Nobody", "-o", tmp_path / "x.pdf").exit_code == 1


def test_a_report_is_signed_listed_and_fetched_as_it_was(sdc, mia, tmp_path):
    signed = sdc("report", "Mia", "--sign", "Ana Ruiz, SLT", "-o", tmp_path / "x.pdf")
    assert signed.exit_code == 0 and "version 1" in signed.stderr
    sdc("report", "Mia", "--kind", "session", "--sign", "Ana Ruiz, SLT", "-o", tmp_path / "x.html")
    sdc("report", "Mia", "--sections", "sessions,goals", "--sign", "Ana Ruiz, SLT", "-o", tmp_path / "z.pdf")
    listed = json.loads(sdc("reports", "Mia", "--format", "json").stdout)["reports"]
    shown = [(r["report"]["kind"], r["report"]["version"], r["state"]) for r in listed]
    assert shown == [("progress", 2, "current"), ("session", 1, "current"), ("progress", 1, "replaced")]
    again = tmp_path / "again.pdf"
    assert sdc("reports", "Mia", "--get", listed[2]["report"]["id"], "-o", again).exit_code == 0
    assert again.read_bytes() == (tmp_path / "x.pdf").read_bytes()
    table = sdc("reports", "Mia").stdout
    assert "Ana Ruiz, SLT" in table and "replaced" in table
    assert "[report.not-found]" in sdc("reports", "Mia", "--get", "nobody", "-o", again).stderr


def test_s_and_p_of_a_note_are_written_one_by_one(sdc, mia, tmp_path):
    listed = json.loads(sdc("sessions", "Mia", "--format", "json").stdout)
    session = listed["sessions"][-1]["id"]
    assert "Nothing is written" in sdc("note", session).stdout
    assert "Version 1" in sdc("note", session, "--subjective", "Mum says she sings.").stdout
    told = sdc("note", session, "--plan", "Songs again.").stdout
    assert "Version 2" in told and "S: Mum says she sings." in told and "P: Songs again." in told
    sdc("report", "Mia", "--kind", "session", "-o", tmp_path / "x.html")
    assert "Mum says she sings." in (tmp_path / "x.html").read_text()


def test_goals_as_parquet_and_report(sdc, mia, tmp_path):
    assert sdc("report", "Mia", "--kind", "goals", "-o", tmp_path / "x.html").exit_code == 0
    assert "No goal is open." in (tmp_path / "x.html").read_text()
    assert sdc("report", "Mia", "-o", tmp_path / "x.parquet").exit_code == 0
    assert (tmp_path / "x.parquet").read_bytes()[:4] == b"PAR1"
