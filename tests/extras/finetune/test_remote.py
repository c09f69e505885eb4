"""What a rented machine does, whole: opened data, the real `sdc finetune train` and `evaluate`, the run home again."""

import base64
import json
import tempfile

from sdc.finetune.launching.departure import FILES
from sdc.finetune.launching.remote import run
from sdc.finetune.launching.sealed import seal, unseal
from sdc.finetune.presets import presets

KEY = bytes(range(32))


def test_a_run_comes_home(make_model, line_data, tmp_path, monkeypatch):
    monkeypatch.setenv("SDC_DATA_KEY", base64.b64encode(KEY).decode())
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    model = make_model(presets()["tinyllama-1.1b"])
    data = tmp_path / "data"
    data.mkdir()
    for name in FILES:
        (data / name).write_bytes((line_data / name).read_bytes() if (line_data / name).exists() else b"{}")
    machine = tmp_path / "machine"
    machine.mkdir()
    (machine / "options.yaml").write_text("rank: 4\nmax_steps: 2\nbatch_size: 2\n")
    told = [
        "--model",
        str(model),
        "--preset",
        "tinyllama-1.1b",
        "--method",
        "lora",
        "--config",
        "{folder}/options.yaml",
    ]
    (machine / "run.json").write_text(json.dumps({"train": told}))
    (machine / "data.sealed").write_bytes(seal(data, FILES, KEY, "data"))

    assert run(machine) == 0
    assert sorted(p.name for p in machine.iterdir()) == ["options.yaml", "run.json", "run.sealed"]
    unseal((machine / "run.sealed").read_bytes(), tmp_path / "home", KEY, "run")
    home = {p.relative_to(tmp_path / "home/run").as_posix() for p in (tmp_path / "home/run").rglob("*") if p.is_file()}
    assert "adapter/adapter_model.safetensors" in home
    assert any("evaluation" in name for name in home)
    assert not list((tmp_path / "temporary").glob("sdc-run-*")), "the texts are deleted"
