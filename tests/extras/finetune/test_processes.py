"""Two processes train what one trains with twice the accumulation; they stop together, save once and go on."""

import json
import signal
import subprocess
import sys
import time

import pytest
import yaml
from safetensors.torch import load_file

from sdc.errors import EngineError
from sdc.finetune.presets import preset
from sdc.finetune.training import processes, ranks
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.processes import train_together
from sdc.finetune.training.train import Task, train

OPTIONS = {"learning_rate": 1e-2, "epochs": 1, "batch_size": 2, "rank": 4, "dropout": 0.0, "checkpointing": False}
WORKER = """
import json, os, signal, sys
from pathlib import Path
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.train import Task, train
model, data, run, options, stop, resume = json.loads(sys.argv[1])
def update(text, done):
    if os.environ["RANK"] == "1" and text.startswith(f"step {stop} of"):
        os.kill(os.getpid(), signal.SIGINT)  # one of them only: the others must hear of it
train(Task(model, Path(data), Path(run), TrainOptions(**options), "tinyllama-1.1b"), resume=resume, update=update)
"""


def test_two_processes_train_what_one_trains(make_model, line_data, tmp_path):
    preset_name = "tinyllama-1.1b"
    folder = make_model(preset(preset_name), num_hidden_layers=1, max_position_embeddings=256)
    one = train(Task(str(folder), line_data, tmp_path / "one", TrainOptions(**OPTIONS, accumulation=2), preset_name))
    run, two = tmp_path / "two", OPTIONS | {"accumulation": 1}
    for stop, resume in ((2, False), (0, True)):
        told = json.dumps([str(folder), str(line_data), str(run), two, stop, resume])
        assert train_together(2, [sys.executable, "-c", WORKER, told]) == 0
        card = json.loads((run / "run.json").read_text())
        if stop:
            assert (card["state"], card["steps"]) == ("interrupted", 2) and not (run / "adapter").exists()
            assert (run / "checkpoints/checkpoint-2/whole").exists()
            assert len(list((run / "checkpoints/checkpoint-2").glob("rng_state_*"))) == 2  # one for each process
    assert (card["state"], card["processes"], card["steps"]) == ("done", 2, one["steps"])
    assert [loss for _, loss in card["loss"]] == pytest.approx([loss for _, loss in one["loss"]], rel=1e-5)
    assert card["validation_loss"][-1][1] == pytest.approx(one["validation_loss"][-1][1], rel=1e-5)
    ours, theirs = (load_file(tmp_path / r / "adapter/adapter_model.safetensors") for r in ("one", "two"))
    assert ours.keys() == theirs.keys() and all(ours[k].allclose(theirs[k], atol=1e-5) for k in ours)


def test_a_process_that_fails_ends_the_others_and_says_why(monkeypatch):
    monkeypatch.setattr(processes, "GRACE_S", 0.2)
    script = "import os, sys, time; sys.exit('no room on this card') if os.environ['RANK'] == '1' else time.sleep(600)"
    with pytest.raises(EngineError, match=r"Process 2 of 2 failed: no room on this card") as caught:
        train_together(2, [sys.executable, "-c", script])
    assert caught.value.code == "finetune.processes"


def test_ctrl_c_reaches_each_process_once(tmp_path):
    inner = "import os, pathlib, signal, sys, time; n = []; signal.signal(signal.SIGINT, lambda *_: n.append(1))\n"
    inner += "place = pathlib.Path(sys.argv[1]) / os.environ['RANK']; place.touch()\n"
    inner += "while not n: time.sleep(0.02)\n"
    inner += "time.sleep(0.2); place.write_text(str(len(n))); sys.exit(3)"
    outer = "import sys; from sdc.finetune.training.processes import train_together\n"
    outer += f"sys.exit(train_together(2, [sys.executable, '-c', {inner!r}, {str(tmp_path)!r}]))"
    process = subprocess.Popen([sys.executable, "-c", outer])
    try:
        while len(list(tmp_path.iterdir())) < 2 and process.poll() is None:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 3
    finally:
        process.kill()
    assert [(tmp_path / place).read_text() for place in "01"] == ["1", "1"]


def test_weights_are_not_shared_out_on_cpus(monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    with pytest.raises(EngineError) as caught:
        ranks.join()
    assert caught.value.code == "finetune.processes"


@pytest.mark.parametrize("name", ["ddp", "fsdp"])
def test_accelerate_knows_every_name_in_the_launch_files(name, request):
    from accelerate.commands.config.config_args import load_config_from_file
    from accelerate.commands.launch import launch_command_parser

    path = request.config.rootpath / f"recipes/accelerate/{name}.yaml"
    config = load_config_from_file(str(path))  # refuses a name that it does not know
    known = {action.dest for action in launch_command_parser()._actions}
    assert set(config.fsdp_config) <= known and config.num_processes == 2
    assert yaml.safe_load(path.read_text())["distributed_type"] == {"ddp": "MULTI_GPU", "fsdp": "FSDP"}[name]
