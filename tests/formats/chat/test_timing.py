from collections.abc import Callable

from sdc.formats.chat.timing import read_wor
from sdc.session import Session, TimeSpan

Chat = Callable[..., Session]
B = "\u0015{}_{}\u0015"


def times(session: Session) -> list[tuple[str, TimeSpan | None]]:
    return [(t.text, t.span) for t in session.utterances[0].tokens if t.span or t.kind == "word"]


def test_word_times_by_position(chat: Chat) -> None:
    wor = f"%wor:\tthe {B.format(0, 5)} um {B.format(5, 9)} dawg ‡ {B.format(9, 20)} ."
    session = chat("*CHI:\tthe &-um dog . " + B.format(0, 20), wor)
    assert times(session) == [("the", TimeSpan(0, 5)), ("um", TimeSpan(5, 9)), ("dog", None)]
    session = chat("*CHI:\tthe &-um dog .", wor.replace("‡ ", ""))
    assert times(session)[2] == ("dog", TimeSpan(9, 20))
    assert session.utterances[0].tier("wor") is not None


def test_word_times_by_text_when_counts_differ(chat: Chat) -> None:
    session = chat("*CHI:\tthe big do::g barks .", f"%wor:\tthe {B.format(0, 5)} dog {B.format(9, 20)} .")
    assert times(session) == [("the", TimeSpan(0, 5)), ("big", None), ("dog", TimeSpan(9, 20)), ("barks", None)]


def test_words_that_are_nowhere_on_the_line_give_no_times(chat: Chat) -> None:
    session = chat("*CHI:\tthe dog .", f"%wor:\ta {B.format(0, 5)} cat {B.format(5, 9)} ran {B.format(9, 20)} .")
    assert times(session) == [("the", None), ("dog", None)]


def test_damaged_word_tier() -> None:
    assert read_wor("the \u00159_5\u0015 dog \u00151_ . +...") == [("the", None), ("dog", None), ("1_", None)]
    assert read_wor("") == []
    assert read_wor("the \u00151_5\u0015 \u00156_9\u0015") == [("the", TimeSpan(1, 5))]


def test_inline_word_times(chat: Chat) -> None:
    session = chat(f"*CHI:\tthe {B.format(0, 5)} dog {B.format(5, 9)} .")
    assert [t for t in times(session) if t[0] in ("the", "dog")] == [("the", TimeSpan(0, 5)), ("dog", TimeSpan(5, 9))]
    assert session.utterances[0].span == TimeSpan(0, 9)
    assert session.utterances[0].raw == "the dog ."


def test_bullets_over_phrases_are_no_word_times(chat: Chat) -> None:
    session = chat(f"*CHI:\tthe dog {B.format(0, 5)} barks {B.format(5, 9)} .")
    assert all(t.span is None for t in session.utterances[0].tokens if t.kind == "word")
