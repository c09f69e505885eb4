"""The API from end to end: child, uploads, job, session, series, question."""

import hashlib

import pytest


def test_a_transcript_becomes_a_session(desk, cha):
    child = desk.child()
    session = desk.session(child, desk.upload("visit.cha", cha()))
    assert (session["origin"], session["date"], session["target"], session["week"]) == ("chat", "2026-03-02", "CHI", 1)
    assert session["age_months"] == 30.0
    assert session["media_url"] is None
    assert not session["has_tracks"]
    assert [p["code"] for p in session["participants"]] == ["CHI", "MOT"]
    assert session["speakers"]["CHI"]["measures"]["utterances_total"]["value"] == 2
    assert session["measures"]["mlu_words"] == {
        **session["speakers"]["CHI"]["measures"]["mlu_words"],
        "utterances": [],
    }
    line = session["utterances"][1]
    assert (line["speaker"], line["text"], line["start_ms"], line["end_ms"]) == (
        "CHI",
        "the do the dog runned.",
        900,
        2000,
    )
    assert [t["text"] for t in line["tokens"] if t["retraced"]] == ["the", "do"]
    assert [(t["text"], t["replacement"]) for t in line["tokens"] if t["replacement"]] == [("runned", "ran")]
    assert session["utterances"][2]["tiers"] == [{"name": "com", "text": "smiles"}]
    assert session["insights"]
    for insight in session["insights"]:
        known = {e["id"] for e in insight["evidence"]}
        assert all(set(claim["evidence"]) <= known for claim in insight["claims"])


