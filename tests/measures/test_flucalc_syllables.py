import pytest

from sdc.measures.counting import count_line
from sdc.measures.flucalc_syllables import line_syllables, n_flucalc_syllables


@pytest.mark.parametrize(
    ("written", "n"),
    [
        ("kite", 1),
        ("the", 1),
        ("apple", 2),
        ("whale", 1),
        ("ale", 1),
        ("balloon", 2),
        ("banana", 3),
        ("being", 1),
        ("walked", 2),
        ("homework", 2),
        ("horses", 1),
        ("grapefruit", 2),
        ("somebody", 3),
        ("iceberg", 2),
        ("policeman", 3),
        ("Maybe", 2),
        ("don't", 1),
        ("do::g", 1),
        ("café", 2),
        ("nananana@o", 4),
        ("↫ba-ba↫banana", 3),
        ("hm", 0),
        ("(be)cause", 0),
        ("(.)", 0),
        ("", 0),
    ],
)
def test_vowel_groups(written, n):
    assert n_flucalc_syllables(written) == n


@pytest.mark.parametrize(
    ("text", "mor", "syllables"),
    [
        ("a kite .", "det|a n|kite .", (1, 1)),
        ("(be)cause it's goin(g) .", "conj|because pro|it~cop|be v|go .", (2, 1, 1)),
        ("daddy [/] daddy &-um ran .", "n|daddy v|run .", (2, 1)),
        ("<a kite> [//] a [e] bird xxx (.) .", "n|bird .", (1,)),
        ("gonna [: going to] fly .", "v|go inf|to v|fly .", (1, 1, 1)),
        ("<want to> [: wanna] fly .", "v|wanna v|fly .", (2, 1)),
        ("foots [:: feet] .", "n|foot .", (1,)),
        ("kite , daddy .", "n|kite cm|cm n|daddy .", (1, 0, 2)),
        ("kite , daddy .", "n|kite n|daddy .", (1, 2)),
        ("daddy ‡ fly .", "n|daddy beg|beg v|fly .", (2, 0, 1)),
        ("daddy ‡ fly .", "n|daddy v|fly .", ()),
        ("“ a kite ” .", "bq|bq det|a n|kite eq|eq .", (1, 1)),
        ('+" a kite .', '+" det|a n|kite .', (1, 1)),
        ("it 0is up .", "pro|it 0cop|be adv|up .", (1, 1, 1)),
        ("it 0is up .", "pro|it adv|up .", (1, 1)),
        ("xx kite .", "n|kite .", (1,)),
        ("ice+cream .", "n|+n|ice+n|cream .", (2,)),
        ("bluebird .", "n|+adj|blue+n|bird .", (2,)),
        ("a kite +...", "det|a n|kite +...", (1, 1)),
        ("no . yes .", "co|no . co|yes .", (1, 1)),
        ("a kite .", "n|kite .", ()),
        ("a kite .", "det|a n|kite n|kite .", ()),
    ],
)
def test_words_on_mor(chat, text, mor, syllables):
    line = count_line(chat(f"CHI: {text}", f"%mor: {mor}").utterances[0])
    assert line_syllables(line) == syllables


def test_no_mor_no_syllables(chat):
    assert line_syllables(count_line(chat("CHI: a kite .").utterances[0])) == ()
