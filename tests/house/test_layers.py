"""Imports run one way (DESIGN: the layers), checked by import-linter."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_layers_hold():
    run = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 kept, 0 broken" in run.stdout


def test_the_door_is_light():
    """`import sdc` and `sdc --help` load no engine, no server, no torch."""
    heavy = (
        "torch",
        "transformers",
        "faster_whisper",
        "ctranslate2",
        "onnxruntime",
        "av",
        "fastapi",
        "uvicorn",
        "scipy",
    )
    program = f"""
import sys, sdc
from typer.testing import CliRunner
from sdc.cli.main import app
result = CliRunner().invoke(app, ["--help"])
assert result.exit_code == 0, result.output
loaded = [name for name in {heavy!r} if name in sys.modules]
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


def test_measuring_a_transcript_is_light(tmp_path):
    """`sdc analyze FILE.cha` answers at once: what only sound needs is not loaded."""
    from sdc.demo import demo_transcripts

    path = tmp_path / "visit.cha"
    path.write_bytes(demo_transcripts()[0].read_bytes())  # without its recording
    program = f"""
import sys
from typer.testing import CliRunner
from sdc.cli.main import app
result = CliRunner().invoke(app, ["analyze", {str(path)!r}, "--format", "json"])
assert result.exit_code == 0, result.output
loaded = [name for name in ("numpy", "av", "faster_whisper", "onnxruntime", "fastapi") if name in sys.modules]
sys.exit(f"loaded: {{loaded}}" if loaded else 0)
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
