"""PDF, HTML and CSV: the same figures to the digit, tagged, fonts inside, every script printed or said not to be."""

import csv
import io
import json
import struct
import unicodedata
import zlib

import pytest
from pypdf import PdfReader

from sdc.errors import ExtraMissingError, SettingsError
from sdc.measures import REGISTRY
from sdc.reports import Practice, report_document
from sdc.reports.charts import draw
from sdc.reports.document import Signature
from sdc.reports.figures import show_value
from sdc.reports.fonts import COVERED, PUNCTUATION, UNPRINTED, choose_fonts, isolated, without_unprinted
from sdc.reports.html import html_text
from sdc.reports.pdf import pdf_bytes
from sdc.reports.practice import read_practice
from sdc.reports.rows import csv_text, parquet_bytes
from sdc.reports.signing import sign_document


def pdf_text(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).split())


def fonts_of(reader: PdfReader) -> list[tuple[str, bool]]:
    found = []
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            found.append((descriptor["/FontName"], bool({"/FontFile2", "/FontFile3"} & set(descriptor))))
    return found


@pytest.fixture(scope="module")
def documents(facts, growing):
    return {
        "letter": report_document(growing, "parent"),
        "progress": report_document(growing, "slp"),
        "one": report_document(facts(1), "slp"),
        "note": report_document(facts(1, recorded=False), "slp", "session"),
    }


@pytest.mark.parametrize("name", ["letter", "progress", "one", "note"])
def test_a_pdf_is_tagged_titled_and_has_its_fonts_inside(documents, name):
    reader = PdfReader(io.BytesIO(pdf_bytes(documents[name], system_fonts=False)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - a PDF's boolean object
    assert root["/StructTreeRoot"] and root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata.title == f"{documents[name].title}, Mia"
    fonts = fonts_of(reader)
    assert fonts and all(embedded for _, embedded in fonts)
    assert "pdfuaid:part>1<" in root["/Metadata"].get_object().get_data().decode().replace(' ="', "")


def test_the_pdf_holds_every_figure_of_its_document(documents, growing):
    text = pdf_text(pdf_bytes(documents["progress"], system_fonts=False))
    for found in growing.progress:
        for point in found.points:
            told = point.measure.reason or show_value(point.measure.value, REGISTRY[found.measure].unit)
            assert told in text
    assert "Draft until signed by the therapist" in text and "mlu_words.v1" in text


def test_the_same_facts_make_the_same_files(documents):
    assert pdf_bytes(documents["letter"], system_fonts=False) == pdf_bytes(documents["letter"], system_fonts=False)
    assert html_text(documents["progress"]) == html_text(documents["progress"])


def test_sixty_sessions_fill_pages_with_their_heads_repeated(facts):
    data = pdf_bytes(report_document(facts(60, n_lines=2), "slp"), system_fonts=False)
    reader = PdfReader(io.BytesIO(data))
    assert 6 <= len(reader.pages) <= 15
    pages = [page.extract_text() for page in reader.pages]
    assert sum("Transcript by" in page for page in pages) >= 2
    assert all(f"Page {i} of {len(pages)}" in page for i, page in enumerate(pages, 1))


@pytest.mark.parametrize("name", ["مريم", "李小明", "Siân Ó Briain", "Nguyễn Thị", "Мария", "Ιωάννα", "נועה"])
def test_a_name_is_printed_or_it_is_said_that_it_cannot_be(facts, name):
    document = report_document(facts(1, name=name), "parent")
    text = unicodedata.normalize("NFKC", pdf_text(pdf_bytes(document)))
    if choose_fonts(name).unprinted:
        assert UNPRINTED in text and "no font on the computer" in text
    else:
        assert UNPRINTED not in text and "no font" not in text
        # Right-to-left letters may be read back in the order in which they were drawn.
        assert sorted(c for c in name if c.isalpha())[0] in text


def test_letters_that_no_font_has_are_marked_and_told(facts):
    document = report_document(facts(1, name="Mia 李小明"), "parent")
    text = pdf_text(pdf_bytes(document, system_fonts=False))
    assert f"Mia {UNPRINTED}" in text and "no font on the computer that made this report has them" in text


def test_the_body_font_prints_all_that_it_is_said_to():
    letters = {chr(c) for low, high in COVERED for c in range(low, high + 1)} | PUNCTUATION
    plain = sorted(c for c in letters if unicodedata.category(c) not in ("Cn", "Cc", "Zs", "Cf"))
    assert choose_fonts("".join(plain), system=False).unprinted == frozenset()
    import typst

    source = '#set document(title: "x")\n#set text(lang: "en", font: "Libertinus Serif")\n= x\n#sys.inputs.text'
    compiler = typst.Compiler(source.encode(), ignore_system_fonts=True, sys_inputs={"text": " ".join(plain)})
    assert compiler.compile(format="pdf", pdf_standards=["ua-1"])  # it refuses what it cannot print


def text_heights(page) -> list[float]:
    found: list[float] = []

    def visit(text, cm, tm, *_):
        if text.strip():
            found.append(float(tm[4] * cm[1] + tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    return found


def test_no_word_is_wider_than_its_column_and_no_name_leaves_the_page(facts):
    name, word = "Konstantinopolitanische" * 6, "Donaudampfschifffahrtsgesellschaftskapitänsmützen"
    document = report_document(facts(2, name=name, context=f"with {word}"), "slp")
    signed = sign_document(document, Signature("Ana " + "Ruiz-" * 23, "2026-11-26T09:30:00.000Z"))
    for page in PdfReader(io.BytesIO(pdf_bytes(signed, system_fonts=False))).pages:
        _, low, _, high = page.mediabox
        heights = text_heights(page)
        assert heights and low + 30 < min(heights) and max(heights) < high - 30
    assert word in pdf_text(pdf_bytes(document, system_fonts=False)).replace("\u200b", "").replace(" ", "")


def test_runs_of_unprinted_letters_are_one_mark():
    assert without_unprinted("a李小b明", frozenset("李小明")) == f"a{UNPRINTED}b{UNPRINTED}"


def test_figures_beside_a_name_from_right_to_left_stay_where_they_are():
    assert isolated("3 of مريم العبد 4") == "3 of \u2068مريم العبد\u2069 4"
    assert isolated("Mia, 3") == "Mia, 3"


def test_html_holds_everything_and_runs_nothing(documents):
    text = html_text(documents["progress"])
    assert "<script" not in text and "http://" not in text.replace("http://www.w3.org", "")
    assert text.count('<svg role="img" aria-label="Chart:') == 2
    assert "Draft until signed" in text


def test_html_escapes_what_people_wrote(facts):
    text = html_text(report_document(facts(1, name='<b onload="x">', context="<i>play</i>"), "slp"))
    assert "<b onload" not in text and "<i>" not in text and "&lt;i&gt;play" in text


def test_csv_holds_the_values_as_they_are_kept(growing):
    rows = list(csv.DictReader(io.StringIO(csv_text(growing, "slp"))))
    kept = {(s.id, name): m for s in growing.sessions for name, m in s.measures.items()}
    assert len(rows) == len([m for _, m in kept if REGISTRY[m].audience == "everyone"])
    for row in rows:
        measure = kept[row["session_id"], row["measure"]]
        assert (float(row["value"]) if row["value"] else None) == measure.value
        assert row["n"] == ("" if measure.n is None else str(measure.n)) and row["rule"] == measure.rule
        assert bool(row["value"]) != bool(row["reason"])


def test_a_familys_csv_has_no_more_than_the_letter_speaks_of(growing):
    measures = {row["measure"] for row in csv.DictReader(io.StringIO(csv_text(growing, "parent")))}
    assert measures == {"utterances_total", "mlu_words", "word_types", "ndw_100", "maze_words_pct"}


def test_csv_gives_a_table_program_no_formula(facts):
    rows = list(csv.DictReader(io.StringIO(csv_text(facts(1, context="=1+1"), "slp"))))
    assert {row["context"] for row in rows} == {"'=1+1"}


def test_a_chart_has_no_value_to_draw(facts):
    found = facts(1, n_lines=1)
    empty = next(m for m in found.progress if m.measure == "ndw_100")
    assert empty.points[0].measure.value is None
    assert draw(empty, found, norms=True) is None


def test_norms_change_the_drawing(facts):
    found = facts(2, n_lines=56)
    assert draw(found.progress[0], found, norms=True) != draw(found.progress[0], found, norms=False)


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(14))) + chunk(b"IEND", b"")


def test_name_and_logo_of_the_practice_stand_on_top(growing, tmp_path):
    (tmp_path / "logo.png").write_bytes(png())
    practice = read_practice("Clinic & Sons", str(tmp_path / "logo.png"))
    assert practice == Practice("Clinic & Sons", png(), "png")
    document = report_document(growing, "parent", practice=practice)
    data = pdf_bytes(document, system_fonts=False)
    assert "Clinic & Sons" in pdf_text(data) and len(PdfReader(io.BytesIO(data)).pages[0].images) == 1
    assert "Clinic &amp; Sons" in html_text(document) and "data:image/png;base64," in html_text(document)


@pytest.mark.parametrize("content", [b"GIF89a", b"", None, b"<svg>" + b" " * 1_000_001])
def test_a_logo_that_is_none_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "logo").write_bytes(content)
    with pytest.raises(SettingsError, match="SDC_REPORT_LOGO"):
        read_practice("", str(tmp_path / "logo"))


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (None, "%", "—"),
        (3.0, "words", "3"),
        (1234.0, "words", "1,234"),
        (1.005, "words/utterance", "1.01"),
        (97.25, "%", "97.3"),
        (279.4, "Hz", "279"),
        (50.45, "D", "50.5"),
        (-0.004, "semitones", "-0.00"),
    ],
)
def test_values_are_shown_as_the_dashboard_shows_them(value, unit, shown):
    assert show_value(value, unit) == shown


