"""A job of Hugging Face (https://huggingface.co/docs/huggingface_hub/guides/jobs), by a script with huggingface_hub."""

from __future__ import annotations

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import IMAGE, Rendered, common

_SUBMIT = '''"""Fine-tuning {model} as a job of Hugging Face. Rendered by sdc finetune launch huggingface.

Sends the sealed data to a private repository, starts the job, waits, fetches the sealed run, deletes the repository.
{key} and {token} come from the environment.
"""

import os
import time
from pathlib import Path

from huggingface_hub import HfApi

REPOSITORY = {repository!r}
FILES = {files!r}
COMMAND = {command!r}

here = Path(__file__).parent
api = HfApi(token=os.environ[{token!r}])
secrets = {{name: os.environ[name] for name in ({key!r}, {token!r})}}
api.create_repo(REPOSITORY, repo_type="dataset", private=True)
try:
    for name in (*FILES, "data.sealed"):
        api.upload_file(path_or_fileobj=here / name, path_in_repo=name, repo_id=REPOSITORY, repo_type="dataset")
    job = api.run_job(
        image={image!r},
        command=["sh", "-c", COMMAND],
        flavor={card!r},
        timeout={seconds},
        secrets=secrets,
        env={{"REPOSITORY": REPOSITORY}},
    )
    print(job.url)
    while api.inspect_job(job_id=job.id).status.stage not in ("COMPLETED", "ERROR", "CANCELED", "DELETED"):
        time.sleep(30)
    api.hf_hub_download(REPOSITORY, "run.sealed", repo_type="dataset", local_dir=here)
finally:
    api.delete_repo(REPOSITORY, repo_type="dataset", missing_ok=True)
'''
_COMMAND = """set -eu
python3 -m pip install --quiet huggingface_hub
hf download "$REPOSITORY" --repo-type dataset --local-dir /tmp/sdc
sh /tmp/sdc/run.sh
hf upload "$REPOSITORY" /tmp/sdc/run.sealed run.sealed --repo-type dataset
"""


def render(job: Job) -> Rendered:
    """Return the script; the job file tells ``repository`` (``owner/name``) under ``huggingface:``."""
    files = common(job)
    submit = _SUBMIT.format(
        model=job.model,
        key=KEY_NAME,
        token=TOKEN_NAME,
        repository=job.place("huggingface", "repository"),
        files=tuple(sorted(files)),
        command=_COMMAND,
        image=IMAGE,
        card=job.card_at("huggingface"),
        seconds=round(job.hours * 3600),
    )
    steps = ("python submit.py   # needs pip install huggingface_hub", "sdc finetune open run.sealed -o RUN")
    return Rendered(files | {"submit.py": submit}, steps)
