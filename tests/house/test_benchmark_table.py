"""The table of ratios, and the check that a ratio has not become worse."""

import copy
import json
import runpy
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
TABLE = runpy.run_path(str(BENCHMARKS / "table.py"))
worse, best_of, cells, points_of, write_table = (
    TABLE[name] for name in ("worse", "best_of", "cells", "points_of", "write_table")
)


def row(id, ratio=None, *, is_checked=True, **more):
    ours = None if ratio is None else 10 * ratio
    told = {"goal": "", "met": None, "more": {}, "note": "", "what": id, "unit": "ms CPU"} | more
    return {"id": id, "ours": ours, "peer": "a peer", "theirs": 10, "ratio": ratio, "is_checked": is_checked} | told


def results(*rows):
    suites = {}
    for one in rows:
        suite = suites.setdefault(one["id"].partition(".")[0], {"rows": [], "date": "2026-03-02", "took_s": 61.4})
        suite["rows"].append(one)
        suite["load_before"] = 0.5
    machine = {"processor": "A processor", "cores": 2, "memory_gb": 8, "system": "Linux", "python": "3.11"}
    return {"suites": suites, "machine": machine}


@pytest.mark.parametrize(("ratio", "n_told"), [(0.5, 0), (2.0, 0), (2.29, 0), (2.31, 1), (9.0, 1)])
def test_fifteen_percent_more_is_worse(ratio, n_told):
    told = worse(results(row("start.help", ratio)), results(row("start.help", 2.0)))
    assert len(told) == n_told
    assert all(line.startswith(f"start.help: {ratio:.2f} × a peer") for line in told)


def test_a_ratio_that_is_not_checked_may_grow():
    before = results(row("start.help", 2.0, is_checked=False))
    assert worse(results(row("start.help", 9.0, is_checked=False)), before) == []


@pytest.mark.parametrize("now", [row("start.import", 1.0), row("start.help", None)])
def test_a_ratio_that_is_gone_is_told(now):
    (told,) = worse(results(now), results(row("start.help", 2.0)))
    assert "start.help was not measured" in told


def test_a_suite_that_did_not_run_is_not_missed():
    assert worse(results(row("start.help", 2.0)), results(row("start.help", 2.0), row("server.child", 1.0))) == []


def test_the_better_of_two_runs_counts_for_each_ratio():
    first = results(row("start.help", 3.0), row("start.import", 1.0), row("start.memory", None))
    again = results(row("start.help", 2.0), row("start.import", 1.5))
    ratios = {r["id"]: r["ratio"] for r in best_of(copy.deepcopy(first), again)["suites"]["start"]["rows"]}
    assert ratios == {"start.help": 2.0, "start.import": 1.0, "start.memory": None}


def test_the_reference_is_the_round_in_the_middle():
    rounds = [results(row("start.help", help), row("start.import", of)) for help, of in ((3, 1), (9, 2), (4, 3))]
    ratios = {id: found["ratio"] for id, found in TABLE["rows_of"](TABLE["middle_of"](rounds)).items()}
    assert ratios == {"start.help": 4, "start.import": 2}


def test_cells_of_a_row():
    met = row("server.child", 1.5, goal="p95 < 50 ms", met=True, more={"p95_ms": 7.777}, note="once", what="a | b")
    assert list(cells(met)) == [
        r"a \| b",
        "15 ms CPU",
        "a peer 10",
        "**1.50**",
        "p95 < 50 ms: yes",
        "p95 ms 7.78; once",
    ]
    missed = list(cells(row("server.child", None, goal="p95 < 50 ms", met=False)))
    assert (missed[1], missed[3], missed[4]) == ("—", "", "p95 < 50 ms: **no**")


def test_points_of_the_plot():
    found = results(*(row(f"size.{kind}.{n}", n / 10) for kind in ("page", "batch") for n in (1, 10)), row("size.x", 1))
    assert points_of(found, "batch") == [(1, 1.0), (10, 10.0)]


def test_only_what_lies_between_the_marks_is_written(tmp_path):
    page = tmp_path / "README.md"
    page.write_text(f"before\n{TABLE['BEGIN']}\nold\n{TABLE['END']}\nafter\n")
    for _ in range(2):
        write_table(page, results(row("start.help", 2.0)))
        text = page.read_text()
        assert text.startswith("before\n") and text.endswith("\nafter\n")
        assert "old" not in text
        assert text.count("| start.help | 20 ms CPU | a peer 10 | **2.00** |") == 1


def test_the_committed_results_are_those_of_the_page():
    found = json.loads((BENCHMARKS / "results" / "full.json").read_text())
    assert "\n".join(TABLE["table"](found)) in (BENCHMARKS / "README.md").read_text()


def test_the_reference_holds_every_suite_that_is_checked():
    committed = json.loads((BENCHMARKS / "results" / "quick.json").read_text())
    checked = {id.partition(".")[0] for id, r in TABLE["rows_of"](committed).items() if r["is_checked"]}
    assert checked == {"start", "measures", "acoustics", "transcription", "search", "server"}
