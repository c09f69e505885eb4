"""The %mor tier as a row of words and clitics."""

import pytest

from sdc.measures.syntax.units import Part, units_of


def test_a_word_has_tag_stem_and_marks():
    (unit,) = units_of("un#v|tie-PAST")
    assert unit.part == Part("v", "tie", "tie", 1, prefixes=("un",), suffixes=("PAST",))
    (unit,) = units_of("cop|be&PAST&13S")
    assert (unit.part.stem, unit.part.fusions) == ("be", ("PAST", "13S"))
    (unit,) = units_of("co|unhunh=no")
    assert (unit.part.stem, unit.part.suffixes) == ("unhunh", ())


def test_the_first_hyphen_ends_the_stem():
    (unit,) = units_of("n|x-ray")
    assert (unit.part.stem, unit.part.suffixes) == ("x", ("ray",))


def test_a_clitic_is_a_unit_of_its_own():
    host, clitic = units_of("pro:per|it~cop|be&3S")
    assert (host.part.stem, host.is_clitic, [p.tag for p in host.enclitics], host.lemma) == (
        "it",
        False,
        ["cop"],
        "it~be",
    )
    assert (clitic.part.tag, clitic.is_clitic, clitic.enclitics, clitic.lemma) == ("cop", True, (), "be")


def test_a_proclitic_stands_before_its_word():
    clitic, host = units_of("pro|ce$v|être&3S")
    assert (clitic.is_clitic, host.is_clitic, host.lemma) == (True, False, "ce$être")


def test_a_compound_has_no_stem_and_the_marks_of_its_parts():
    (unit,) = units_of("n|+n|ice+n|cream-PL")
    assert unit.part == Part("n", "", "+ice+cream", 2, suffixes=("PL",))


@pytest.mark.parametrize("item", [".", "?", "+..."])
def test_punctuation_has_no_part(item):
    (unit,) = units_of(item)
    assert (unit.part, unit.lemma) == (None, item)


def test_of_an_ambiguous_item_the_first_reading():
    (unit,) = units_of("n|run^v|run")
    assert unit.part.tag == "n"
