import pytest

from sdc.errors import ChatError
from sdc.formats.chat.lines import MAX_LINE_CHARS, Line, decode, unfold


def lines_of(text: str) -> list[Line]:
    return unfold(text, source="x")[0]


def test_continuation_lines_keep_the_number_of_the_first() -> None:
    text = "@Begin\n*CHI:\tthe dog\n\truns  \n\t  away .\n%com:\tx"
    assert lines_of(text) == [Line(1, "@Begin"), Line(2, "*CHI:\tthe dog runs away ."), Line(5, "%com:\tx")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(end: str) -> None:
    data = ("\ufeff" + end.join(["@UTF8", "@Begin", "@End"])).encode()
    text, notices = decode(data, source="x")
    assert [line.text for line in lines_of(text)] == ["@UTF8", "@Begin", "@End"]
    assert notices == []


def test_only_line_feeds_end_a_line() -> None:
    assert len(lines_of("*CHI:\ta\u2028b\x0bc\x85d .")) == 1


def test_a_stray_line_is_read_as_part_of_the_line_before() -> None:
    lines, notices = unfold("@Begin\n*CHI:\tthe dog\nruns .\n", source="x")
    assert lines[1].text == "*CHI:\tthe dog runs ."
    assert [(n.code, n.line) for n in notices] == [("chat.stray-line", 3)]


def test_a_stray_first_line_is_told() -> None:
    lines, notices = unfold("hello\n@Begin\n", source="x")
    assert [line.text for line in lines] == ["@Begin"]
    assert [(n.code, n.line) for n in notices] == [("chat.stray-line", 1)]


def test_an_indented_main_line_is_a_line_of_its_own() -> None:
    lines, notices = unfold("@Begin\n*CHI:\tno .\n *MOT:\tyes .\n\tso *there: .", source="x")
    assert [line.text for line in lines][1:] == ["*CHI:\tno .", "*MOT:\tyes . so *there: ."]
    assert [(n.code, n.line) for n in notices] == [("chat.indented-line", 3)]


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf", ""])
def test_empty(data: bytes | str) -> None:
    with pytest.raises(ChatError) as caught:
        decode(data, source="x")
    assert caught.value.code == "chat.empty"


@pytest.mark.parametrize(
    "data",
    [
        b"RIFF\x24\x08\x00\x00WAVE",
        b"@UTF8\n@Begin\x00",
        bytes(range(128, 256)) * 20,
        b"\xff\xfb\x90\x64" * 50,
        b"\xff\xfe\x00",
    ],
)
def test_binary(data: bytes) -> None:
    with pytest.raises(ChatError) as caught:
        decode(data, source="x")
    assert caught.value.code == "chat.binary"


def test_bytes_that_are_not_utf8_are_replaced_and_told() -> None:
    data = b"@UTF8\n@Begin\n*CHI:\tca f\xe9 .\n*CHI:\tna\xefve .\n@End\n"
    text, notices = decode(data, source="x")
    assert text.count("\ufffd") == 2
    assert [(n.code, n.line) for n in notices] == [("chat.invalid-utf8", 3), ("chat.invalid-utf8", 4)]


def test_bytes_that_are_not_utf8_are_refused_in_strict_mode() -> None:
    with pytest.raises(ChatError) as caught:
        decode(b"@UTF8\n@Begin\n*CHI:\tcaf\xe9 .\n@End\n", source="x", strict=True)
    assert (caught.value.code, caught.value.line) == ("chat.invalid-utf8", 3)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_is_read_with_a_notice(encoding: str) -> None:
    text, notices = decode("\ufeff@Begin\r\n*CHI:\tniño .\n".encode(encoding), source="x", strict=True)
    assert text.endswith("@Begin\n*CHI:\tniño .\n")
    assert [(n.code, n.line) for n in notices] == [("chat.utf16", 1)]


def test_a_replacement_character_that_was_written_is_no_damage() -> None:
    assert decode("*CHI:\t\ufffd .".encode(), source="x", strict=True)[1] == []


@pytest.mark.parametrize("text", ["@Begin\n" + "a" * (MAX_LINE_CHARS + 1), "@Begin\n" + "\tabcdefgh\n" * 150_000])
def test_a_line_that_is_too_long(text: str) -> None:
    with pytest.raises(ChatError) as caught:
        unfold(text, source="x")
    assert (caught.value.code, caught.value.line) == ("chat.line-too-long", 2 if "a" * 99 in text else 1)