def test_transcript_and_recording_make_one_session(desk, cha, wav):
    session = desk.session(desk.child(), desk.upload("visit.cha", cha()), desk.upload("visit.wav", wav), context="play")
    assert (session["media"], session["duration_s"], session["context"]) == ("audio", 3.0, "play")
    assert session["language"] == "en"  # the transcript says eng; a page's tag is the short one
    assert session["media_url"] == f"/api/sessions/{session['id']}/media"
    tracks = desk.client.get(f"/api/sessions/{session['id']}/tracks").json()
    assert len(tracks["f0_hz"]) == len(tracks["intensity_db"])
    assert len(tracks["f0_hz"]) * tracks["hop_s"] == pytest.approx(3.0, abs=0.05)
    voiced = [f for f in tracks["f0_hz"] if f is not None]
    assert sorted(voiced)[len(voiced) // 2] == pytest.approx(300, rel=0.02)
    assert max(tracks["peaks"]) == pytest.approx(9000 / 32768, rel=0.02)


def test_a_recording_alone_is_transcribed(desk, wav):
    child = desk.child()
    upload = desk.upload("visit.wav", wav)
    session = desk.session(child, upload, date="2026-03-05")
    assert (session["origin"], session["target"], session["date"]) == ("whisper", None, "2026-03-05")
    assert [u["text"] for u in session["utterances"]] == ["hello dog."]
    assert session["warnings"]
    series = desk.client.get(f"/api/children/{child}/series", params={"measure": "mlu_words"}).json()
    assert series["points"][0]["value"] is None  # nobody knows who spoke
    assert series["points"][0]["reason"]


def test_only_the_child_speaks(desk, wav):
    session = desk.session(desk.child(), desk.upload("visit.wav", wav), child_only=True)
    assert session["target"] == "CHI"
    assert session["date"] is None  # none is made up
    assert session["speakers"]["CHI"]["measures"]["utterances_total"]["value"] == 1


def test_the_same_input_twice_is_one_session(desk, cha):
    child = desk.child()
    first = desk.session(child, desk.upload("visit.cha", cha()))
    second = desk.session(child, desk.upload("copy.cha", cha()))
    assert first["id"] == second["id"]
    assert len(desk.client.get(f"/api/children/{child}/sessions").json()) == 1
    other = desk.session(desk.child("Ben"), desk.upload("visit.cha", cha()))
    assert other["id"] != first["id"]


def test_sessions_on_the_time_line(desk, cha):
    child = desk.child()
    for date, word in (("16-MAR-2026", "big dog"), ("02-MAR-2026", "dog"), ("09-MAR-2026", "a dog")):
        desk.session(child, desk.upload("v.cha", cha(date, word)))
    listed = desk.client.get(f"/api/children/{child}/sessions").json()
    assert [(s["date"], s["week"]) for s in listed] == [("2026-03-02", 1), ("2026-03-09", 2), ("2026-03-16", 3)]
    series = desk.client.get(f"/api/children/{child}/series", params={"measure": "mlu_words"}).json()
    assert series["measure"]["id"] == "mlu_words"
    assert [p["session_id"] for p in series["points"]] == [s["id"] for s in listed]
    assert series["points"][0]["value"] == listed[0]["measures"]["mlu_words"]["value"]
    shown = desk.client.get(f"/api/children/{child}").json()
    assert (shown["n_sessions"], shown["n_jobs_open"], shown["last_session_date"]) == (3, 0, "2026-03-16")
    values = [point["value"] for point in series["points"]]
    assert (shown["headline"]["measure"], shown["headline"]["recent"]) == (series["measure"], values)
    assert shown["headline"]["value"] == values[-1]
    assert desk.client.get("/api/children").json() == {"items": [shown], "total": 1, "has_more": False}


def test_the_list_of_children_goes_page_by_page(desk):
    ids = {name: desk.child(name) for name in ("Zoë", "ada", "Ben", "Bea")}

    def asked(**query):
        answer = desk.client.get("/api/children", params=query).json()
        return [child["name"] for child in answer["items"]], answer["total"], answer["has_more"]

    assert asked() == (["ada", "Bea", "Ben", "Zoë"], 4, False)
    assert asked(limit=3) == (["ada", "Bea", "Ben"], 4, True)
    assert asked(limit=3, after=ids["Ben"]) == (["Zoë"], 4, False)
    assert asked(search=" ZOE ") == (["Zoë"], 1, False)
    assert asked(search="be", limit=1) == (["Bea"], 2, True)
    assert asked(search="nobody") == ([], 0, False)
    gone = desk.client.get("/api/children", params={"search": "be", "after": ids["Zoë"]})
    assert (gone.status_code, gone.json()["code"]) == (404, "children.after")
    assert desk.client.get("/api/children", params={"limit": 0}).status_code == 422


def test_progress_of_few_words_tells_why_nothing_can_be_told(desk, cha):
    child = desk.child()
    assert desk.client.get(f"/api/children/{child}/progress", params={"measure": "mlu_words"}).json()["points"] == []
    for date in ("16-MAR-2026", "02-MAR-2026"):
        desk.session(child, desk.upload("v.cha", cha(date)))
    progress = desk.client.get(f"/api/children/{child}/progress", params={"measure": "mlu_words"}).json()
    assert (progress["verdict"], progress["basis"]) == ("cannot_tell", "nothing")
    assert [(p["value"], p["left_out"]) for p in progress["points"]] == [(2.0, "too_few")] * 2
    assert progress["told"] == ["We cannot tell: a change needs another recording that can be compared."]


def test_progress_tells_the_verdict_and_what_it_rests_on(desk, cha):
    child = desk.child()
    for week, word in enumerate(("dog", "red dog", "big red dog", "good big red dog", "my good big red dog")):
        text = cha(f"{2 + 7 * (week % 4):02d}-{'MAR' if week < 4 else 'APR'}-2026", word).decode()
        said = "".join(f"*CHI:\t{word} .\n" for _ in range(40))
        desk.session(child, desk.upload("v.cha", text.replace("@End", said + "@End").encode()))
    progress = desk.client.get(f"/api/children/{child}/progress", params={"measure": "mlu_words"}).json()
    assert (progress["verdict"], progress["basis"]) == ("increase", "trend")
    assert "up by" in progress["told"][0] and "5 recordings" in progress["told"][0]
    assert progress["told"][1:] == ["Whether the situations were alike is not known."]
    assert progress["error"]["source"] == "rule"
    assert progress["trend"]["low"] < progress["trend"]["slope_per_month"] < progress["trend"]["high"]
    assert all(p["low"] < p["value"] < p["high"] and p["interval"] == "between_sessions" for p in progress["points"])
    counted = desk.client.get(f"/api/children/{child}/progress", params={"measure": "word_tokens"}).json()
    assert (counted["verdict"], counted["basis"]) == ("cannot_tell", "nothing")
    assert "moves with the length of the recording" in counted["told"][1]


def test_a_question_is_answered_with_evidence(desk, cha):
    child = desk.child()
    ids = {
        desk.session(child, desk.upload("v.cha", cha(d, w)))["id"]
        for d, w in (("02-MAR-2026", "dog"), ("30-MAR-2026", "a dog"))
    }
    question = "How has the length of her sentences changed from week 1 to week 5?"
    answer = desk.client.post(f"/api/children/{child}/ask", json={"question": question})
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["question"] == question
    assert body["engine"] == "rules"
    measured = [e for e in body["evidence"] if e["measure"] == "mlu_words"]
    assert {e["session"] for e in measured} == ids
    assert body["verdict"] == "cannot_tell"  # two utterances are too few
    assert body["measure"] == "mlu_words"
    assert "Mia" in body["answer"]
    unclear = desk.client.post(f"/api/children/{child}/ask", json={"question": "zzz qqq"})
    assert unclear.status_code == 422
    assert unclear.json()["code"].startswith("question.")
    assert unclear.json()["message"].strip()


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_an_upload_of_another_child_is_not_there(desk, cha):
    upload = desk.upload("visit.cha", cha(), desk.child())
    answer = desk.client.post(f"/api/children/{desk.child('Ben')}/sessions", json={"upload_ids": [upload]})
    assert (answer.status_code, answer.json()["code"]) == (404, "upload.not-found")


def test_an_upload_belongs_to_a_child_that_is_there(desk, cha):
    where = {"child_id": "none", "filename": "visit.cha"}
    answer = desk.client.put("/api/uploads", params=where, content=cha())
    assert (answer.status_code, answer.json()["code"]) == (404, "child.not-found")


def test_uploads_are_acknowledged_with_their_sum(desk, cha):
    child = desk.child()
    where = {"child_id": child, "filename": "Sarah 1.CHA"}
    answer = desk.client.put("/api/uploads", params=where, content=cha()).json()
    assert answer["child_id"] == child
    assert answer["sha256"] == hashlib.sha256(cha()).hexdigest()
    assert (answer["size"], answer["kind"], answer["filename"]) == (len(cha()), "transcript", "Sarah 1.CHA")


@pytest.mark.parametrize(
    ("filename", "data", "status", "code"),
    [
        ("x.exe", b"MZ", 422, "upload.kind"),
        ("x.wav", b"", 422, "upload.empty"),
        ("x.wav", b"1" * 1_000_001, 413, "upload.too-large"),
        ("", b"1", 422, "request.invalid"),
        ("../../x.svg", b"<svg/>", 422, "upload.kind"),
    ],
)
def test_refused_uploads(desk, app, filename, data, status, code):
    where = {"child_id": desk.child(), "filename": filename}
    answer = desk.client.put("/api/uploads", params=where, content=data)
    assert files_in(app.settings.home / "spool") == []
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert app.documents.count("uploads", {}) == 0


def test_an_upload_without_a_length_is_bounded_too(desk, app):
    where = {"child_id": desk.child(), "filename": "x.wav"}
    answer = desk.client.put("/api/uploads", params=where, content=(b"1" * 100_000 for _ in range(30)))
    assert (answer.status_code, answer.json()["code"]) == (413, "upload.too-large")
    assert files_in(app.settings.home / "spool") == []
    assert list(app.blobs.keys()) == []


@pytest.mark.parametrize(
    ("filename", "data", "code"),
    [
        ("binary.cha", bytes(range(256)), "chat."),
        ("text.mp3", b"this is not sound", "media."),
        ("odd.json", b'{"a": 1}', "json."),
        ("nobegin.cha", b"*CHI:\thello .\n", "chat."),
    ],
)
def test_bad_input_fails_its_job_and_nothing_else(desk, cha, filename, data, code):
    child = desk.child()
    job = desk.ended(desk.order(child, desk.upload(filename, data)))
    assert job["state"] == "failed"
    assert job["error"]["code"].startswith(code)
    assert filename in (job["error"]["source"] or "")
    assert job["session_id"] is None
    assert desk.client.get(f"/api/children/{child}/sessions").json() == []
    assert desk.session(child, desk.upload("visit.cha", cha()))["n_utterances"] == 3
    again = desk.client.post(f"/api/jobs/{job['id']}/retry")
    assert again.status_code == 202
    assert desk.ended(again.json())["state"] == "failed"


def test_a_bad_recording_leaves_the_transcript(desk, cha):
    child = desk.child()
    order = desk.order(child, desk.upload("visit.cha", cha()), desk.upload("visit.wav", b"not sound at all"))
    job = desk.ended(order)
    assert job["state"] == "done"
    assert any("recording was not used" in note for note in job["notes"])
    session = desk.client.get(f"/api/sessions/{job['session_id']}").json()
    assert session["media_url"] is None
    assert any(w["code"].startswith("media.") for w in session["warnings"])


def test_a_recording_of_another_name_is_used_and_told(desk, cha, wav):
    session = desk.session(desk.child(), desk.upload("visit.cha", cha()), desk.upload("Other.WAV", wav))
    assert session["media"] == "audio"
    assert [w["code"] for w in session["warnings"] if w["code"] == "media.other-name"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"upload_ids": []}, 422),
        ({"upload_ids": ["none"]}, 404),
        ({"upload_ids": ["a", "b", "c"]}, 422),
        ({"upload_ids": ["none"], "date": "yesterday"}, 422),
        ({"upload_ids": ["none"], "date": "2026-02-31"}, 422),
        ({"upload_ids": ["none"], "unknown": 1}, 422),
        ({}, 422),
    ],
)
def test_refused_orders(desk, body, status):
    answer = desk.client.post(f"/api/children/{desk.child()}/sessions", json=body)
    assert answer.status_code == status
    assert set(answer.json()) == {"code", "message", "hint", "source", "line", "error_id"}
    assert answer.json()["error_id"] is None  # a number is for faults of the server


