"""A child's stored sessions on the time line."""

import pytest

from sdc.errors import NotFoundError
from sdc.pipeline.asking import answer_question
from sdc.pipeline.history import history_before, whole_history
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.session import Session


@pytest.fixture
def child(app, tmp_path, cha):
    """A child with three dated sessions and one that nothing dates."""
    child = app.repository.add_child("Mia")
    for name, date, age in (
        ("third", "16-MAR-2026", "2;06.14"),
        ("first", "02-MAR-2026", "2;06.00"),
        ("second", "09-MAR-2026", "2;06.07"),
    ):
        (tmp_path / f"{name}.cha").write_bytes(cha(date, name, age=age))
    lines = cha("02-MAR-2026", "undated", age="").splitlines(keepends=True)
    (tmp_path / "undated.cha").write_bytes(b"".join(line for line in lines if not line.startswith(b"@Date")))
    added = add_paths(app, sorted(tmp_path.glob("*.cha")), child, Given())
    assert [a.failures for a in added] == [()] * 4
    return child


def sources(points):
    return [point.source for point in points]


def test_the_whole_history(app, child):
    points = whole_history(app.repository, child.id)
    assert sources(points) == ["first.cha", "second.cha", "third.cha", "undated.cha"]
    assert points[0].target == "CHI"
    assert points[0].measures["mlu_words"].utterances == (1, 2)
    assert len(points[0].utterances) == 3
    with pytest.raises(NotFoundError):
        whole_history(app.repository, "none")


def before(app, child, session_id="new", date=None, age_months=None):
    return sources(history_before(app.repository, child.id, session_id, Session("new", date), age_months))


def test_what_came_before(app, child):
    assert before(app, child, date="2026-03-16") == ["first.cha", "second.cha"]
    assert before(app, child, date="2026-03-17") == ["first.cha", "second.cha", "third.cha"]
    assert before(app, child, date="2026-03-01") == []
    assert before(app, child) == []  # nothing dates it, so nothing is earlier


def test_a_session_is_not_its_own_past(app, child):
    first = next(e for e in app.repository.session_entries(child.id) if e.source == "first.cha")
    assert before(app, child, session_id=first.id, date="2026-03-10") == ["second.cha"]


def test_a_session_without_a_date_is_placed_by_age(app, child):
    assert before(app, child, age_months=30.3) == ["first.cha", "second.cha"]


def test_a_question_about_a_child_that_is_not_there(app):
    with pytest.raises(NotFoundError):
        answer_question(app.repository, "none", "How is she?")
