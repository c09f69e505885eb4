from collections.abc import Callable

import pytest

from sdc.formats.chat.alignment import align_mor
from sdc.session import Session

Chat = Callable[..., Session]

ALIGNED = [
    # main line, %mor, token of each item
    ("the dog .", "det|the n|dog .", "the dog ."),
    ("the [/] the &-um &+d dog (.) &=laughs .", "det|the n|dog .", "the dog ."),
    ("gonna [: going to] eat .", "part|go-PRESP inf|to v|eat .", "gonna gonna eat ."),
    ("<all gone> [: finished] now .", "v|finish-PAST adv|now .", "all now ."),
    ("yes , Ann ‡ go .", "co|yes cm|cm n:prop|Ann beg|beg v|go .", "yes , Ann ‡ go ."),
    ("yes , Ann go .", "co|yes n:prop|Ann v|go .", "yes Ann go ."),
    ("you 0v more ?", "pro|you 0v|v qn|more ?", "you 0v more ?"),
    ("you 0v more ?", "pro|you qn|more ?", "you more ?"),
    ("she said “no” .", "pro|she v|say&PAST bq|bq co|no eq|eq .", "she said “ no ” ."),
    ("she said “no” .", "pro|she v|say&PAST co|no .", "she said no ."),
    ("no . yes .", "co|no . co|yes .", "no . yes ."),
    ("xxx dog .", "n|dog .", "dog ."),
    ("+< 0 .", ".", "."),
]


@pytest.mark.parametrize(("body", "mor", "tokens"), ALIGNED)
def test_each_item_finds_its_token(chat: Chat, body: str, mor: str, tokens: str) -> None:
    utterance = chat(f"*CHI:\t{body}", f"%mor:\t{mor}").utterances[0]
    alignment = align_mor(utterance)
    assert alignment is not None and alignment.complete
    assert " ".join(utterance.tokens[i].raw for i in alignment.tokens if i is not None) == tokens


def test_items_of_a_replaced_word(chat: Chat) -> None:
    alignment = align_mor(chat("*CHI:\tgonna [: going to] eat .", "%mor:\tpart|go-PRESP inf|to v|eat .").utterances[0])
    assert alignment is not None
    assert [i.raw for i in alignment.of_token(0)] == ["part|go-PRESP", "inf|to"]


def test_counts_that_do_not_fit(chat: Chat) -> None:
    alignment = align_mor(chat("*CHI:\tthe dog .", "%mor:\tn|dog .").utterances[0])
    assert alignment is not None
    assert (alignment.complete, alignment.tokens) == (False, (None, None))
    assert [i.raw for i in alignment.items] == ["n|dog", "."]


def test_no_tier(chat: Chat) -> None:
    assert align_mor(chat("*CHI:\tthe dog .").utterances[0]) is None
