"""Counts by FluCalc's rules."""

import csv
from collections import Counter

import pytest

from sdc.formats import read_path
from sdc.measures import analyse
from sdc.measures.fluency import RULES

NAMES = (
    "filled_pauses", "fragments", "whole_word_repetitions", "phrase_repetitions", "word_revisions", "phrase_revisions",
    "utterance_pauses",
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("the dog .", {}),
        ("&-um the &-uh dog .", {"filled_pauses": 2}),
        ("um the dog .", {}),
        ("&+d &+d dog &~ga .", {"fragments": 2}),
        ("the [/] the dog .", {"whole_word_repetitions": 1}),
        ("the [/] the [/] the dog .", {"whole_word_repetitions": 1}),
        ("the [/] the dog [/] dog .", {"whole_word_repetitions": 2}),
        ("the [/] cat [/] cat ran .", {"whole_word_repetitions": 1}),
        ("the [/] (.) the [/] (.) the .", {"whole_word_repetitions": 2, "utterance_pauses": 2}),
        ("<th(e)> [/] the [/] the .", {"whole_word_repetitions": 1}),
        ("no [/] no no [/] no .", {"whole_word_repetitions": 2}),
        ("<the> [/] the dog .", {"whole_word_repetitions": 1}),
        ("the [/] &-um the dog .", {"whole_word_repetitions": 1, "filled_pauses": 1}),
        ("<the &-um> [/] the dog .", {"phrase_repetitions": 1, "filled_pauses": 1}),
        ("<the dog> [/] the dog .", {"phrase_repetitions": 1}),
        ("cat [//] dog .", {"word_revisions": 1}),
        ("<a cat> [//] a dog .", {"phrase_revisions": 1}),
        ("<a cat> [///] my dog <or so> [/-] no .", {}),
        ("no [x 3] .", {"whole_word_repetitions": 1}),
        ("<go to bed> [x 3] .", {"phrase_repetitions": 2}),
        ("(.) the (.) dog (1.5) ran (..) .", {"utterance_pauses": 2}),
        ("&-um (.) dog .", {"filled_pauses": 1, "utterance_pauses": 1}),
        ("&=sighs (.) dog (.) &=sighs .", {"utterance_pauses": 2}),
        ('+" (.) dog .', {"utterance_pauses": 1}),
        ("(.) .", {}),
    ],
)
def test_counts(measured, text, counts):
    found = measured(f"CHI: {text}", "CHI: yes .")
    assert {name: found[name].value for name in NAMES if found[name].value} == counts
    assert {found[name].n for name in NAMES} == {len(found["ttr"].utterances) and found["word_tokens"].value}


def test_no_count_without_speech(measured):
    found = measured("CHI: www .", "CHI: 0 .")["filled_pauses"]
    assert (found.value, found.reason) == (None, "no utterance with speech")


def test_what_a_measure_is_called_is_what_it_counts(measured):
    lines = (
        "CHI: a: k^ite ≠up ↫m-m↫my my [/] my [/] my big [//] red .",
        "%mor: det|a n|kite adv|up det|my det|my adj|red .",
    )
    found = {name: measure.value for name, measure in measured(*lines).items() if name in {rule.id for rule in RULES}}
    assert found == {
        "syllables": 6, "prolongations": 1, "broken_words": 1, "blocks": 1, "part_word_repetitions": 1,
        "part_word_repetition_units": 2, "filled_pauses": 0, "fragments": 0, "whole_word_repetitions": 1,
        "whole_word_repetition_units": 2, "mono_word_repetitions": 1, "mono_word_repetition_units": 2,
        "phrase_repetitions": 0, "word_revisions": 1, "phrase_revisions": 0, "utterance_pauses": 0, "td_total": 1,
        "sld_total": 5, "sld_ratio": pytest.approx(5 / 6), "weighted_sld": pytest.approx(100 * (2 + 2 + 2 * 2) / 6),
    }  # fmt: skip


def test_no_syllables_without_mor(measured):
    found = measured("CHI: a [/] a kite .")
    assert {found[name].reason for name in ("syllables", "weighted_sld")} == {"no %mor tier"}
    assert (found["sld_total"].value, found["sld_ratio"].value) == (1, 1)


def test_syllables_of_lines_whose_mor_fits(measured):
    found = measured("CHI: a kite .", "%mor: det|a n|kite .", "CHI: a kite .", "%mor: n|kite .")["syllables"]
    assert (found.value, found.n, found.utterances) == (2, 2, (0,))
    found = measured("CHI: a [/] a kite .", "%mor: n|kite .")
    for name in ("syllables", "weighted_sld"):
        assert found[name].reason == "no %mor tier with words that fit the main line"


def test_no_share_of_nothing(measured):
    found = measured("CHI: a kite .")["sld_ratio"]
    assert (found.value, found.n, found.reason) == (None, 2, "no disfluency on the speaker's lines")


def test_syllables_are_english(chat):
    head = (
        "@UTF8\n@Begin\n@Languages:\tspa\n@Participants:\tCHI Target_Child\n@ID:\tspa|made-up|CHI|||||Target_Child|||\n"
    )
    session = chat("CHI: la [/] la casa .", "%mor: det|la n|casa .", head=head)
    found = analyse(session).speakers["CHI"].measures
    assert found["whole_word_repetitions"].value == 1
    for name in ("syllables", "mono_word_repetitions", "sld_total", "sld_ratio", "weighted_sld"):
        assert found[name].value is None


COLUMNS = {
    "syllables": "mor_syllables", "prolongations": "#_Prolongation", "broken_words": "#_Broken_word",
    "blocks": "#_Block", "part_word_repetitions": "#_PWR", "part_word_repetition_units": "#_PWR-RU",
    "whole_word_repetitions": "#_WWR", "whole_word_repetition_units": "#_WWR-RU",
    "mono_word_repetitions": "#_mono-WWR", "mono_word_repetition_units": "#_mono-WWR-RU",
    "fragments": "#_Phonological_fragment", "phrase_repetitions": "#_Phrase_repetitions",
    "word_revisions": "#_Word_revisions", "phrase_revisions": "#_Phrase_revisions", "utterance_pauses": "#_Pauses",
    "filled_pauses": "#_Filled_pauses", "td_total": "#_TD", "sld_total": "#_SLD", "sld_ratio": "SLD_Ratio",
    "weighted_sld": "Weighted_SLD",
}  # fmt: skip
"""Measure → FluCalc's column."""


@pytest.mark.shared
def test_real_files_as_in_flucalc(shared_data):
    with (shared_data / "clan" / "golden.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["flucalc.#_TD"] not in ("", "NA")][::6]
    assert len(rows) >= 25
    compared, wrong = Counter(), []
    for row in rows:
        measures = analyse(read_path(shared_data / "cha" / row["file"])).speakers[row["speaker"]].measures
        for name, column in COLUMNS.items():
            text, got = row[f"flucalc.{column}"], measures[name].value
            if text in ("", "NA"):
                assert got is None
                continue
            compared[name] += 1
            if got is None or abs(got - float(text)) > 0.0006:
                wrong.append((row["file"], name, text, got))
    assert min(compared.values()) >= 20
    assert not wrong
