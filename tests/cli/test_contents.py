"""`sdc --help`: every command stands in one group, with what it does in one line."""

import typer.main

from sdc.cli.contents import CONTENTS, OTHER, grouped
from sdc.cli.main import app


def test_every_command_is_listed_once():
    listed = [name for lines in CONTENTS.values() for name in lines]
    assert sorted(listed) == sorted(typer.main.get_command(app).commands)


def test_the_help_is_short_and_whole(sdc):
    shown = sdc("--help").stdout.splitlines()
    for title, lines in CONTENTS.items():
        start = shown.index(f"{title}:")
        body = [line.split(maxsplit=1) for line in shown[start + 1 : start + 1 + len(lines)]]
        assert {name: text.strip() for name, text in body} == lines
    assert f"{OTHER}:" not in shown


def test_a_command_of_no_group_is_not_lost():
    assert grouped(["serve", "new"]) == {"Begin": ["serve"], OTHER: ["new"]}