def test_two_transcripts_are_not_one_session(desk, cha):
    child = desk.child()
    ids = [desk.upload("a.cha", cha()), desk.upload("b.cha", cha(word="cat"))]
    answer = desk.client.post(f"/api/children/{child}/sessions", json={"upload_ids": ids})
    assert (answer.status_code, answer.json()["code"]) == (422, "session.inputs")


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/children/none", "child.not-found"),
        ("/api/children/none/sessions", "child.not-found"),
        ("/api/children/none/jobs", "child.not-found"),
        ("/api/children/none/series?measure=mlu_words", "child.not-found"),
        ("/api/children/none/progress?measure=mlu_words", "child.not-found"),
        ("/api/jobs/none", "job.not-found"),
        ("/api/jobs/none/events", "job.not-found"),
        ("/api/sessions/none", "session.not-found"),
        ("/api/sessions/none/media", "session.not-found"),
        ("/api/sessions/none/tracks", "session.not-found"),
        ("/api/none", "http.404"),
        ("/api", "http.404"),
    ],
)
def test_what_is_not_there(client, path, code):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_problems_of_children(desk):
    child = desk.child("Mia")
    assert desk.client.post("/api/children", json={"name": "mia"}).status_code == 409
    assert desk.client.post("/api/children", json={"name": "Ben", "birth_date": "2023-02-30"}).status_code == 422
    assert desk.client.post("/api/children", json={"name": "   "}).status_code == 422
    assert desk.client.post("/api/children", content=b"{").status_code == 422
    for what in ("series", "progress"):
        unknown = desk.client.get(f"/api/children/{child}/{what}", params={"measure": "none"})
        assert (unknown.status_code, unknown.json()["code"]) == (404, "measure.not-found")
    assert desk.client.get(f"/api/children/{child}/series").json()["code"] == "request.invalid"


def test_measures_are_described(client):
    measures = {m["id"]: m for m in client.get("/api/measures").json()}
    assert measures["mlu_words"]["rule"] == "mlu_words.v1"
    assert all(m["title"] and m["description"] and m["family"] for m in measures.values())


def test_events_tell_a_job_to_its_end(desk, cha):
    child = desk.child()
    job = desk.order(child, desk.upload("visit.cha", cha()))
    with desk.client.stream("GET", f"/api/jobs/{job['id']}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = [line for line in answer.iter_lines() if line.startswith("data:")]
    assert '"state":"done"' in lines[-1].replace(" ", "")
    with desk.client.stream("GET", f"/api/jobs/{job['id']}/events") as answer:  # connected again, later
        lines = [line for line in answer.iter_lines() if line.startswith("data:")]
    assert len(lines) == 1
    assert '"state":"done"' in lines[0].replace(" ", "")
    assert [j["id"] for j in desk.client.get(f"/api/children/{child}/jobs").json()] == [job["id"]]
