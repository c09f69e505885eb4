"""The notebooks, run from top to bottom in a kernel of their own: demo and practice children, a tiny model."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from sdc.finetune.presets import preset

NOTEBOOKS = Path(__file__).resolve().parents[3] / "notebooks"
SECONDS = 240
pytestmark = pytest.mark.filterwarnings("ignore")
"""What the kernel's libraries tell each other; a warning inside a notebook stands in its outputs."""

Execute = Callable[..., str]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the notebooks run in, one after the other, as somebody would run them."""
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture
def execute(place: Path, monkeypatch: pytest.MonkeyPatch) -> Execute:
    """Run a notebook with some parameters; return all that it shows, as text."""
    told = {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "SDC_HOME": "home", "MPLCONFIGDIR": "matplotlib"}
    for name, value in told.items():
        monkeypatch.setenv(name, value if name.endswith(("THREADS", "OFFLINE")) else str(place / value))
    for name in ("IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(name, str(place / "jupyter"))

    def run(name: str, **parameters: Any) -> str:
        notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
        lines = [f"{key} = {value!r}" for key, value in parameters.items()]
        first = next(i for i, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ()))
        notebook.cells.insert(first + 1, nbformat.v4.new_code_cell("\n".join(lines)))
        client = NotebookClient(
            notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(place)}}
        )
        client.execute()
        outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
        warned = "".join(o.text for o in outputs if o.get("name") == "stderr")
        assert not warned or "trl" in notebook.cells[first + 2].source, (
            warned
        )  # those of training's libraries are theirs
        return "\n".join(map(_text, outputs))

    return run


def _text(output: Any) -> str:
    if output.output_type == "stream":
        return str(output.text)
    return "\n".join(text for kind, text in output.data.items() if kind in ("text/plain", "text/markdown"))


def test_first_session(execute: Execute):
    shown = execute("first_session")
    assert "3.53 words/utterance, from 34 utterances (mlu_words.v1)" in shown
    assert "fewer than 50 utterances in the analysis set" in shown
    assert "f0_median" in shown and shown.count("<Figure") == 1


def test_corpus(execute: Execute, place: Path):
    shown = execute("corpus")
    assert "24 transcripts in practice" in shown and "no %mor tier" in shown and "<Figure" in shown
    rows = (place / "corpus.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 25 and rows[0].startswith("source,age_months")
    (place / "practice/broken.cha").write_text("no transcript", encoding="utf-8")
    shown = execute("corpus", FOLDER="practice", OUTPUT="again.csv")
    assert "25 transcripts" in shown and "broken.cha" in shown
    assert (place / "again.csv").read_text(encoding="utf-8").splitlines() == rows


def test_progress(execute: Execute):
    shown = execute("progress")
    assert "no clear change" in shown and "descriptive" in shown
    assert "Verdict: decrease" in shown and "24.7 % (162 words) in week 1" in shown


def test_from_transcripts_to_a_served_model(execute: Execute, place: Path, make_model: Callable[..., Path]):
    """The four of fine-tuning, each on what the one before it wrote."""
    model = str(make_model(preset("tinyllama-1.1b")))
    shown = execute("prepare_data", MAX_TOKENS=700, TOKENIZER=model)
    assert "Analyze this child's speech" in shown and "LoRA" in shown
    card = json.loads((place / "dataset/card.json").read_text(encoding="utf-8"))
    assert card["splits"]["test"]["pairs"] >= 10 and card["tokens"]["greatest"] <= 700

    options = {"max_steps": 6, "learning_rate": 1e-2, "batch_size": 4, "accumulation": 1, "eval_steps": 3}
    shown = execute("train", MODEL=model, PRESET="tinyllama-1.1b", FETCH=False, OPTIONS=options)
    assert "done" in shown and "adapter" in shown and "<Figure" in shown

    shown = execute("evaluate", LIMIT=2)
    assert "May it be used? " in shown and "outputs with an invented figure or quotation" in shown
    assert json.loads((place / "run/evaluation.json").read_text(encoding="utf-8"))["n_asked"] == 2

    shown = execute("serve", USE_REFUSED=True)
    assert "same next token" in shown and "FROM ./merged" in shown
    assert "The rules answer, since" in shown and "24.7 % (162 words) in week 1" in shown
