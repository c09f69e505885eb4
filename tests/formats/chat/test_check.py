"""`check_chat`: one problem a case, each as CLAN's CHECK numbers it."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from sdc.formats.chat.check import ROOMS, check_chat
from sdc.formats.chat.check_catalogue import CATALOGUE, Problem
from sdc.formats.chat.check_folder import check_paths

B = "\u0015{}_{}\u0015"
HEAD = """@UTF8
@Begin
@Languages:	eng, spa
@Participants:	CHI Tess Target_Child, MOT Mother
@ID:	eng|made|CHI|2;03.05|female|TYP||Target_Child|||
@ID:	eng|made|MOT|||||Mother|||
@Media:	made, audio
@Date:	05-NOV-2020
"""
FIRST = HEAD.count("\n") + 1
LINE = "*CHI:\tthe dog .\n"


def problems(*lines: str, head: str = HEAD, end: str = "@End\n") -> list[Problem]:
    return list(check_chat(head + "".join(f"{line}\n" for line in lines) + end, source="made.cha"))


def codes(found: list[Problem]) -> list[str]:
    return [problem.code for problem in found]


VALID = [
    "the dog .", "the [/] the dog ?", "<the dog> [//] a cat !", "&-um dog , &-um cat +...", "gonna [: going to] go .",
    "+, the dog .", "[- spa] perro .", "0 .", "xxx .", "&=laughs .", "0is dog .", "(be)cause dog .", "d@l .",
    "dog@s:spa .", "choo+choo@s .", "the dog (.) ran (1.5) off .", "dog , cat . [+ exc]", "“dog” .", "do::g .",
    "↫d-d↫dog .", "°dog° .", "dog [*] .", "dog [* p:w] [= big] .", "dog ‡ no .", "<dog> [>] .", "dog-5 .",
    "dog . " + B.format(5, 900), "Dog's McDonald .", "noosh [: nose] .", "<<dog> [/] dog> [//] cat .",
]  # fmt: skip


@pytest.mark.parametrize("body", VALID)
def test_nothing_is_found_on_a_valid_line(body: str) -> None:
    assert problems(f"*CHI:\t{body}") == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("the dog", "chat.no-terminator"),
        ("dog ↗", "chat.no-terminator"),
        ("the dog . .", "chat.two-terminators"),
        ("the dog ..", "chat.two-terminators"),
        ("the . dog .", "chat.terminator-inside"),
        ("the.dog .", "chat.terminator-inside"),
        ("the dog . (.)", "chat.after-terminator"),
        ("the dog [+ exc] .", "chat.postcode-place"),
        (f"dog . {B.format(0, 9)} [+ x]", "chat.postcode-after-bullet"),
        ("<the dog .", "chat.unbalanced-bracket"),
        ("the dog] .", "chat.unbalanced-bracket"),
        ("“dog .", "chat.unbalanced-quote"),
        ("(the dog .", "chat.unbalanced-parenthesis"),
        ("<the dog> runs .", "chat.group-without-code"),
        ("<the dog>", "chat.group-without-code"),
        ("<the dog > [/] dog .", "chat.space-in-group"),
        ("the[/] the dog .", "chat.space-before-code"),
        ("the [/]the dog .", "chat.space-after-item"),
        ("[/] the dog .", "chat.code-first"),
        ("dog [foo] .", "chat.unknown-code"),
        ("dog [x 3] .", "chat.unknown-code"),
        ("the dog [= a\n\tb] .", "chat.code-folded"),
        ("the dog [//] .", "chat.retracing-without-words"),
        ("the (.) [/] the dog .", "chat.pause-before-retracing"),
        ("<a dog> [: cat] .", "chat.replacement-scope"),
        ("gon [: xxx] .", "chat.replacement-unclear"),
        ("the +, dog .", "chat.linker-inside"),
        ("+foo dog .", "chat.unknown-symbol"),
        (", the dog .", "chat.comma-first"),
        ("the,dog .", "chat.comma-space"),
        ("the ,, dog .", "chat.two-commas"),
        ("the ; dog .", "chat.bad-character"),
        ("d*g .", "chat.bad-character"),
        ("d\ufeffog .", "chat.bad-character"),
        ("dog_ .", "chat.bad-word"),
        ("(the) dog .", "chat.omitted-word"),
        ("the(.) dog .", "chat.pause-glued"),
        ("the (5) dog .", "chat.bad-pause"),
        ("&um dog .", "chat.old-fragment"),
        ("&= dog .", "chat.empty-event"),
        ("&-(u)m dog .", "chat.fragment-parenthesis"),
        ("it’s .", "chat.curly-quote"),
        ("xx dog .", "chat.two-letter-unclear"),
        ("5 dogs .", "chat.digits"),
        ("dog@l .", "chat.one-letter"),
        ("dog@zz .", "chat.unknown-form"),
        ("dog+cat@o .", "chat.unknown-form"),
        ("dog@s:es .", "chat.short-language"),
        ("[- es] perro .", "chat.short-language"),
        ("[- fra] chien .", "chat.language-not-listed"),
        ("↫d-d↫ .", "chat.only-repetition"),
        ("°dog .", "chat.unpaired-mark"),
        (". ", "chat.no-text"),
        ("", "chat.empty-line"),
        (f"dog . {B.format(9, 5)}", "chat.bad-time"),
        ("dog . \u001505_9\u0015", "chat.broken-bullet"),
        ("dog . \u00155_9", "chat.broken-bullet"),
        ('dog . \u0015%snd:"x"_5_9\u0015', "chat.old-bullet"),
        (f"{B.format(5, 9)} dog .", "chat.bullet-without-text"),
        (f"dog . {B.format(5000, 9000)}\n*MOT:\tcat . {B.format(4000, 9000)}", "chat.time-order"),
        (f"dog . {B.format(5000, 9000)}\n*CHI:\tcat . {B.format(6000, 9500)}", "chat.self-overlap"),
        ("the\tdog .", "chat.tab-inside"),
        ("the\n\n\tdog .", "chat.blank-line"),
    ],
)
def test_one_problem_on_a_main_line(body: str, code: str) -> None:
    found = problems(f"*CHI:\t{body}")
    assert code in codes(found)
    assert {p.line for p in found if p.code == code} <= {FIRST, FIRST + 1}
    assert all(p.kind.hint.endswith((".", "!")) for p in found)


@pytest.mark.parametrize(
    ("tier", "code"),
    [
        ("%mor:\tn|dog", "chat.no-terminator"),
        ("%mor:\tdet|the n|dog ?", "chat.mor-terminator"),
        ("%mor:\tn|dog .", "chat.mor-length"),
        ("%mor:\tthe n|dog .", "chat.mor-item"),
        ("%mor:\tdet@|the n|dog .", "chat.mor-item"),
        ("%mor:\tunk|xxx n|dog .", "chat.mor-unclear"),
        ("%mor:\tdet|the . n|dog .", "chat.two-terminators"),
        ("%mor:\t", "chat.empty-line"),
        ("%foo:\tx", "chat.unknown-tier"),
        ("%act:\tx [+ y]", "chat.postcode-on-tier"),
        ("%act:\tx [y", "chat.unbalanced-bracket"),
        ("%com:\tit’s", "chat.curly-quote"),
        ("%com:\ta\n%com:\tb", "chat.duplicate-tier"),
        ("@Bg\n%com:\tx\n@Eg", "chat.orphan-tier"),
    ],
)
def test_one_problem_of_a_tier(tier: str, code: str) -> None:
    assert code in codes(problems("*CHI:\tthe dog .", tier))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("@UTF8\n", "", "chat.no-utf8"),
        ("@Begin\n", "@Comment:\tx\n@Begin\n", "chat.begin-not-first"),
        ("@Languages:\teng, spa\n", "", "chat.no-languages"),
        ("eng, spa", "en", "chat.short-language"),
        ("eng, spa", "ENGLISH", "chat.unknown-language"),
        ("eng|made|CHI", "fra|made|CHI", "chat.language-not-listed"),
        ("eng|made|CHI", "|made|CHI", "chat.no-language"),
        ("eng|made|CHI", "eng||CHI", "chat.no-corpus"),
        ("eng|made|CHI", "eng|made|FAT", "chat.undeclared-speaker"),
        ("eng|made|CHI", "eng|made|MOT", "chat.duplicate-id"),
        ("@ID:\teng|made|MOT|||||Mother|||\n", "", "chat.no-id"),
        ("|Target_Child|||", "|Child|||", "chat.role-differs"),
        ("|Target_Child|||", "|Target_Child||", "chat.bad-id"),
        ("MOT Mother", "MOT Mummy", "chat.unknown-role"),
        ("MOT Mother", "MOT", "chat.no-role"),
        ("MOT Mother", "MOT Mother,", "chat.comma-at-end"),
        ("MOT Mother", "MOT Mother, MOT Mother", "chat.duplicate-participant"),
        ("MOT Mother", "MOT Ann B Mother", "chat.bad-participant"),
        ("2;03.05", "2;14.", "chat.bad-age"),
        ("2;03.05", "2;3.", "chat.age-zero"),
        ("female", "F", "chat.bad-sex"),
        ("|TYP||", "|TYP|high|", "chat.bad-ses"),
        ("05-NOV-2020", "5-NOV-2020", "chat.bad-date"),
        ("made, audio", "other, audio", "chat.media-name"),
        ("made, audio", "made", "chat.bad-media"),
        ("made, audio", "made, audio, sound", "chat.media-keyword"),
        ("made, audio", "made , audio", "chat.media-comma"),
        ("@Date:", "@Options:\tCA\n@Date:", "chat.options-place"),
        ("@Date:", "@Birth of CHI:\t01-AUG-2018\n@Date:", "chat.birth-place"),
        ("@ID:", "@Comment:\tx\n@ID:", "chat.id-place"),
        ("@Date:", "@Foo:\tx\n@Date:", "chat.unknown-header"),
        ("@Date:", "@New Episode:\tx\n@Date:", "chat.header-colon"),
        ("@Date:", "@Number:\t9\n@Date:", "chat.unknown-value"),
        ("@Date:", "@Time Duration:\tlong\n@Date:", "chat.bad-clock"),
        ("@Date:", "@Bg:\tx\n@Date:", "chat.gem-open"),
        ("@Date:", "@Eg:\tx\n@Date:", "chat.gem-not-open"),
        ("@Date:\t", "@Date: ", "chat.no-tab"),
        ("@Date:\t", "@Date:\t ", "chat.space-after-tab"),
        ("@Date:", " @Date:", "chat.space-at-start"),
    ],
)
def test_one_problem_of_the_headers(old: str, new: str, code: str) -> None:
    assert codes(problems("*CHI:\tthe dog .")) == []
    assert code in codes(problems("*CHI:\tthe dog .", head=HEAD.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("end", "code"),
    [("", "chat.no-end"), ("@End\n@End\n", "chat.two-ends"), ("@End\n*CHI:\tno .\n", "chat.after-end")],
)
def test_the_end(end: str, code: str) -> None:
    assert code in codes(problems("*CHI:\tthe dog .", end=end))


def test_times_need_a_recording() -> None:
    head = HEAD.replace("@Media:\tmade, audio\n", "")
    timed = f"*CHI:\tno . {B.format(5, 900)}"
    assert codes(problems(timed, f"*MOT:\tno . {B.format(900, 1000)}", head=head)) == ["chat.no-media"]
    assert codes(problems(timed, head=HEAD.replace("audio", "audio, unlinked"))) == ["chat.unlinked"]
    assert codes(problems('*CHI:\tno . \u0015%snd:"made"_5_900\u0015', head=head)) == []


def test_conversation_analysis_needs_no_terminators() -> None:
    head = HEAD.replace("@ID:", "@Options:\tCA\n@ID:", 1)
    assert problems("*CHI:\tthe (dog)", head=head) == []
    back = f"*CHI:\tno . {B.format(9, 5)}"
    assert codes(problems(back)) == ["chat.bad-time"]
    assert codes(problems(back, head=head.replace("CA", "bullets"))) == []


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "chat.empty"), (b"Dear Ann,\n", "chat.no-begin"), (b"ID3\x00", "chat.binary")]
)
def test_what_cannot_be_read_has_one_problem(data: bytes, code: str) -> None:
    (problem,) = check_chat(data, source="x")
    assert (problem.code, problem.is_error) == (code, True)


def test_every_code_is_in_the_catalogue() -> None:
    here = Path(ROOMS[0].__code__.co_filename).parent
    text = "".join(p.read_text(encoding="utf-8") for p in here.glob("*.py"))
    used = {part.split('"')[0] for part in text.split('"chat.')[1:]}
    assert used == {code.removeprefix("chat.") for code in CATALOGUE}


def test_problems_stand_in_the_order_of_lines() -> None:
    found = problems("*CHI:\tthe dog", "*FAT:\tno .", head=HEAD.replace("female", "F"))
    assert [p.line for p in found] == sorted(p.line for p in found)
    assert len(found) == 3


# Real transcripts --------------------------------------------------------------------------


@pytest.mark.shared
def test_valid_files_have_no_errors(shared_data: Path) -> None:
    checks = check_paths([shared_data / "cha" / "chat_reference"])
    assert len(checks.done) == 106
    assert [(item.source, item.problems) for item in checks.done if item.problems] == []


@pytest.mark.shared
def test_files_are_valid_where_check_says_so(shared_data: Path) -> None:
    golden = shared_data / "clan" / "golden.csv"
    with golden.open(encoding="utf-8", newline="") as rows:
        theirs = {row["file"]: row["check.ok"] == "True" for row in csv.DictReader(rows)}
    sampled = dict(sorted(theirs.items())[::3])
    ours = {
        name: not any(p.is_error for p in check_chat(path.read_bytes(), source=path.name))
        for name in sampled
        if (path := shared_data / "cha" / name).is_file()
    }
    assert len(ours) == len(sampled)
    assert ours == sampled
    assert set(Counter(ours.values())) == {True, False}
