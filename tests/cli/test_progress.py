"""`sdc progress`."""

import json

import pytest

from sdc.pipeline.progressing import DEFAULT_MEASURES

WORDS = (
    "a cat",
    "a big cat",
    "a very big cat",
    "my very big old cat",
    "my very big old cat runs",
    "and he runs to me again right now",
)


@pytest.fixture
def mia(sdc, cha):
    """Six sessions a week apart, each line longer than the one before."""
    paths = [cha(f"w{i}.cha", date=f"{2 + 7 * i:02d}-MAR-2026", line=line) for i, line in enumerate(WORDS[:4])]
    paths += [cha(f"w{4 + i}.cha", date=f"{6 + 7 * i:02d}-APR-2026", line=line) for i, line in enumerate(WORDS[4:])]
    assert sdc("add", *paths, "--child", "Mia").exit_code == 0


def document(sdc, *options):
    result = sdc("progress", "Mia", "--format", "json", *options)
    assert result.exit_code == 0
    return json.loads(result.stdout)


def test_small_samples_give_no_verdict(sdc, mia):
    found = document(sdc)
    assert [m["measure"] for m in found["measures"]] == list(DEFAULT_MEASURES)
    mlu = found["measures"][0]
    assert (mlu["verdict"], mlu["basis"]) == ("cannot_tell", "nothing")
    assert {p["left_out"] for p in mlu["points"]} == {"too_few"}
    assert found["weeks_without_session"] == [5]


def test_a_measure_without_a_minimum_has_a_trend(sdc, mia):
    (found,) = document(sdc, "--measure", "words_per_turn")["measures"]
    values = [p["value"] for p in found["points"]]
    assert values == sorted(values)
    assert (found["verdict"], found["basis"], found["trend"]["n_sessions"]) == ("increase", "trend", 6)
    text = sdc("progress", "Mia", "--measure", "words_per_turn").stdout
    assert "Verdict: increase, from the trend over 6 sessions. Slope" in text


def test_a_count_that_grows_with_the_recording_is_never_a_change(sdc, mia):
    (found,) = document(sdc, "--measure", "word_types")["measures"]
    assert (found["verdict"], found["basis"]) == ("cannot_tell", "nothing")


def test_phases(sdc, mia):
    options = ("--measure", "words_per_turn", "--baseline", "1-3", "--intervention", "4-8")
    (found,) = document(sdc, *options)["measures"]
    assert found["phases"]["overlap"]["nap"] == 1
    assert (found["phases"]["means"]["k_first"], found["phases"]["means"]["k_second"]) == (3, 3)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--measure", "mlu"), "There is no measure mlu."),
        (("--baseline", "soon", "--intervention", "4"), "'soon' are no weeks."),
        (("--baseline", "1-3"), "Two phases are needed"),
        (("--baseline", "1-4", "--intervention", "4-8"), "Two phases are needed"),
    ],
)
def test_what_cannot_be_understood(sdc, mia, options, said):
    result = sdc("progress", "Mia", *options)
    assert result.exit_code == 1
    assert said in result.stderr


def test_a_child_without_sessions(sdc, mia, tmp_path):
    assert "There is no child named Noa" in sdc("progress", "Noa").stderr
