"""Said forms, marked words and consonants, worked by hand."""

import csv

import pytest

from sdc.measures.approximations import approximations, n_word_errors


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("noosh [: nose] .", [("noosh", "nose", None)]),
        ("my noosh [: nose] [* p:n] wed@c [: red] [*] .", [("noosh", "nose", "p:n"), ("wed", "red", "")]),
        ("gonna [: going to] go .", []),
        ("goed [: went] [* m:=ed] .", []),
        ("cat [: dog] [* s:r] .", []),
        ("ba@u [: x@n] [* n:uk] .", []),
        ("nose .", []),
    ],
)
def test_approximations(sample, text, found):
    assert [(a.said, a.target, a.code) for a in approximations(sample(f"CHI: {text}"))] == found


def test_consonants_of_an_approximation(sample):
    made = sample("CHI: my noosh [: nose] .", "%mod: maɪ noʊz", "%pho: maɪ nuʃ", "CHI: wed [: red] .")
    first, second = approximations(made)
    assert (first.utterance, first.token) == (0, 1)
    assert [(c.target, c.said, c.is_correct) for c in first.consonants] == [("n", "n", True), ("z", "ʃ", False)]
    assert second.consonants is None


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("goed [: went] [* m:=ed] .", 1), ("<the a dog> [*] .", 3), ("<the (.) a, dog> [* s:r] .", 3),
        ("goed [*] [/] goed [*] .", 2), ("goed [*] . [+ exc]", 0), ("goed [*] www .", 0), ("goed [*] xxx .", 1),
        ("dog [* s:per] [* s:r] .", 2), ("dog .", 0),
    ],
)  # fmt: skip
def test_marks(sample, measured, text, n):
    assert n_word_errors(sample(f"CHI: {text}").lines[0]) == n
    found = measured(f"CHI: {text}", "CHI: yes .")["word_errors"]
    assert (found.value, found.utterances) == (n, (0,) if n else ())


def test_no_marks_without_words(measured):
    found = measured("CHI: xxx .")["word_errors"]
    assert (found.value, found.reason) == (None, "no words")


def test_a_recogniser_marks_nothing(chat):
    from dataclasses import replace

    from sdc.measures import analyse
    from sdc.session import Provenance

    session = replace(chat("CHI: dog ."), provenance=(Provenance("transcribe", "made-up", "1"),))
    assert analyse(session).speakers["CHI"].measures["word_errors"].reason.endswith("it marks no word forms")


def test_consonants_by_hand(measured):
    found = measured(
        "CHI: want more bananas .", "%mod: wɑnt mɔɹ bənænəz", "%pho: wɑ mɔ nænə",  # w m n n of w n t, m ɹ, b n n z
        "CHI: xxx dog .", "%mod: * dɔɡ", "%pho: * dɔɡ",  # d ɡ
        "CHI: dog [/] dog .", "%mod: dɔɡ dɔɡ", "%pho: ɔ dɔɡ",  # d ɡ; not the first dog
        "CHI: two cats .", "%mod: tu", "%pho: tu",  # does not fit the words
        "CHI: big dog .", "%mod: bɪɡ dɔɡ", "%pho: xxx dɔɡ",  # d ɡ; big was not heard
        "CHI: a b .", "%mod: ‹ə bi›", "%pho: ‹ə (.) bi›",  # b
        "CHI: up .", "%pho: ʌp",  # no target
    )["pcc"]  # fmt: skip
    assert (found.value, found.n, found.utterances) == (pytest.approx(100 * 11 / 16), 16, (0, 1, 2, 4, 5))
    assert (found.n_unit, found.reliability) == ("consonants", "too_few")


def test_alignment_of_the_transcript_goes_first(measured):
    lines = ("CHI: balloon .", "%mod: bɑˈlɔn", "%pho: ˈplɔm", "%xphoaln: b↔∅,ɑ↔∅,∅↔p,l↔l,ɔ↔ɔ,n↔n")
    assert measured(*lines)["pcc"].value == pytest.approx(100 * 2 / 3)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (("CHI: dog .",), "no %pho tier with the %mod tier of its target"),
        (("CHI: dog .", "%pho: dɔ"), "no %pho tier with the %mod tier of its target"),
        (("CHI: oh .", "%mod: oʊ", "%pho: oʊ"), "no consonant on the %mod tiers"),
    ],
)
def test_no_consonants(measured, lines, reason):
    assert (measured(*lines)["pcc"].value, measured(*lines)["pcc"].reason) == (None, reason)


@pytest.mark.shared
def test_marks_beside_kideval(shared_data):
    from sdc.formats import read_path
    from sdc.measures.sample import Sample, count_lines

    with (shared_data / "clan" / "golden.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["kideval.Word_Errors"] not in ("", "0")][::4]
    wrong = {}
    for row in rows:
        session = read_path(shared_data / "cha" / row["file"])
        lines = Sample(session, row["speaker"], count_lines(session)).lines
        if (ours := sum(map(n_word_errors, lines))) != float(row["kideval.Word_Errors"]):
            wrong[row["file"]] = (ours, row["kideval.Word_Errors"])
    assert len(rows) > 15
    assert not wrong
