"""`sdc phases`, and the phase of each session in the tables."""

import csv
import io
import json

import pytest

STATED = ("--baseline", "2026-03-02", "2026-03-22", "--intervention", "2026-03-23")


@pytest.fixture
def mia(sdc, cha):
    """Four sessions a week apart, from 2 March 2026."""
    paths = [cha(f"w{i}.cha", date=f"{2 + 7 * i:02d}-MAR-2026", line="a cat" + " runs" * i) for i in range(4)]
    assert sdc("add", *paths, "--child", "Mia").exit_code == 0


def versions(sdc):
    return json.loads(sdc("phases", "Mia", "list", "--format", "json").stdout)["versions"]


def test_phases_from_first_to_last(sdc, mia):
    assert "No phases of Mia yet" in sdc("phases", "mia").stdout
    added = sdc("phases", "Mia", "add", *STATED, "--note", "pauses and waiting")
    assert "The phases of Mia are at version 1 now." in added.stdout
    assert sdc("progress", "Mia", "--format", "csv").stdout.count(",intervention,") == 3  # one session, three measures
    assert sdc("phases", "Mia", "change", "--until", "2026-04-30").exit_code == 0
    assert sdc("phases", "Mia", "change", "--intervention", "2026-03-24", "--until", "none").exit_code == 0
    assert [(v["intervention"]["first"], v["intervention"]["last"], v["note"]) for v in versions(sdc)] == [
        ("2026-03-23", None, "pauses and waiting"),
        ("2026-03-23", "2026-04-30", "pauses and waiting"),
        ("2026-03-24", None, "pauses and waiting"),
    ]
    assert sdc("phases", "Mia", "remove").exit_code == 0
    assert "taken back" in sdc("phases", "Mia").stdout
    assert ",intervention," not in sdc("progress", "Mia", "--format", "csv").stdout
    assert sdc("phases", "Mia", "add", *STATED).exit_code == 0
    assert sdc("audit", "list", "--child", "Mia").stdout.count("phases.state") == 5


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "--baseline", "soon", "2026-03-22", "--intervention", "2026-03-23"), "phases.dates"),
        (("add", "--baseline", "2026-03-02", "2026-03-22", "--intervention", "2026-03-20"), "phases.dates"),
        (("add", *STATED, "--note", "x" * 301), "phases.note"),
        (("change", "--note", "other"), "phases.none"),
        (("remove",), "phases.none"),
    ],
)
def test_what_is_refused(sdc, mia, arguments, code):
    result = sdc("phases", "Mia", *arguments)
    assert result.exit_code == 1
    assert f"[{code}]" in result.stderr
    assert versions(sdc) == []


def test_what_others_stated_is_not_overwritten(sdc, mia):
    assert sdc("phases", "Mia", "add", *STATED).exit_code == 0
    assert "[phases.stated]" in sdc("phases", "Mia", "add", *STATED).stderr
    assert sdc("phases", "Mia", "change", "--note", "waiting", "--seen", 1).exit_code == 0
    assert "[phases.stale]" in sdc("phases", "Mia", "change", "--note", "late", "--seen", 1).stderr
    assert [v["note"] for v in versions(sdc)] == ["", "waiting"]


def test_every_table_names_the_phase_of_a_session(sdc, mia, tmp_path):
    sdc("phases", "Mia", "add", "--baseline", "2026-03-02", "2026-03-10", "--intervention", "2026-03-23")
    rows = list(csv.DictReader(io.StringIO(sdc("progress", "Mia", "--format", "csv").stdout)))
    mlu = [row for row in rows if row["measure"] == "mlu_words"]
    wanted = [
        ("2026-03-02", "baseline"),
        ("2026-03-09", "baseline"),
        ("2026-03-16", ""),
        ("2026-03-23", "intervention"),
    ]
    assert [(row["date"], row["phase"]) for row in mlu] == wanted
    assert [float(row["value"]) for row in mlu] == sorted(float(row["value"]) for row in mlu)
    # The days of one phase alone: the column still says which it was.
    path = tmp_path / "mia.csv"
    assert sdc("report", "Mia", "--to", "2026-03-10", "-o", path).exit_code == 0
    told = list(csv.DictReader(io.StringIO(path.read_text())))
    assert {(row["date"], row["phase"]) for row in told} == set(wanted[:2])


def test_weeks_that_are_named_fill_the_column(sdc, mia):
    sdc("phases", "Mia", "add", *STATED)
    shown = sdc("progress", "Mia", "--format", "csv", "--baseline", "1-2", "--intervention", "3-4").stdout
    rows = [row for row in csv.DictReader(io.StringIO(shown)) if row["measure"] == "mlu_words"]
    assert [row["phase"] for row in rows] == ["baseline", "baseline", "intervention", "intervention"]


def test_without_phases_the_column_is_empty(sdc, mia):
    rows = csv.DictReader(io.StringIO(sdc("progress", "Mia", "--format", "csv").stdout))
    assert {row["phase"] for row in rows} == {""}
