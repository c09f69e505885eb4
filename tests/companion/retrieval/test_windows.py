"""A session's windows: four lines, two on from window to window, who spoke in words; notes; insights."""

import pytest

from sdc.companion.retrieval import windows_of
from sdc.companion.retrieval.windows import iso_day
from sdc.formats.chat.reader import read_chat
from sdc.session import Claim, Evidence, Insight, Session

HEAD = (
    "@UTF8",
    "@Begin",
    "@Languages:\teng",
    "@Participants:\tCHI Mia Target_Child, MOT Mother, INV Investigator",
    "@ID:\teng|sdc|CHI|2;06.00|female|||Target_Child|||",
    "@ID:\teng|sdc|MOT|||||Mother|||",
    "@ID:\teng|sdc|INV|||||Investigator|||",
    "@Date:\t02-MAR-2026",
)


@pytest.fixture
def read():
    def make(*lines: str) -> Session:
        return read_chat("\n".join([*HEAD, *lines, "@End"]) + "\n", source="visit.cha")

    return make


def said(windows):
    return [w for w in windows if w.kind == "said"]


def lines(n):
    return [f"*CHI:\tword{'abcdefghij'[i]} ." for i in range(n)]


@pytest.mark.parametrize(
    ("n", "spans"),
    [
        (0, []),
        (1, [(0, 0)]),
        (2, [(0, 1)]),
        (4, [(0, 3)]),
        (5, [(0, 3), (2, 4)]),
        (6, [(0, 3), (2, 5)]),
        (9, [(0, 3), (2, 5), (4, 7), (6, 8)]),
    ],
)
def test_windows_overlap_and_leave_no_line_out(read, n, spans):
    windows = said(windows_of("c1", "s1", read(*lines(n))))
    assert [(w.first, w.last) for w in windows] == spans


def test_who_spoke_is_said_in_words(read):
    (window,) = said(
        windows_of(
            "c1", "s1", read("*MOT:\twhat is that ?", "*CHI:\t<the do> [//] &-um the dog !", "*INV:\t(be)cause .")
        )
    )
    assert window.text == "Mother: what is that?\nChild: the do um the dog!\nInvestigator: because."
    assert (window.child_id, window.session_id, window.date) == ("c1", "s1", "2026-03-02")


def test_lines_without_words_are_left_out_and_indexes_stay(read):
    (window,) = said(
        windows_of("c1", "s1", read("*CHI:\t0 .", "*CHI:\ta dog .", "*MOT:\t&=laughs .", "*CHI:\txxx cat ."))
    )
    assert (window.first, window.last, window.text) == (1, 3, "Child: a dog.\nChild: xxx cat.")


def test_notes_are_windows_of_their_own(read):
    session = read("*CHI:\ta dog .", "%com:\tpoints at the window", "@Comment:\tthe phone rings", "*MOT:\tyes .")
    notes = [w for w in windows_of("c1", "s1", session) if w.kind == "note"]
    assert [(w.first, w.text) for w in notes] == [(1, "the phone rings"), (0, "points at the window")]


def test_the_situation_is_a_note_about_no_line(read):
    from dataclasses import replace

    session = replace(read("*CHI:\ta dog ."), context="play with farm animals")
    (note,) = [w for w in windows_of("c1", "s1", session) if w.kind == "note"]
    assert (note.first, note.last, note.text) == (None, None, "play with farm animals")


def insight(status="draft", session="s1"):
    evidence = Evidence("e1", session, utterances=(3, 1))
    return Insight("i1", "seen", (Claim("Longer sentences were heard.", ("e1",)),), (evidence,), status=status)


def test_insights_point_to_their_lines(read):
    (found,) = [w for w in windows_of("c1", "s1", read(), (insight(), insight("dismissed"))) if w.kind == "insight"]
    assert (found.first, found.last, found.text) == (1, 3, "Longer sentences were heard.")
    (found,) = [w for w in windows_of("c1", "s1", read(), (insight(session="s0"),)) if w.kind == "insight"]
    assert found.first is None  # the lines are another session's


def test_ids_are_their_own_and_stay(read):
    session = read(*lines(9), "%com:\ta note")
    once, again = (windows_of("c1", "s1", session, (insight(),)) for _ in range(2))
    assert once == again
    assert len({w.id for w in once}) == len(once)


@pytest.mark.parametrize(
    ("text", "day"), [("2026-03-02", "2026-03-02"), (None, None), ("spring", None), ("2026-02-31", None)]
)
def test_a_day_that_no_calendar_knows_is_none(text, day):
    assert iso_day(text) == day


def test_real_transcripts_make_windows_of_every_line_that_says_something(shared_data):
    from sdc.companion.retrieval.windows import spoken_line
    from sdc.formats.reading import read_path

    paths = sorted((shared_data / "cha" / "Sarah").glob("*.cha"))[:3]
    assert paths
    for path in paths:
        session = read_path(path)
        windows = said(windows_of("c1", "s1", session))
        covered = {i for w in windows for i in range(w.first, w.last + 1)}
        assert covered >= {u.index for u in session.utterances if spoken_line(u, session)}
        assert all(w.text.strip() for w in windows)
