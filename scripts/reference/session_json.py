"""The record of a session as JSON, from its committed JSON Schema."""

import json
from pathlib import Path
from typing import Any

from reference.markdown import cell, code, table
from reference.numpydoc import entries, sections

SCHEMA = "src/sdc/formats/session.schema.json"
HEAD = """# Session JSON

What `sdc convert visit.cha --to json` writes and every command reads again: SDC's own record, version `{id}`.
The [JSON Schema](../../{schema}) is committed, and made from the record itself.
What has a default may be left out; what is not listed is refused.
"""


def page(root: Path) -> str:
    """Return docs/reference/session-json.md."""
    schema = json.loads((root / SCHEMA).read_text(encoding="utf-8"))
    parts = [HEAD.format(id=schema["$id"], schema=SCHEMA), _object("session", schema)]
    parts += [_object(name, made) for name, made in schema["$defs"].items()]
    return "\n".join(parts)


def _object(name: str, made: dict[str, Any]) -> str:
    first, parts = sections(made.get("description", ""))
    title = f"## {name}\n\n{first}\n"
    if "enum" in made:
        return f"{title}\nOne of {', '.join(code(v) for v in made['enum'])}.\n"
    says = {entry.split(" : ")[0]: text for entry, text in entries(parts.get("Attributes", "")).items()}
    rows = [
        (
            code(field),
            _type(what),
            "required" if field in made.get("required", ()) else _default(what),
            cell(says.get(field, "")),
        )
        for field, what in made["properties"].items()
    ]
    return f"{title}\n{table(('field', 'type', 'default', 'meaning'), rows)}"


def _default(what: dict[str, Any]) -> str:
    return code(json.dumps(what["default"], ensure_ascii=False)) if "default" in what else ""


def _type(what: dict[str, Any]) -> str:
    """Return a type in words, linked where it is described on the page."""
    if "$ref" in what:
        name = what["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in what:
        return " or ".join(map(_type, what["anyOf"]))
    if "enum" in what or "const" in what:
        return ", ".join(code(json.dumps(v)) for v in what.get("enum", [what.get("const")]))
    if what.get("type") == "array":
        inner = what.get("items") or {}
        parts = what.get("prefixItems")
        return f"array of {_type(inner)}" if inner else f"array: {', '.join(map(_type, parts or []))}"
    return cell(what.get("type", "any"))
