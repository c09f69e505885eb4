"""Phones and the consonants among them."""

import pytest

from sdc.measures.phones import is_consonant, match_consonants, read_alignment, read_phones


@pytest.mark.parametrize(
    ("ipa", "phones"),
    [
        ("ˈtʃɪ.kən", ["tʃ", "ɪ", "k", "ə", "n"]),
        ("t͡ʃiːz", ["tʃ", "i", "z"]),
        ("ʧiz", ["tʃ", "i", "z"]),
        ("t͡sʊ", ["ts", "ʊ"]),
        ("kæts", ["k", "æ", "t", "s"]),
        ("pʰɪɡ", ["p", "ɪ", "ɡ"]),
        ("pig", ["p", "i", "ɡ"]),
        ("baʊ̯", ["b", "a", "ʊ\u032f"]),
        ("bɹ̩", ["b", "ɹ\u0329"]),
        ("/bə˞d/", ["b", "ə\u02de", "d"]),
        ("dodo^", ["d", "o", "d", "o"]),
        ("", []),
    ],
)
def test_phones(ipa, phones):
    assert list(read_phones(ipa)) == phones


def test_syllabic_r_and_glides_of_vowels_are_vowels():
    assert [is_consonant(p) for p in ("b", "ɹ", "ɹ\u0329", "ʊ\u032f", "ə\u02de", "n\u0329", "tʃ")] == [
        True, True, False, False, False, True, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "said", "wanted"),
    [
        ("noʊz", "nuʃ", "n=n z=ʃ"),
        ("spun", "pun", "s=- p=p n=n"),
        ("bənænə", "nænə", "b=- n=n n=n"),
        ("ˈlɑli", "jɑji", "l=j l=j"),
        ("kæt", "kætə", "k=k t=t"),
        ("ɹɛd", "wɛd", "ɹ=w d=d"),
        ("up", "", "p=-"),
        ("kæb", "kæa", "k=k b=-"),
        ("tʃiz", "tiz", "tʃ=t z=z"),
    ],
)
def test_matches(target, said, wanted):
    found = match_consonants(target, said)
    assert " ".join(f"{c.target}={c.said or '-'}" for c in found) == wanted
    assert [c.is_correct for c in found] == [len(set(pair.split("="))) == 1 for pair in wanted.split()]


def test_alignment_as_written():
    found = read_alignment("b↔p,ɑ↔∅,l↔l,ɔ↔ɔ,n↔∅,∅↔t")
    assert [(c.target, c.said) for c in found] == [("b", "p"), ("l", "l"), ("n", None)]
