"""The named models: each with all that training needs, and a template that asks and stops as it should."""

import re

import jinja2
import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from sdc.errors import SettingsError
from sdc.finetune.presets import Preset, preset, preset_of, presets

NAMED = {"mistral-7b", "llama-2-7b", "phi-2", "tinyllama-1.1b", "openhermes", "orca-mini"}
ASKED = [{"role": "user", "content": "What?"}]
TOLD = [{"role": "system", "content": "Be brief."}, *ASKED]


def render(row: Preset, turns, *, asks=False) -> str:
    def refuse(text):
        raise jinja2.TemplateError(text)

    template = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True).from_string(row.template)
    return template.render(
        messages=turns, add_generation_prompt=asks, bos_token="<s>", eos_token=row.stop, raise_exception=refuse
    )


def test_the_models_of_the_plan_are_here():
    assert set(presets()) == NAMED
    assert all(
        row.licence and row.shape["vocab_size"] and row.target_modules == "all-linear" for row in presets().values()
    )
    assert not preset("orca-mini").commercial
    assert all(re.search(r"\(\d+ \w+ 20\d\d\)", row.source) for row in presets().values())  # a source, and its day


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_template_asks_answers_and_stops(name):
    row = preset(name)
    asked = render(row, ASKED, asks=True)
    whole = render(row, [*ASKED, {"role": "assistant", "content": "A child."}])
    assert asked.count("What?") == 1 and whole.startswith(asked)
    answer = whole.removeprefix(asked)
    assert answer.strip().removesuffix(row.stop).strip() == "A child." and answer.rstrip().endswith(row.stop)


@pytest.mark.parametrize("name", sorted(NAMED))
def test_instructions_have_the_place_that_the_preset_says(name):
    row = preset(name)
    if row.system == "own":
        assert "Be brief." in render(row, TOLD, asks=True)
    else:
        with pytest.raises(jinja2.TemplateError):
            render(row, TOLD, asks=True)


def test_a_model_is_known_by_its_names():
    assert preset_of("tinyllama-1.1b") is preset_of("TinyLlama/TinyLlama-1.1B-Chat-v1.0") is preset("tinyllama-1.1b")
    assert preset_of("/models/phi-2/") is preset("phi-2")
    assert preset_of("some/other") is None
    with pytest.raises(SettingsError) as caught:
        preset("gpt")
    assert "phi-2" in caught.value.hint


# As the sources beside each preset show them; the words between the marks are ours.
SHOWN = {
    "mistral-7b": "<s>[INST] Q[/INST] A</s>",
    "llama-2-7b": "<s>[INST] <<SYS>>\nS\n<</SYS>>\n\nQ [/INST] A </s>",
    "phi-2": "Instruct: Q\nOutput: A<|endoftext|>",
    "tinyllama-1.1b": "<|system|>\nS</s>\n<|user|>\nQ</s>\n<|assistant|>\nA</s>\n",
    "openhermes": "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nQ<|im_end|>\n"
    "<|im_start|>assistant\nA<|im_end|>\n",
    "orca-mini": "<s>### System:\nS\n\n### User:\nQ\n\n### Response:\nA</s>",
}


@pytest.mark.parametrize("name", sorted(NAMED))
def test_a_template_writes_what_its_source_shows(name):
    row = preset(name)
    told = [{"role": "system", "content": "S"}] if row.system == "own" else []
    turns = [*told, {"role": "user", "content": "Q"}, {"role": "assistant", "content": "A"}]
    assert render(row, turns) == SHOWN[name]
