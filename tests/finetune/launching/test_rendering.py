"""What is rendered for each provider: golden files, the providers' own parsers where they run offline, no secrets."""

import ast
import base64
import inspect
import json
import subprocess
import warnings
from pathlib import Path

import huggingface_hub
import pytest
import yaml

from finetune.launching.example import GOLDEN, SENTENCE, example_job, rendered_files, write_example
from sdc.errors import SettingsError
from sdc.finetune.launching.job import cards, read_job
from sdc.finetune.launching.rendering import TARGETS, as_yaml, render
from sdc.finetune.planning.gpus import gpus

SECRET = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def secrets_in_the_environment(monkeypatch):
    monkeypatch.setenv("SDC_DATA_KEY", SECRET)
    monkeypatch.setenv("HF_TOKEN", "hf_made_up_token")


@pytest.mark.parametrize("target", TARGETS)
def test_golden_files(target, tmp_path):
    """Made by `python tests/finetune/launching/example.py FOLDER`; read the difference before you make them anew."""
    golden = {p.name.removesuffix(".golden"): p.read_text(encoding="utf-8") for p in (GOLDEN / target).iterdir()}
    assert rendered_files(tmp_path, target) == golden


@pytest.mark.parametrize("target", TARGETS)
def test_no_secret_and_no_text_of_a_child_is_rendered(target, tmp_path):
    whole = "\n".join(rendered_files(tmp_path, target).values())
    assert SECRET not in whole and "hf_made_up_token" not in whole
    assert SENTENCE not in whole
    assert str(tmp_path) not in whole


@pytest.mark.parametrize("target", [t for t in TARGETS if t != "autotrain"])
def test_every_job_seals_the_run_and_has_an_end(target, tmp_path):
    files = rendered_files(tmp_path, target)
    whole = "\n".join(files.values())
    assert "sdc.finetune.launching.remote" in whole and "SDC_DATA_KEY" in whole
    assert "sdc finetune open" in files["steps.txt"]
    if target != "colab":  # Colab ends its sessions itself
        assert "10800" in whole
    assert any(word in whole for word in ("delete", "down", "remove", "unassign"))


def test_the_script_is_a_shell_script(tmp_path):
    script = tmp_path / "run.sh"
    script.write_text(rendered_files(tmp_path, "modal")["run.sh"])
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0


def test_colab_by_nbformat(tmp_path):
    import nbformat

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        notebook = nbformat.reads(rendered_files(tmp_path, "colab")["train.ipynb"], as_version=4)
        nbformat.validate(notebook)
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    for source in cells:
        if not source.startswith(("%%", "!")):
            ast.parse(source)
    assert cells[1].startswith("%%writefile run.sh\n#!/bin/sh\n")
    assert notebook.metadata.colab.gpuType == "T4"


SKYPILOT = {"name", "workdir", "resources", "secrets", "run"}
SKYPILOT_RESOURCES = {"accelerators", "disk_size", "use_spot", "autostop", "any_of"}


def test_skypilot_by_its_reference(tmp_path):
    """Keys and types of docs.skypilot.co/en/latest/reference/yaml-spec.html and sky/utils/schemas.py."""
    task = yaml.safe_load(rendered_files(tmp_path, "skypilot")["task.yaml"])
    assert set(task) == SKYPILOT and set(task["resources"]) == SKYPILOT_RESOURCES
    assert task["resources"]["autostop"] == {"idle_minutes": 10, "down": True}
    assert [one["infra"] for one in task["resources"]["any_of"]] == ["runpod", "aws", "azure", "gcp"]
    assert task["secrets"] == {"SDC_DATA_KEY": None, "HF_TOKEN": None}


def test_sagemaker_by_botocore(tmp_path):
    """The service model that the AWS command line and boto3 check a request with."""
    from botocore.session import get_session
    from botocore.validate import ParamValidator

    request = json.loads(rendered_files(tmp_path, "sagemaker")["training-job.json"])
    shape = get_session().get_service_model("sagemaker").operation_model("CreateTrainingJob").input_shape
    report = ParamValidator().validate(request, shape)
    assert not report.has_errors(), report.generate_report()
    types = shape.members["ResourceConfig"].members["InstanceType"].enum
    assert set(cards()["sagemaker"].values()) <= set(types)
    assert request["EnableInterContainerTrafficEncryption"] and request["OutputDataConfig"]["KmsKeyId"]
    request["StoppingConditions"] = {}
    assert ParamValidator().validate(request, shape).has_errors()


