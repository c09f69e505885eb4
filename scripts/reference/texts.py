"""What an expression of the source says, with … for what belongs to the case."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from sdc.companion.wordbook import fill

Names = Mapping[str, str]
"""Name → what it says, where that is known."""
_FIELD = re.compile(r"\{[^{}]*\}")
ROOT = Path(__file__).resolve().parents[2]


def text(node: ast.expr, names: Names) -> str:
    """Return a text as it is written; what is put in and not known is …, and what is no text is empty."""
    said = ""
    match node:
        case ast.Constant(value=str(written)):
            said = written
        case ast.Name(id=name):
            said = names.get(name, "")
        case ast.JoinedStr(values=parts):
            said = "".join(_part(part, names) for part in parts)
        case ast.IfExp(body=body, orelse=other):
            said = text(body, names) or text(other, names)
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            both = (text(left, names), text(right, names))
            said = "".join(half or "…" for half in both) if any(both) else ""
        case ast.Call(func=ast.Attribute(attr="format", value=form)):
            said = _FIELD.sub("…", text(form, names))
        case ast.Call(func=ast.Name(id="fill"), args=[ast.Constant(value=str(group)), ast.Constant(value=str(key))]):
            said = fill(group, key, **{word.arg: "…" for word in node.keywords if word.arg})
    return said


def _part(part: ast.expr, names: Names) -> str:
    if isinstance(part, ast.FormattedValue):
        return (text(part.value, names) if isinstance(part.value, ast.Name) else "") or "…"
    return text(part, names)


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, dict[str, str]]]:
    """Yield every call of a module with the names that are known where it stands."""
    constants = _constants(tree) | _imported(tree)
    for call, around in _placed(tree, ()):
        names = constants
        for function in around:
            names = names | inside(function, names, before=call.lineno)
        yield call, names


def _placed(
    node: ast.AST, around: tuple[ast.FunctionDef, ...]
) -> Iterator[tuple[ast.Call, tuple[ast.FunctionDef, ...]]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, around
        yield from _placed(child, (*around, child) if isinstance(child, ast.FunctionDef) else around)


def inside(function: ast.FunctionDef, names: Names, *, before: int, handed: Names | None = None) -> dict[str, str]:
    """Return the names that are known in a function before a line: what it was handed, its defaults, what it assigns.

    Of a name that is assigned several times the last text counts: one of its cases.
    """
    arguments = function.args
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [*zip(plain[::-1], arguments.defaults[::-1], strict=False)]
    defaults += [(a, d) for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None]
    known = dict.fromkeys((a.arg for a in (*plain, *arguments.kwonlyargs)), "")  # they hide names of the module
    known |= {argument.arg: text(default, names) for argument, default in defaults} | dict(handed or {})
    for name, value in _assigned(function, before):
        known[name] = text(value, {**names, **known}) or known.get(name, "")
    return known


def _assigned(function: ast.FunctionDef, before: int) -> list[tuple[str, ast.expr]]:
    nodes = [node for node in ast.walk(function) if isinstance(node, ast.Assign) and node.lineno < before]
    return [
        (node.targets[0].id, node.value)
        for node in sorted(nodes, key=lambda node: node.lineno)
        if isinstance(node.targets[0], ast.Name)
    ]


def given(function: ast.FunctionDef, call: ast.Call, names: Names) -> dict[str, str]:
    """Return what a call hands to a function, by the function's names."""
    plain = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    handed = {name: text(node, names) for name, node in zip(plain, call.args, strict=False)}
    return handed | {word.arg: text(word.value, names) for word in call.keywords if word.arg}


def _constants(tree: ast.Module) -> dict[str, str]:
    found = {
        node.targets[0].id: text(node.value, {})
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    return {name: said for name, said in found.items() if said}


def _imported(tree: ast.Module) -> dict[str, str]:
    found = dict[str, str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sdc."):
            there = _constants_of(node.module or "")
            found |= {(a.asname or a.name): there[a.name] for a in node.names if a.name in there}
    return found


@cache
def _constants_of(module: str) -> dict[str, str]:
    path = (ROOT / "src").joinpath(*module.split("."))
    files = [file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()]
    if not files:
        return {}
    tree = ast.parse(files[0].read_text(encoding="utf-8"))
    return _constants(tree)
