"""An app for Modal (https://modal.com/docs): data goes in as an argument and the run comes back as a result."""

from __future__ import annotations

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import Rendered, common

SECRET = "sdc-finetune"  # noqa: S105  the name of a secret at Modal

_APP = '''"""Fine-tuning {model} on Modal. Rendered by sdc finetune launch modal.

The secret {secret} at Modal holds {key} and {token}. The sealed data is an argument of the call and the
sealed run is its result: nothing is kept in a volume, and the machine is gone when the call ends.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import modal

FILES = {files!r}

app = modal.App({name!r})
image = modal.Image.debian_slim(python_version="3.11").pip_install({package!r})
secret = modal.Secret.from_name({secret!r}, required_keys=[{key!r}])


@app.function(image=image, gpu={card!r}, timeout={seconds}, secrets=[secret], ephemeral_disk={disk_mib})
def train(files: dict[str, str], data: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        (Path(folder) / "data.sealed").write_bytes(data)
        environment = {{**os.environ, "SDC_PYTHON": sys.executable}}
        subprocess.run(["sh", f"{{folder}}/run.sh"], check=True, env=environment)
        return (Path(folder) / "run.sealed").read_bytes()


@app.local_entrypoint()
def main() -> None:
    here = Path(__file__).parent
    files = {{name: (here / name).read_text(encoding="utf-8") for name in FILES}}
    (here / "run.sealed").write_bytes(train.remote(files, (here / "data.sealed").read_bytes()))
'''

LEAST_DISK_MIB = 524_288
"""Modal's least ``ephemeral_disk``."""


def render(job: Job) -> Rendered:
    """Return the app."""
    files = common(job)
    app = _APP.format(
        model=job.model,
        secret=SECRET,
        key=KEY_NAME,
        token=TOKEN_NAME,
        files=sorted(files),
        name=job.name,
        package=job.package,
        card=job.card_at("modal"),
        seconds=round(job.hours * 3600),
        disk_mib=max(LEAST_DISK_MIB, job.disk_gb * 1024),
    )
    steps = (
        f'modal secret create {SECRET} {KEY_NAME}="${KEY_NAME}" {TOKEN_NAME}="${TOKEN_NAME}"',
        "modal run modal_app.py",
        f"modal secret delete {SECRET}",
        "sdc finetune open run.sealed -o RUN",
    )
    return Rendered(files | {"modal_app.py": app}, steps)
