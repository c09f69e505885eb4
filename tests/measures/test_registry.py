"""Definitions, their pages, and the words in them."""

from pathlib import Path

import pytest

from sdc.measures import REGISTRY
from sdc.measures.needs import NEEDS
from sdc.measures.pages import pages, write_pages
from sdc.measures.registry import FAMILIES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "measures"


def test_every_rule_is_in_the_table_once():
    assert len(REGISTRY) == sum(map(len, FAMILIES))


@pytest.mark.parametrize("rule", REGISTRY.values(), ids=lambda rule: rule.id)
def test_definition_is_whole(rule):
    assert rule.rule == f"{rule.id}.v{rule.version}"
    assert all((rule.title, rule.family, rule.unit, rule.n_unit, rule.formula, rule.source))
    assert rule.description.endswith(".")
    assert set(rule.needs) <= set(NEEDS)
    if rule.minimum_n is not None:
        assert 0 < rule.rough_n < rule.minimum_n


@pytest.mark.parametrize("rule", REGISTRY.values(), ids=lambda rule: rule.id)
def test_words_keep_to_the_wording_rules(rule):
    from sdc.companion.wording import lint_wording

    reasons = [NEEDS[need][1] for need in rule.needs]
    assert not [
        found for text in (rule.title, rule.description, *rule.no_value_when, *reasons) for found in lint_wording(text)
    ]


def test_every_measure_has_its_page_and_every_page_its_measure():
    written = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    assert written.keys() == pages().keys()
    stale = [name for name, text in pages().items() if written[name] != text]
    assert not stale, "write them again: python -m sdc.measures.pages"


def test_pages_can_be_written_anywhere(tmp_path):
    write_pages(tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(pages())
