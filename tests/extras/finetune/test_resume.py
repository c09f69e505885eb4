"""A training that is interrupted goes on to the very same bits: Ctrl-C, a kill, a checkpoint that was cut off."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from sdc.companion.engines.adapter import weights_digest
from sdc.errors import ConflictError, InputError, MissingInputError
from sdc.finetune.presets import preset
from sdc.finetune.training.options import TrainOptions
from sdc.finetune.training.train import Task, train

OPTIONS = TrainOptions(
    learning_rate=1e-2, epochs=2, batch_size=2, accumulation=2, rank=4, dropout=0.2, eval_steps=2, packing=False
)


@pytest.fixture(scope="module")
def folder(make_model):
    return make_model(preset("tinyllama-1.1b"), num_hidden_layers=1)


@pytest.fixture(scope="module")
def task(folder, line_data):
    return lambda run, **more: Task(
        str(folder), line_data, run, TrainOptions(**(OPTIONS.to_dict() | more)), "tinyllama-1.1b"
    )


@pytest.fixture(scope="module")
def whole(task, tmp_path_factory):
    """A run that nobody interrupted."""
    run = tmp_path_factory.mktemp("runs") / "whole"
    card = train(task(run))
    assert card["state"] == "done" and card["steps"] == 8
    return run, card


def interrupt_at(step: int):
    """Press Ctrl-C after a step."""

    def update(text: str, done: float) -> None:
        if text.startswith(f"step {step} of"):
            os.kill(os.getpid(), signal.SIGINT)

    return update


def test_the_same_seed_gives_the_same_bits_and_another_does_not(task, whole, tmp_path):
    train(task(tmp_path / "again"))
    train(task(tmp_path / "other", seed=1))
    first, again, other = (weights_digest(r / "adapter") for r in (whole[0], tmp_path / "again", tmp_path / "other"))
    assert first == again != other


def test_ctrl_c_saves_and_resume_ends_at_the_same_bits(task, whole, tmp_path):
    run, before = tmp_path / "run", signal.getsignal(signal.SIGINT)
    card = train(task(run), update=interrupt_at(3))
    assert (card["state"], card["steps"]) == ("interrupted", 3)
    assert signal.getsignal(signal.SIGINT) is before and not (run / "adapter").exists()
    assert json.loads((run / "run.json").read_text())["state"] == "interrupted"
    steps = []
    card = train(task(run), resume=True, update=lambda text, done: steps.append(text.split(",")[0]))
    assert "step 3 of 8" not in steps and "step 4 of 8" in steps
    assert card["state"] == "done" and weights_digest(run / "adapter") == weights_digest(whole[0] / "adapter")
    assert card["validation_loss"] == whole[1]["validation_loss"]


def test_a_checkpoint_that_was_cut_off_is_not_resumed_from(task, whole, tmp_path):
    run = tmp_path / "run"
    train(task(run), update=interrupt_at(5))
    last = run / "checkpoints/checkpoint-5"
    (last / "whole").unlink()
    (last / "adapter_model.safetensors").write_bytes(b"cut")
    train(task(run), resume=True)
    assert weights_digest(run / "adapter") == weights_digest(whole[0] / "adapter")


def test_a_kill_in_the_middle(task, whole, folder, line_data, tmp_path):
    run, config = tmp_path / "run", tmp_path / "options.yaml"
    config.write_text("".join(f"{name}: {value}\n" for name, value in OPTIONS.to_dict().items()))
    command = [sys.executable, "-c", "import torch; torch.set_num_threads(1); from sdc.cli.main import app; app()"]
    command += ["finetune", "train", "--model", str(folder), "--data", str(line_data), "-o", str(run)]
    command += ["--config", str(config), "--preset", "tinyllama-1.1b"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not (run / "checkpoints/checkpoint-2/whole").exists() and process.poll() is None:
            time.sleep(0.01)
    finally:
        process.kill()
        process.wait()
    card = train(task(run), resume=True)
    assert card["state"] == "done" and weights_digest(run / "adapter") == weights_digest(whole[0] / "adapter")


@pytest.mark.parametrize(
    ("more", "at"),
    # 3: after a validation; what that leaves behind must not matter
    [({"packing": True}, 1), ({"method": "qlora"}, 1), ({"method": "qlora"}, 3), ({"eval_steps": 0}, 1)],
    ids=["packed", "qlora", "qlora-after-a-validation", "by-epoch"],
)
def test_other_ways_resume_to_the_same_bits_too(task, tmp_path, more, at):
    whole = train(task(tmp_path / "whole", **more))
    card = train(task(tmp_path / "run", **more), update=interrupt_at(at))
    assert card["state"] == "interrupted"
    card = train(task(tmp_path / "run", **more), resume=True)
    assert card["validation_loss"] == whole["validation_loss"]
    assert weights_digest(tmp_path / "whole/adapter") == weights_digest(tmp_path / "run/adapter")


def test_what_was_begun_otherwise_is_not_resumed(task, whole, line_data, tmp_path):
    run = tmp_path / "run"
    shutil.copytree(whole[0], run)
    with pytest.raises(InputError) as caught:
        train(task(run, rank=8), resume=True)
    assert caught.value.code == "finetune.resume" and "another options" in caught.value.message
    with pytest.raises(ConflictError) as caught:
        train(task(run))
    assert caught.value.code == "finetune.exists" and "--resume" in caught.value.hint
    with pytest.raises(MissingInputError) as caught:
        train(task(tmp_path / "none"), resume=True)
    assert caught.value.code == "finetune.no-run"


def test_it_stops_early_when_validation_gets_no_better(task, tmp_path):
    # So small a rate changes nothing: the second validation is no better than the first.
    card = train(task(tmp_path / "run", learning_rate=1e-12, patience=1, epochs=10))
    assert card["state"] == "done" and card["steps"] < card["steps_planned"] == 40


def test_ctrl_c_while_it_loads_says_how_to_go_on(folder, line_data, tmp_path):
    told = ["--model", folder, "--preset", "tinyllama-1.1b", "--data", line_data, "-o", tmp_path / "run"]
    command = [sys.executable, "-m", "sdc.cli", "finetune", "train", *map(str, told), "--epochs", "1"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "run" / "run.json").exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told_us = process.communicate(timeout=120)
    # Where the signal meets code in a text that a library runs, Python itself ends by it: a shell calls both 130.
    assert process.returncode in (130, -signal.SIGINT)
    assert "stopped; `sdc finetune train … --resume` goes on" in told_us
    done = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # Nothing of what the libraries say to each other.
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["written"]
    assert (tmp_path / "run" / "adapter").is_dir()
