"""Plain lines take a short cut; it leads where the whole way leads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sdc.formats.chat.mainline import _PLAIN, _Reader, read_main_line
from sdc.session import TokenKind

ITEMS = st.sampled_from(
    ["dog", "I", "don't", "xxx", "yyy", "um", "thank_you", "b", "uhhuh", ",", "'cause", "dogs'", "_", "'", "www"]
)


@given(st.lists(ITEMS, min_size=1, max_size=8), st.sampled_from(".?!"))
def test_the_short_cut_reads_the_same(items, end):
    body = " ".join([*items, end])
    assert _PLAIN.fullmatch(body)
    assert read_main_line(body) == _Reader().read(body)


@pytest.mark.parametrize(
    "body",
    ["a dog", "a [/] a dog .", "&-um dog .", "a  dog .", "a dog +...", "0is big .", "do:g .", "a dog. ", "a (.) dog .",
     "niño .", ". .", "a dog . yes .", "<a dog> [/] a dog .", "dog@o .", "a dog . \x150_5\x15", " a .", ""],
)  # fmt: skip
def test_other_lines_go_the_whole_way(body):
    assert not _PLAIN.fullmatch(body)


def test_its_kinds():
    assert [t.kind for t in read_main_line("xxx , dog ?").tokens] == [
        TokenKind.UNINTELLIGIBLE,
        TokenKind.SEPARATOR,
        TokenKind.WORD,
        TokenKind.TERMINATOR,
    ]
