"""A world of made-up files for each page of the documentation."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.world import World, write_files, write_store


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with everything, to be copied."""
    folder = tmp_path_factory.mktemp("docs") / "world"
    write_files(folder)
    write_store(World(folder))
    return folder


@pytest.fixture
def world(made: Path, tmp_path: Path) -> Iterator[World]:
    """Return a fresh copy, entered."""
    shutil.copytree(made, tmp_path / "world")
    copy = World(tmp_path / "world")
    with copy.entered():
        yield copy
