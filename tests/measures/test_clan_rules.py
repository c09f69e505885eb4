"""CLAN's rules one by one, on transcripts of our own (clan_rules.txt)."""

from pathlib import Path

import pytest

RULES = Path(__file__).with_name("clan_rules.txt")
TOLERANCE = 1e-6


def rules() -> dict[str, tuple[list[str], dict[str, float | None]]]:
    """Title → lines and expected measures."""
    found: dict[str, tuple[list[str], dict[str, float | None]]] = {}
    for block in RULES.read_text(encoding="utf-8").split("\n== ")[1:]:
        title, *rest = block.strip().splitlines()
        lines = [line.lstrip("*") for line in rest if line.startswith(("*", "%"))]
        (told,) = (line.removeprefix("= ") for line in rest if line.startswith("= "))
        pairs = (pair.split() for pair in told.split(", "))
        found[title] = (lines, {name: None if value == "-" else float(value) for name, value in pairs})
    return found


CASES = rules()


@pytest.mark.parametrize("title", CASES)
def test_rule(title, measured):
    lines, expected = CASES[title]
    got = measured(*lines)
    for name, value in expected.items():
        measure, _, part = name.partition(".")
        found = got[measure].sd if part else got[measure].value
        assert (found is None) == (value is None), (name, found, value)
        assert value is None or found == pytest.approx(value, abs=TOLERANCE), name


def test_the_rules_are_many_and_titled_once():
    assert len(CASES) >= 110
    assert RULES.read_text(encoding="utf-8").count("\n== ") == len(CASES)
