"""Code of the documentation runs: Python, commands, and what is only read is well formed."""

import json
import shlex
import tomllib

import pytest
import yaml

from docs.blocks import ALL, SHELL, Block
from docs.shell import Line, lines_of
from docs.world import PLACEHOLDERS, SETUPS, World

RUN = [block for block in ALL if block.language in {*SHELL, "python"} and block.not_run is None]
ENDLESS = {"serve", "work", "demo"}
"""Commands that serve until they are ended; tests/cli and tests/browser run them. Here they are only parsed."""


def pages(blocks: list[Block]) -> dict[str, list[Block]]:
    return {page: [b for b in blocks if b.page == page] for page in dict.fromkeys(b.page for b in blocks)}


@pytest.mark.parametrize("page", pages(RUN))
def test_a_page_runs(page: str, world: World):
    SETUPS.get(page, lambda _: None)(world)
    names: dict[str, object] = {}
    for block in pages(RUN)[page]:
        if block.language == "python":
            exec(compile(block.text, str(block), "exec"), names)
        else:
            for line in lines_of(block.text):
                run_line(line, block, world)


def run_line(line: Line, block: Block, world: World) -> None:
    """Run one line as a shell would: what it sets, then its command; refuse what is no command of ours."""
    if line.exported:
        world.export(line.settings)
        return
    assert line.is_sdc, f"{block}: {shlex.join(line.words)} is no command of ours; say why it is not run"
    if line.words[1] in ENDLESS:
        return
    words = [PLACEHOLDERS[word](world) if word in PLACEHOLDERS else word for word in line.words[1:]]
    result = world.run(*words, **line.settings)
    assert result.exit_code == 0, f"{block}: {shlex.join(line.words)}\n{result.output}"


READERS = {"json": json.loads, "toml": tomllib.loads, "yaml": yaml.safe_load}


@pytest.mark.parametrize("block", [b for b in ALL if b.language in READERS], ids=str)
def test_what_is_read_is_well_formed(block: Block):
    assert READERS[block.language](block.text)


def test_most_of_it_runs():
    """What is not run says why, right before it; `grep -rn "not run:" README.md docs` lists it."""
    left_out = [f"{block} {block.not_run}" for block in ALL if block.not_run]
    assert len(left_out) < len(RUN), "too much is shown and not run:\n" + "\n".join(left_out)
