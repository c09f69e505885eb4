"""A Modelfile asks a model in the very words that it was trained on."""

import re

import pytest

from sdc.errors import EngineError
from sdc.finetune.export.ollama import go_template, modelfile
from sdc.finetune.presets import preset, presets
from sdc.finetune.training.encoding import opening
from sdc.finetune.training.pairs import Pair

CONDITION = re.compile(r"{{ if \.System }}(.*?){{ else }}(.*?){{ end }}", re.DOTALL)


def as_ollama(template: str, prompt: str, system: str = "") -> str:
    """What Ollama makes of such a template: a condition and two fields of Go's text/template."""
    text = CONDITION.sub(lambda m: m.group(1 if system else 2), template)
    return text.replace("{{ .System }}", system).replace("{{ .Prompt }}", prompt)


@pytest.mark.parametrize("name", sorted(presets()))
@pytest.mark.parametrize("system", ["", "Be brief."])
def test_it_is_the_prompt_of_training(fresh_tokenizer, name, system):
    tokenizer = fresh_tokenizer(preset(name))
    turns = opening(tokenizer, Pair("What is\n“here”?", "x", system))
    asked = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    told = as_ollama(go_template(tokenizer), "What is\n“here”?", system)
    assert told == asked.removeprefix("<s>")
    assert ("Be brief." in told) is bool(system)


def test_the_whole_file(fresh_tokenizer):
    text = modelfile(fresh_tokenizer(preset("openhermes")), "./merged", 2048)
    assert "FROM ./merged\n" in text and 'PARAMETER stop "<|im_end|>"' in text and "PARAMETER num_ctx 2048" in text


def test_a_template_that_ollama_cannot_have(fresh_tokenizer):
    tokenizer = fresh_tokenizer(preset("openhermes"))
    tokenizer.chat_template = "{% for m in messages %}{{ m['content'] }}{{ m['content'] }}{% endfor %}"
    with pytest.raises(EngineError) as caught:
        go_template(tokenizer)
    assert caught.value.code == "export.template" and "vLLM" in caught.value.hint
