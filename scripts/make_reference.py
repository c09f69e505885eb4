"""Write docs/reference from the program itself, or compare the two.

Run from the project's folder::

    python scripts/make_reference.py            # exit status 1 where a page is not what the program says
    python scripts/make_reference.py --write
"""

import argparse
import sys
from pathlib import Path

from reference import command_line, errors, http_api, python_api, session_json

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
MADE = "\n*Made by `python scripts/make_reference.py --write`; a test compares it with the program.*\n"
PAGES = {
    "command-line.md": command_line.page,
    "errors.md": errors.page,
    "http-api.md": http_api.page,
    "python-api.md": python_api.page,
    "session-json.md": session_json.page,
}


def main() -> int:
    """Write or compare all pages; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the pages")
    wanted = {FOLDER / name: page(ROOT).rstrip() + "\n" + MADE for name, page in PAGES.items()}
    if parser.parse_args().write:
        FOLDER.mkdir(exist_ok=True)
        for path, text in wanted.items():
            path.write_text(text, encoding="utf-8")
        return 0
    stale = [
        path.name for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if stale:
        print(f"not what the program says: {', '.join(stale)}. Run python scripts/make_reference.py --write")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
