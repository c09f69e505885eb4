"""Morphemes of one item, by the rule of February 2024."""

import pytest

from sdc.formats.chat.morphology import parse_item
from sdc.measures.morphemes import n_morphemes


@pytest.mark.parametrize(
    "item",
    [
        "n|cat-PL", "noun|cat-Plur", "adj|cat&dn-POSS", "n|cat~poss|s-POSS", "noun|cat~part|s", "v|jump-PAST",
        "verb|jump-Fin-Ind-Past-S3", "part|break-PASTP", "part|jump-PRESP", "verb|jump-Part-Pres-S", "mod|can~neg|not",
        "aux|be-Fin-Ind-Pres-S3~part|not", "pro:sub|she~aux|be&3S", "n|cat~aux|be&3S", "pron|it-Prs~aux|be-Fin",
        "n|cat-PL~poss|s", "pron|it~aux|be", "verb|go-Part~aux|be-Pres", "part|go-PASTP", "un#v|tie-PAST",
        "un#v|tie-PRESP",
    ],
)  # fmt: skip
def test_two(item):
    assert n_morphemes(parse_item(item)) == 2


@pytest.mark.parametrize(
    "item",
    [
        "n|cat", "v|go-3S", "v|go&PAST", "verb|go-Fin-Ind-Past-S3-Irr", "pro:per|it~cop|be&3S", "v|want~inf|to",
        "adv|quick-LY", "adj|big-CP", "n|cat-DIM", "verb|run-Ger-S", "n|+n|ice+n|cream", "n:prop|Mia~aux|be&3S",
        "adj|nice-S1", "v|do~neg|not", "grand#n|mother~aux|be&3S", "pro|it~aux|be", "n:let|b~aux|be",
        "mod:aux|have~neg|not", "n|cat$aux|be", "verb|do-Fin-Past-Irr~verb|go-Past", "part|go&PASTP", "n|x-ray",
    ],
)  # fmt: skip
def test_one(item):
    assert n_morphemes(parse_item(item)) == 1


@pytest.mark.parametrize("item", [".", "?", "+...", "cm|cm", "end|end", "bq|bq", "punct|,", "0v|v", "unk|xxx"])
def test_none(item):
    assert n_morphemes(parse_item(item)) == 0
