"""The experimental classifier, with real transformers and torch."""

import hashlib
import json
import subprocess
import sys

import numpy as np
import pytest

from sdc.emotion.classifier import load_classifier
from sdc.errors import EngineError, ModelMissingError
from wav import write_wav

LABELS = {"neutral", "angry", "happy"}
HEAD = (
    "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child, MOT Mother\n"
    "@ID:\teng|made-up|CHI|3;06.||||Target_Child|||\n@ID:\teng|made-up|MOT|||||Mother|||\n@Media:\tplay, audio\n"
)
LINES = (
    "*CHI:\ta big dog . \x150_1500\x15\n*MOT:\tyes . \x151400_2500\x15\n"
    "*CHI:\t&=laughs see it ! \x152600_3800\x15\n"
    "*CHI:\tah . \x153900_4100\x15\n*CHI:\tlate . \x154200_99000\x15\n@End\n"
)


@pytest.fixture
def play(tmp_path):
    """A transcript with its recording of five seconds beside it."""
    (tmp_path / "play.cha").write_text(HEAD + LINES, encoding="utf-8")
    write_wav(tmp_path / "play.wav", np.random.default_rng(0).normal(0, 0.05, 5 * 16_000))
    return tmp_path / "play.cha"


@pytest.fixture
def sdc(tmp_path):
    def run(*arguments, model):
        return subprocess.run(
            [sys.executable, "-m", "sdc.cli", *map(str, arguments)],
            env={"SDC_EMOTION_MODEL": str(model), "SDC_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def test_scores_of_all_labels(classifier_folder):
    classifier = load_classifier(str(classifier_folder))
    samples = np.random.default_rng(1).normal(0, 0.1, 16_000).astype(np.float32)
    scores = classifier.scores(samples)
    assert set(scores) == LABELS
    assert sum(scores.values()) == pytest.approx(1, abs=1e-5)
    assert scores == classifier.scores(samples)
    assert scores != classifier.scores(samples[::-1].copy())


def test_model_revision_and_licence_are_kept(classifier_folder):
    classifier = load_classifier(str(classifier_folder))
    made = classifier.provenance
    weights = (classifier_folder / "model.safetensors").read_bytes()
    assert (classifier.licence, made.model) == ("apache-2.0", str(classifier_folder))
    assert made.revision == hashlib.sha256(weights).hexdigest()
    assert made.parameters["licence"] == "apache-2.0"


def test_labels_that_exclude_nothing(make_classifier):
    folder = make_classifier(problem_type="multi_label_classification")
    scores = load_classifier(str(folder)).scores(np.zeros(16_000, np.float32))
    assert all(0 <= score <= 1 for score in scores.values())
    assert sum(scores.values()) != pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    "card", [None, "# No front matter\n", "---\nlicense: unknown\n---\n", "---\nlicense: other\n---\n"]
)
def test_no_licence_no_use(make_classifier, card):
    with pytest.raises(EngineError) as caught:
        load_classifier(str(make_classifier(card)))
    assert caught.value.code == "engine.no-licence"
    assert "No licence can be read" in caught.value.message


def test_another_sampling_rate_is_refused(make_classifier):
    with pytest.raises(EngineError) as caught:
        load_classifier(str(make_classifier(rate=8000)))
    assert caught.value.code == "engine.model-unusable"


def test_a_model_of_another_kind_is_refused(make_classifier):
    folder = make_classifier()
    (folder / "config.json").write_text(json.dumps({"model_type": "bert"}))
    with pytest.raises(EngineError) as caught:
        load_classifier(str(folder))
    assert caught.value.code == "engine.model-unusable"


def test_a_folder_without_weights(make_classifier):
    folder = make_classifier()
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelMissingError, match=r"it lacks model\.safetensors"):
        load_classifier(str(folder))


def test_analyze_writes_the_scores_and_prints_the_licence(sdc, play, classifier_folder):
    run = sdc("analyze", play, "--format", "json", model=classifier_folder)
    assert run.returncode == 0, run.stderr
    assert "Experimental, for researchers: voice labels by" in run.stderr
    assert "licence apache-2.0" in run.stderr
    (session,) = json.loads(run.stdout)["sessions"]
    found = session["voice_labels"]
    assert (found["status"], found["audience"], found["speaker"]) == ("experimental", "researcher", "CHI")
    # Where the mother speaks too is left out, and what is shorter than half a second or beyond the recording.
    places = [(s["utterance"], s["start_ms"], s["end_ms"]) for s in found["stretches"]]
    assert places == [(0, 0, 1400), (2, 2600, 3800), (4, 4200, 5000)]
    assert all(set(s["scores"]) == LABELS for s in found["stretches"])
    assert not LABELS & set(session["speakers"]["CHI"]["measures"])


def test_a_model_without_licence_is_told_and_the_measures_stay(sdc, play, make_classifier):
    run = sdc("analyze", play, "--format", "json", model=make_classifier(card=None))
    document = json.loads(run.stdout)
    assert run.returncode == 1
    assert "No licence can be read" in run.stderr
    assert document["sessions"][0]["speakers"]["CHI"]["measures"]["mlu_words"]["value"] is not None
    assert "voice_labels" not in document["sessions"][0]


def test_add_keeps_them_apart(sdc, play, classifier_folder, tmp_path):
    from sdc.app import build_app
    from sdc.errors import NotFoundError
    from sdc.settings import read_settings

    run = sdc("add", play, "--child", "Mia", model=classifier_folder)
    assert run.returncode == 0, run.stderr
    assert "licence apache-2.0" in run.stderr
    with build_app(read_settings({"SDC_HOME": str(tmp_path / "home")})) as app:
        (entry,) = app.repository.session_entries(app.repository.named_child("Mia").id)
        labels = app.repository.voice_labels(entry.id)
        assert (labels.speaker, labels.licence, len(labels.stretches)) == ("CHI", "apache-2.0", 3)
        stored = app.repository.session(entry.id)
        told = json.dumps([i.claims[0].text for i in stored.insights]) + str(stored.session) + str(stored.analysis)
        assert not [label for label in LABELS if label in told]
        # The same session again, without a model, keeps none.
        app.repository.save_session(stored)
        with pytest.raises(NotFoundError, match="no voice labels"):
            app.repository.voice_labels(entry.id)
