import time
from collections.abc import Callable

import pytest

from sdc.errors import ChatError
from sdc.formats.chat.reader import read_chat
from sdc.session import DependentTier, Session, TimeSpan, Utterance

Chat = Callable[..., Session]


def codes(session: Session) -> list[tuple[str, int | None]]:
    return [(notice.code, notice.line) for notice in session.warnings]


def test_a_whole_utterance(chat: Chat) -> None:
    session = chat(
        "*CHI:\t[- eng] the [/] the\n\tdog runs . [+ exc] \u0015100_2500\u0015",
        "%mor:\tdet|the n|dog v|run-3S .",
        "%com:\tfirst",
        "%com:\tsecond\n\tline",
        "%xyz:\tunknown",
        "*MOT:\tyes .",
    )
    first, second = session.utterances
    assert (first.index, first.speaker, first.line, first.language) == (0, "CHI", 5, "eng")
    assert first.raw == "[- eng] the [/] the dog runs . [+ exc]"
    assert first.span == TimeSpan(100, 2500)
    assert first.postcodes == ("exc",)
    assert first.terminator == "."
    assert first.retraced() == {0}
    assert first.tiers == (
        DependentTier("mor", "det|the n|dog v|run-3S .", 7),
        DependentTier("com", "first", 8),
        DependentTier("com", "second line", 9),
        DependentTier("xyz", "unknown", 11),
    )
    assert (second.index, second.speaker, second.span, second.tiers) == (1, "MOT", None, ())
    assert session.warnings == ()


def test_provenance_names_the_reader_and_the_input(chat: Chat) -> None:
    (provenance,) = chat("*CHI:\tno .").provenance
    assert (provenance.step, provenance.engine) == ("read", "sdc.chat")
    assert provenance.revision and len(provenance.revision) == 64
    assert chat("*CHI:\tyes .").provenance[0].revision != provenance.revision


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["*CHI:\tthe dog"], [("chat.no-terminator", 5)]),
        (["*CHI:\t<the dog ."], [("chat.unbalanced-bracket", 5)]),
        (["%com:\tearly", "*CHI:\tno ."], [("chat.orphan-tier", 5)]),
        (["*CHI:\tno . \u00159_1\u0015"], [("chat.bad-time", 5)]),
        (["*FAT:\tno ."], [("chat.undeclared-speaker", 5)]),
        (["*CHI no ."], [("chat.no-colon", 5)]),
        (["***", "*CHI:\tno ."], [("chat.no-speaker", 5), ("chat.no-terminator", 5), ("chat.undeclared-speaker", 5)]),
        (["*CHI:\tno .", "%:\tx"], [("chat.bad-tier", 6)]),
        (["*CHI:\tno .", "%mor n|no ."], [("chat.bad-tier", 6)]),
        (["*CHI:\tno .", "@End", "*CHI:\tmore .", "%com:\tx", "*CHI:\tso ."], [("chat.after-end", 7)]),
        (["@Options:\tCA", "*CHI:\tthe dog"], []),
    ],
)
def test_damage_is_told_with_its_line(chat: Chat, lines: list[str], expected: list[tuple[str, int]]) -> None:
    session = chat(*lines)
    assert codes(session) == expected
    assert len(session.utterances) == sum(line.startswith("*") for line in lines)


def test_warnings_stand_in_the_order_of_lines(chat: Chat) -> None:
    session = chat("@Date:\tsoon", "*FAT:\tno .", "*CHI:\tyes", "%: x", "*MOT:\t<so .")
    assert codes(session) == [
        ("chat.bad-date", 5),
        ("chat.undeclared-speaker", 6),
        ("chat.no-terminator", 7),
        ("chat.bad-tier", 8),
        ("chat.unbalanced-bracket", 9),
    ]


def test_what_a_main_line_without_speaker_says_is_kept(chat: Chat) -> None:
    (utterance,) = chat("* : the dog .").utterances
    assert (utterance.speaker, utterance.raw) == ("UNK", "the dog .")


def test_a_bad_bullet_gives_no_time(chat: Chat) -> None:
    (utterance,) = chat("*CHI:\tno . \u00159_1\u0015").utterances
    assert utterance.span is None
    assert [t.text for t in utterance.tokens][:2] == ["no", "."]


def test_main_lines_before_begin_are_read() -> None:
    session = read_chat("*CHI:\tno .\n@Begin\n*CHI:\tyes .\n@End", source="x")
    assert [u.raw for u in session.utterances] == ["no .", "yes ."]
    assert ("chat.before-begin", 1) in codes(session)


