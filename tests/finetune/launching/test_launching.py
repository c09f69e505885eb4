"""The job file, what may leave, sealing, the work on the rented machine, and the commands."""

import base64
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from finetune.launching.example import JOB, SENTENCE, with_a_card, write_example
from sdc.cli.main import app
from sdc.errors import ConsentError, InputError, MissingInputError, SettingsError
from sdc.finetune.launching.departure import FILES, check_departure
from sdc.finetune.launching.job import read_job
from sdc.finetune.launching.remote import run
from sdc.finetune.launching.rendering import TARGETS, render
from sdc.finetune.launching.sealed import read_key, seal, unseal

KEY = bytes(range(32))


@pytest.fixture
def key(monkeypatch):
    monkeypatch.setenv("SDC_DATA_KEY", base64.b64encode(KEY).decode())


def test_a_job(tmp_path):
    job = read_job(write_example(tmp_path))
    assert (job.name, job.hours, job.disk_gb, job.options["rank"]) == ("week-1", 3, 100, 8)
    assert job.data == tmp_path / "dataset"
    assert job.agreement.by == "Ana Ruiz"


def test_the_job_in_the_docs(tmp_path):
    text = (Path(__file__).resolve().parents[3] / "docs/launching.md").read_text(encoding="utf-8")
    blocks = [part.split("```")[0] for part in text.split("```yaml\n")[1:]]
    job = read_job(write_example(tmp_path, "".join(blocks)))
    assert len(blocks) == 2 and set(job.places) == {"sagemaker", "azure", "huggingface"}
    for target in TARGETS:
        assert f"| `{target}` |" in text
        assert render(target, with_a_card(job, target)).steps


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("model: mistral-7b\n", "", "lacks model"),
        ("name: week-1", "name: Sarah's run; rm -rf", "name must be"),
        ("method: qlora", "method: full", "method cannot be"),
        ("hours: 3", "hours: 1000", "hours cannot be"),
        ("hours: 3", "disk_gb: 5", "disk_gb cannot be"),
        ("hours: 3", "package: x' && curl evil", "package cannot be"),
        ("hours: 3", "token: hf_1234", "token, which is not known"),
        ("  by: Ana Ruiz\n", "", "who agreed"),
        ("2026-11-20", "yesterday", "date cannot be"),
        ("options:\n  rank: 8\n  epochs: 2", "options: 3", "options must be"),
        (JOB, "[1, 2]", "no list of names"),
        (JOB, "a: [", "cannot be read"),
    ],
)
def test_a_bad_job_is_refused(tmp_path, old, new, said):
    assert old in JOB
    with pytest.raises(InputError, match=said) as caught:
        read_job(write_example(tmp_path, JOB.replace(old, new)))
    assert caught.value.hint and caught.value.source == str(tmp_path / "job.yaml")


@pytest.mark.parametrize(("old", "new"), [("mistral-7b", "gpt-2"), ("gpu: T4", "gpu: K80")])
def test_an_unknown_model_or_card_is_refused(tmp_path, old, new):
    with pytest.raises(SettingsError):
        read_job(write_example(tmp_path, JOB.replace(old, new)))


def change_card(folder, **changes):
    card = json.loads((folder / "card.json").read_text()) | changes
    (folder / "card.json").write_text(json.dumps({k: v for k, v in card.items() if v is not None}))


def test_what_may_leave(tmp_path):
    write_example(tmp_path)
    assert check_departure(tmp_path / "dataset", not_asked)["names"] == "replaced"


def not_asked(children):
    raise AssertionError("Consents that were stated stand in no store.")


def test_where_consents_are_recorded_the_store_is_asked_for_each_child(tmp_path):
    write_example(tmp_path)
    change_card(tmp_path / "dataset", consent={"purpose": "training", "basis": "x", "recorded": True})
    row = {"prompt": SENTENCE, "output": "What was said.", "metadata": {"child": "A0"}}
    (tmp_path / "dataset/test.jsonl").write_text(json.dumps(row) + "\n")
    asked = []
    check_departure(tmp_path / "dataset", asked.append)
    assert asked == [["A0", "C1"]]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"names": None}, "launch.names"),
        ({"names": "kept"}, "launch.names"),
        ({"consent": None}, "launch.no-consent"),
        ({"consent": {"purpose": "research_export", "basis": "x"}}, "launch.no-consent"),
        ({"consent": {"purpose": "training", "basis": ""}}, "launch.no-consent"),
        ({"consent": {"purpose": "training", "basis": "Recorded."}}, "launch.no-consent"),
        ({"consent": {"purpose": "training", "basis": "x", "recorded": "no"}}, "launch.no-consent"),
        ({"schema": "other"}, "launch.no-card"),
    ],
)
def test_what_stays(tmp_path, changes, code):
    write_example(tmp_path)
    change_card(tmp_path / "dataset", **changes)
    with pytest.raises(ConsentError, match="stays here") as caught:
        check_departure(tmp_path / "dataset", not_asked)
    assert caught.value.code == code


