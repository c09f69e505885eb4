"""Rendering: what every provider's folder holds, and the table of providers."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sdc.errors import SettingsError
from sdc.finetune.launching.job import Job

IMAGE = "python:3.11"
"""Docker's image of Python: torch brings CUDA's libraries with it, the provider the driver."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a provider needs.

    Attributes
    ----------
    files : dict[str, str]
        Text by the name of its file.
    steps : tuple[str, ...]
        What to type, in order.
    """

    files: dict[str, str]
    steps: tuple[str, ...]


Renderer = Callable[[Job], Rendered]

TARGETS = {
    "colab": "a notebook for Google Colab",
    "skypilot": "a SkyPilot task: RunPod, AWS, Azure or Google Cloud, whichever has the card",
    "runpod": "the request for a pod at RunPod",
    "modal": "an app for Modal",
    "sagemaker": "a training job of Amazon SageMaker",
    "azure": "a command job of Azure Machine Learning",
    "replicate": "a trainer for Replicate (Cog)",
    "huggingface": "a script that submits a job to Hugging Face",
    "autotrain": "a configuration for AutoTrain Advanced, which is legacy: it is no longer developed",
}
"""Name of a target → what is rendered; each is a module of its name beside this one."""


def render(target: str, job: Job) -> Rendered:
    """Return the files and steps of a target.

    Raises
    ------
    SettingsError
        ``launch.target``: there is no such target; ``launch.card``, ``launch.place``: it lacks something.
    """
    if target not in TARGETS:
        raise SettingsError(
            f"There is no target {target}.", code="launch.target", hint=f"Say one of: {', '.join(TARGETS)}."
        )
    renderer: Renderer = importlib.import_module(f"sdc.finetune.launching.{target}").render
    return renderer(job)


def common(job: Job) -> dict[str, str]:
    """Return the files that do the work at every provider: ``run.sh``, ``run.json`` and ``options.yaml``."""
    arguments = ["--model", job.model, "--method", job.method, "--config", "{folder}/options.yaml"]
    return {
        "run.sh": run_script(job),
        "run.json": as_json({"name": job.name, "train": arguments}),
        "options.yaml": as_yaml(job.options) if job.options else "{}\n",
    }


def run_script(job: Job) -> str:
    """Return the script that installs SDC and does the job in the folder that it lies in.

    It makes an environment of its own by uv, since providers differ in their Python (SDC needs 3.11) and in what pip
    may change; where ``SDC_PYTHON`` names a Python that has SDC, nothing is installed.
    """
    return f"""#!/bin/sh
# Opens data.sealed with the key in SDC_DATA_KEY, trains, and leaves run.sealed. The texts are deleted however it ends.
set -eu
cd "$(dirname "$0")"
trap 'rm -f data.sealed' EXIT INT TERM
: "${{SDC_DATA_KEY:?Set SDC_DATA_KEY to the key that sealed the data.}}"
if [ -z "${{SDC_PYTHON:-}}" ]; then
  python3 -m pip install --quiet uv || python3 -m pip install --quiet --break-system-packages uv
  python3 -m uv venv --quiet --python 3.11 .venv
  python3 -m uv pip install --quiet --python .venv/bin/python '{job.package}'
  SDC_PYTHON=.venv/bin/python
fi
"$SDC_PYTHON" -m sdc.finetune.launching.remote .
"""


def as_json(document: Any) -> str:
    """Return indented JSON with a line end."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_yaml(document: Any, comment: str = "") -> str:
    """Return YAML in the order given, texts of several lines as blocks, with a comment before it."""
    import yaml

    class Dumper(yaml.SafeDumper):  # type: ignore[misc]
        pass

    def text(dumper: Any, value: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Dumper.add_representer(str, text)
    head = "".join(f"# {line}\n" for line in comment.splitlines())
    return head + str(yaml.dump(document, Dumper=Dumper, sort_keys=False, allow_unicode=True, width=120))
