"""A notebook for Google Colab (nbformat 4.5)."""

from __future__ import annotations

from typing import Any

from sdc.finetune.launching.job import KEY_NAME, TOKEN_NAME, Job
from sdc.finetune.launching.rendering import Rendered, as_json, common

_INTRO = """# {name}: fine-tuning {model} with {method}

The texts were de-identified and encrypted before they were sent here, and are deleted at the end.

Choose Runtime → Change runtime type → {card}. Put the key under the key symbol on the left as a secret named `{key}`
(and `{token}` for a model that asks who fetches it), and let this notebook read it. Then run all cells in order."""

_KEYS = """import os

from google.colab import userdata

os.environ["{key}"] = userdata.get("{key}")
try:
    os.environ["{token}"] = userdata.get("{token}")
except userdata.SecretNotFoundError:
    print("No {token}: only models that everybody may fetch.")"""

_UPLOAD = """from google.colab import files

files.upload_file("data.sealed")"""

_HOME = """files.download("run.sealed")"""

_DELETE = """from pathlib import Path

from google.colab import runtime

input("Press Enter when run.sealed has arrived: ")
for path in Path(".").glob("*.sealed"):
    path.unlink()
runtime.unassign()  # gives the machine back, with its disk"""


def render(job: Job) -> Rendered:
    """Return the notebook: keys from Colab's secrets, upload, run, download, delete."""
    card = job.card_at("colab")
    names = {"key": KEY_NAME, "token": TOKEN_NAME, "name": job.name, "model": job.model, "method": job.method}
    cells = [_text(_INTRO.format(card=card, **names), "intro"), _code(_KEYS.format(**names), "keys")]
    written = enumerate(common(job).items())
    cells += [_code(f"%%writefile {name}\n{text.rstrip()}", f"file-{n}") for n, (name, text) in written]
    last = ((_UPLOAD, "upload"), ("!sh run.sh", "run"), (_HOME, "home"), (_DELETE, "delete"))
    cells += [_code(source, name) for source, name in last]
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "accelerator": "GPU",
            "colab": {"gpuType": card, "provenance": []},
            "kernelspec": {"display_name": "Python 3", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "cells": cells,
    }
    steps = (
        "Open train.ipynb at https://colab.research.google.com (File → Upload notebook).",
        f"Add the secret {KEY_NAME} in Colab, choose {card}, run all cells, and give data.sealed when it asks.",
        "sdc finetune open run.sealed -o RUN",
    )
    return Rendered({"train.ipynb": as_json(notebook)}, steps)


def _text(source: str, name: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": _lines(source)}


def _code(source: str, name: str) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "execution_count": None,
        "outputs": [],
        "source": _lines(source),
    }


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)
