"""A built wheel and a built sdist carry the dashboard, the demo and the schema; npm is not run again."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CARRIED = (
    "sdc/server/static/index.html",
    "sdc/demo/data/sarah-week1.cha",
    "sdc/demo/listening/model/model.bin",
    "sdc/demo/listening/train-talk.opus",
    "sdc/formats/session.schema.json",
    "sdc/measures/data/CMUDICT-LICENCE.txt",
    "sdc/measures/data/syllables.txt",
    "sdc/py.typed",
    "sdc/reports/sentences.toml",
    "sdc/reports/templates/report.html",
    "sdc/reports/templates/report.typ",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build sdist, then the wheel from the sdist (as `python -m build` does), with no npm on the way."""
    out = tmp_path_factory.mktemp("dist")
    poison = out / "bin"
    poison.mkdir()
    for name in ("npm", "npx"):
        (poison / name).write_text("#!/bin/sh\necho npm must not run: the dashboard is built >&2\nexit 97\n")
        (poison / name).chmod(0o755)
    env = {**os.environ, "PATH": f"{poison}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


def test_wheel_carries_everything(built: tuple[Path, Path]):
    with zipfile.ZipFile(built[1]) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
    names = sizes.keys()
    assert not [name for name in CARRIED if name not in names]
    scripts = [name for name in names if name.startswith("sdc/server/static/assets/") and name.endswith(".js")]
    assert f"{max(scripts, key=lambda name: sizes[name])}.gz" in names, "the largest script lies there compressed too"
    assert "sdc/server/static/index.html.gz" in names
    assert not [name for name in names if name.startswith(("web/", "tests/")) or "node_modules" in name]


def test_sdist_carries_everything(built: tuple[Path, Path]):
    with tarfile.open(built[0]) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert not [name for name in CARRIED if f"src/{name}" not in names]
    assert {"web/package.json", "hatch_build.py", "LICENSE", "Makefile"} <= names
    assert not [name for name in names if "node_modules" in name]
