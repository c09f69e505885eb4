"""A trained adapter words the companion's answer, the commands lead there, and a verdict that says no is obeyed."""

import json
import shutil

import pytest
from typer.testing import CliRunner

from sdc.cli.main import app
from sdc.companion.engines import ModelOptions, make_writer
from sdc.companion.engines.adapter import weights_digest
from sdc.companion.phrasing import phrase, phrased_answer
from sdc.companion.prompting import NO_DISGUISE
from sdc.demo import CHILD
from sdc.errors import EngineError, InputError
from sdc.finetune.evaluation.evaluate import evaluate
from sdc.finetune.presets import preset

OPTIONS = {
    "learning_rate": 0.01, "max_steps": 90, "batch_size": 1, "accumulation": 1, "rank": 16, "train_head": True,
    "patience": 0, "dropout": 0.0, "checkpointing": False, "max_length": 4096,
}  # fmt: skip


@pytest.fixture(scope="module")
def sdc():
    def run(*arguments, status=0):
        result = CliRunner().invoke(app, [str(a) for a in arguments])
        assert result.exit_code == status, result.output
        return result

    return run


@pytest.fixture(scope="module")
def run(sdc, make_model, write_pairs, demo_pair, tmp_path_factory):
    """A model that was taught one answer of the companion, by the command."""
    home = tmp_path_factory.mktemp("taught")
    folder = make_model(preset("tinyllama-1.1b"), num_hidden_layers=1, max_position_embeddings=4096)
    (home / "options.yaml").write_text("".join(f"{k}: {json.dumps(v)}\n" for k, v in OPTIONS.items()))
    elsewhere = demo_pair | {"metadata": demo_pair["metadata"] | {"child": "another"}}
    data = write_pairs(home / "data", train=[demo_pair], test=[elsewhere])
    result = sdc(
        "finetune", "train", "--model", folder, "--data", data, "-o", home / "run", "--preset", "tinyllama-1.1b",
        "--config", home / "options.yaml",
    )  # fmt: skip
    assert "steps" in result.output and "90" in result.output
    return home / "run"


def test_the_companion_answers_with_it(run, demo_answer_):
    writer = make_writer("local", ModelOptions(adapter=str(run)))
    phrased = phrase(demo_answer_, writer, NO_DISGUISE, child=CHILD)
    assert phrased.claims and not phrased.refused
    answer = phrased_answer(demo_answer_, phrased.claims, writer, phrased.prompt)
    assert answer.engine == "local" and answer.verdict == demo_answer_.verdict
    assert all(claim.text in answer.answer for claim in phrased.claims)


def test_its_evaluation_cannot_tell_from_one_output(sdc, run):
    result = sdc("finetune", "evaluate", run, "--data", run.parent / "data", "--format", "json")
    document = json.loads(result.stdout)
    scores = {s["system"]: s["values"] for s in document["systems"]}
    assert scores["adapter"]["in_form"] == scores["adapter"]["grounded_precision"] == scores["adapter"]["stopped"] == 1
    assert scores["adapter"]["figures"] > 0 and scores["adapter"]["loss"] < 0.1 < scores["base"]["loss"]
    assert scores["base"]["in_form"] == 0
    assert document["verdict"]["may_be_used"] == "cannot_tell"
    assert document["adapter_digest"] == weights_digest(run / "adapter")


def test_a_refused_adapter_is_not_used_unless_told(run, demo_answer_, tmp_path):
    copy = shutil.copytree(run, tmp_path / "run")
    verdict = {"may_be_used": "no", "reasons": ["3 of 40 outputs hold what the evidence does not: 7.5."]}
    document = {"adapter_digest": weights_digest(copy / "adapter"), "verdict": verdict}
    (copy / "evaluation.json").write_text(json.dumps(document))
    for named in (copy, copy / "adapter"):
        with pytest.raises(EngineError) as caught:
            phrase(demo_answer_, make_writer("local", ModelOptions(adapter=str(named))), NO_DISGUISE, child=CHILD)
        assert caught.value.code == "engine.adapter-refused" and "7.5" in caught.value.message
    told = make_writer("local", ModelOptions(adapter=str(copy), refused_adapter=True))
    assert phrase(demo_answer_, told, NO_DISGUISE, child=CHILD).claims
    # A verdict about other weights is none about these.
    (copy / "evaluation.json").write_text(json.dumps(document | {"adapter_digest": "0" * 64}))
    assert phrase(demo_answer_, make_writer("local", ModelOptions(adapter=str(copy))), NO_DISGUISE, child=CHILD).claims


def test_ask_uses_it(sdc, run, tmp_path, monkeypatch):
    from sdc.demo import QUESTION, demo_transcripts

    monkeypatch.setenv("SDC_HOME", str(tmp_path / "home"))
    for path in demo_transcripts():
        (tmp_path / path.name).write_bytes(path.read_bytes())  # without its recording
    sdc("add", *(tmp_path / path.name for path in demo_transcripts()), "--child", CHILD)
    result = sdc("ask", CHILD, QUESTION, "--engine", "local", "--adapter", run, "--format", "json")
    assert json.loads(result.stdout)["engine"] == "local"


def test_a_child_of_training_is_no_test(run, write_pairs, demo_pair, tmp_path):
    data = write_pairs(tmp_path / "data", test=[demo_pair])
    with pytest.raises(InputError) as caught:
        evaluate(run, data, update=lambda text, done: None)
    assert caught.value.code == "evaluate.seen-child"


def test_export_by_the_command(sdc, run, tmp_path):
    result = sdc("finetune", "export", run, "-o", tmp_path / "out")
    assert "Modelfile" in result.output and "serve-vllm.sh" in result.output
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"merged", "Modelfile", "serve-vllm.sh"}
    missing = sdc(
        "finetune", "export", run, "-o", tmp_path / "gguf", "--gguf", "q8_0", "--llama-cpp", tmp_path, status=1
    )
    assert "llama.cpp's converter is not here" in missing.output
    assert not (tmp_path / "gguf").exists()
    assert sdc("finetune", "export", run, "-o", tmp_path / "out", status=1)
