"""A job as the tests launch it; run as a program, it writes the golden files anew."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from sdc.finetune.launching.job import Job, cards, read_job
from sdc.finetune.launching.rendering import TARGETS, render

GOLDEN = Path(__file__).with_name("golden")
SENTENCE = "the quick wug saw a blicket"
JOB = """\
name: week-1
model: mistral-7b
method: qlora
data: dataset
gpu: T4
hours: 3
options:
  rank: 8
  epochs: 2
consent:
  statement: The families agreed that the de-identified texts are sent to a rented machine.
  by: Ana Ruiz
  date: 2026-11-20
sagemaker:
  role_arn: arn:aws:iam::123456789012:role/sdc-training
  image: 123456789012.dkr.ecr.eu-central-1.amazonaws.com/python-aws:3.11
  bucket: clinic-training
  kms_key: arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555
azure:
  compute: gpu-cluster
  key_vault: https://clinic.vault.azure.net
huggingface:
  repository: clinic/week-1
"""


def write_example(folder: Path, job: str = JOB) -> Path:
    """Write a job file with a data set beside it; return the job file."""
    data = folder / "dataset"
    data.mkdir(exist_ok=True)
    row = {"prompt": SENTENCE, "output": "What was said.", "metadata": {"child": "C1"}}
    for name in ("train", "validation", "test"):
        (data / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    consent = {"purpose": "training", "basis": "Stated.", "recorded": False}
    card = {"schema": "sdc.dataset/1", "names": "replaced", "consent": consent}
    (data / "card.json").write_text(json.dumps(card), encoding="utf-8")
    (folder / "job.yaml").write_text(job, encoding="utf-8")
    return folder / "job.yaml"


def example_job(folder: Path, target: str) -> Job:
    """Return the job; with another card where a provider has none of it."""
    return with_a_card(read_job(write_example(folder)), target)


def with_a_card(job: Job, target: str) -> Job:
    """Return a job with a card that a provider has."""
    return job if job.gpu in cards().get(target, {job.gpu: ""}) else replace(job, gpu="L4")


def rendered_files(folder: Path, target: str) -> dict[str, str]:
    """Return what is compared with the golden files: the files of a target, and its steps."""
    rendered = render(target, example_job(folder, target))
    return rendered.files | {"steps.txt": "".join(f"{step}\n" for step in rendered.steps)}


if __name__ == "__main__":
    for target in TARGETS:
        (GOLDEN / target).mkdir(parents=True, exist_ok=True)
        for name, text in rendered_files(Path(sys.argv[1]), target).items():
            (GOLDEN / target / f"{name}.golden").write_text(text, encoding="utf-8")
