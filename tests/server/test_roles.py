"""Who is who, over HTTP."""

import json

WHISPERX = {
    "segments": [
        {
            "start": 0.0,
            "end": 0.9,
            "text": "a dog.",
            "words": [
                {"word": "a", "start": 0.0, "end": 0.3, "speaker": "SPEAKER_00"},
                {"word": "dog.", "start": 0.4, "end": 0.9, "speaker": "SPEAKER_00"},
            ],
        },
        {
            "start": 1.0,
            "end": 2.0,
            "text": "where?",
            "words": [{"word": "where?", "start": 1.0, "end": 2.0, "speaker": "SPEAKER_01"}],
        },
    ],
    "language": "en",
}


def imported(desk, wav):
    child = desk.child()
    uploads = [desk.upload("visit.json", json.dumps(WHISPERX).encode(), child), desk.upload("visit.wav", wav, child)]
    return desk.session(child, *uploads)


def put(desk, session, what, body=None):
    return desk.client.put(f"/api/sessions/{session['id']}/{what}", json=body)


def test_roles_by_one_click(desk, wav):
    before = imported(desk, wav)
    assert (before["target"], before["measures"]) == (None, {})
    answer = put(desk, before, "roles", {"roles": {"SP00": "child", "SP01": "adult"}})
    assert answer.status_code == 200, answer.text
    after = answer.json()
    assert after["target"] == "CHI"
    assert [(p["code"], p["role"], p["is_child"]) for p in after["participants"]] == [
        ("CHI", "Target_Child", True),
        ("ADU", "Adult", False),
    ]
    assert after["measures"]["mlu_words"]["value"] == 2.0
    assert "speakers.told" in {n["code"] for n in after["warnings"]}
    assert after == desk.client.get(f"/api/sessions/{before['id']}").json()


CAPTIONS = """WEBVTT

00:00.000 --> 00:01.000
<v Left microphone>where is it ?</v>

00:01.000 --> 00:02.500
<v Right microphone>the dog is there .</v>
"""


def test_speakers_of_captions_get_roles_too(desk):
    child = desk.child()
    before = desk.session(child, desk.upload("visit.vtt", CAPTIONS.encode(), child))
    assert (before["takes_roles"], before["target"]) == (True, None)
    _, right = dict.fromkeys(line["speaker"] for line in before["utterances"])
    after = put(desk, before, "roles", {"roles": {right: "child"}}).json()
    assert (after["takes_roles"], after["target"]) == (True, "CHI")
    assert after["measures"]["mlu_words"]["value"] == 4.0


def test_a_transcript_names_its_speakers_itself(desk):
    child = desk.child()
    chat = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Target_Child\n@ID:\teng|x|CHI|||||Target_Child|||\n"
    session = desk.session(child, desk.upload("visit.cha", f"{chat}*CHI:\ta dog .\n@End\n".encode(), child))
    assert session["takes_roles"] is False


def test_voices_of_which_too_little_is_heard(desk, wav):
    session = imported(desk, wav)
    problem = put(desk, session, "voices")
    assert (problem.status_code, problem.json()["code"]) == (422, "speakers.no-roles")
    put(desk, session, "roles", {"roles": {"SP00": "child"}})
    assert put(desk, session, "voices").json() == {"roles": [], "too_short": ["child"]}


def test_what_cannot_be_told(desk, wav):
    session = imported(desk, wav)
    for roles, code in (
        ({"SP07": "child"}, "speakers.label"),
        ({"SP00": "boss"}, "request.invalid"),
        ({"SP 00": "child"}, "request.invalid"),
        ({}, "request.invalid"),
    ):
        problem = put(desk, session, "roles", {"roles": roles})
        assert (problem.status_code, problem.json()["code"]) == (422, code), problem.text
    assert desk.client.put("/api/sessions/none/roles", json={"roles": {"SP00": "child"}}).status_code == 404


def test_how_many_speak_goes_with_the_order(desk, wav):
    child = desk.child()
    upload = desk.upload("visit.wav", wav, child)
    job = desk.ended(desk.order(child, upload, n_speakers=1))
    assert job["state"] == "done", job
    answer = desk.client.post(f"/api/children/{child}/sessions", json={"upload_ids": [upload], "n_speakers": 21})
    assert answer.status_code == 422
