"""Lines are split, merged and marked, speakers renamed; whatever comes of it is CHAT."""

from dataclasses import replace

import pytest

from sdc.errors import InputError, NotFoundError
from sdc.formats.chat.check import check_chat
from sdc.formats.chat.editing import edited_lines, estimated_lines
from sdc.formats.chat.marking import insert_code, mark_words
from sdc.formats.chat.reader import read_chat
from sdc.formats.chat.regrouping import merge_lines, set_times, split_line
from sdc.formats.chat.renaming import rename_speaker
from sdc.formats.chat.writer import write_chat
from sdc.session import ScopeKind, TimeSpan

TEXT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child, MOT Mother, SP1 Unidentified
@ID:\teng|sdc|CHI|2;06.00||||Target_Child|||
@ID:\teng|sdc|MOT|||||Mother|||
@ID:\teng|sdc|SP1|||||Unidentified|||
@Birth of CHI:\t01-JAN-2020
@Media:\tvisit, audio
*MOT:\twhat is that ? \x150_700\x15
%add:\tCHI
*CHI:\tthe dog run , the cat sit . [+ pic] \x15900_4000\x15
%mor:\tdet|the n|dog v|run cm|cm det|the n|cat v|sit .
%wor:\tthe \x15900_1100\x15 dog \x151100_1500\x15 run \x151600_1900\x15 the \x152000_2100\x15 cat \x152100_3000\x15 \
sit \x153000_3900\x15 .
%com:\tsmiles
@Comment:\tthe toy falls
*CHI:\t+, <the big> [//] the noosh [: nose] [* p:w] falled . \x154100_5100\x15
%com:\tlaughs
*MOT:\tyes &*CHI:no it did . \x155200_6000\x15
*SP1:\tthe dog the dog ran . \x156000_8000\x15
@End
"""


@pytest.fixture
def session():
    return read_chat(TEXT, source="visit.cha")


def texts(session) -> list[str]:
    return [u.raw for u in session.utterances]


def check(session) -> None:
    """It is numbered right, CHAT by the checker, and reads as it was written."""
    assert [u.index for u in session.utterances] == list(range(len(session.utterances)))
    written = write_chat(session)
    assert check_chat(written, source="visit.cha") == ()
    again = read_chat(written, source="visit.cha")
    assert [plain(u) for u in again.utterances] == [plain(u) for u in session.utterances]
    assert [(h.name, h.text, h.before) for h in again.headers] == [(h.name, h.text, h.before) for h in session.headers]
    assert again.participants == session.participants


def plain(line):
    tiers = tuple((t.name, t.text) for t in line.tiers if t.name != "wor")
    return replace(line, line=None, tiers=()), tiers


def test_the_example_is_good(session):
    check(session)


def test_a_line_is_split_between_timed_words(session):
    done = split_line(session, 1, 4)
    check(done)
    assert texts(done)[1:3] == ["the dog run . [+ pic]", "the cat sit . [+ pic]"]
    first, second = done.utterances[1:3]
    assert (first.span, second.span) == (TimeSpan(900, 1900), TimeSpan(2000, 4000))
    assert [t.span.start_ms for t in second.tokens[:3]] == [2000, 2100, 3000]
    assert ([t.name for t in first.tiers], second.tiers) == (["com"], ())
    assert (edited_lines(done), estimated_lines(done)) == ((1, 2), ())
    assert [h.before for h in done.headers if h.name == "Comment"] == [3]
    assert texts(done)[3:] == texts(session)[2:]


def test_without_word_times_the_cut_is_estimated_and_says_so(session):
    done = split_line(session, 4, 2)
    assert texts(done)[4:] == ["the dog .", "the dog ran ."]
    assert (done.utterances[4].span, done.utterances[5].span) == (TimeSpan(6000, 6800), TimeSpan(6800, 8000))
    assert estimated_lines(done) == (4, 5)
    assert "estimated by their length" in next(n.message for n in done.warnings if n.code == "transcript.edited")
    check(done)
    # What points to lines moves with them, and what is measured later is no estimate any more.
    earlier = split_line(done, 1, 4)
    assert (edited_lines(earlier), estimated_lines(earlier)) == ((1, 2, 5, 6), (5, 6))
    assert estimated_lines(set_times(earlier, 5, 6000, 6700)) == (6,)


def test_without_times_nothing_is_estimated(session):
    untimed = replace(session, utterances=tuple(replace(u, span=None) for u in session.utterances))
    done = split_line(untimed, 4, 2)
    assert (done.utterances[4].span, done.utterances[5].span, estimated_lines(done)) == (None, None, ())


def test_the_language_goes_with_both_halves(session):
    spanish = read_chat(TEXT.replace("the dog the dog ran .", "[- spa] el perro corre ."), source="visit.cha")
    assert texts(split_line(spanish, 4, 2))[4:] == ["[- spa] el perro .", "[- spa] corre ."]


@pytest.mark.parametrize(
    ("index", "at", "code"),
    [
        (1, 0, "edit.no-words"),
        (1, 7, "edit.no-words"),
        (1, 99, "edit.no-words"),
        (1, -1, "edit.no-words"),
        (2, 2, "edit.part-of-group"),
        (2, 3, "chat.retracing-without-words"),
    ],
)
def test_where_a_line_cannot_be_split(session, index, at, code):
    with pytest.raises(InputError) as caught:
        split_line(session, index, at)
    assert caught.value.code == code and caught.value.hint


def test_lines_are_merged(session):
    done = merge_lines(session, 1)
    check(done)
    assert texts(done)[1] == ("the dog run , the cat sit <the big> [//] the noosh [: nose] [* p:w] falled . [+ pic]")
    line = done.utterances[1]
    assert line.span == TimeSpan(900, 5100)
    assert [(t.name, t.text) for t in line.tiers] == [("com", "smiles laughs")]
    assert line.tokens[0].span == TimeSpan(900, 1100)
    assert [h.before for h in done.headers if h.name == "Comment"] == [2]


def test_what_was_split_is_merged_again(session):
    back = merge_lines(split_line(session, 4, 2), 4)
    assert texts(back) == texts(session)
    assert back.utterances[4].span == session.utterances[4].span
    assert estimated_lines(back) == ()


def test_lines_that_are_not_merged(session):
    for index, code in ((0, "edit.merge-speakers"), (4, "edit.merge-last")):
        with pytest.raises(InputError) as caught:
            merge_lines(session, index)
        assert caught.value.code == code
    with pytest.raises(NotFoundError):
        merge_lines(session, 5)


def test_times(session):
    done = set_times(session, 1, 1000, 3950)
    line = done.utterances[1]
    assert line.span == TimeSpan(1000, 3950)
    assert (line.tokens[0].span, line.tokens[1].span) == (None, TimeSpan(1100, 1500))
    check(done)
    assert set_times(session, 1, 900, 4000) is session
    for start, end in ((5, 5), (-1, 5), (9, 3)):
        with pytest.raises(InputError) as caught:
            set_times(session, 1, start, end)
        assert caught.value.code == "edit.times"


def test_unclear_words(session):
    done = mark_words(session, 1, 0, 1, "unintelligible")
    check(done)
    assert texts(done)[1] == "xxx run , the cat sit . [+ pic]"
    assert done.utterances[1].tokens[0].span == TimeSpan(900, 1500)
    assert [t.name for t in done.utterances[1].tiers] == ["com"]
    # What was meant and which error it was is not known any more; that it was taken back is.
    assert texts(mark_words(session, 2, 4, 4, "unintelligible"))[2] == "+, <the big> [//] the xxx falled ."
    assert texts(mark_words(session, 2, 1, 2, "unintelligible"))[2] == (
        "+, <xxx> [//] the noosh [: nose] [* p:w] falled ."
    )
    comma = mark_words(session, 1, 0, 2, "unintelligible")
    assert texts(comma)[1] == "xxx the cat sit . [+ pic]"
    check(comma)


def test_retraced_words(session):
    again = mark_words(session, 4, 0, 1, "retracing")
    assert texts(again)[4] == "<the dog> [/] the dog ran ."
    assert [s.kind for s in again.utterances[4].scopes] == [ScopeKind.REPETITION]
    other = mark_words(session, 1, 1, 1, "retracing")
    assert texts(other)[1] == "the dog [//] run , the cat sit . [+ pic]"
    assert [t.name for t in other.utterances[1].tiers] == ["com"]
    assert texts(mark_words(session, 2, 4, 4, "reformulation"))[2].endswith(
        "the <noosh [: nose] [* p:w]> [///] falled ."
    )
    assert texts(mark_words(session, 1, 2, 3, "false_start"))[1] == "the dog run [/-] , the cat sit . [+ pic]"
    for done in (again, other):
        check(done)


@pytest.mark.parametrize(
    ("index", "run", "mark", "code"),
    [
        (4, (3, 4), "retracing", "chat.retracing-without-words"),
        (2, (1, 2), "revision", "edit.marked"),
        (2, (2, 3), "unintelligible", "edit.part-of-group"),
        (1, (3, 3), "unintelligible", "edit.no-words"),
        (1, (7, 7), "retracing", "edit.no-words"),
        (1, (2, 99), "retracing", "edit.no-words"),
        (1, (-2, 1), "retracing", "edit.no-words"),
    ],
)
def test_words_that_cannot_be_marked(session, index, run, mark, code):
    with pytest.raises(InputError) as caught:
        mark_words(session, index, *run, mark)
    assert caught.value.code == code and caught.value.hint


@pytest.mark.parametrize(
    ("code", "after", "text"),
    [
        ("&=laughs", None, "the dog run , the cat sit &=laughs . [+ pic]"),
        ("&=laughs", 7, "the dog run , the cat sit &=laughs . [+ pic]"),
        ("(.)", 1, "the dog (.) run , the cat sit . [+ pic]"),
        ("[?]", 1, "the dog [?] run , the cat sit . [+ pic]"),
        ("[=! whispers]", None, "the dog run , the cat sit [=! whispers] . [+ pic]"),
        ("[+ exc]", 1, "the dog run , the cat sit . [+ pic] [+ exc]"),
        ("[- spa]", 1, "[- spa] the dog run , the cat sit . [+ pic]"),
    ],
)
def test_codes(session, code, after, text):
    done = insert_code(session, 1, code, after)
    assert texts(done)[1] == text
    check(done)
    # The words are the same, and so is what was said about each of them.
    assert [t.name for t in done.utterances[1].tiers] == ["mor", "wor", "com"]


def test_a_code_inside_a_group_and_behind_other_codes(session):
    assert texts(insert_code(session, 2, "[?]", 2))[2].startswith("+, <the big [?]> [//] the")
    assert "noosh [: nose] [* p:w] (.) falled" in texts(insert_code(session, 2, "(.)", 4))[2]


@pytest.mark.parametrize("code", ["dog", "", "[/]", "xxx", "&-um", "(.) (.)", "[+ pic]", "&=", "[what]", "[?", "+..."])
def test_what_is_no_code(session, code):
    with pytest.raises(InputError):
        insert_code(session, 1, code, 1)


def test_a_speaker_gets_a_code_and_a_role(session):
    done = rename_speaker(session, "SP1", to="FAT", role="Father")
    check(done)
    assert done.utterances[4].speaker == "FAT"
    assert [(p.code, p.role) for p in done.participants][2] == ("FAT", "Father")
    assert edited_lines(done) == ()
    assert "Speakers were renamed" in next(n.message for n in done.warnings if n.code == "transcript.edited")
    child = rename_speaker(session, "CHI", to="MIA")
    check(child)
    assert child.target.code == "MIA"
    assert [h.name for h in child.headers if h.name.startswith("Birth of")] == ["Birth of MIA"]
    assert child.utterances[0].tiers[0].text == "MIA"
    assert texts(child)[3] == "yes &*MIA:no it did ."
    assert rename_speaker(session, "MOT", to="MOT", role="Mother") is session


def test_two_speakers_are_one(session):
    with pytest.raises(InputError) as caught:
        rename_speaker(session, "SP1", to="CHI")
    assert caught.value.code == "edit.speaker-taken"
    done = rename_speaker(session, "SP1", to="CHI", join=True)
    check(done)
    assert [u.speaker for u in done.utterances] == ["MOT", "CHI", "CHI", "MOT", "CHI"]
    assert [p.code for p in done.participants] == ["CHI", "MOT"]
    assert done.target == session.target


@pytest.mark.parametrize(
    ("code", "arguments", "error"),
    [
        ("FAT", {"to": "MOT"}, "edit.speaker"),
        ("MOT", {"to": "mother"}, "edit.speaker-code"),
        ("MOT", {"to": "MOTHERLY"}, "edit.speaker-code"),
        ("MOT", {"role": "Boss"}, "edit.speaker-role"),
    ],
)
def test_names_that_there_are_not(session, code, arguments, error):
    with pytest.raises(InputError) as caught:
        rename_speaker(session, code, **arguments)
    assert caught.value.code == error


def test_tokens_that_are_not_those_of_the_text(session):
    strange = replace(session.utterances[1], raw="the cat run , the dog sit . [+ pic]")
    odd = replace(session, utterances=(session.utterances[0], strange, *session.utterances[2:]))
    with pytest.raises(InputError) as caught:
        split_line(odd, 1, 4)
    assert caught.value.code == "edit.text-differs"
