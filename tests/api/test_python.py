"""What people type in Python: as pleasant as the command line, and as careful."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import sdc
from sdc.demo import demo_transcripts
from sdc.errors import ExtraMissingError, InputError, UnknownMeasureError
from sdc.formats.chat.reader import read_chat
from sdc.measures.frame import ABOUT, LONG

DOCS = Path(__file__).resolve().parents[2] / "docs"
CODE = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
TEXT = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Mia Target_Child, MOT Mother\n"
    "@ID:\teng|x|CHI|2;06.|female|ASD||Target_Child|||\n@Date:\t05-JAN-2026\n{}@End\n"
)
LINES = "*CHI:\tno .\n*MOT:\tis <it> [?] & more ?\n*CHI:\tmy big dog .\n"


@pytest.fixture()
def visit(tmp_path: Path) -> Path:
    path = tmp_path / "visit.cha"
    path.write_text(TEXT.format(LINES))
    return path


def test_a_measure_by_its_name(visit: Path) -> None:
    analysis = sdc.analyze(sdc.read(visit))
    mlu = analysis["mlu_words"]
    assert (mlu.value, mlu.unit, mlu.n, mlu.reason) == (2.0, "words/utterance", 2, None)
    assert mlu.sd is not None
    assert mlu.error == pytest.approx(mlu.sd / 2**0.5)
    assert str(mlu) == "mlu_words: 2 words/utterance (n = 2 utterances)"
    assert analysis.speakers["MOT"]["mlu_words"].n == 1
    latency = analysis["response_latency_median"]
    assert (latency.value, latency.error) == (None, None)
    assert latency.reason
    assert str(latency) == f"response_latency_median: no value ({latency.reason})"


@pytest.mark.parametrize(("name", "near"), [("mlu", "mlu_words"), ("mlu_wrods", "mlu_words"), ("qqq", ".measures")])
def test_a_name_that_is_none_tells_names_that_are_near(visit: Path, name: str, near: str) -> None:
    analysis = sdc.analyze(sdc.read(visit))
    with pytest.raises(UnknownMeasureError, match=re.escape(near)) as caught:
        analysis[name]
    assert isinstance(caught.value, KeyError)
    assert caught.value.code == "measure.unknown"


def test_whose_measure_is_never_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_text("1\n00:00:01,000 --> 00:00:02,000\nMia: No.\n")
    with pytest.raises(UnknownMeasureError, match="there speaks MIA"):
        sdc.analyze(sdc.read(path))["mlu_words"]
    assert sdc.analyze(sdc.read(path, target="Mia"))["mlu_words"].value == 1


def test_in_a_notebook(visit: Path) -> None:
    session = sdc.read(visit)
    shown = session._repr_html_()
    assert "visit.cha" in shown
    assert "<td>my big dog .</td>" in shown
    assert "is &lt;it&gt; [?] &amp; more ?" in shown
    long = read_chat(TEXT.format(LINES * 20), source="<b>long")
    assert "… 45 more lines" in long._repr_html_()
    assert "&lt;b&gt;long" in long._repr_html_()
    table = sdc.analyze(session)._repr_html_()
    assert "<td>mlu_words</td><td>2</td>" in table
    assert "— no time codes" in table or "— " in table


def test_write_tells_what_is_lost(visit: Path, tmp_path: Path) -> None:
    session = sdc.read(visit)
    assert sdc.write(session, tmp_path / "b.cha") == ()
    assert [u.raw for u in sdc.read(tmp_path / "b.cha").utterances] == [u.raw for u in session.utterances]
    timed = read_chat(TEXT.format("*CHI:\tno . \x150_900\x15\n"), source="a.cha")
    assert "no headers" in sdc.write(timed, tmp_path / "b.TextGrid")[0]
    with pytest.raises(InputError) as caught:
        sdc.write(session, tmp_path / "b.docx")
    assert caught.value.code == "output.kind"
    assert not (tmp_path / "b.docx").exists()


def test_a_table_of_sessions(visit: Path, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas")
    silent = tmp_path / "silent.cha"
    silent.write_text(TEXT.format("*MOT:\thello .\n"))
    session = sdc.read(visit)
    table = sdc.to_frame([visit, session, (session, sdc.analyze(session)), str(silent)])
    assert list(table.columns[: len(ABOUT)]) == list(ABOUT)
    assert list(table["source"]) == ["visit.cha"] * 3 + ["silent.cha"]
    first = table.iloc[0]
    assert (first["date"], first["age_months"], first["sex"], first["group"]) == ("2026-01-05", 30.0, "female", "ASD")
    assert (first["speaker"], first["n_utterances"], first["mlu_words"]) == ("CHI", 2, 2.0)
    assert first["response_latency_median"] is pd.NA
    assert table.iloc[3]["mlu_words"] is pd.NA
    assert (table.iloc[3]["speaker"], table.iloc[3]["n_utterances"]) == ("CHI", 0)
    assert sdc.to_frame([session], speaker="MOT").iloc[0]["role"] == "Mother"


def test_a_table_of_measures_has_the_reasons(visit: Path) -> None:
    pytest.importorskip("pandas")
    table = sdc.to_frame([visit], long=True)
    assert list(table.columns) == [*ABOUT, *LONG]
    assert set(table["measure"]) == set(sdc.analyze(sdc.read(visit)).speakers["CHI"].measures)
    assert (table["value"].isna() == table["reason"].notna()).all()
    assert len(sdc.to_frame([])) == 0


def test_without_pandas_a_sentence_says_what_to_install(visit: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ExtraMissingError, match=re.escape("[pandas]")):
        sdc.to_frame([visit])


def test_the_import_is_light() -> None:
    heavy = ("pandas", "numpy", "torch", "fastapi", "pydantic", "av", "typer", "xml", "sdc.formats", "sdc.measures")
    code = f"import sys, sdc; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("page", ["python.md", "interchange.md"])
def test_the_code_of_a_page_runs(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All blocks of a page, one after the other, in a folder with the files that it names."""
    pytest.importorskip("pandas")
    weeks = demo_transcripts()
    (tmp_path / "corpus").mkdir()
    for number, week in enumerate(weeks[:2], start=1):
        (tmp_path / "corpus" / f"week{number}.cha").write_bytes(week.read_bytes())
    (tmp_path / "visit.cha").write_bytes(weeks[0].read_bytes())
    (tmp_path / "captions.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nMia: No.\n")
    monkeypatch.chdir(tmp_path)
    blocks = CODE.findall((DOCS / page).read_text(encoding="utf-8"))
    assert blocks
    names: dict[str, Callable[..., object]] = {"__name__": "page"}
    for block in blocks:
        exec(compile(block, page, "exec"), names)


def test_the_typed_example_runs(visit: Path, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    example = runpy.run_path(str(Path(__file__).with_name("typed_example.py")))
    assert example["mean_length"](visit) == 2
    assert example["lost"](sdc.read(visit), tmp_path / "b.json") == ()
    assert example["table"](tmp_path) == [*ABOUT, *LONG]
