"""Embedders: the contract on those that run here (a real MiniLM among them), and what is said of those that do not."""

import subprocess
import sys

import numpy as np
import pytest

from sdc.companion.retrieval import make_embedder
from sdc.companion.retrieval.embedder import EMBEDDERS
from sdc.errors import EngineError, ExtraMissingError, ModelMissingError, SettingsError

TEXTS = ["Child: the red train goes.", "Mother: cows and horses!", "Kind: süße Äpfel", "a" * 5000, "x"]


@pytest.fixture(params=["lexical", "onnx"])
def embedder(request, tmp_path):
    model = str(request.getfixturevalue("minilm")) if request.param == "onnx" else ""
    return make_embedder(request.param, model, tmp_path)


@pytest.fixture
def encoder(minilm, tmp_path):
    return make_embedder("onnx", str(minilm), tmp_path)


def test_vectors_have_unit_length(embedder):
    vectors = embedder.embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((len(TEXTS), embedder.dimensions), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_the_same_again_is_the_same(embedder):
    assert np.array_equal(embedder.embed(TEXTS), embedder.embed(TEXTS))


def test_each_vector_is_its_texts_in_whatever_order(embedder):
    forth, back = embedder.embed(TEXTS), embedder.embed(TEXTS[::-1])[::-1]
    assert np.sum(forth * back, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_what_is_alike_is_nearer_than_what_is_not(embedder):
    question, near, far = embedder.embed(["a train", "the red train goes", "more juice please"])
    assert question @ near > max(embedder.floor, question @ far + 0.2)


def test_hashes_that_collide_stay_below_the_floor(tmp_path):
    lexical = make_embedder("lexical", "", tmp_path)
    scores = lexical.embed(["a train", "locomotives"]) @ lexical.embed(["more juice please", "she hugs him", "zzqx"]).T
    assert np.abs(scores).max() < lexical.floor


def test_the_encoder_knows_meanings(encoder):
    question, near, far = encoder.embed(["farm animals", "the cow says moo", "put your shoes on"])
    assert question @ near > question @ far + 0.2


def test_cosines_are_those_that_are_published(encoder):
    """Three sentences of the quickstart of sentence-transformers' documentation, for all-MiniLM-L6-v2 in float32."""
    vectors = encoder.embed(["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."])
    expected = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    assert vectors @ vectors.T == pytest.approx(np.array(expected), abs=5e-4)


def test_a_long_neighbour_changes_nothing(encoder):
    beside, _ = encoder.embed(["a dog", "and then we went home " * 40])
    assert beside @ encoder.embed(["a dog"])[0] > 0.99


def test_a_batch_is_more_than_one(encoder):
    many = [f"sentence number {n}" for n in range(70)]
    vectors = encoder.embed(many)
    assert vectors[69] @ encoder.embed([many[69]])[0] > 0.99
    assert len({v.tobytes() for v in vectors}) == 70


def test_another_model_has_another_id(minilm, tmp_path):
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes((minilm / name).read_bytes())
    same = make_embedder("onnx", str(tmp_path), tmp_path).id
    (tmp_path / "tokenizer.json").write_bytes((minilm / "tokenizer.json").read_bytes() + b"\n")
    assert same == make_embedder("onnx", str(minilm), tmp_path).id
    assert same != make_embedder("onnx", str(tmp_path), tmp_path).id


def test_auto_takes_the_model_that_lies_in_the_home(minilm, tmp_path):
    assert make_embedder("auto", "", tmp_path).id == "lexical.v1"
    assert make_embedder("auto", str(minilm), tmp_path).id.startswith("onnx.v1.")
    shelf = tmp_path / "models" / "embedder"
    shelf.mkdir(parents=True)
    for name in ("model.onnx", "tokenizer.json"):
        (shelf / name).symlink_to(minilm / name)
    assert make_embedder("auto", "", tmp_path).id.startswith("onnx.v1.")


def test_a_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(ModelMissingError) as caught:
        make_embedder("onnx", str(tmp_path), tmp_path)
    assert "model.onnx and tokenizer.json" in caught.value.message


def test_a_damaged_model_is_told(minilm, tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "tokenizer.json").write_bytes((minilm / "tokenizer.json").read_bytes())
    with pytest.raises(EngineError) as caught:
        make_embedder("onnx", str(tmp_path), tmp_path).embed(["a"])
    assert caught.value.code == "engine.model-damaged"


def test_an_unknown_engine_is_told(tmp_path):
    with pytest.raises(SettingsError) as caught:
        make_embedder("abacus", "", tmp_path)
    assert all(name in caught.value.hint for name in EMBEDDERS)


@pytest.mark.parametrize("name", ["fastembed", "sentence-transformers"])
def test_a_missing_extra_tells_what_to_install(name, tmp_path, monkeypatch):
    monkeypatch.setattr("sdc.companion.retrieval.embedder.find_spec", lambda module: None)
    with pytest.raises(ExtraMissingError) as caught:
        make_embedder(name, "", tmp_path)
    assert f"[{name}]" in caught.value.hint


def test_hashes_are_the_same_in_every_process():
    told = "from sdc.companion.retrieval.lexical import LexicalEmbedder as L; print(hash(L().embed(['a b']).tobytes()))"
    code = "import hashlib;" + told.replace("hash(", "hashlib.sha256(").replace(
        ".tobytes())", ".tobytes()).hexdigest()"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_a_text_without_words_has_no_direction(tmp_path):
    assert not make_embedder("lexical", "", tmp_path).embed(["…"]).any()
