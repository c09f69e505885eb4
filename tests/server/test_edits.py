"""Edits of a transcript over HTTP."""


def edit(desk, session, index=1, **body):
    return desk.client.put(f"/api/sessions/{session['id']}/utterances/{index}", json=body)


def visited(desk, cha):
    child = desk.child()
    return desk.session(child, desk.upload("visit.cha", cha(), child))


def test_a_line_is_put_right(desk, cha):
    before = visited(desk, cha)
    assert before["version"] == 1
    answer = edit(desk, before, version=1, text="the dog ran away .")
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after == desk.client.get(f"/api/sessions/{before['id']}").json()
    assert (after["version"], after["utterances"][1]["text"]) == (2, "the dog ran away.")
    assert after["measures"]["mlu_words"]["value"] != before["measures"]["mlu_words"]["value"]
    assert "transcript.edited" in {n["code"] for n in after["warnings"]}
    assert "edit" in {p["step"] for p in after["provenance"]}
    spoken = edit(desk, before, version=2, speaker="MOT").json()
    assert (spoken["version"], spoken["utterances"][1]["speaker"]) == (3, "MOT")


def test_the_second_of_two_writers_is_told(desk, cha):
    session = visited(desk, cha)
    assert edit(desk, session, version=1, text="the cow ran .").status_code == 200
    problem = edit(desk, session, version=1, text="the hen ran .")
    assert (problem.status_code, problem.json()["code"], problem.headers["ETag"]) == (409, "session.changed", '"2"')
    assert "version 2" in problem.json()["message"]
    now = desk.client.get(f"/api/sessions/{session['id']}").json()
    assert (now["version"], now["utterances"][1]["text"]) == (2, "the cow ran.")


def test_versions_and_undo(desk, cha):
    session = visited(desk, cha)
    path = f"/api/sessions/{session['id']}/versions"
    edit(desk, session, version=1, text="the cow ran .")
    restored = desk.client.post(path, json={"version": 2, "restore": 1})
    assert restored.status_code == 201, restored.text
    assert restored.json() == session | {"version": 3}
    versions = desk.client.get(path).json()
    assert [(v["version"], v["what"], v["utterance"], v["restored"]) for v in versions] == [
        (1, "original", None, None),
        (2, "line", 1, None),
        (3, "restored", None, 1),
    ]
    assert {v["by"] for v in versions[1:]} == {"laptop"}
    assert desk.client.post(path, json={"version": 2, "restore": 1}).status_code == 409
    assert desk.client.post(path, json={"version": 3, "restore": 9}).status_code == 404


def test_what_is_refused(desk, cha):
    session = visited(desk, cha)
    for index, body, status, code in (
        (1, {"version": 1, "text": "no end"}, 422, "chat.no-terminator"),
        (1, {"version": 1, "text": ""}, 422, "edit.text"),
        (1, {"version": 1, "speaker": "FAT"}, 422, "edit.speaker"),
        (1, {"version": 1}, 422, "request.invalid"),
        (1, {"text": "a cow ."}, 422, "request.invalid"),
        (1, {"version": 0, "text": "a cow ."}, 422, "request.invalid"),
        (3, {"version": 1, "text": "a cow ."}, 404, "edit.no-line"),
        (-1, {"version": 1, "text": "a cow ."}, 422, "request.invalid"),
    ):
        problem = edit(desk, session, index, **body)
        assert (problem.status_code, problem.json()["code"]) == (status, code), problem.text
    assert desk.client.get(f"/api/sessions/{session['id']}").json() == session


def test_an_edit_is_written_down_without_its_words(desk, app, cha):
    session = visited(desk, cha)
    edit(desk, session, version=1, text="zebra zebra .")
    last = app.audit.lines()[-1]
    assert (last.action, last.object_id, last.actor) == ("edit_transcript", session["id"], "laptop")
    assert "zebra" not in str(last)


def change(desk, session, what, version, **body):
    return desk.client.post(f"/api/sessions/{session['id']}/edits", json={"what": what, "version": version, **body})


def plainly_visited(desk, cha):
    """A session at version 2, with a short line 1."""
    return edit(desk, visited(desk, cha), version=1, text="the dog .").json()


