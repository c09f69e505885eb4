"""Notebooks are kept without outputs, can be read, and tell what to change in one place; tests/extras runs them."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PAGE = ROOT / "docs" / "notebooks.md"
OF_A_MACHINE = re.compile(r"/(?:home|root|work|tmp|Users|content)/|[A-Z]:\\\\")


def test_there_are_notebooks_and_the_page_lists_them():
    names = [path.name for path in NOTEBOOKS]
    assert len(names) == 7
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(re.findall(r"notebooks/(\w+\.ipynb)", page)) == names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not [cell.id for cell in code if cell.outputs or cell.execution_count], "strip the outputs"
    assert notebook.metadata.keys() == {"kernelspec", "language_info"}
    assert notebook.cells[0].cell_type == "markdown" and notebook.cells[0].source.startswith("# ")
    assert [cell.metadata for cell in code] == [{"tags": ["parameters"]}, *({} for _ in code[1:])]
    assert not OF_A_MACHINE.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_what_is_to_be_changed_is_constants(path):
    """So that it can be changed without reading on, and by whatever runs notebooks with parameters."""
    code = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    for statement in ast.parse(code[0]).body:
        assert isinstance(statement, ast.Assign | ast.AugAssign)
        ast.literal_eval(statement.value)
    given = {node.id for node in ast.walk(ast.parse(code[0])) if isinstance(node, ast.Name)}
    rest = re.sub(r"(?m)^( *)%pip .*$", lambda found: f"{found[1]}print(PACKAGE)", "\n".join(code[1:]))
    used = {node.id for node in ast.walk(ast.parse(rest)) if isinstance(node, ast.Name)}
    assert given and all(name.isupper() for name in given)
    assert given <= used, "a parameter that nothing reads"