def test_half_a_data_set_stays(tmp_path):
    write_example(tmp_path)
    (tmp_path / "dataset/test.jsonl").unlink()
    with pytest.raises(MissingInputError, match=r"test\.jsonl"):
        check_departure(tmp_path / "dataset", not_asked)


def test_the_card_that_is_built_lets_a_data_set_leave(tmp_path):
    """What `sdc dataset build` writes is what is asked for here."""
    from collections import Counter

    from sdc.finetune.dataset.card import Amounts, Card, Consented
    from sdc.finetune.dataset.recipe import Recipe

    write_example(tmp_path)
    card = Card(Recipe(), {}, Amounts(), Counter(), Counter(), Consented("Recorded.", 1)).to_dict()
    (tmp_path / "dataset/card.json").write_text(json.dumps(card))
    asked = []
    assert check_departure(tmp_path / "dataset", asked.append)["consent"]["purpose"] == "training"
    assert asked == [["C1"]]


def test_sealing(tmp_path):
    write_example(tmp_path)
    sealed = seal(tmp_path / "dataset", FILES, KEY, "data")
    assert sealed.startswith(b"SDCRUN1") and SENTENCE.encode() not in sealed
    assert sealed != seal(tmp_path / "dataset", FILES, KEY, "data"), "a nonce is used once"
    unseal(sealed, tmp_path / "out", KEY, "data")
    assert {p.name for p in (tmp_path / "out").iterdir()} == set(FILES)
    assert SENTENCE in (tmp_path / "out/train.jsonl").read_text()
    assert (tmp_path / "out").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("how", ["changed", "another key", "another kind", "no file of ours"])
def test_what_was_changed_is_not_opened(tmp_path, how):
    write_example(tmp_path)
    sealed = seal(tmp_path / "dataset", FILES, KEY, "data")
    data = {"changed": sealed[:-1] + bytes([sealed[-1] ^ 1]), "no file of ours": b"PK\x03\x04"}.get(how, sealed)
    other = bytes(32) if how == "another key" else KEY
    with pytest.raises(InputError, match="another key"):
        unseal(data, tmp_path / "out", other, "run" if how == "another kind" else "data")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("value", ["", "short", base64.b64encode(bytes(16)).decode(), "é" * 44])
def test_a_key_that_cannot_be_used(value):
    with pytest.raises(SettingsError, match="SDC_DATA_KEY"):
        read_key({"SDC_DATA_KEY": value})


FAKE_SDC = """
import pathlib, sys, time
command, told = sys.argv[2], sys.argv[3:]
pathlib.Path(LOG).open("a").write(" ".join([str(pathlib.Path.cwd()), command, *told]) + "\\n")
if command == "train":
    assert "blicket" in pathlib.Path("data/train.jsonl").read_text()
    END
    pathlib.Path("run").mkdir()
    pathlib.Path("run/adapter.bin").write_bytes(b"weights")
elif command == "evaluate":
    sys.exit(1)  # the verdict is no
"""


def machine(tmp_path, end=""):
    """A folder as it lies on the rented machine, and a fake of `sdc`."""
    write_example(tmp_path)
    folder = tmp_path / "machine"
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"train": ["--model", "m", "--config", "{folder}/options.yaml"]}))
    (folder / "data.sealed").write_bytes(seal(tmp_path / "dataset", FILES, KEY, "data"))
    log = tmp_path / "log.txt"
    fake = tmp_path / "fake_sdc.py"
    fake.write_text(FAKE_SDC.replace("LOG", repr(str(log))).replace("END", end or "pass"))
    return folder, (sys.executable, str(fake)), log