def test_every_change_answers_with_the_session_as_it_is_now(desk, cha):
    session = plainly_visited(desk, cha)
    bodies = (
        ("split", {"index": 1, "at": 1}, ["the .", "dog ."]),
        ("merged", {"index": 1}, ["the dog ."]),
        ("marked", {"index": 1, "first": 1, "last": 1, "mark": "unintelligible"}, ["the xxx ."]),
        ("marked", {"index": 1, "first": 0, "last": 0, "mark": "retracing"}, ["the [//] xxx ."]),
        ("code", {"index": 1, "code": "&=laughs"}, ["the [//] xxx &=laughs ."]),
        ("code", {"index": 1, "code": "(.)", "after": 0}, ["the [//] (.) xxx &=laughs ."]),
        ("times", {"index": 1, "start_ms": 900, "end_ms": 1500}, ["the [//] (.) xxx &=laughs ."]),
        ("speaker", {"code": "CHI", "to": "MIA"}, ["the [//] (.) xxx &=laughs ."]),
        ("undone", {}, ["the [//] (.) xxx &=laughs ."]),
        ("redone", {}, ["the [//] (.) xxx &=laughs ."]),
    )
    for version, (what, body, texts) in enumerate(bodies, start=2):
        answer = change(desk, session, what, version, **body)
        assert answer.status_code == 200, answer.text
        after = answer.json()
        assert after == desk.client.get(f"/api/sessions/{session['id']}").json()
        assert (after["version"], [u["raw"] for u in after["utterances"][1:-1]]) == (version + 1, texts)
    assert after["speakers"].keys() == {"MIA", "MOT"} and after["target"] == "MIA"
    versions = desk.client.get(f"/api/sessions/{session['id']}/versions").json()
    assert [v["what"] for v in versions] == ["original", "line", *(what for what, _, _ in bodies)]


def test_changes_that_are_refused(desk, cha):
    session = plainly_visited(desk, cha)
    for what, body, status, code in (
        ("split", {"index": 1, "at": 0}, 422, "edit.no-words"),
        ("split", {"index": 1}, 422, "request.invalid"),
        ("split", {"index": 1, "at": 1, "terminator": "+..."}, 422, "request.invalid"),
        ("merged", {"index": 0}, 422, "edit.merge-speakers"),
        ("merged", {"index": 9}, 404, "edit.no-line"),
        ("marked", {"index": 1, "first": 0, "last": 1, "mark": "retracing"}, 422, "chat.retracing-without-words"),
        ("marked", {"index": 1, "first": 0, "last": 1, "mark": "nonsense"}, 422, "request.invalid"),
        ("code", {"index": 1, "code": "dog"}, 422, "edit.code"),
        ("times", {"index": 1, "start_ms": 9, "end_ms": 3}, 422, "edit.times"),
        ("speaker", {"code": "CHI", "to": "MOT"}, 422, "edit.speaker-taken"),
        ("redone", {}, 409, "edit.nothing-to-redo"),
        ("erased", {}, 422, "request.invalid"),
    ):
        problem = change(desk, session, what, 2, **body)
        assert (problem.status_code, problem.json()["code"]) == (status, code), problem.text
        assert problem.json()["hint"]
    assert desk.client.get(f"/api/sessions/{session['id']}").json() == session
    late = change(desk, session, "merged", 1, index=1)
    assert (late.status_code, late.json()["code"], late.headers["ETag"]) == (409, "session.changed", '"2"')
    change(desk, session, "undone", 2)
    first = change(desk, session, "undone", 3)
    assert (first.status_code, first.json()["code"]) == (409, "edit.nothing-to-undo")


def test_what_a_version_changed(desk, cha):
    session = plainly_visited(desk, cha)
    path = f"/api/sessions/{session['id']}/versions"
    change(desk, session, "split", 2, index=1, at=1)
    told = desk.client.get(f"{path}/3").json()
    assert (told["version"], told["n"]) == (3, 2)
    assert [(line["before"] or {}).get("raw") for line in told["lines"]] == ["the dog .", None]
    assert [line["after"]["raw"] for line in told["lines"]] == ["the .", "dog ."]
    assert desk.client.get(f"{path}/1").json() == {"version": 1, "n": 0, "lines": []}
    assert desk.client.get(f"{path}/4").status_code == 404
