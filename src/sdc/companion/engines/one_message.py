"""A prompt as one message of a user: what a local model is asked, and what it was trained on, to the letter.

Models whose chat template has no system role (Mistral-7B-Instruct) refuse one, so instructions, form and data
go into one message for all of them.
"""

from __future__ import annotations

import json

from pydantic import BaseModel

from sdc.companion.engines.writer import Prompt


def one_message(prompt: Prompt, form: type[BaseModel]) -> str:
    """Return instructions, the form to fill in, and data.

    Parameters
    ----------
    prompt : Prompt
    form : type[BaseModel]
        Of the JSON object that the model is to write.
    """
    schema = json.dumps(form.model_json_schema(), ensure_ascii=False)
    asked = f"Answer with one JSON object of this schema and nothing else:\n{schema}"
    return f"{prompt.instructions}\n\n{asked}\n\n{prompt.data}"
