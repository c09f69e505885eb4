"""A trained transcriber through faster-whisper's real code: what is said is heard.

The model is SDC's own: 56 words, trained on synthetic speech (``scripts/train_tiny_whisper.py``).
"""

import importlib
import json
import re
import shutil
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from sdc.audio import Recording, load_recording
from sdc.demo import demo_model, demo_recording
from sdc.transcribe import FasterWhisperTranscriber, find_model
from sdc.transcribe.models import model_revision

ROOT = Path(__file__).resolve().parents[2]
CLIPS = sorted((Path(__file__).parent / "fresh").glob("*.opus"))
CARD = (demo_model().parent / "README.md").read_text(encoding="utf-8")
GOAL = 0.15


@dataclass(frozen=True)
class Sentence:
    """What is said when."""

    start_s: float
    end_s: float
    words: tuple[str, ...]


@pytest.fixture(scope="module")
def rooms():
    """The modules beside the training script; none of them needs torch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "scripts"))
        names = ("sentences", "speech", "hearing")
        yield SimpleNamespace(**{name: importlib.import_module(f"tiny_whisper.{name}") for name in names})


@pytest.fixture(scope="module")
def engine():
    return FasterWhisperTranscriber(str(demo_model()), "cpu", "en")


def said_in(path: Path) -> list[Sentence]:
    rows = (row.split("\t") for row in path.with_suffix(".tsv").read_text(encoding="utf-8").splitlines())
    return [Sentence(float(start), float(end), words_of(rest[-1])) for start, end, *rest in rows]


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[\w']+", text))


def heard_in(engine, path: Path):
    return [word for segment in engine.transcribe(load_recording(path)).segments for word in segment.words]


def texts(words) -> list[str]:
    return [text for word in words for text in words_of(word.text)]


def test_fresh_sentences_are_heard(engine, rooms):
    """They are committed as recordings, so that this runs where there is no espeak-ng."""
    assert len(CLIPS) == 2
    errors = words = 0
    for clip in CLIPS:
        said = [word for sentence in said_in(clip) for word in sentence.words]
        errors += rooms.hearing.word_errors(said, texts(heard_in(engine, clip)))
        words += len(said)
    assert words > 60
    assert errors / words < GOAL


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="no espeak-ng to speak fresh sentences")
def test_sentences_spoken_now_are_heard(engine, rooms):
    said = rooms.speech.say(rooms.hearing.fresh(4242, 90), 4242)
    assert rooms.hearing.error_rate(engine, rooms.hearing.recordings(said, 6, 4242)) < GOAL


@pytest.mark.skipif(not shutil.which("espeak-ng"), reason="no espeak-ng to speak them")
def test_words_in_any_order_are_heard_too(engine, rooms):
    """No grammar helps here: most words are heard all the same."""
    said = rooms.speech.say(rooms.hearing.fresh(2028, 36, jumbled=1.0), 2028)
    assert rooms.hearing.error_rate(engine, rooms.hearing.recordings(said, 6, 2028)) < 0.4


def test_the_demos_recording_is_heard(engine, rooms):
    """A dialogue of quick turns is harder: the data card says how much."""
    said = [word for sentence in said_in(demo_recording()) for word in sentence.words]
    assert rooms.hearing.word_errors(said, texts(heard_in(engine, demo_recording()))) / len(said) < 0.35


def test_words_lie_where_they_are_said(engine):
    """Most words lie, with their middle, within 0.3 s of a sentence that has them."""
    within = [
        any(
            s.start_s - 0.3 <= (w.start_s + w.end_s) / 2 <= s.end_s + 0.3 and set(words_of(w.text)) <= set(s.words)
            for s in said_in(clip)
        )
        for clip in CLIPS
        for w in heard_in(engine, clip)
    ]
    assert np.mean(within) > 0.85


def test_a_word_said_twice_is_heard_twice(engine):
    """Repetition is data."""
    heard = " ".join(texts(heard_in(engine, CLIPS[0])))
    assert "he he goes" in heard
    assert "teddy teddy is" in heard


def test_noise_is_no_words(engine):
    noise = 0.01 * np.random.default_rng(0).standard_normal(5 * 16_000, np.float32)
    assert engine.transcribe(Recording(noise, 5.0)).segments == ()


def test_the_data_card_tells_words_and_revision(rooms):
    assert model_revision(demo_model()) in CARD
    listed = CARD.partition("## Its words")[2].partition("## ")[0]
    assert set(rooms.sentences.WORDS) <= set(words_of(listed))


def test_the_model_is_small_and_whole():
    assert find_model(str(demo_model())) == demo_model()
    assert 1e6 < sum(path.stat().st_size for path in demo_model().iterdir()) < 5e6
    assert json.loads((demo_model() / "config.json").read_text())["alignment_heads"]


def test_sentences_are_always_the_same_and_know_only_the_words(rooms):
    drawn = list(islice(rooms.sentences.sentences(5), 500))
    assert drawn == list(islice(rooms.sentences.sentences(5), 500))
    assert drawn != list(islice(rooms.sentences.sentences(6), 500))
    assert {word for sentence in drawn for word in words_of(sentence)} == set(rooms.sentences.WORDS)


def test_fresh_sentences_were_not_trained_on(rooms):
    trained = {text for part in rooms.hearing.TRAINING for text in part.texts()}
    assert not trained & set(rooms.hearing.fresh(2027, 60))
    for clip in CLIPS:
        assert not trained & {row.split("\t")[2] for row in clip.with_suffix(".tsv").read_text().splitlines()}


@pytest.mark.parametrize(
    ("said", "heard", "errors"),
    [("a b c", "a b c", 0), ("a b c", "", 3), ("", "a", 1), ("a b c", "a x c", 1), ("a b c", "b c d", 2)],
)
def test_word_errors(rooms, said, heard, errors):
    assert rooms.hearing.word_errors(said.split(), heard.split()) == errors
