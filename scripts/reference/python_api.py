"""The public door, `import sdc`: what may be relied on, with signatures and what they say of themselves."""

import dataclasses
import inspect
import re
from pathlib import Path

import sdc
from reference.numpydoc import entries, plain, sections

HEAD = """# Python API

`import sdc`: these names are the public door, and a test holds them. What else stands in the packages may change from
one version to the next. How they are used: [SDC in Python](../python.md).
"""
PLACE = re.compile(r"\b(?:sdc\.[a-z_]+(?:\.[a-z_]+)*|pathlib|collections\.abc|os)\.")
ANNOTATION = re.compile(r"(?<=(?:: |> ))'([^']*)'")


def page(root: Path) -> str:
    """Return docs/reference/python-api.md."""
    functions = [name for name in sdc.__all__ if inspect.isfunction(getattr(sdc, name))]
    errors = [n for n in sdc.__all__ if inspect.isclass(getattr(sdc, n)) and issubclass(getattr(sdc, n), Exception)]
    records = [name for name in sdc.__all__ if name not in functions and name not in errors]
    parts = [HEAD, "## Functions\n", *map(_function, functions), "## Records\n", *map(_record, records)]
    parts += ["## Errors\n", "All with their codes: [errors](errors.md).\n", *map(_error, errors)]
    return "\n".join(parts)


def _function(name: str) -> str:
    made = getattr(sdc, name)
    signature = PLACE.sub("", str(inspect.signature(made))).replace("_pandas.", "pandas.")
    signature = ANNOTATION.sub(r"\1", signature)
    signature = re.sub(r"\b_(Iterable|PathLike|SoundTracks)", r"\1", signature)
    return f"### sdc.{name}\n\n```text\nsdc.{name}{signature}\n```\n\n{_prose(made)}\n"


def _record(name: str) -> str:
    made = getattr(sdc, name)
    told = "**Attributes**" in _prose(made)
    fields = "" if told else f"Fields: {', '.join(f'`{field.name}`' for field in dataclasses.fields(made))}.\n"
    own = [
        f"- `.{key}`: {plain(inspect.getdoc(value) or '').splitlines()[0]}"
        for key, value in vars(made).items()
        if not key.startswith("_") and isinstance(value, property) and inspect.getdoc(value)
    ]
    return f"### sdc.{name}\n\n{_prose(made)}\n\n{fields}" + ("\n" + "\n".join(own) + "\n" if own else "")


def _error(name: str) -> str:
    made = getattr(sdc, name)
    return f"- `sdc.{name}`: {plain(inspect.getdoc(made) or '').splitlines()[0]}"


def _prose(made: object) -> str:
    """Return a docstring as Markdown: its first lines, and its sections as lists."""
    text, parts = sections(inspect.getdoc(made) or "")
    for title, body in parts.items():
        points = "\n".join(f"- `{name}`{': ' if says else ''}{says}" for name, says in entries(body).items())
        text += f"\n\n**{title}**\n\n{points}"
    return text
