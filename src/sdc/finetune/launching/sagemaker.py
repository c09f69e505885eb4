"""A training job of Amazon SageMaker: the request of CreateTrainingJob, as ``aws sagemaker`` and boto3 take it."""

from __future__ import annotations

from typing import Any

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import Rendered, as_json, common

_WORK = "/tmp/sdc"  # noqa: S108  in the container, which is deleted with the job
_ASK = "aws secretsmanager get-secret-value --query SecretString --output text --secret-id"
_START = f"""set -eu
mkdir -p {_WORK} && cp /opt/ml/input/data/job/* {_WORK}/
export {KEY_NAME}="$({_ASK} "$SDC_DATA_KEY_SECRET")"
export {TOKEN_NAME}="$({_ASK} "$HF_TOKEN_SECRET")"
sh {_WORK}/run.sh
cp {_WORK}/run.sealed /opt/ml/model/
"""


def render(job: Job) -> Rendered:
    """Return the request; the job tells ``role_arn``, ``image``, ``bucket`` and ``kms_key`` under ``sagemaker:``."""
    bucket = job.place("sagemaker", "bucket").removeprefix("s3://").strip("/")
    place = f"s3://{bucket}/{job.name}"
    steps = (
        f'aws secretsmanager create-secret --name {job.name}-key --secret-string "${KEY_NAME}"',
        f'aws secretsmanager create-secret --name {job.name}-hf --secret-string "${TOKEN_NAME}"',
        f"aws s3 cp . {place}/in/ --recursive --exclude training-job.json",
        "aws sagemaker create-training-job --cli-input-json file://training-job.json",
        f"aws s3 cp {place}/out/{job.name}/output/model.tar.gz . && tar xzf model.tar.gz",
        f"aws s3 rm {place} --recursive",
        *(
            f"aws secretsmanager delete-secret --secret-id {job.name}-{n} --force-delete-without-recovery"
            for n in ("key", "hf")
        ),
        "sdc finetune open run.sealed -o RUN",
    )
    return Rendered(common(job) | {"training-job.json": as_json(_request(job, place))}, steps)


def _request(job: Job, place: str) -> dict[str, Any]:
    source = {"S3DataType": "S3Prefix", "S3Uri": f"{place}/in/", "S3DataDistributionType": "FullyReplicated"}
    return {
        "TrainingJobName": job.name,
        "RoleArn": job.place("sagemaker", "role_arn"),
        "AlgorithmSpecification": {
            "TrainingImage": job.place("sagemaker", "image"),
            "TrainingInputMode": "File",
            "ContainerEntrypoint": ["sh", "-c"],
            "ContainerArguments": [_START],
        },
        "InputDataConfig": [{"ChannelName": "job", "DataSource": {"S3DataSource": source}, "InputMode": "File"}],
        "OutputDataConfig": {"S3OutputPath": f"{place}/out/", "KmsKeyId": job.place("sagemaker", "kms_key")},
        "ResourceConfig": {
            "InstanceType": job.card_at("sagemaker"),
            "InstanceCount": 1,
            "VolumeSizeInGB": job.disk_gb,
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": round(job.hours * 3600)},
        "EnableInterContainerTrafficEncryption": True,
        "EnableNetworkIsolation": False,
        "Environment": {"SDC_DATA_KEY_SECRET": f"{job.name}-key", "HF_TOKEN_SECRET": f"{job.name}-hf"},
        "Tags": [{"Key": "made-by", "Value": "sdc"}],
    }
