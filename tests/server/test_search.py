"""The search by API: passages with session, week and lines, of one child."""

import pytest


@pytest.fixture
def children(desk, cha):
    """Mia said dog on two days, Bo said bird; returns their ids."""
    ids = {}
    for name, visits in {
        "Mia": (("02-MAR-2026", "dog"), ("16-MAR-2026", "doggy")),
        "Bo": (("02-MAR-2026", "bird"),),
    }.items():
        child = ids[name] = desk.child(name)
        for day, word in visits:
            desk.session(child, desk.upload("visit.cha", cha(date=day, word=word)))
    return ids


def search(desk, child, **query):
    return desk.client.get(f"/api/children/{child}/search", params=query)


def test_passages_come_with_session_week_and_lines(desk, children):
    shown = search(desk, children["Mia"], q="dogs").json()
    found = shown["found"][0]
    assert (found["kind"], found["first"], found["last"]) == ("said", 0, 2)
    assert "Child: um dog" in found["text"]
    assert found["week"] in (1, 3)
    assert desk.client.get(f"/api/sessions/{found['session_id']}").json()["date"] == found["date"]
    assert (shown["n_not_indexed"], shown["embedder"]) == (0, "lexical.v1")


def test_days_and_number_narrow_it(desk, children):
    later = search(desk, children["Mia"], q="doggy", since="2026-03-03").json()["found"]
    assert {(f["date"], f["week"]) for f in later} == {("2026-03-16", 3)}
    assert {f["date"] for f in search(desk, children["Mia"], q="doggy", until="2026-03-03").json()["found"]} == {
        "2026-03-02"
    }
    assert len(search(desk, children["Mia"], q="dog", limit=1).json()["found"]) == 1


def test_another_childs_words_are_not_found(desk, children):
    own = {s["id"] for s in desk.client.get(f"/api/children/{children['Mia']}/sessions").json()}
    found = search(desk, children["Mia"], q="bird").json()["found"]
    assert {f["session_id"] for f in found} <= own
    assert "bird" not in str(found)
    assert "bird" in search(desk, children["Bo"], q="bird").json()["found"][0]["text"]


@pytest.mark.parametrize("query", [{}, {"q": ""}, {"q": "x" * 501}, {"q": "a", "since": "May"}, {"q": "a", "limit": 0}])
def test_a_question_that_cannot_be_used_is_refused(desk, children, query):
    assert search(desk, children["Mia"], **query).status_code == 422


def test_an_unknown_child_is_not_there(desk, children):
    assert search(desk, "c0", q="dog").status_code == 404
