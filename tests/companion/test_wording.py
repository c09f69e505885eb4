import re
import tomllib
from importlib.resources import files

import pytest

from sdc.companion import lint_wording


@pytest.mark.parametrize(
    ("sentence", "word", "category"),
    [
        ("This pattern is typical of autism.", "autism", "diagnosis"),
        ("Signs of a speech disorder.", "disorder", "diagnosis"),
        ("There is a 70 % probability of it.", "probability", "risk"),
        ("A red flag.", "red flag", "risk"),
        ("Red-flags were seen.", "Red-flags", "risk"),
        ("She will catch up soon.", "will catch up", "risk"),
        ("The echoes are severe.", "severe", "severity"),
        ("Speech is delayed.", "delayed", "deficit"),
        ("That is not normal.", "normal", "deficit"),
        ("ABNORMAL pitch.", "ABNORMAL", "deficit"),
        ("Sarah sounded happy.", "happy", "emotion"),
        ("He was frustrated.", "frustrated", "emotion"),
        ("At the 5th percentile.", "percentile", "comparison"),
        ("More than other children.", "other children", "comparison"),
        ("You should stop.", "You should", "advice"),
        ("At the 5th centile.", "centile", "comparison"),
        ("Talks like a two-year-old.", "year-old", "comparison"),
        ("1.5 SD below the mean.", "SD below", "comparison"),
        ("She is ahead of the rest.", "ahead of", "comparison"),
        ("He is likely to speak late.", "likely", "risk"),
        ("The outlook is good.", "outlook", "risk"),
        ("She will soon speak.", "will soon", "risk"),
        ("Slower than expected.", "than expected", "deficit"),
        ("He lacks words.", "lacks", "deficit"),
        ("She sounded delighted.", "delighted", "emotion"),
        ("He felt it.", "felt", "emotion"),
    ],
)
def test_what_is_not_said(sentence, word, category):
    found = {(f.word, f.category) for f in lint_wording(sentence)}
    assert (word, category) in found
    finding = next(f for f in lint_wording(sentence) if f.word == word)
    assert sentence[finding.start : finding.end] == word
    assert finding.advice


@pytest.mark.parametrize(
    "sentence",
    [
        "An utterance held 3.1 words on average.",
        "Several words were heard.",  # not "sever"
        "Sarah said “I'm happy and that is bad”.",  # the child's words are the child's
        'Sarah said "it is a bad problem".',
        "Stuttering-like repetitions.",
        "A delayed echo was heard.",
        "The sadhu went to Abnormalia.".replace("Abnormalia", "Norma"),
        "",
    ],
)
def test_what_may_be_said(sentence):
    assert lint_wording(sentence) == []


def test_a_quotation_ends_where_it_ends():
    assert [f.word for f in lint_wording("Sarah said “happy” and was happy.")] == ["happy"]
    assert [f.word for f in lint_wording("An open “quotation hides nothing: severe.")] == ["severe"]


def test_every_entry_of_the_list_is_found():
    table = tomllib.loads(files("sdc.companion").joinpath("wording_rules.toml").read_text(encoding="utf-8"))
    entries = [(name, word) for name, rule in table.items() if name != "allowed" for word in rule["words"]]
    assert len(entries) > 100
    for category, entry in entries:
        word = entry.replace("*", "xyz")
        assert category in {f.category for f in lint_wording(f"So {word.upper()}, they say.")}, entry
        assert not re.search(r"\s{2,}|^\s|\s$", entry)
