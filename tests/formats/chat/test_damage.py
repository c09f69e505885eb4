"""What the reader tells of damage that measures depend on."""

from collections.abc import Callable

import pytest

from sdc.formats.chat.alignment import align_mor, mor_fits, without_mor
from sdc.formats.chat.headers import read_age
from sdc.formats.chat.reader import read_chat
from sdc.session import Age, Session

Chat = Callable[..., Session]


def codes(session: Session) -> list[tuple[str, int | None]]:
    return [(notice.code, notice.line) for notice in session.warnings]


@pytest.mark.parametrize(
    ("line", "mor", "fits"),
    [
        ("the dog .", "det|the n|dog .", True),
        ("the dog .", "n|dog .", False),
        ("the dog .", "det|the n|dog v|run .", False),
        ("the dog .", "det|the n|dog", False),
        ("the dog , no .", "det|the n|dog cm|cm co|no .", True),
        ("the dog , no .", "det|the n|dog co|no .", True),
        ("dog 0is “big” .", "n|dog adj|big .", True),
        ("dog 0is “big” .", "n|dog 0v|be bq|bq adj|big eq|eq .", True),
        ("dog 0is “big” .", "n|dog 0v|be adj|big .", True),
        ("dog , 0is “big” .", "n|dog cm|cm 0v|be bq|bq adj|big eq|eq .", True),
        ("<the dog> [//] &-um a cat xxx .", "det|a n|cat .", True),
        ("<the dog> [//] a cat .", "det|the n|dog det|a n|cat .", False),
        ("gonna [: going to] go .", "part|go-PRESP inf|to v|go .", True),
        ("gonna [: going to] go .", "part|go-PRESP v|go .", False),
    ],
)
def test_a_mor_tier_of_another_length(chat: Chat, line: str, mor: str, fits: bool) -> None:
    session = chat(f"*CHI:\t{line}", f"%mor:\t{mor}", "%gra:\t1|0|ROOT", "%com:\tx")
    (utterance,) = session.utterances
    aligned = align_mor(utterance)
    assert mor_fits(utterance) is fits is (aligned is not None and aligned.complete)
    assert codes(session) == ([] if fits else [("chat.mor-length", 6)])
    assert [tier.name for tier in without_mor(utterance).tiers] == ["com"]


def test_no_mor_tier_fits(chat: Chat) -> None:
    assert mor_fits(chat("*CHI:\tthe dog .").utterances[0])


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("2;03.05", Age(2, 3, 5)),
        ("2;11.", Age(2, 11)),
        ("2;", Age(2)),
        ("2;14.", None),
        ("2;12.", None),
        ("2;03.40", None),
        ("two", None),
    ],
)
def test_an_age_is_not_guessed(chat: Chat, text: str, age: Age | None) -> None:
    assert read_age(text) == age
    session = chat(f"@ID:\teng|a|CHI|{text}||||Target_Child|||", "*CHI:\tno .")
    assert session.participants[0].age == age
    assert codes(session) == ([] if age else [("chat.bad-age", 5)])


def test_a_speaker_without_id_among_others_that_have_one(chat: Chat) -> None:
    session = chat("@ID:\teng|a|CHI|||||Target_Child|||", "*CHI:\tno .", "*MOT:\tyes .", "*MOT:\tyes .")
    assert codes(session) == [("chat.no-id", 7)]
    assert codes(chat("*CHI:\tno .", "*MOT:\tyes .")) == []


def test_a_tier_without_name_is_written_once() -> None:
    (utterance,) = read_chat("@Begin\n*CHI:\tno .\n%:\tx\n@End\n", source="x").utterances
    assert [(tier.name, tier.text) for tier in utterance.tiers] == [("", "x")]
