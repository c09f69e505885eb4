"""The request for a pod at RunPod (REST API v1, https://docs.runpod.io/api-reference/pods/POST/pods)."""

from __future__ import annotations

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import Rendered, as_json, common

IMAGE = "runpod/pytorch:1.0.2-cu1281-torch280-ubuntu2404"
"""RunPod's own image: it starts ssh and has runpodctl."""


def render(job: Job) -> Rendered:
    """Return the request; secrets stay at RunPod, under the names ``sdc_data_key`` and ``hf_token``."""
    pod = {
        "name": job.name,
        "imageName": IMAGE,
        "cloudType": "SECURE",
        "computeType": "GPU",
        "gpuTypeIds": [job.card_at("runpod")],
        "gpuCount": 1,
        "containerDiskInGb": job.disk_gb,
        "volumeInGb": 0,
        "interruptible": False,
        "ports": ["22/tcp"],
        "env": {KEY_NAME: "{{ RUNPOD_SECRET_sdc_data_key }}", TOKEN_NAME: "{{ RUNPOD_SECRET_hf_token }}"},
    }
    run = f"timeout {round(job.hours * 3600)} sh run.sh && runpodctl send run.sealed"
    steps = (
        "Save the key and the token in RunPod's console (Secrets) as sdc_data_key and hf_token.",
        'curl -fsS https://rest.runpod.io/v1/pods -H "Authorization: Bearer $RUNPOD_API_KEY" '
        "-H 'Content-Type: application/json' -d @pod.json",
        "runpodctl send data.sealed run.sh run.json options.yaml   # and receive them in the pod, over ssh",
        f"{run}   # in the pod; receive run.sealed here",
        "runpodctl remove pod POD_ID   # deletes the pod with its disk",
        "sdc finetune open run.sealed -o RUN",
    )
    return Rendered(common(job) | {"pod.json": as_json(pod)}, steps)
