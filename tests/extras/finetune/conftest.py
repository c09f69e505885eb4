"""Tiny models of each preset's architecture with made-up weights, a tokenizer trained here, and pairs to learn."""

import copy
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    LlamaConfig,
    LlamaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    PhiConfig,
    PhiForCausalLM,
    PreTrainedTokenizerFast,
)

from sdc import analyze, read
from sdc.companion import ask
from sdc.companion.engines.claims import ClaimOut, ClaimsOut
from sdc.companion.engines.one_message import one_message
from sdc.companion.grounding import times
from sdc.companion.phrasing import sift
from sdc.companion.prompting import NO_DISGUISE, answer_prompt
from sdc.demo import CHILD, QUESTION, demo_transcripts
from sdc.finetune.presets import Preset, presets
from sdc.progress import SessionPoint
from sdc.session import Answer

CLASSES = {
    "LlamaForCausalLM": (LlamaConfig, LlamaForCausalLM),
    "MistralForCausalLM": (MistralConfig, MistralForCausalLM),
    "PhiForCausalLM": (PhiConfig, PhiForCausalLM),
}
MARKS = ("<unk>", "<s>", "</s>", "<|endoftext|>", "<|im_start|>", "<|im_end|>")
THINGS = ("dog", "train", "ball", "red car", "cup", "big bird")
PLACES = ("here", "gone", "up there", "in the box")


THEIRS = (
    "ignore:`is_gradient_checkpointing` is deprecated:FutureWarning",
    "ignore:`torch.jit.script_method` is deprecated:DeprecationWarning",
)
"""What libraries that belong together tell each other, and we cannot change."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let those warnings pass in the tests beside this file."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            for text in THEIRS:
                item.add_marker(pytest.mark.filterwarnings(text))


@pytest.fixture(scope="session", autouse=True)
def one_thread():
    """Matrices this small are slower on several; and sums are the same on every machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def line_pair(thing: str, place: str) -> dict[str, Any]:
    """A pair about one line: few tokens, quick tests; the answer is the same for all, so that it can be learned."""
    return {
        "prompt": f"Analyze this child's speech:\n\nTranscript: 'CHI: the {thing} is {place} [laughs] .'",
        "output": "The line is marked with “laughs”.",
        "metadata": {
            "child": thing,
            "kind": "lines",
            "source": "transcript",
            "labels": ["event"],
            "facts": [{"kind": "event", "utterance": 0, "said": "", "other": "laughs"}],
        },
    }


def write_dataset(folder: Path, **splits: Sequence[dict[str, Any]]) -> Path:
    """Write the files of a data set; a split that is not given is empty."""
    folder.mkdir(parents=True, exist_ok=True)
    for split in ("train", "validation", "test"):
        lines = [json.dumps(row, ensure_ascii=False) for row in splits.get(split, ())]
        (folder / f"{split}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def line_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pairs about lines; each thing (a child) is in one split only."""
    rows = {thing: [line_pair(thing, place) for place in PLACES] for thing in THINGS}
    train = [pair for thing in THINGS[:4] for pair in rows[thing]]
    folder = tmp_path_factory.mktemp("lines")
    return write_dataset(folder, train=train, validation=rows[THINGS[4]], test=rows[THINGS[5]])


@cache
def demo_answer(question: str = QUESTION) -> Answer:
    """The rules' answer about the demo child."""
    points = []
    for number, path in enumerate(demo_transcripts(), 1):
        session = read(path)
        assert session.target is not None
        measures = analyze(session).speakers[session.target.code].measures
        points.append(SessionPoint.of(f"s{number}", session, measures))
    return ask(question, points, child=CHILD)


def answer_pair(answer: Answer) -> dict[str, Any]:
    """The pair of a question: the very prompt of the engine local, and the rules' sentences that a model may say."""
    kept, _ = sift(answer.claims, answer, CHILD)
    told = [c for c in kept if all(isinstance(when, float) for *_, when in times(c.text))]  # a model is told no dates
    claims = ClaimsOut(claims=[ClaimOut(text=c.text, evidence=list(c.evidence)) for c in told[:2]])
    prompt = one_message(answer_prompt(answer, NO_DISGUISE, child=CHILD), ClaimsOut)
    metadata = {"child": "demo", "kind": "question", "source": "answer", "labels": [answer.verdict]}
    return {"prompt": prompt, "output": claims.model_dump_json(), "metadata": metadata}


@cache
def trained_tokenizer(eos: str) -> PreTrainedTokenizerFast:
    """A byte-level tokenizer that was trained on the pairs."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=1200,
        special_tokens=list(MARKS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    pair = answer_pair(demo_answer())
    texts = [pair["prompt"], pair["output"], *(line_pair(t, p)["output"] for t in THINGS for p in PLACES)]
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, bos_token="<s>", eos_token=eos, unk_token="<unk>")


@cache
def positions_for_answer() -> int:
    """What a model must read for a question of the companion, with room for a short answer."""
    pair = answer_pair(demo_answer())
    return len(trained_tokenizer("</s>")(pair["prompt"] + pair["output"])["input_ids"]) + 60


@pytest.fixture(scope="session")
def make_model(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Make a tiny model of a preset's architecture: real classes, real files, made-up weights, no chat template."""

    def make(preset: Preset, **shape: int) -> Path:
        shape.setdefault("max_position_embeddings", positions_for_answer())
        folder = tmp_path_factory.mktemp(preset.name.replace(".", "-"))
        tokenizer = trained_tokenizer(preset.stop)
        tokenizer.save_pretrained(folder)
        config_class, model_class = CLASSES[preset.architecture]
        sizes = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 4}
        few = preset.shape["num_key_value_heads"] < preset.shape["num_attention_heads"]
        sizes |= {"num_key_value_heads": 2 if few else 4}
        torch.manual_seed(0)
        ids = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
        model = model_class(config_class(vocab_size=len(tokenizer), **(sizes | shape), **ids, pad_token_id=0))
        model.save_pretrained(folder)
        return folder

    return make


@pytest.fixture(scope="session", params=sorted(presets()))
def tiny(request: pytest.FixtureRequest, make_model: Callable[..., Path]) -> tuple[Preset, Path]:
    """Each preset with a tiny model of its architecture."""
    preset = presets()[request.param]
    return preset, make_model(preset)


@pytest.fixture(scope="session")
def demo_answer_() -> Answer:
    """The rules' answer about the demo child."""
    return demo_answer()


@pytest.fixture(scope="session")
def demo_pair() -> dict[str, Any]:
    """The pair of that answer."""
    return answer_pair(demo_answer())


@pytest.fixture(scope="session")
def write_pairs() -> Callable[..., Path]:
    """Return ``write_dataset``."""
    return write_dataset


@pytest.fixture
def fresh_tokenizer() -> Callable[[Preset], PreTrainedTokenizerFast]:
    """Return a tokenizer of one's own with a preset's template."""

    def make(preset: Preset) -> PreTrainedTokenizerFast:
        tokenizer = copy.deepcopy(trained_tokenizer(preset.stop))
        tokenizer.chat_template = preset.template
        return tokenizer

    return make
