"""The engine local with real transformers, torch and peft: a chat model of made-up weights, an adapter taught once."""

import json

import pytest
import torch
from peft import LoraConfig, get_peft_model
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

from sdc.companion.engines import ModelOptions, Prompt, make_writer
from sdc.companion.engines.claims import ClaimsOut
from sdc.companion.engines.local import load_model
from sdc.companion.engines.one_message import one_message
from sdc.errors import EngineError, ModelMissingError
from sdc.session import Claim

pytestmark = pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")

PROMPT = Prompt("Say what was measured.", '<data>{"id": "e1"}</data>', "test.1")
TAUGHT = json.dumps({"claims": [{"text": "22.0 % in week 1.", "evidence": ["e1"]}]})
CHAT = (
    "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}<|end|>{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>{% endif %}"
)
MARKS = ["<|end|>", "<|user|>", "<|assistant|>"]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Matrices this small are slower on several."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tiny Llama with made-up weights and a byte-level tokenizer: real architecture, real files."""
    folder = tmp_path_factory.mktemp("chat-model")
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(vocab_size=600, special_tokens=MARKS, initial_alphabet=alphabet, show_progress=False)
    tokenizer.train_from_iterator([one_message(PROMPT, ClaimsOut), TAUGHT], trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>", chat_template=CHAT)
    fast.save_pretrained(folder)
    torch.manual_seed(0)
    config = LlamaConfig(
        vocab_size=len(fast), hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=400, eos_token_id=0, bos_token_id=0, pad_token_id=0,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def adapter(folder, tmp_path_factory):
    """A LoRA adapter that was taught one answer to one prompt."""
    tokenizer, base = load_model(str(folder), "")
    talk = [{"role": "user", "content": one_message(PROMPT, ClaimsOut)}]
    asked = tokenizer.apply_chat_template(talk, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    answer = tokenizer(TAUGHT + "<|end|>", return_tensors="pt")["input_ids"]
    ids = torch.cat([asked["input_ids"], answer], dim=1)
    labels = ids.clone()
    labels[:, : asked["input_ids"].shape[1]] = -100
    torch.manual_seed(0)
    config = LoraConfig(
        r=16, lora_alpha=64, target_modules="all-linear", modules_to_save=["lm_head"], task_type="CAUSAL_LM"
    )
    model = get_peft_model(base, config)
    step = torch.optim.AdamW((p for p in model.parameters() if p.requires_grad), lr=1e-2)
    for _ in range(150):
        loss = model(input_ids=ids, labels=labels).loss
        loss.backward()
        step.step()
        step.zero_grad()
        if loss.item() < 0.005:
            break
    folder_of = tmp_path_factory.mktemp("adapter")
    model.save_pretrained(folder_of)
    load_model.cache_clear()  # peft has put its layers into the base
    return folder_of


def writer(folder, adapter=""):
    return make_writer("local", ModelOptions(model=str(folder), adapter=str(adapter)))


def test_a_model_that_was_taught_nothing_gives_no_claims(folder):
    with pytest.raises(EngineError) as caught:
        writer(folder).write(PROMPT)
    assert caught.value.code == "engine.answer"


def test_with_its_adapter_it_writes_what_it_was_taught(folder, adapter):
    written = writer(folder, adapter).write(PROMPT)
    assert written.claims == (Claim("22.0 % in week 1.", ("e1",)),) and written.n_tokens > 100
    assert writer(folder, adapter).write(PROMPT) == written
    assert writer(folder, adapter).fill(PROMPT, ClaimsOut).form.to_claims() == written.claims
    assert str(adapter) in writer(folder, adapter).model and not writer(folder, adapter).is_remote


def test_evidence_that_is_too_long(folder):
    with pytest.raises(EngineError) as caught:
        writer(folder).write(Prompt("Say.", "word " * 3000, "test.1"))
    assert "longer" in caught.value.message


def test_a_model_that_is_not_here_is_not_fetched(tmp_path):
    with pytest.raises(ModelMissingError) as caught:
        writer(tmp_path).write(PROMPT)
    assert "SDC_LLM_MODEL" in caught.value.hint


def test_an_adapter_that_is_not_here(folder, tmp_path):
    with pytest.raises(ModelMissingError):
        writer(folder, tmp_path).write(PROMPT)


def test_a_model_that_cannot_talk(folder, tmp_path):
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (copy / "chat_template.jinja").unlink()
    with pytest.raises(EngineError) as caught:
        writer(copy).write(PROMPT)
    assert caught.value.code == "engine.model-unusable"
