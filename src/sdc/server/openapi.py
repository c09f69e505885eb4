"""The API's description, from which the dashboard's types are made.

``python -m sdc.server.openapi`` writes ``web/openapi.json``; give a path to write elsewhere.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from fastapi import FastAPI

from sdc.server.server import describe_api


def openapi_text() -> str:
    """Return the OpenAPI document as sorted, indented JSON: the same text for the same API."""
    api = FastAPI(**describe_api())
    from sdc.server.routes import api_router

    api.include_router(api_router())
    return json.dumps(api.openapi(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def main(arguments: list[str]) -> int:
    """Write the document to the path given, or to web/openapi.json of the source tree."""
    default = Path(__file__).resolve().parents[3] / "web" / "openapi.json"
    parser = argparse.ArgumentParser(
        prog="python -m sdc.server.openapi", description="Write the description of the HTTP API (OpenAPI, JSON)."
    )
    parser.add_argument("path", nargs="?", type=Path, default=default, help="file to write (default: %(default)s)")
    path: Path = parser.parse_args(arguments).path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(openapi_text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
