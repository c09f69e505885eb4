"""Every `sdc` command in the documentation is one that there is, with options that it has."""

import re

import pytest

from docs.blocks import ALL, PAGES, SHELL, Block, inline_commands, name_of
from docs.shell import lines_of, refusal

LANGUAGES = {*SHELL, "python", "json", "toml", "yaml", "text", "ini"}
SHORTENED = re.compile(r"[…|\[\]()]|\.\.\.")
"""Marks of a form that stands for several commands: `sdc jobs retry …`."""

UNFINISHED = "requires an argument."
"""Sentences name an option without its value: `sdc ask --engine`."""


def test_every_block_says_what_it_is():
    assert not [str(block) for block in ALL if block.language not in LANGUAGES]


def test_a_reason_stands_before_a_block_that_could_run():
    """And not before one that is only read."""
    assert not [str(b) for b in ALL if b.not_run is not None and b.language not in {*SHELL, "python"}]
    assert not [str(b) for b in ALL if b.not_run is not None and len(b.not_run.split()) < 3]


@pytest.mark.parametrize("block", [b for b in ALL if b.language in SHELL], ids=str)
def test_commands_of_a_block(block: Block):
    wrong = {
        " ".join(line.words): found for line in lines_of(block.text) if line.is_sdc and (found := refusal(line.words))
    }
    assert not wrong


@pytest.mark.parametrize("page", [p for p in PAGES if inline_commands(p)], ids=name_of)
def test_commands_in_sentences(page):
    commands = [command.split() for command in inline_commands(page) if not SHORTENED.search(command)]
    found = {" ".join(words): refusal(words) for words in commands}
    assert not {command: says for command, says in found.items() if says and not says.endswith(UNFINISHED)}


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("sdc analyse visit.cha", "no command 'analyse'"),
        ("sdc analyze visit.cha --fromat json", "--fromat"),
        ("sdc goals Sarah ad x", "no command 'ad'"),
        ("sdc convert a b c d", "too much"),
        ("sdc ask Sarah 'How?' --format", "--format"),
    ],
)
def test_a_wrong_command_is_found(command, says):
    assert says in (refusal(command.split()) or "")
