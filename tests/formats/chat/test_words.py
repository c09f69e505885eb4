import pytest

from sdc.formats.chat.words import plain_text, read_word
from sdc.session import TokenKind as K

WORDS = [
    # raw, text, kind, form
    ("dog", "dog", K.WORD, None),
    ("(be)cause", "because", K.WORD, None),
    ("do(n't)", "don't", K.WORD, None),
    ("(the)", "the", K.WORD, None),
    ("do::g", "dog", K.WORD, None),
    ("hm:", "hm", K.WORD, None),
    ("wa^nt", "want", K.WORD, None),
    ("^dog", "dog", K.WORD, None),
    ("≠row", "row", K.WORD, None),
    ("↫b-b↫boy", "boy", K.WORD, None),
    ("ra↫b-b↫bbit", "rabbit", K.WORD, None),
    ("ˈhello", "hello", K.WORD, None),
    ("°soft°", "soft", K.WORD, None),
    ("p↑itch", "pitch", K.WORD, None),
    ("c⌈2at", "cat", K.WORD, None),
    ("\u0002\u0001my\u0002\u0002", "my", K.WORD, None),
    ("choo+choo", "choo+choo", K.WORD, None),
    ("thank_you", "thank_you", K.WORD, None),
    ("bye-bye", "bye-bye", K.WORD, None),
    ("wanna~go", "wanna~go", K.WORD, None),
    ("it's", "it's", K.WORD, None),
    ("doggie@c", "doggie", K.WORD, "c"),
    ("woo:f@o", "woof", K.WORD, "o"),
    ("b@l", "b", K.WORD, "l"),
    ("b@l-s", "b", K.WORD, "l-s"),
    ("perro@s:spa", "perro", K.WORD, "s:spa"),
    ("hao3@s:eng+zho", "hao3", K.WORD, "s:eng+zho"),
    ("break$v", "break", K.WORD, "$v"),
    ("dog@c$n:x", "dog", K.WORD, "c$n:x"),
    ('"so"', "so", K.WORD, None),
    ("um", "um", K.WORD, None),
    ("xx", "xx", K.WORD, None),
    ("5", "5", K.WORD, None),
    ("007", "007", K.WORD, None),
    ("niño", "niño", K.WORD, None),
    ("我", "我", K.WORD, None),
    ("&-um", "um", K.FILLER, None),
    ("&-u:m", "um", K.FILLER, None),
    ("&-you_know", "you_know", K.FILLER, None),
    ("&+fr", "fr", K.FRAGMENT, None),
    ("&fr", "fr", K.NONWORD, None),
    ("&~gaga", "gaga", K.NONWORD, None),
    ("&=laughs", "laughs", K.EVENT, None),
    ("&=clears:throat", "clears:throat", K.EVENT, None),
    ("&{n=BANG}", "BANG", K.EVENT, None),
    ("&{l=X", "X", K.MARKER, None),
    ("&}l=X", "X", K.MARKER, None),
    ("&*MOT:mhm", "mhm", K.INTERPOSED, None),
    ("0is", "is", K.OMITTED, None),
    ("0*is", "is", K.OMITTED, None),
    ("0", "0", K.ACTION, None),
    ("xxx", "xxx", K.UNINTELLIGIBLE, None),
    ("xxx@s:spa", "xxx", K.UNINTELLIGIBLE, "s:spa"),
    ("yyy", "yyy", K.PHONOLOGICAL, None),
    ("www", "www", K.UNTRANSCRIBED, None),
    ("#", "#", K.PAUSE, None),
    ("°", "°", K.MARKER, None),
    ("--", "--", K.OTHER, None),
]


@pytest.mark.parametrize(("raw", "text", "kind", "form"), WORDS, ids=[w[0] for w in WORDS])
def test_word(raw: str, text: str, kind: K, form: str | None) -> None:
    token = read_word(raw)
    assert (token.text, token.kind, token.form, token.raw) == (text, kind, form, raw)


def test_unpaired_repetition_mark_takes_nothing_away() -> None:
    assert plain_text("↫boy") == "boy"


@pytest.mark.parametrize("raw", ["&", "&-", "&+", "&=", "&*", "&*:", "@", "@c", "0@c", "()", "↫↫", "&{", "&-()"])
def test_a_word_that_is_cut_keeps_its_raw(raw: str) -> None:
    assert read_word(raw).raw == raw
    assert read_word(raw).text is not None


def test_a_very_long_word_is_read() -> None:
    assert read_word("a:" * 50_000).text == "a" * 50_000
