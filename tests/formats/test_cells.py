"""Cells of CSV: numbers stay numbers, what people typed is no formula."""

import csv
import io

import pytest

from sdc.formats.cells import plain_cell
from sdc.formats.chat.reader import read_chat
from sdc.formats.targets import write_csv

HEAD = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Child Target_Child\n@ID:\teng|x|CHI|||||Target_Child|||\n"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "＋", "－", "＠x", "\n=1"]
)
def test_what_a_table_program_would_take_for_a_formula_is_marked_as_text(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", [-2.5, -3, 0, 1.5, "plain", "a=b", "1-2", "", "'=1", "–"])
def test_numbers_and_other_words_are_as_they_are(value):
    assert plain_cell(value) is value


def test_no_value_is_an_empty_cell():
    assert plain_cell(None) == ""


def test_lines_of_a_transcript_that_begin_with_a_sign_are_text():
    session = read_chat((HEAD + '*CHI:\t+" the dog .\n@End\n').encode(), source="x.cha")
    (row,) = csv.DictReader(io.StringIO(write_csv(session)))
    assert row["line"] == "'+\" the dog ." and row["index"] == "0"
