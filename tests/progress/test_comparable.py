"""Which sessions may be compared."""

import pytest

from sdc.progress import LeftOut, comparable, place


@pytest.fixture
def chosen(point):
    def choose(*sessions, measure="mlu_words"):
        points = [
            point(f"s{i}", date=f"2026-03-{2 + i:02d}", **{"context": "play", **fields})
            for i, fields in enumerate(sessions)
        ]
        found = comparable(place(points), measure)
        return [p.point.session_id for p in found.sessions], dict(found.left_out), found

    return choose


GOOD = {"mlu_words": (2.0, 60)}


def test_all_alike(chosen):
    ids, left_out, found = chosen(GOOD, GOOD, GOOD)
    assert (ids, left_out) == (["s0", "s1", "s2"], {})
    assert found.values == [2.0, 2.0, 2.0]
    assert found.days == [0, 1, 2]
    assert (found.context, found.context_unknown) == ("play", False)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"mlu_words": (None, 0)}, LeftOut.NO_VALUE),
        ({"ndw_100": (40, 100)}, LeftOut.NO_VALUE),
        ({"mlu_words": (2.0, 24)}, LeftOut.TOO_FEW),
        ({**GOOD, "date": None}, LeftOut.NO_DATE),
        ({**GOOD, "context": "a story"}, LeftOut.OTHER_CONTEXT),
        ({**GOOD, "recognised": True}, LeftOut.OTHER_WRITER),
    ],
)
def test_an_odd_one_is_left_out_with_its_reason(point, odd, reason):
    fields = [{"date": f"2026-03-{2 + i:02d}", "context": "play", **GOOD} for i in range(3)]
    points = [point(f"s{i}", **f) for i, f in enumerate(fields)]
    points.insert(1, point("odd", **{"date": "2026-03-02", "context": "play", **odd}))
    found = comparable(place(points), "mlu_words")
    assert dict(found.left_out) == {"odd": reason}
    assert len(found.sessions) == 3


def test_an_older_rule_is_left_out(chosen, measure):
    older = measure("mlu_words", 2.0, 60, rule="mlu_words.v0")
    _, left_out, _ = chosen({"mlu_words": older}, GOOD, GOOD)
    assert left_out == {"s0": LeftOut.OTHER_RULE}


def test_a_recogniser_leaves_hesitations_out(chosen):
    said = {"maze_words_pct": (4.0, 400), "recognised": True}
    ids, left_out, _ = chosen(said, said, measure="maze_words_pct")
    assert ids == []
    assert set(left_out.values()) == {LeftOut.RECOGNISED}


def test_the_most_frequent_situation_counts_and_the_latest_of_equals(chosen):
    book = {**GOOD, "context": "book"}
    assert chosen(GOOD, book, GOOD)[0] == ["s0", "s2"]
    assert chosen(GOOD, book)[0] == ["s1"]


def test_an_untold_situation_is_taken_along_and_said(chosen):
    ids, _, found = chosen(GOOD, {**GOOD, "context": None})
    assert ids == ["s0", "s1"]
    assert found.context_unknown


def test_some_of_them(chosen):
    _, _, found = chosen(GOOD, GOOD, GOOD)
    assert [p.point.session_id for p in found.within(frozenset({"s2", "s7"})).sessions] == ["s2"]