def test_the_rented_machine(tmp_path, key):
    folder, sdc, log = machine(tmp_path)
    assert run(folder, sdc) == 0
    assert {p.name for p in folder.iterdir()} == {"run.json", "run.sealed"}
    unseal((folder / "run.sealed").read_bytes(), tmp_path / "home", KEY, "run")
    assert (tmp_path / "home/run/adapter.bin").read_bytes() == b"weights"
    trained, evaluated = log.read_text().splitlines()
    work, *told = trained.split(" ")
    assert told == f"train --model m --config {folder}/options.yaml --data data -o run --fetch".split(" ")
    assert "evaluate run --data data" in evaluated
    assert not Path(work).exists(), "the texts are deleted"


def test_a_training_that_fails_leaves_no_text(tmp_path, key):
    folder, sdc, log = machine(tmp_path, end="sys.exit(3)")
    assert run(folder, sdc) == 3
    assert {p.name for p in folder.iterdir()} == {"run.json"}
    assert not Path(log.read_text().split(" ")[0]).exists()


def test_a_machine_whose_time_is_up_leaves_no_text(tmp_path, key):
    folder, sdc, log = machine(tmp_path, end="time.sleep(60)")
    program = (
        "import signal, sys; from pathlib import Path; from sdc.finetune.launching import remote;"
        "signal.signal(signal.SIGTERM, remote._end);"
        f"sys.exit(remote.run(Path({str(folder)!r}), {sdc!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        while not log.exists() or not log.read_text():
            assert process.poll() is None
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 128 + signal.SIGTERM
    assert not Path(log.read_text().split(" ")[0]).exists()
    assert not (folder / "data.sealed").exists()


def call(*arguments):
    return CliRunner().invoke(app, ["finetune", *map(str, arguments)])


def test_a_dry_run_writes_no_data(tmp_path, monkeypatch):
    monkeypatch.delenv("SDC_DATA_KEY", raising=False)
    job = write_example(tmp_path)
    found = call("launch", "modal", "--job", job, "-o", tmp_path / "out")
    assert found.exit_code == 0, found.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"modal_app.py", "run.sh", "run.json", "options.yaml"}
    assert "1. modal secret create" in found.stdout and "A dry run" in found.output


def test_launch_and_open(tmp_path, key):
    job = write_example(tmp_path)
    assert call("launch", "modal", "--job", job, "-o", tmp_path / "out", "--no-dry-run").exit_code == 0
    unseal((tmp_path / "out/data.sealed").read_bytes(), tmp_path / "data", KEY, "data")
    (tmp_path / "run").mkdir()
    (tmp_path / "run/run_card.json").write_text("{}")
    (tmp_path / "run.sealed").write_bytes(seal(tmp_path, ("run",), KEY, "run"))
    found = call("open", tmp_path / "run.sealed", "-o", tmp_path / "home")
    assert found.exit_code == 0, found.output
    assert (tmp_path / "home/run_card.json").read_text() == "{}"
    again = call("open", tmp_path / "run.sealed", "-o", tmp_path / "home")
    assert again.exit_code == 1 and "there already" in again.output
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".sdc-open")]


def test_nothing_is_written_where_data_may_not_leave(tmp_path, key):
    job = write_example(tmp_path)
    change_card(tmp_path / "dataset", names=None)
    found = call("launch", "colab", "--job", job, "-o", tmp_path / "out")
    assert found.exit_code == 1 and "stays here" in found.output
    assert not (tmp_path / "out").exists()


def test_a_child_that_is_not_in_the_store_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("SDC_HOME", str(tmp_path / "home"))
    job = write_example(tmp_path)
    change_card(tmp_path / "dataset", consent={"purpose": "training", "basis": "x", "recorded": True})
    found = call("launch", "colab", "--job", job, "-o", tmp_path / "out")
    assert found.exit_code == 1 and "C1 is not in this store" in found.output
    assert not (tmp_path / "out").exists()


def test_without_a_key_no_data_is_sealed(tmp_path, monkeypatch):
    monkeypatch.delenv("SDC_DATA_KEY", raising=False)
    found = call("launch", "colab", "--job", write_example(tmp_path), "-o", tmp_path / "out", "--no-dry-run")
    assert found.exit_code == 2 and "sdc keys new" in found.output
    assert not (tmp_path / "out").exists()


def test_a_folder_that_holds_something_is_kept(tmp_path):
    job = write_example(tmp_path)
    found = call("launch", "colab", "--job", job, "-o", tmp_path / "dataset")
    assert found.exit_code == 1 and "holds something" in found.output
    assert sorted(p.name for p in (tmp_path / "dataset").iterdir()) == sorted(FILES)
