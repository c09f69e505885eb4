from collections.abc import Callable

import pytest

from sdc.formats.chat.headers import age_between, read_date, read_media, write_date
from sdc.formats.chat.reader import read_chat
from sdc.session import Age, Header, Media, Participant, Session

Chat = Callable[..., Session]


def codes(session: Session) -> list[tuple[str, int | None]]:
    return [(notice.code, notice.line) for notice in session.warnings]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("15-OCT-1962", "1962-10-15"),
        ("1-jan-2001", "2001-01-01"),
        ("31-FEB-2001", None),
        ("2001-01-01", None),
        ("", None),
    ],
)
def test_date(text: str, iso: str | None) -> None:
    assert read_date(text) == iso
    if iso:
        assert read_date(write_date(iso)) == iso


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("visit, audio", Media("visit", "audio")),
        ("visit, video, unlinked", Media("visit", "video", "unlinked")),
        ("visit, Audio, missing", Media("visit", "audio", "missing")),
        ('"a, b.mp3", audio', Media("a, b.mp3", "audio")),
        ("visit", None),
        (", audio", None),
        ("visit, film", None),
    ],
)
def test_media(text: str, media: Media | None) -> None:
    assert read_media(text) == media


def test_all_ten_fields_of_an_id(chat: Chat) -> None:
    session = chat("@ID:\teng|made|CHI|2;03.05|female|TYP|WC,MC|Target_Child|12|note|", "*CHI:\thi .")
    child = session.participant("CHI")
    assert child == Participant(
        "CHI", "Target_Child", "Tess", Age(2, 3, 5), "female", "TYP", "eng", "made", "WC,MC", "12", "note"
    )
    assert session.warnings == ()


def test_fields_and_headers_in_order(chat: Chat) -> None:
    session = chat(
        "@Date:\t05-NOV-2020",
        "@Media:\tvisit, audio",
        "@Situation:\tplaying\n\twith blocks",
        "@Comment:\tfirst",
        "*CHI:\thi .",
        "@Bg:\tstory",
        "*MOT:\thello .",
        "@Comment:\tlast",
        "@Situation:\tlunch",
    )
    assert (session.date, session.media, session.context) == (
        "2020-11-05",
        Media("visit", "audio"),
        "playing with blocks",
    )
    assert session.languages == ("eng",)
    assert [(h.name, h.text, h.before) for h in session.headers] == [
        ("Comment", "first", 0),
        ("Bg", "story", 1),
        ("Comment", "last", 2),
        ("Situation", "lunch", 2),
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("@Date:\tyesterday", "chat.bad-date"),
        ("@Media:\tvisit", "chat.bad-media"),
        ("@ID:\teng|made|CHI|", "chat.bad-id"),
        ("@ID:\teng|made||||||Mother|||", "chat.bad-id"),
        ("@ID:\teng|made|C HI|||||Mother|||", "chat.bad-id"),
        ("@ID:\teng|made|CHI|two|||||||", "chat.bad-age"),
        ("@Participants:\tA|B Father", "chat.bad-participant"),
    ],
)
def test_damage_in_a_header_is_told_with_its_line(chat: Chat, line: str, code: str) -> None:
    session = chat(line, "*CHI:\thi .")
    assert codes(session) == [(code, 5)]
    assert len(session.utterances) == 1


def test_damaged_date_and_media_are_kept_as_written(chat: Chat) -> None:
    session = chat("@Date:\tyesterday", "@Media:\tvisit", "*CHI:\thi .")
    assert [(h.name, h.text) for h in session.headers] == [("Date", "yesterday"), ("Media", "visit")]


def test_second_id_of_a_speaker(chat: Chat) -> None:
    session = chat("@ID:\teng|a|CHI|2;|||||||", "@ID:\teng|b|CHI|3;|||||||", "*CHI:\thi .")
    assert codes(session) == [("chat.duplicate-id", 6)]
    child = session.participant("CHI")
    assert child and child.corpus == "a" and child.role == "Target_Child"


def test_speakers_who_are_not_declared() -> None:
    session = read_chat(
        "@Begin\n@ID:\teng|a|FAT|||||Father|||\n*FAT:\tno .\n*DOG:\twoof .\n*DOG:\t0 .\n@End", source="x"
    )
    assert session.participants == (
        Participant("FAT", "Father", language="eng", corpus="a"),
        Participant("DOG", "Unidentified"),
    )
    assert codes(session) == [("chat.undeclared-speaker", 3), ("chat.undeclared-speaker", 4)]


def test_participants_without_role_and_twice() -> None:
    session = read_chat(
        "@Begin\n@Participants:\tCHI , CHI Target_Child, MOT Ann May Mother,\n*CHI:\tno .\n@End", source="x"
    )
    assert codes(session) == [("chat.no-role", 2), ("chat.duplicate-participant", 2)]
    assert session.participants == (Participant("CHI"), Participant("MOT", "Mother", "Ann_May"))


def test_headers_about_one_speaker_fill_what_the_id_leaves_open(chat: Chat) -> None:
    session = chat(
        "@ID:\teng|made|MOT|30;|||||||",
        "@Age of CHI:\t2;06.",
        "@Age of MOT:\t99;",
        "@Sex of CHI:\tfemale",
        "@Group of CHI:\tTYP",
        "@SES of MOT:\tWC",
        "@Education of MOT:\tschool",
        "*CHI:\thi .",
    )
    child, mother = session.participants
    assert (child.age, child.sex, child.group) == (Age(2, 6), "female", "TYP")
    assert (mother.age, mother.ses, mother.education) == (Age(30), "WC", "school")
    assert len(session.headers) == 6


def test_age_from_birth_and_date(chat: Chat) -> None:
    session = chat("@Birth of CHI:\t20-JAN-2018", "@Date:\t05-MAR-2020", "*CHI:\thi .")
    child = session.participant("CHI")
    assert child and child.age == Age(2, 1, 14)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2018-01-31", "2018-03-01", Age(0, 1, 1)),
        ("2018-12-31", "2019-01-01", Age(0, 0, 1)),
        ("2016-02-29", "2017-02-28", Age(0, 11, 30)),
        ("2018-05-05", "2020-05-05", Age(2, 0, 0)),
        ("2020-01-02", "2020-01-01", None),
        (None, "2020-01-01", None),
    ],
)
def test_age_between(birth: str | None, day: str, age: Age | None) -> None:
    assert age_between(birth, day) == age


def test_headers_before_begin_and_bare_headers(chat_text: Callable[..., str]) -> None:
    text = chat_text("@Bg", "*CHI:\thi .", "@Eg").replace(
        "@Begin", "@Color words:\tred\n@Window:\t1\n@Font:\tX\n@Begin"
    )
    session = read_chat(text, source="x")
    assert session.headers == (
        Header("Color words", "red", 2, 0),
        Header("Window", "1", 3, 0),
        Header("Font", "X", 4, 0),
        Header("Bg", "", 8, 0),
        Header("Eg", "", 10, 1),
    )
    assert session.warnings == ()


def test_a_situation_inside_the_transcript_stays_there(chat: Chat) -> None:
    session = chat("*CHI:\thi .", "@Situation:\tlunch", "@Date:\t05-NOV-2020", "@Media:\tvisit, audio")
    assert (session.context, session.date, session.media) == (None, None, None)
    assert [(h.name, h.before) for h in session.headers] == [("Situation", 1), ("Date", 1), ("Media", 1)]