def test_the_data_for_the_template_is_plain_json(documents):
    from sdc.reports.pdf import page_data

    assert json.loads(json.dumps(page_data(documents["progress"])))["mark"]


def test_parquet_holds_the_rows_of_the_csv_with_types_and_nulls(growing):
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(parquet_bytes(growing, "slp")))
    rows = list(csv.DictReader(io.StringIO(csv_text(growing, "slp"))))
    assert table.column_names == list(rows[0]) and table.num_rows == len(rows)
    for kept, row in zip(table.to_pylist(), rows, strict=True):
        assert kept["value"] == (float(row["value"]) if row["value"] else None)
        assert kept["measure"] == row["measure"] and kept["reason"] == (row["reason"] or None)
    assert str(table.schema.field("value").type) == "double" and str(table.schema.field("n").type) == "int64"


def test_parquet_keeps_text_as_it_was_typed(facts):
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(parquet_bytes(facts(1, context="=1+1"), "parent")))
    assert set(table.column("context").to_pylist()) == {"=1+1"}


def test_without_pyarrow_it_is_said_what_to_install(facts, monkeypatch):
    monkeypatch.setattr("sdc.reports.rows.find_spec", lambda name: None)
    with pytest.raises(ExtraMissingError, match="Parquet needs pyarrow") as missing:
        parquet_bytes(facts(1), "slp")
    assert "[parquet]" in missing.value.hint