def test_huggingface_by_its_own_library(tmp_path):
    """Each call of the script fits the signature of the installed huggingface_hub."""
    tree = ast.parse(rendered_files(tmp_path, "huggingface")["submit.py"])
    called = set()
    calls = [n for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)]
    for node in calls:
        if getattr(node.func.value, "id", "") == "api":
            method = getattr(huggingface_hub.HfApi, node.func.attr)
            inspect.signature(method).bind(None, *node.args, **{k.arg: k.value for k in node.keywords})
            called.add(node.func.attr)
    assert called == {"create_repo", "upload_file", "run_job", "inspect_job", "hf_hub_download", "delete_repo"}
    flavours = {hardware.value for hardware in huggingface_hub.SpaceHardware}
    assert set(cards()["huggingface"].values()) <= flavours


AZURE = {  # learn.microsoft.com/azure/machine-learning/reference-yaml-job-command
    "$schema", "type", "name", "display_name", "experiment_name", "description", "tags", "command", "code",
    "environment", "environment_variables", "distribution", "compute", "resources", "limits", "queue_settings",
    "inputs", "outputs", "identity", "services",
}  # fmt: skip


def test_azure_by_its_reference(tmp_path):
    files = rendered_files(tmp_path, "azure")
    job = yaml.safe_load(files["job.yml"])
    assert set(job) <= AZURE and job["type"] == "command"
    assert job["compute"] == "azureml:gpu-cluster" and "${{outputs.run}}" in job["command"]
    ast.parse(files["secret.py"])


def test_replicate_by_its_reference(tmp_path):
    """Cog's training interface: train.py:train, typed inputs, an output with weights."""
    files = rendered_files(tmp_path, "replicate")
    cog = yaml.safe_load(files["cog.yaml"])
    assert set(cog) == {"build", "train"} and cog["train"] == "train.py:train"
    tree = ast.parse(files["train.py"])
    train = next(n for n in tree.body if isinstance(n, ast.FunctionDef))
    assert train.name == "train" and all(argument.annotation for argument in train.args.args)
    assert [argument.annotation.id for argument in train.args.args] == ["Path", "Secret", "Secret"]
    assert train.returns.id == "TrainingOutput"
    assert ".sealed" in files[".dockerignore"]


def test_modal_is_python(tmp_path):
    files = rendered_files(tmp_path, "modal")
    tree = ast.parse(files["modal_app.py"])
    assert {n.name for n in tree.body if isinstance(n, ast.FunctionDef)} == {"train", "main"}


RUNPOD = {  # docs.runpod.io/api-reference/pods/POST/pods
    "name", "imageName", "cloudType", "computeType", "gpuTypeIds", "gpuCount", "containerDiskInGb", "volumeInGb",
    "interruptible", "ports", "env",
}  # fmt: skip


def test_runpod_by_its_reference(tmp_path):
    pod = json.loads(rendered_files(tmp_path, "runpod")["pod.json"])
    assert set(pod) == RUNPOD
    assert all(value.startswith("{{ RUNPOD_SECRET_") for value in pod["env"].values())
    assert pod["cloudType"] == "SECURE" and pod["volumeInGb"] == 0


def test_autotrain_says_that_it_is_legacy(tmp_path):
    text = rendered_files(tmp_path, "autotrain")["autotrain.yml"]
    document = yaml.safe_load(text)
    assert "LEGACY" in text and "legacy" in TARGETS["autotrain"]
    assert document["backend"] == "local" and document["hub"] == {"push_to_hub": False}


def test_cards_are_known():
    assert all(set(names) <= set(gpus()) for names in cards().values())


def test_what_a_target_lacks_is_said(tmp_path):
    job = example_job(tmp_path, "modal")
    with pytest.raises(SettingsError, match="Say gpu: L4"):
        render("runpod", job)
    with pytest.raises(SettingsError, match="no target"):
        render("slurm", job)
    path = write_example(tmp_path)
    path.write_text(path.read_text().split("azure:")[0])
    with pytest.raises(SettingsError, match=r"does not tell .* for azure"):
        render("azure", read_job(path))


def test_yaml_keeps_texts_of_several_lines():
    text = as_yaml({"run": "one\ntwo\n"}, "a\nb")
    assert text == "# a\n# b\nrun: |\n  one\n  two\n"
    assert yaml.safe_load(text) == {"run": "one\ntwo\n"}


def test_every_golden_folder_is_a_target():
    assert {p.name for p in Path(GOLDEN).iterdir()} == set(TARGETS)
