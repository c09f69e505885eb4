"""Lemmas of items of the %mor tier, as FREQ, VOCD and KIDEVAL take them."""

import pytest

from sdc.measures.lemmas import item_lemmas, stems


@pytest.mark.parametrize(
    ("item", "lemmas"),
    [
        ("n|cup-PL", "cup"), ("noun|cup-Plur", "cup"), ("v|go&PAST", "go"), ("un#v|wrap-PAST", "wrap"),
        ("pro:sub|he~aux|be&3S", "he be"), ("aux|do-Fin-Ind-Pres-S3~part|not", "do not"),
        ("pro:clit|ce$v|être", "ce être"),
        ("n|+n|pan+n|cake-PL", "pan+cake"), ("n|pan+cake", "pan+cake"), ("n|lait&m=milk", "lait"),
        ("n:prop|Old_Mill", "Old_Mill"), ("n|cup*0s", "cup"), ("L2|l'eau", "l'eau"), ("adv|so_so", "so_so"),
        ("n|walk^v|walk", "walk^walk"), ("n|cup~v|be^n|bee", "cup be^bee"), ("neo|xxx", "xxx"), ("|cup", "cup"),
        ("?|cup", "cup"), ("n|t-shirt", "t"),
    ],
)  # fmt: skip
def test_lemmas(item, lemmas):
    assert item_lemmas(item) == tuple(lemmas.split())


@pytest.mark.parametrize(
    "item",
    [".", "?", "+...", "+/.", "cup", "cm|cm", "beg|beg", "end|end", "bq|bq", "eq2|eq2", "punct|,", "0aux|be", "unk|xxx",
     "unk|yyy", "x|www", "unk|www", "+n|cup", "-|cup"],
)  # fmt: skip
def test_no_word(item):
    assert item_lemmas(item) == ()


@pytest.mark.parametrize(
    ("lemma", "found"), [("cup", ["cup"]), ("pan+cake", ["pancake"]), ("walk^walk", ["walk", "walk"])]
)
def test_stems(lemma, found):
    assert stems(lemma) == found
