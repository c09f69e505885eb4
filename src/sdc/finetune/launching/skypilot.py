"""A SkyPilot task (docs.skypilot.co/en/latest/reference/yaml-spec.html): the cheapest of four clouds with the card."""

from __future__ import annotations

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import Rendered, as_yaml, common

CLOUDS = ("runpod", "aws", "azure", "gcp")
IDLE_MINUTES = 10


def render(job: Job) -> Rendered:
    """Return the task; secrets are given when it is launched, and the machine is deleted when it is idle."""
    task = {
        "name": job.name,
        "workdir": ".",
        "resources": {
            "accelerators": f"{job.card_at('skypilot')}:1",
            "disk_size": job.disk_gb,
            "use_spot": False,
            "autostop": {"idle_minutes": IDLE_MINUTES, "down": True},
            "any_of": [{"infra": cloud} for cloud in CLOUDS],
        },
        "secrets": {KEY_NAME: None, TOKEN_NAME: None},
        "run": f"timeout {round(job.hours * 3600)} sh run.sh\n",
    }
    steps = (
        f"sky launch -c {job.name} task.yaml --secret {KEY_NAME} --secret {TOKEN_NAME}",
        f"scp {job.name}:sky_workdir/run.sealed . && sky down --yes {job.name}",
        "sdc finetune open run.sealed -o RUN",
    )
    return Rendered(common(job) | {"task.yaml": as_yaml(task, "Rendered by sdc finetune launch skypilot.")}, steps)
