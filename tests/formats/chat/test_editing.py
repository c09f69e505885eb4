"""A line that a person writes anew."""

from dataclasses import replace

import pytest

from sdc.errors import InputError, NotFoundError
from sdc.formats.chat.editing import edit_line, edited_lines
from sdc.formats.chat.reader import read_chat
from sdc.session import ScopeKind, TokenKind

TEXT = """@UTF8
@Begin
@Languages:\teng
@Participants:\tCHI Mia Target_Child, MOT Mother
@ID:\teng|sdc|CHI|2;06.00||||Target_Child|||
@ID:\teng|sdc|MOT|||||Mother|||
*MOT:\twhat is that ? \x150_700\x15
*CHI:\tthe dog run . \x15900_2000\x15
%mor:\tdet|the n|dog v|run .
%wor:\tthe \x15900_1100\x15 dog \x151100_1500\x15 run \x151600_1900\x15 .
%com:\tsmiles
@End
"""


@pytest.fixture
def session():
    return read_chat(TEXT, source="visit.cha")


def test_new_words(session):
    edited = edit_line(session, 1, text="<the do> [//]  the dog ran .")
    line, old = edited.utterances[1], session.utterances[1]
    assert line.raw == "<the do> [//] the dog ran ."
    assert [s.kind for s in line.scopes] == [ScopeKind.REVISION]
    assert (line.speaker, line.span, line.line, line.index) == ("CHI", old.span, old.line, 1)
    assert [t.text for t in line.tokens] == ["the", "do", "the", "dog", "ran", "."]
    spans = {t.text: t.span for t in line.tokens[2:]}
    assert spans["dog"] == next(t.span for t in old.tokens if t.text == "dog") is not None
    assert spans["ran"] is None  # nobody measured when it was said
    assert edited.utterances[0] is session.utterances[0]


def test_what_went_with_the_old_words_is_gone(session):
    assert [tier.name for tier in session.utterances[1].tiers] == ["mor", "wor", "com"]
    assert [tier.name for tier in edit_line(session, 1, text="the dog ran .").utterances[1].tiers] == ["com"]
    assert [tier.name for tier in edit_line(session, 1, speaker="MOT").utterances[1].tiers] == ["mor", "wor", "com"]


def test_the_session_says_what_was_edited(session):
    edited = edit_line(session, 1, speaker="MOT")
    assert (edited.utterances[1].speaker, edited.utterances[1].raw) == ("MOT", "the dog run .")
    assert edited_lines(session) == ()
    assert edited_lines(edited) == (1,)
    twice = edit_line(edit_line(edited, 0, text="what is this ?"), 1, text="the dogs run .")
    assert edited_lines(twice) == (0, 1)
    assert [n.message for n in twice.warnings if n.code == "transcript.edited"] == [
        "2 lines were edited by a person; measures and insights rest on the edited transcript."
    ]
    assert [p.parameters for p in twice.provenance if p.step == "edit"] == [{"utterances": "0,1"}]


def test_nothing_new_changes_nothing(session):
    assert edit_line(session, 1, text=" the  dog run . ", speaker="CHI") is session


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the dog", "chat.no-terminator"),
        ("", "edit.text"),
        ("   ", "edit.text"),
        ("the dog \x15900_2000\x15 .", "edit.text"),
        ("dog " * 6000 + ".", "edit.text"),
        ("<the dog .", None),
    ],
)
def test_what_is_no_line_is_refused(session, text, code):
    with pytest.raises(InputError) as caught:
        edit_line(session, 1, text=text)
    assert caught.value.code == code or (code is None and caught.value.code.startswith("chat."))
    assert caught.value.hint and caught.value.source == "visit.cha"


def test_conversation_analysis_needs_no_terminator(session):
    text = TEXT.replace("@Participants", "@Options:\tCA\n@Participants")
    edited = edit_line(read_chat(text, source="visit.cha"), 1, text="the dog")
    assert TokenKind.TERMINATOR not in [t.kind for t in edited.utterances[1].tokens]


def test_speakers_and_lines_that_there_are_not(session):
    with pytest.raises(InputError, match="CHI, MOT") as caught:
        edit_line(session, 1, speaker="FAT")
    assert caught.value.code == "edit.speaker"
    for index in (-1, 2):
        with pytest.raises(NotFoundError, match="0 to 1"):
            edit_line(session, index, text="no .")
    nobody_listed = replace(session, participants=())
    assert edit_line(nobody_listed, 1, speaker="MOT").utterances[1].speaker == "MOT"
