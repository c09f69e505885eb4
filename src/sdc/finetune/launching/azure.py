"""A command job of Azure Machine Learning (CLI v2, commandJob.schema.json)."""

from __future__ import annotations

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import IMAGE, Rendered, as_yaml, common

SCHEMA = "https://azuremlschemas.azureedge.net/latest/commandJob.schema.json"
_COMMAND = f"""python3 -m pip install --quiet azure-identity azure-keyvault-secrets
export {KEY_NAME}="$(python3 secret.py sdc-data-key)"
export {TOKEN_NAME}="$(python3 secret.py hf-token)"
sh run.sh
cp run.sealed "${{{{outputs.run}}}}/"
"""
_READER = '''"""Write a secret of the key vault out for the shell that asks; the job's identity may read it."""

import os
import sys

from azure.identity import ManagedIdentityCredential
from azure.keyvault.secrets import SecretClient

identity = ManagedIdentityCredential(client_id=os.environ.get("DEFAULT_IDENTITY_CLIENT_ID"))
sys.stdout.write(SecretClient(os.environ["SDC_KEY_VAULT"], identity).get_secret(sys.argv[1]).value)
'''


def render(job: Job) -> Rendered:
    """Return the job; the job file tells ``compute`` and ``key_vault`` (its address) under ``azure:``."""
    card = job.card_at("azure")
    document = {
        "$schema": SCHEMA,
        "type": "command",
        "display_name": job.name,
        "experiment_name": "sdc-finetune",
        "description": f"{job.model}, {job.method}; the compute should have nodes of size {card}",
        "code": ".",
        "command": _COMMAND,
        "environment": {"image": f"docker.io/library/{IMAGE}"},
        "environment_variables": {"SDC_KEY_VAULT": job.place("azure", "key_vault")},
        "compute": f"azureml:{job.place('azure', 'compute')}",
        "resources": {"instance_count": 1},
        "identity": {"type": "managed"},
        "limits": {"timeout": round(job.hours * 3600)},
        "outputs": {"run": {"type": "uri_folder", "mode": "upload"}},
    }
    vault = job.place("azure", "key_vault").removeprefix("https://").partition(".")[0]
    steps = (
        f'az keyvault secret set --vault-name {vault} --name sdc-data-key --value "${KEY_NAME}"',
        f'az keyvault secret set --vault-name {vault} --name hf-token --value "${TOKEN_NAME}"',
        "az ml job create --file job.yml",
        "az ml job download --name JOB --output-name run --download-path .",
        f"az keyvault secret delete --vault-name {vault} --name sdc-data-key",
        "Delete the uploaded code and the outputs of the job in the workspace's datastore.",
        "sdc finetune open named-outputs/run/run.sealed -o RUN",
    )
    files = common(job) | {"job.yml": as_yaml(document, "Rendered by sdc finetune launch azure."), "secret.py": _READER}
    return Rendered(files, steps)
