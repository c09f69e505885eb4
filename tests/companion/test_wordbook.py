"""The sentences as a file: each is complete, well worded, and brings no figure of its own."""

import re
import tomllib
from importlib.resources import files

import pytest

from sdc.companion import check_grounding, lint_wording, wordbook
from sdc.companion.question import themes
from sdc.progress import ERROR_RULES
from sdc.session import Claim, Measure

BOOK = tomllib.loads(files("sdc.companion").joinpath("sentences.toml").read_text(encoding="utf-8"))
SENTENCES = [
    (f"{group}.{key}", text)
    for group, entries in BOOK.items()
    if group not in ("measure", "ask_back")  # questions back give examples with weeks
    for key, text in entries.items()
] + [
    (f"measure.{key}.{field}", words[field])
    for key, words in BOOK["measure"].items()
    for field in words
    if field != "decimals"
]


@pytest.mark.parametrize(("name", "text"), SENTENCES, ids=[name for name, _ in SENTENCES])
def test_sentence(name, text):
    plain = re.sub(r"\{\w+\}", "x", text)
    assert not lint_wording(plain.replace("“", "").replace("”", ""))
    bare = plain.replace("“x”", "x").replace("week x", "x")
    assert not check_grounding([Claim(bare)], []), "a figure that no evidence can hold"


@pytest.mark.parametrize("key", BOOK["ask_back"])
def test_question_back(key):
    assert not lint_wording(BOOK["ask_back"][key])


@pytest.mark.parametrize("measure_id", wordbook.measures_in_words())
def test_measure_in_words(measure_id):
    words = wordbook.measure_words(measure_id)
    text = words.sentence(Measure(measure_id, 12.3456, "u", 77, "r.v1"), "the child")
    assert text[0].isupper() or text[0].isdigit()
    assert text.endswith(".")
    assert words.number(12.3456) in text
    assert "{" not in text + words.shown(Measure(measure_id, 1.0, "u", None, "r.v1"))
    assert "77" not in words.sentence(Measure(measure_id, 12.3456, "u", None, "r.v1"), "the child")


def test_everything_that_can_be_asked_or_compared_has_words():
    asked = {m for theme in themes() for m in (*theme.headline, *theme.others)}
    assert asked | set(ERROR_RULES) <= set(wordbook.measures_in_words())


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sarah", "Sarah"),
        ("  Anna  Lena ", "Anna Lena"),
        ("Zoë-Marie", "Zoë-Marie"),
        (None, "the child"),
        ("", "the child"),
        ("Child 7", "the child"),
        ("Seven", "the child"),
        ("Joy", "the child"),
        ("“Bobby”", "the child"),
    ],
)
def test_who(name, shown):
    assert wordbook.who(name) == shown


def test_numbers():
    words = wordbook.measure_words("mlu_words")
    assert [words.number(v) for v in (2.0, 2.046, -0.001, -1.5)] == ["2.00", "2.05", "0.00", "-1.50"]
    assert words.amounts(1.0, 1.001) == ("1.000 words", "1.001 words")
    assert words.amounts(-1.0, 1.0) == ("1.00000 words", "1.00000 words")
    assert (wordbook.listed(["2"]), wordbook.listed(["2", "3", "4"])) == ("2", "2, 3 and 4")
    assert wordbook.weeks([2, 3]) == "weeks 2 and 3"


def test_only_what_passes_both_checks_is_published():
    claims = [Claim("Sound."), Claim("Severe."), Claim("3 words.")]
    assert wordbook.publishable(claims, []) == (claims[0],)
