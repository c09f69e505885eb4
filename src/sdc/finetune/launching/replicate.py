"""A trainer for Replicate (Cog's training interface, https://cog.run/training/; ``cog train`` itself is deprecated)."""

from __future__ import annotations

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import Rendered, as_yaml, common

_TRAIN = '''"""Fine-tuning {model} on Replicate. Rendered by sdc finetune launch replicate."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path as File

from cog import BaseModel, Input, Path, Secret

FILES = {files!r}


class TrainingOutput(BaseModel):
    weights: Path


def train(
    data: Path = Input(description="data.sealed, as sdc finetune launch wrote it"),
    data_key: Secret = Input(description="The key that sealed it ({key})"),
    hub_token: Secret = Input(description="Token of the Hugging Face Hub ({token})"),
) -> TrainingOutput:
    folder = File(tempfile.mkdtemp())
    for name in FILES:
        shutil.copy(File(__file__).with_name(name), folder / name)
    shutil.copy(data, folder / "data.sealed")
    File(data).unlink(missing_ok=True)
    environment = {{**os.environ, "SDC_PYTHON": sys.executable}}
    environment |= {{{key!r}: data_key.get_secret_value(), {token!r}: hub_token.get_secret_value()}}
    subprocess.run(["timeout", "{seconds}", "sh", str(folder / "run.sh")], check=True, env=environment)
    return TrainingOutput(weights=Path(folder / "run.sealed"))
'''


def render(job: Job) -> Rendered:
    """Return cog.yaml and its trainer; the model at Replicate must be private."""
    files = common(job)
    cog = {
        "build": {"gpu": True, "python_version": "3.11", "python_requirements": "requirements.txt"},
        "train": "train.py:train",
    }
    trainer = _TRAIN.format(
        model=job.model, files=sorted(files), key=KEY_NAME, token=TOKEN_NAME, seconds=round(job.hours * 3600)
    )
    made = {
        "cog.yaml": as_yaml(cog, "Rendered by sdc finetune launch replicate."),
        "train.py": trainer,
        "requirements.txt": f"{job.package}\n",
        ".dockerignore": "*.sealed\n",
    }
    steps = (
        f"Make a private model at Replicate with the hardware {job.card_at('replicate')}.",
        f"cog push r8.im/OWNER/{job.name}",
        "Start a training of it with data.sealed, the key and the token; fetch its weights as run.sealed.",
        "Delete the training, its files and the model at Replicate.",
        "sdc finetune open run.sealed -o RUN",
    )
    return Rendered(files | made, steps)
