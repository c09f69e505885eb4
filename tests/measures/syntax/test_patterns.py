"""The notation of patterns, and matching."""

import pytest

from sdc.measures.syntax.patterns import Vocabulary, is_excepted, make_row, match_at

CLASSES = {"noun": "n n:prop", "word": "adj n"}
PHRASES = {"np": ["noun", "pro*", "adj noun"]}

MOR = "pro:sub|she~aux|be&3S part|eat-PRESP adj|red n|apple-PL adv|fast ."
SPOKEN = "she's eating red apples fast ."
GRA = "SUBJ AUX ROOT MOD OBJ JCT PUNCT"


def matches(*patterns, mor=MOR, spoken=SPOKEN, gra=GRA):
    """Return the unit numbers that each pattern finds, for each place where it matches."""
    vocabulary = Vocabulary(CLASSES, PHRASES)
    read = vocabulary.read(patterns)
    row = make_row(vocabulary, list(zip(mor.split(), spoken.split(), strict=True)), gra.split())
    found = [match_at(p, row, place) for p in read for place in range(len(row.masks)) if not p.needed & ~row.mask]
    return [tuple(match[1]) for match in found if match is not None]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("noun", [(4,)]),
        ("pro*", [(0,)]),
        ("pro:obj", []),
        ("any", [(0,), (1,), (2,), (3,), (4,), (5,)]),
        ("adj noun", [(3, 4)]),
        ("part noun", []),
        ("part .. noun", [(2, 4)]),
        ("n[apple]", [(4,)]),
        ("n[app]", []),
        ("n-PL", [(4,)]),
        ("n-*", [(4,)]),
        ("adj-*", []),
        ("aux&3S", [(1,)]),
        ("n&3S", []),
        ("n#", []),
        ("pro:sub+aux", [(0,)]),
        ("any+cop", []),
        ("~aux", [(1,)]),
        ("~part", []),
        ("{eating}", [(2,), (2,)]),  # a word as spoken looks past the clitic at which the match begins
        ("{eat}", []),
        ("pro:sub {eating}", [(0, 2)]),
        ("=OBJ", [(4,)]),
        ("=AUX", []),  # relations of clitics do not count
        ("^ pro:sub", [(0,)]),
        ("^ aux", []),
        ("adv $", [(5,)]),
        ("n $", []),
        ("adv _", [(5,)]),
        ("part np", [(2, 3, 4)]),
        ("part word|adv", [(2, 3)]),
    ],
)
def test_a_pattern(pattern, found):
    assert matches(pattern) == found


def test_of_choices_the_first_ones_of_a_row_change_fastest():
    vocabulary = Vocabulary(CLASSES, PHRASES)
    read = vocabulary.read(["a|b c|d"])
    bits = {bit: term.tags[0] for term, bit in vocabulary.terms.items()}
    assert ["".join(bits[step.bit] for step in p.steps) for p in read] == ["ac", "bc", "ad", "bd"]


def test_a_compound_matches_by_tag_and_not_by_stem():
    assert matches("n", mor="n|+n|ice+n|cream .", spoken="icecream .", gra="") == [(0,)]
    assert matches("n[ice]", mor="n|+n|ice+n|cream .", spoken="icecream .", gra="") == []
    assert matches("n[ice]", mor="n|ice+n|cream .", spoken="icecream .", gra="") == []


def test_used_units_begin_nothing():
    vocabulary = Vocabulary(CLASSES, PHRASES)
    (pattern,) = vocabulary.read(["n"])
    row = make_row(vocabulary, [("n|cat", "cat"), ("n|dog", "dog")], [])
    assert match_at(pattern, row, 0, used=0b01) is None
    assert match_at(pattern, row, 1, used=0b01) == (2, [1])


def test_exceptions_look_at_the_example_alone():
    vocabulary = Vocabulary(CLASSES, PHRASES)
    begins, ends, inside = (vocabulary.read([text]) for text in ("^ adj", "n $", "adj n"))
    row = make_row(vocabulary, [(i, i) for i in ("adj|red", "adv|very", "n|apple", "adj|red", "n|car", ".")], [])
    assert is_excepted(begins, row, [0, 2], at_end=False)
    assert not is_excepted(begins, row, [3, 4], at_end=True)
    assert is_excepted(ends, row, [3, 4], at_end=True)
    assert not is_excepted(ends, row, [0, 2], at_end=False)
    assert is_excepted(inside, row, [0, 2], at_end=False)  # the adverb between is no part of the example
    assert not is_excepted((), row, [0, 2], at_end=False)