def test_legacy_file_without_anything_but_begin() -> None:
    session = read_chat(b"\xef\xbb\xbf@Begin\r*CHI: the dog .\r%mor: n|dog .\r@End\r", source="x")
    assert [(u.speaker, u.raw, u.tiers[0].text) for u in session.utterances] == [("CHI", "the dog .", "n|dog .")]


def test_no_utterance_at_all() -> None:
    session = read_chat("@Begin\n@End\n", source="x")
    assert (session.utterances, session.warnings) == ((), ())


# Refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "chat.empty"),
        (b"ID3\x03\x00\x00", "chat.binary"),
        (b"Dear Ann,\nhow are you?\n", "chat.no-begin"),
        (b"*CHI:\tno .\n*MOT:\tyes .\n@End\n", "chat.no-begin"),
        (b"@Begin\n*CHI:\tno .\n*CHI:\tthe do", "chat.truncated"),
        (b"@Begin\n*CHI:\tno . \x151_23", "chat.truncated"),
        (b"@Begin\n*CHI:\tno [: yes", "chat.truncated"),
        (b"@Begin\n*CHI:\tno .\n%mo\n", "chat.truncated"),
        (b"@Begin\n*CHI:\tno .\n%mor:\t\n", "chat.truncated"),
        (b"@Begin\n*CHI:\tno .\n*CH\n", "chat.truncated"),
        (b"@Begin\n*CHI:\tno .\n%mor:\tn|no", "chat.truncated"),
        (b"@Begin\n*CHI:\tno .\n@E", "chat.truncated"),
        (b"@Begin\n@Languages:\teng\n", "chat.truncated"),
    ],
)
def test_refused_with_one_error(data: bytes, code: str) -> None:
    with pytest.raises(ChatError) as caught:
        read_chat(data, source="bad.cha")
    error = caught.value
    assert (error.code, error.source) == (code, "bad.cha")
    assert error.hint and error.message


def test_truncated_tells_how_much_could_be_read() -> None:
    with pytest.raises(ChatError) as caught:
        read_chat("@Begin\n*CHI:\tno .\n*CHI:\tyes .\n*CHI:\tthe do", source="x")
    assert caught.value.line == 4
    assert "3 utterance" in caught.value.message


@pytest.mark.parametrize(
    "end", ["*CHI:\tyes .", "*CHI:\tyes . \u00151_2\u0015", "%com:\tshe laughs", "@Comment:\tx", "@Eg", "@New Episode"]
)
def test_only_the_end_is_missing(end: str) -> None:
    session = read_chat(f"@Begin\n@Participants:\tCHI Target_Child\n*CHI:\tno .\n{end}\n", source="x")
    assert codes(session) == [("chat.no-end", 4)]


def test_conversation_analysis_needs_no_terminator_at_the_end() -> None:
    session = read_chat("@Begin\n@Participants:\tCHI Child\n@Options:\tCA\n*CHI:\tyes\n", source="x")
    assert codes(session) == [("chat.no-end", 4)]


@pytest.mark.parametrize("head", [b"", b"@UTF8\n@Begin\n*CHI:\t"])
def test_a_line_of_50_mb_is_refused_at_once(head: bytes) -> None:
    data = head + b"dog " * 12_500_000
    start = time.process_time()
    with pytest.raises(ChatError) as caught:
        read_chat(data, source="x")
    assert caught.value.code == "chat.line-too-long"
    assert time.process_time() - start < 5


def test_invalid_utf8_is_replaced_or_refused() -> None:
    data = "@UTF8\n@Begin\n@Participants:\tCHI Child\n*CHI:\tniño .\n@End\n".encode("latin-1")
    session = read_chat(data, source="x")
    assert codes(session) == [("chat.invalid-utf8", 4)]
    assert session.utterances[0].raw == "ni\ufffdo ."
    with pytest.raises(ChatError) as caught:
        read_chat(data, source="x", strict_encoding=True)
    assert (caught.value.code, caught.value.line) == ("chat.invalid-utf8", 4)


def test_text_reads_as_bytes_do(chat_text: Callable[..., str]) -> None:
    text = chat_text("*CHI:\tniño .")
    assert read_chat(text, source="x") == read_chat(text.encode(), source="x")


def test_utterance_defaults() -> None:
    assert Utterance(0, "CHI", "no .").terminator is None
