"""Type docs/tutorial.md word for word, with a fresh HOME, and look for what it promises.

    python scripts/type_tutorial.py            in this folder, as it is
    python scripts/type_tutorial.py --clone    in a clean clone of what is committed (minutes: it sets up)
    python scripts/type_tutorial.py --begun    behind the set-up, with the `sdc` of this Python (seconds)

Each block of `sh` goes to one bash. Each line of a block of `text` must stand in what the block before it printed,
whatever lies between its words. At the end a report and a letter must be there.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMISED = {"sarah.pdf": b"%PDF", "letter.html": b"Sarah"}
SET_UP = ("make ", ". .venv")


def blocks(page: str) -> list[tuple[str, str]]:
    """Return the blocks of a page: language and text."""
    return BLOCK.findall(page)


def script(found: list[tuple[str, str]], *, begun: bool) -> str:
    """Return what is typed, with a mark behind each block's output."""
    lines = ["set -e"]
    for number, (language, text) in enumerate(found):
        if language == "sh":
            lines += [line for line in text.splitlines() if not (begun and line.startswith(SET_UP))]
            lines += [f"echo '=== {number}'"]
    return "\n".join(lines) + "\n"


def missing(found: list[tuple[str, str]], said: str) -> list[str]:
    """Return the promised lines that the output does not have."""
    parts = dict(zip((int(n) for n in re.findall(r"^=== (\d+)$", said, re.MULTILINE)), _outputs(said), strict=True))
    gone, typed = [], -1
    for number, (language, text) in enumerate(found):
        typed = number if language == "sh" else typed
        if language == "text":
            shown = " ".join(parts.get(typed, "").split())
            gone += [line for line in text.splitlines() if " ".join(line.split()) not in shown]
    return gone


def _outputs(said: str) -> list[str]:
    return re.split(r"^=== \d+$", said, flags=re.MULTILINE)[:-1]


def typed(place: Path, home: Path, *, begun: bool) -> list[str]:
    """Type the tutorial in a folder; return what was not as promised."""
    found = blocks((place / "docs/tutorial.md").read_text(encoding="utf-8"))
    env = {name: value for name, value in os.environ.items() if not name.startswith(("SDC_", "XDG_"))}
    env |= {"HOME": str(home), "NO_COLOR": "1"}
    if begun:
        env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    run = subprocess.run(
        ["bash"],
        input=script(found, begun=begun),
        cwd=place,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    wrong = [] if run.returncode == 0 else [f"exit status {run.returncode}:\n{run.stdout[-2000:]}"]
    wrong += [f"not printed: {line}" for line in missing(found, run.stdout)]
    return wrong + [
        f"not there or empty: {name}"
        for name, begins in PROMISED.items()
        if not (place / name).is_file() or begins not in (place / name).read_bytes()
    ]


def workplace(folder: Path, *, clone: bool) -> Path:
    """Return where it is typed: a clean clone, or a folder in which the names of this one lead here."""
    place = folder / "sdc"
    if clone:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(place)], check=True)
        return place
    place.mkdir()  # the reports fall here, not into the project
    for path in (p for p in ROOT.iterdir() if p.name not in {"sarah.pdf", "letter.html", ".git"}):
        (place / path.name).symlink_to(path)
    return place


def main() -> int:
    """Type it; 0 where everything came as promised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clone", action="store_true", help="in a clean clone")
    parser.add_argument("--begun", action="store_true", help="behind the set-up")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        wrong = typed(workplace(Path(folder), clone=options.clone), home, begun=options.begun)
    print("\n".join(wrong) or "the tutorial ends with what it promises")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
