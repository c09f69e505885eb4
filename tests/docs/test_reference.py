"""docs/reference is what the program says."""

import re
import subprocess
import sys
from pathlib import Path

from sdc.errors import SDCError
from sdc.measures.registry import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_the_pages_are_made_from_the_program():
    made = [sys.executable, "scripts/make_reference.py"]
    run = subprocess.run(made, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_code_of_the_source_stands_in_the_errors():
    """Read by another way than the page was made: a code that is made in some new way is found missing."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/sdc").rglob("*.py"))
    codes = set(re.findall(r'code="([a-z]+\.[a-z-]+)"', source))
    assert len(codes) > 250
    page = (REFERENCE / "errors.md").read_text(encoding="utf-8")
    missing = sorted(code for code in codes if f"`{code}`" not in page)
    assert not missing
    assert f"`{SDCError.default_code}`" in page


def test_every_code_says_something():
    rows = re.findall(
        r"^\| `([a-z]+\.[a-z-]+)` \| `\w+` \|(.*)\|$", (REFERENCE / "errors.md").read_text("utf-8"), re.MULTILINE
    )
    assert len(rows) > 350
    assert [code for code, says in rows if not re.search(r"\w{3}", says)] == []


def test_every_measure_has_a_page():
    pages = {path.stem for path in (ROOT / "docs/measures").glob("*.md")} - {"README"}
    assert pages == set(REGISTRY)
