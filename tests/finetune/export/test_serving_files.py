"""The files that serve a model elsewhere on this machine."""

import shlex

import pytest

from sdc.errors import EngineError, ExtraMissingError
from sdc.finetune.export.gguf import find_converter, to_gguf
from sdc.finetune.export.vllm import adapter_arguments, command_file, merged_arguments, write_command

FAKE_CONVERTER = """
import argparse, pathlib, sys
parser = argparse.ArgumentParser()
parser.add_argument("model")
parser.add_argument("--outfile")
parser.add_argument("--outtype", choices=["f32", "f16", "bf16", "q8_0", "tq1_0", "tq2_0", "auto"])
told = parser.parse_args()
if not (pathlib.Path(told.model) / "config.json").is_file():
    sys.exit("FileNotFoundError: config.json")
pathlib.Path(told.outfile).write_bytes(b"GGUF" + told.outtype.encode())
"""


@pytest.fixture
def fake_llama_cpp(tmp_path):
    """A folder with a fake of llama.cpp's converter: its arguments, its errors, a file that begins like GGUF."""
    (tmp_path / "fake-llama.cpp").mkdir()
    (tmp_path / "fake-llama.cpp/convert_hf_to_gguf.py").write_text(FAKE_CONVERTER)
    return tmp_path / "fake-llama.cpp"


def served(text: str) -> list[str]:
    return shlex.split(text.splitlines()[-1])


def test_vllm_serves_merged_weights_on_this_machine(tmp_path):
    path = write_command(tmp_path, merged_arguments("./merged", 2048))
    words = served(path.read_text())
    assert words[1:5] == ["exec", "vllm", "serve", "./merged"] and path.stat().st_mode & 0o100
    told = dict(zip(words[5::2], words[6::2], strict=True))
    assert told == {
        "--served-model-name": "sdc", "--max-model-len": "2048", "--host": "127.0.0.1", "--port": "8000"
    }  # fmt: skip


def test_vllm_serves_an_adapter_beside_its_base():
    words = served(command_file(adapter_arguments("/my models/base", "./adapter", {"options": {"rank": 12}}, 512)))
    assert "/my models/base" in words and "sdc=./adapter" in words
    assert words[words.index("--max-lora-rank") + 1] == "16"


def test_gguf_by_the_converter(fake_llama_cpp, tmp_path):
    (tmp_path / "merged").mkdir()
    (tmp_path / "merged/config.json").write_text("{}")
    out = to_gguf(tmp_path / "merged", tmp_path / "m.gguf", find_converter(fake_llama_cpp), "q8_0")
    assert out.read_bytes() == b"GGUFq8_0"


def test_a_converter_that_fails_leaves_nothing(fake_llama_cpp, tmp_path):
    (tmp_path / "merged").mkdir()
    with pytest.raises(EngineError) as caught:
        to_gguf(tmp_path / "merged", tmp_path / "m.gguf", find_converter(fake_llama_cpp))
    assert caught.value.code == "export.gguf" and "FileNotFoundError: config.json" in caught.value.message
    assert not list(tmp_path.glob("m.gguf*"))


def test_a_tokenizer_without_its_scores_is_not_converted(fake_llama_cpp, tmp_path):
    # llama.cpp's converter would take it, and give each piece the same score.
    (tmp_path / "config.json").write_text("{}")
    (tmp_path / "tokenizer.json").write_text('{"model": {"type": "BPE", "byte_fallback": true}}')
    with pytest.raises(EngineError, match=r"no tokenizer\.model") as caught:
        to_gguf(tmp_path, tmp_path / "m.gguf", find_converter(fake_llama_cpp))
    assert caught.value.code == "export.gguf" and not list(tmp_path.glob("m.gguf*"))
    (tmp_path / "tokenizer.model").write_bytes(b"pieces")
    assert to_gguf(tmp_path, tmp_path / "m.gguf", find_converter(fake_llama_cpp)).is_file()


def test_no_converter(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for folder in (None, tmp_path):
        with pytest.raises(ExtraMissingError) as caught:
            find_converter(folder)
        assert caught.value.code == "export.no-converter" and "--llama-cpp" in caught.value.hint
