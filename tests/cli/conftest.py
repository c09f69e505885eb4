"""The `sdc` command over a store of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sdc.cli.main import app

LINES = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Mia Target_Child, MOT Mother",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@Date:\t{date}",
    "*MOT:\twhat is that ?",
    "*CHI:\t<the do> [//] the dog .",
    "*CHI:\t&-um {line} .",
    "@End",
)

Sdc = Callable[..., Any]


@pytest.fixture
def sdc(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sdc:
    """Run a command: ``sdc("add", path, "--child", "Mia")``."""
    monkeypatch.setenv("SDC_HOME", str(tmp_path / "home"))

    def run(*arguments: object) -> Any:
        result = CliRunner().invoke(app, [str(a) for a in arguments])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def cha(tmp_path: Path) -> Callable[..., Path]:
    """Write a transcript: ``cha("visit.cha", date="02-MAR-2026", line="a cat")``."""

    def make(name: str = "visit.cha", date: str = "02-MAR-2026", line: str = "a cat") -> Path:
        path = tmp_path / "in" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("\n".join(LINES).format(date=date, line=line) + "\n")
        return path

    return make
