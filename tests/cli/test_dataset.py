"""`sdc dataset build` and `sdc dataset stats`."""

import json

import pytest

NAMES = ("Ann", "Bob", "Cleo", "Dora")


@pytest.fixture
def corpus(cha, tmp_path):
    for n, name in enumerate(NAMES):
        path = cha(f"{name}.cha", line=f"number {n} {name} and a bid [: big] dog")
        path.write_text(path.read_text().replace("CHI Mia Target_Child", f"CHI {name} Target_Child"))
    return tmp_path / "in"


def test_build_and_stats(sdc, corpus, tmp_path):
    folder = tmp_path / "set"
    built = sdc("dataset", "build", corpus, "-o", folder, "--i-have-consent", "--licence", "made up")
    assert built.exit_code == 0
    assert "train" in built.stdout
    assert "made up" in (folder / "card.md").read_text()
    found = json.loads(sdc("dataset", "stats", folder, "--format", "json").stdout)
    assert found["schema"] == "sdc.dataset-stats/1"
    assert found["amounts"]["children"] == 4
    assert sum(split["pairs"] for split in found["splits"].values()) == found["tokens"]["n"] > 0
    assert {s["use"] for s in found["supports"]} == {"few_shot", "retrieval", "lora", "children", "test"}
    table = sdc("dataset", "stats", folder, "--plot", tmp_path / "lengths.svg").stdout
    assert "is it enough for …" in table
    assert "LIMA" in table
    assert (tmp_path / "lengths.svg").read_text().startswith("<?xml")


def test_chat_form_and_one_source(sdc, corpus, tmp_path):
    folder = tmp_path / "set"
    options = ("--i-have-consent", "--format", "chat", "--source", "transcript", "--train-only")
    assert sdc("dataset", "build", corpus, "-o", folder, *options).exit_code == 0
    rows = [json.loads(line) for line in (folder / "train.jsonl").read_text().splitlines()]
    assert {row["metadata"]["source"] for row in rows} == {"transcript"}
    assert [m["role"] for m in rows[0]["messages"]] == ["user", "assistant"]
    assert (folder / "test.jsonl").read_text() == ""


def test_consent(sdc, cha, corpus, tmp_path):
    folder = tmp_path / "set"
    refused = sdc("dataset", "build", corpus, "-o", folder)
    assert refused.exit_code == 1
    assert "--i-have-consent" in refused.stderr
    assert sdc("add", cha(), "--child", "Mia").exit_code == 0
    refused = sdc("dataset", "build", "-o", folder, "--child", "Mia")
    assert (refused.exit_code, "consent.missing" in refused.stderr) == (1, True)
    assert not folder.exists()


def test_wrong_usage(sdc, corpus, tmp_path):
    folder = tmp_path / "set"
    assert sdc("dataset", "build", corpus).exit_code == 2
    assert sdc("dataset", "build", corpus, "-o", folder, "--child", "Mia").exit_code == 2
    assert sdc("dataset", "build", corpus, "-o", folder, "--held-out", "0.9").exit_code == 2
    assert sdc("dataset", "stats", folder).exit_code == 1
    short = sdc("dataset", "build", corpus, "-o", folder, "--i-have-consent", "--max-tokens", 3)
    assert (short.exit_code, "dataset.max-tokens" in short.stderr) == (1, True)
    assert sdc("dataset", "build", corpus, "-o", folder, "--i-have-consent", "--train-only").exit_code == 0
    assert sdc("dataset", "stats", folder, "--plot", tmp_path / "lengths.pdf").exit_code == 2


def test_what_cannot_be_read_is_told_and_the_rest_is_done(sdc, corpus, tmp_path):
    (corpus / "broken.cha").write_text("no transcript")
    built = sdc("dataset", "build", corpus, "-o", tmp_path / "set", "--i-have-consent")
    assert built.exit_code == 1
    assert "broken.cha" in built.stderr
    assert (tmp_path / "set" / "card.json").exists()
