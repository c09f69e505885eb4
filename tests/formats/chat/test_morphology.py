import pytest

from sdc.formats.chat.morphology import MorWord, parse_item, parse_mor

ITEMS = [
    ("n|dog-PL", MorWord("n", "dog", suffixes=("PL",))),
    ("pro:sub|he", MorWord("pro:sub", "he")),
    ("v|go&PAST", MorWord("v", "go", fusions=("PAST",))),
    ("v|be&3S", MorWord("v", "be", fusions=("3S",))),
    ("adj|dog&dn-POSS", MorWord("adj", "dog", suffixes=("POSS",), fusions=("dn",))),
    ("n|cook&dv-AGT-PL", MorWord("n", "cook", suffixes=("AGT", "PL"), fusions=("dv",))),
    ("un#v|tie-PAST", MorWord("v", "tie", prefixes=("un",), suffixes=("PAST",))),
    ("n|lait&m=milk", MorWord("n", "lait", fusions=("m",), gloss="milk")),
    ("n|x-ray-PL", MorWord("n", "x-ray", suffixes=("PL",))),
    ("co|uh-oh", MorWord("co", "uh-oh")),
    ("adv:place|à–côté=aside", MorWord("adv:place", "à–côté", gloss="aside")),
    (
        "n|+n|cow+n|boy-PL",
        MorWord("n", "cow+boy", suffixes=("PL",), parts=(("n", "cow"), ("n", "boy"))),
    ),
    (
        "n|+n|tape+v|record&dv-AGT",
        MorWord("n", "tape+record", suffixes=("AGT",), fusions=("dv",), parts=(("n", "tape"), ("v", "record"))),
    ),
    ("noun|dog-Plur", MorWord("noun", "dog", suffixes=("Plur",))),
    ("verb|go-Fin-Ind-Past-S3-irr", MorWord("verb", "go", suffixes=("Fin", "Ind", "Past", "S3", "irr"))),
    ("pron|which-Int,Rel", MorWord("pron", "which", suffixes=("Int,Rel",))),
    ("0v|v", MorWord("0v", "v")),
]


@pytest.mark.parametrize(("raw", "word"), ITEMS, ids=[i[0] for i in ITEMS])
def test_item(raw: str, word: MorWord) -> None:
    item = parse_item(raw)
    assert (item.raw, item.word, item.words) == (raw, word, (word,))


def test_clitics_after_the_word() -> None:
    item = parse_item("pro:per|it~cop|be&3S")
    assert item.word == MorWord("pro:per", "it")
    assert item.enclitics == (MorWord("cop", "be", fusions=("3S",)),)
    assert item.proclitics == ()


def test_clitics_before_and_after_the_word() -> None:
    item = parse_item("pro:dem|ce$v:aux|être&PRES~neg|pas")
    assert [w.stem for w in item.proclitics] == ["ce"]
    assert item.word == MorWord("v:aux", "être", fusions=("PRES",))
    assert [w.stem for w in item.enclitics] == ["pas"]
    assert item.word.category == "v"


@pytest.mark.parametrize("raw", [".", "+...", "cm|cm", "beg|beg", "punct|‡"])
def test_punctuation(raw: str) -> None:
    assert parse_item(raw).is_punctuation


def test_words_and_omitted_words_are_no_punctuation() -> None:
    assert not parse_item("n|dog").is_punctuation
    assert parse_item("0v|v").is_omitted
    assert not parse_item("v|v").is_omitted


def test_first_reading_of_an_ambiguous_item() -> None:
    assert parse_item("n|run^v|run").word == MorWord("n", "run")


@pytest.mark.parametrize("raw", ["|", "n|", "|dog", "~", "n|+", "n|-", "n|a~", "$n|a", "#|", "n|=", "n|&", "^n|a"])
def test_damaged_items_are_read(raw: str) -> None:
    item = parse_item(raw)
    assert item.raw == raw
    assert item.word in item.words


def test_tier() -> None:
    assert [i.raw for i in parse_mor("  pro:sub|I\tv|go .")] == ["pro:sub|I", "v|go", "."]
    assert parse_mor("") == ()
