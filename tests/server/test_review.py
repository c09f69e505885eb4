"""The review of a transcript over HTTP."""

import pytest

from sdc.formats.recognised import RecognisedSegment, RecognisedWord
from sdc.transcribe import ScriptedTranscriber


def segment(text, start_s, probability):
    end_s = start_s + 0.5
    words = (RecognisedWord(text, start_s, end_s, probability, None),)
    return RecognisedSegment(text, start_s, end_s, words, None, -0.2, 0.01, 1.1)


@pytest.fixture
def visit(desk, wav):
    """A session of three words, of which the recogniser doubted two."""
    segments = (segment("dog.", 0.1, 0.9), segment("nuff.", 1.0, 0.3), segment("tog.", 2.0, 0.5))
    object.__setattr__(desk.client.app.state.sdc, "transcriber", ScriptedTranscriber(segments))
    child = desk.child()
    return desk.session(child, desk.upload("visit.wav", wav, child))


def test_doubtful_lines_first_and_what_was_looked_at(desk, visit):
    path = f"/api/sessions/{visit['id']}/review"
    review = desk.client.get(path).json()
    assert (review["state"], review["n_left"], review["version"]) == ("raw", 2, 1)
    assert [line["index"] for line in review["lines"]] == [1, 2]
    (reason,) = review["lines"][0]["reasons"]
    assert (reason["code"], reason["words"], reason["value"], reason["doubt"]) == ("word", ["nuff"], 0.3, 0.7)
    assert reason["text"].startswith("“nuff” was recognised with little confidence")
    marked = desk.client.put(f"{path}/lines/1", json={"version": 1, "looked_at": True})
    assert marked.status_code == 200, marked.text
    assert marked.json()["n_left"] == 1
    look = marked.json()["lines"][0]["looked_at"]
    assert (look["by"], look["name"], look["version"]) == ("laptop", None, 1)
    assert marked.json() == desk.client.get(path).json()
    undone = desk.client.put(f"{path}/lines/1", json={"version": 1, "looked_at": False})
    assert undone.json() == review


def test_sessions_say_on_what_transcript_they_rest(desk, visit, cha):
    other = desk.session(visit["child_id"], desk.upload("visit.cha", cha(), visit["child_id"]))
    assert (visit["transcript"], other["transcript"]) == ("raw", "handed_in")
    review = desk.client.put(f"/api/sessions/{visit['id']}/review", json={"version": 1, "reviewed": True}).json()
    assert (review["state"], review["n_left"], review["reviewed"]["by"]) == ("reviewed", 0, "laptop")
    listed = desk.client.get(f"/api/children/{visit['child_id']}/sessions").json()
    assert {s["id"]: s["transcript"] for s in listed} == {visit["id"]: "reviewed", other["id"]: "handed_in"}
    assert desk.client.get(f"/api/sessions/{visit['id']}").json()["transcript"] == "reviewed"
    reopened = desk.client.put(f"/api/sessions/{visit['id']}/review", json={"version": 1, "reviewed": False})
    assert (reopened.json()["state"], reopened.json()["reviewed"], reopened.json()["n_left"]) == ("raw", None, 2)


def test_who_saw_another_version_is_told(desk, visit):
    path = f"/api/sessions/{visit['id']}"
    edited = desk.client.put(f"{path}/utterances/1", json={"version": 1, "text": "enough ."})
    assert edited.status_code == 200, edited.text
    for address, body in (("review", {"reviewed": True}), ("review/lines/2", {"looked_at": True})):
        problem = desk.client.put(f"{path}/{address}", json={"version": 1, **body})
        assert (problem.status_code, problem.json()["code"]) == (409, "session.changed")
        assert problem.headers["ETag"] == '"2"'
    assert desk.client.put(f"{path}/review/lines/9", json={"version": 2, "looked_at": True}).status_code == 404
    assert desk.client.put(f"{path}/review/lines/1", json={"version": 2}).status_code == 422
    assert desk.client.get(f"{path}/review").json()["n_left"] == 1


def test_an_approved_insight_is_flagged_when_its_figures_change(desk, cha):
    child = desk.child()
    first = desk.session(child, desk.upload("one.cha", cha(date="02-MAR-2026"), child))
    second = desk.session(
        child, desk.upload("two.cha", cha(date="09-MAR-2026", word="big red dog", media="two"), child)
    )
    change = next(i for i in second["insights"] if i["kind"] == "change")
    body = {"key": change["key"], "verb": "approve", "version": 0, "of_session": second["id"]}
    path = f"/api/children/{second['child_id']}/insights/decisions"
    assert desk.client.post(path, json=body).status_code == 201
    text = {"version": 1, "text": "a very small old grey cat ."}
    assert desk.client.put(f"/api/sessions/{first['id']}/utterances/2", json=text).status_code == 200
    shown = desk.client.get(f"/api/sessions/{second['id']}").json()["insights"]
    (flagged,) = [i for i in shown if i["is_outdated"]]
    assert (flagged["key"], flagged["status"], flagged["claims"]) == (change["key"], "approved", change["claims"])
    again = desk.client.post(path, json=body | {"version": 1})
    assert (again.status_code, again.json()["code"]) == (409, "insight.outdated")
    assert desk.client.post(path, json=body | {"version": 1, "verb": "dismiss"}).status_code == 201
    shown = desk.client.get(f"/api/sessions/{second['id']}").json()["insights"]
    assert not any(i["is_outdated"] for i in shown)
