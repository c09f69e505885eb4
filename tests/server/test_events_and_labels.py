"""Stated events, the audience of measures, and an experimental classifier's scores over the wire."""

from sdc.session import LabelScores, Provenance, TimeSpan, VoiceLabels

MADE = Provenance("voice labels", "transformers", "5", "made-up/model", "abc", {"licence": "mit"})
LABELS = VoiceLabels("CHI", (LabelScores(1, TimeSpan(900, 2000), {"angry": 0.7, "neutral": 0.3}),), "mit", MADE)


def visit(cha) -> bytes:
    return cha().replace(b"the do", b"&=laughs the do", 1)


def test_stated_events_stand_beside_the_measures(desk, cha):
    session = desk.session(desk.child(), desk.upload("visit.cha", visit(cha)))
    (event,) = session["events"]
    line = session["utterances"][event["utterance"]]
    assert (event["speaker"], event["name"], event["text"]) == ("CHI", "laughs", "laughs")
    assert (event["start_ms"], event["end_ms"]) == (line["start_ms"], line["end_ms"]) == (900, 2000)


def test_measures_say_who_they_are_for(desk):
    audiences = {m["id"]: m["audience"] for m in desk.client.get("/api/measures").json()}
    assert {id for id, audience in audiences.items() if audience == "researcher"} == {
        "hnr_db",
        "jitter_local_pct",
        "shimmer_local_pct",
    }


def test_label_scores_have_a_place_of_their_own(desk, cha, app):
    session = desk.session(desk.child(), desk.upload("visit.cha", visit(cha)))
    address = f"/api/sessions/{session['id']}/voice-labels"
    assert desk.client.get(address).json()["code"] == "session.no-voice-labels"
    app.repository.save_session(app.repository.session(session["id"]), LABELS)
    found = desk.client.get(address).json()
    assert (found["status"], found["audience"], found["licence"]) == ("experimental", "researcher", "mit")
    assert (found["provenance"]["model"], found["provenance"]["revision"]) == ("made-up/model", "abc")
    assert found["stretches"] == [
        {"utterance": 1, "start_ms": 900, "end_ms": 2000, "scores": {"angry": 0.7, "neutral": 0.3}}
    ]
    shown = desk.client.get(f"/api/sessions/{session['id']}").text
    assert "angry" not in shown
    asked = desk.client.post(f"/api/children/{session['child_id']}/ask", json={"question": "How is the fluency?"})
    assert asked.status_code == 200
    assert "angry" not in asked.text
