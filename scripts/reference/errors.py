"""Every code of an error or notice, from the calls in the source that make them."""

import ast
import inspect
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import sdc.errors
from reference.markdown import cell, code, table
from reference.numpydoc import plain
from reference.texts import Names, calls, given, inside, text
from sdc.errors import SDCError, SettingsError
from sdc.server.problems import status_of

Makers = Mapping[str, ast.FunctionDef]
"""Name → a function of the module that returns an error or a notice."""

HEAD = """# Errors

An error is one sentence that says where, what and what to do. Its `code` is stable, and the same in a terminal
(`--format json`: `failures`), in Python (`error.code`) and in the HTTP API (`code` of a problem).

| exit status of `sdc` | means |
|---|---|
| 0 | all done |
| 1 | some input failed, or an engine or the store refused: the rest is done, the failures are listed on stderr |
| 2 | wrong usage: an unknown command, option or value, or a setting that cannot be used |

Notices are no errors: what was worked around in a transcript, with its line. The exit status stays 0.

## Kinds

{kinds}
## Codes

`…` stands for what belongs to the case. Where a sentence differs from case to case, one of them stands here.
"""
CLASSES = {name: made for name, made in inspect.getmembers(sdc.errors, inspect.isclass) if issubclass(made, SDCError)}
NOTICES = {"Notice", "_notice", "notice"}


class Row(NamedTuple):
    """A code where it is made: the class (or "notice"), the message and the hint."""

    code: str
    kind: str
    message: str
    hint: str


def page(root: Path) -> str:
    """Return docs/reference/errors.md."""
    families: dict[str, dict[str, Row]] = defaultdict(dict)
    for path in sorted((root / "src/sdc").rglob("*.py")):
        for row in _rows(ast.parse(path.read_text(encoding="utf-8"))):
            known = families[row.code.split(".")[0]].get(row.code)
            if known is None or (not known.message and row.message):
                families[row.code.split(".")[0]][row.code] = row
    parts = [HEAD.format(kinds=_kinds())]
    for family in sorted(families):
        rows = [
            (code(r.code), code(r.kind), cell(f"{r.message} {r.hint}")) for _, r in sorted(families[family].items())
        ]
        parts.append(f"### {family}\n\n" + table(("code", "kind", "says, for example"), rows))
    return "\n".join(parts)


def _kinds() -> str:
    rows = []
    for name, made in sorted(CLASSES.items(), key=lambda item: _line(item[1])):
        exit_status = "2" if issubclass(made, SettingsError) else "1"
        says = plain((inspect.getdoc(made) or "").splitlines()[0])
        rows.append((code(name), code(made.default_code), exit_status, str(status_of(made(""))), cell(says)))
    return table(("class", "code, where none is said", "exit status", "HTTP status", "means"), rows)


def _line(made: type[SDCError]) -> list[str]:
    """Return a class's line of descent, which puts each below the one that it is a kind of."""
    return [c.__name__ for c in reversed(made.__mro__) if issubclass(c, SDCError)]


def _rows(tree: ast.Module) -> Iterator[Row]:
    """Yield what a module makes: calls with a code that is written out, and calls of functions that write one."""
    makers = {f.name: f for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) and _returned(f)}
    for call, names in calls(tree):
        row = _row(call, names, makers)
        maker = makers.get(getattr(call.func, "id", ""))
        if row is not None:
            yield row
        elif maker is not None:
            yield from _made(maker, given(maker, call, names), names, makers)


def _made(maker: ast.FunctionDef, handed: Names, names: Names, makers: Makers) -> Iterator[Row]:
    """Yield what a function makes of what one of its callers hands to it."""
    for call in ast.walk(maker):
        if isinstance(call, ast.Call):
            known = inside(maker, names, before=call.lineno, handed=handed)
            if (row := _row(call, {**names, **known}, makers)) is not None:
                yield row


def _row(call: ast.Call, names: Names, makers: Makers) -> Row | None:
    """Return what a call makes, where it is an error or notice with a code."""
    words = {k.arg: k.value for k in call.keywords}
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    maker = makers.get(name)
    kind = name if name in CLASSES else "notice" if name in NOTICES else _returned(maker) if maker else ""
    texts = [text(node, names) for node in (*call.args, *filter(None, [words.get("message")]))]
    stated = text(words["code"], names) if "code" in words else next(filter(_is_code, texts), "")
    hint = text(words["hint"], names) if "hint" in words else ""
    if kind and _is_code(stated):
        return Row(stated, kind, next((t for t in texts if " " in t), ""), hint)
    if name in CLASSES and "code" not in words and texts:
        return Row(CLASSES[name].default_code, name, texts[0], hint)
    return None


def _returned(function: ast.FunctionDef) -> str:
    """Return the class of error or notice that a function makes for its callers, if it does."""
    name = ast.unparse(function.returns) if function.returns else ""
    return name if name in CLASSES else "notice" if name == "Notice" else ""


def _is_code(text: str) -> bool:
    family, dot, reason = text.partition(".")
    return (
        bool(dot) and family.isalpha() and family.islower() and reason.replace("-", "").isalnum() and reason.islower()
    )
