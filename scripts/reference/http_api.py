"""Every route of the server, from the committed web/openapi.json."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from reference.markdown import cell, code, table

METHODS = ("get", "post", "put", "patch", "delete")
HEAD = """# HTTP API

What the dashboard speaks, for programs too, from `web/openapi.json` (OpenAPI {version}, with every model). All routes
lie on the address that `sdc serve` prints. Requests need the token of that address or, with accounts, a session
([accounts](../accounts.md)); requests that change something need a bearer token or the header `X-SDC-Request`.

An answer that is no success is a problem: `code`, `message` and `hint`, as in [errors](errors.md). 401 not signed in,
403 the role does not allow it, 404 no such thing or none of yours, 409 it contradicts what is stored, 413 too large,
422 cannot be used, 429 too often, 501 this server lacks what that needs (an extra, a model), 503 the store does not
answer.
"""


def page(root: Path) -> str:
    """Return docs/reference/http-api.md."""
    api = json.loads((root / "web/openapi.json").read_text(encoding="utf-8"))
    groups: dict[str, list[tuple[str, str, dict[str, Any]]]] = defaultdict(list)
    for path, methods in api["paths"].items():
        for method in METHODS:
            if method in methods:
                groups[path.removeprefix("/api/").split("/")[0]].append((method.upper(), path, methods[method]))
    parts = [HEAD.format(version=api["openapi"])]
    for name, routes in sorted(groups.items()):
        rows = [_row(*route) for route in routes]
        parts.append(f"## {name}\n\n" + table(("route", "takes", "gives", "what it does"), rows))
    return "\n".join(parts)


def _row(method: str, path: str, route: dict[str, Any]) -> tuple[str, str, str, str]:
    query = [_parameter(p) for p in route.get("parameters", ()) if p["in"] == "query"]
    body = [code(_model(c)) for c in route.get("requestBody", {}).get("content", {}).items()]
    answers = [
        f"{status} {', '.join(code(_model(c)) for c in made.get('content', {}).items())}".strip()
        for status, made in route["responses"].items()
        if status.startswith("2")
    ]
    says = route.get("description") or route.get("summary", "")
    return code(f"{method} {path}"), ", ".join(query + body), "; ".join(answers), cell(says.split("\n\n")[0])


def _parameter(parameter: dict[str, Any]) -> str:
    return code(parameter["name"] + ("" if parameter.get("required") else "?"))


def _model(content: tuple[str, dict[str, Any]]) -> str:
    """Return the name of what is sent, or its media type."""
    kind, made = content
    schema = made.get("schema", {})
    item = schema.get("items", {}).get("$ref", "")
    name = (schema.get("$ref") or item).rpartition("/")[2]
    return f"{name}[]" if item else name or kind
