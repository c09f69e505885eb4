"""`make` without words lists what it can do."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_make_lists_every_target_with_a_line():
    run = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = dict(re.findall(r"^make (\S+) +(\S.*)$", run.stdout, re.MULTILINE))
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed.keys() == set(phony[1].split())
    assert all(len(line) <= 120 for line in run.stdout.splitlines())
