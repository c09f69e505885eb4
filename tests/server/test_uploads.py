"""Uploads in pieces, over the API."""

import hashlib

import pytest

from sdc.store.spool import Spool


class Sender:
    """A dashboard that sends one file."""

    def __init__(self, desk, data: bytes, filename: str = "visit.cha", **more: object) -> None:
        self.client, self.data = desk.client, data
        body = {"child_id": desk.child(), "filename": filename, "size": len(data), **more}
        self.begun = self.client.post("/api/uploads", json=body)

    @property
    def path(self) -> str:
        return f"/api/uploads/{self.begun.json()['id']}"

    def send(self, start: int, end: int | None = None, **more: object):
        return self.client.patch(self.path, params={"offset": start, **more}, content=self.data[start:end])


def test_a_file_in_pieces_becomes_an_upload(desk, app, cha):
    sender = Sender(desk, cha())
    state = sender.begun.json()
    assert (sender.begun.status_code, state["offset"], state["size"], state["upload"]) == (201, 0, len(cha()), None)
    assert sender.send(0, 100).json()["offset"] == 100
    assert desk.client.get(sender.path).json()["offset"] == 100
    done = sender.send(100).json()
    assert done["upload"]["sha256"] == hashlib.sha256(cha()).hexdigest()
    assert done["upload"]["id"] == done["id"] == state["id"]
    assert desk.client.get(sender.path).json() == done
    assert desk.session(desk.last_child, done["id"])["n_utterances"] == 3
    assert list((app.settings.home / "spool").iterdir()) == []


def test_a_piece_at_another_place_is_told_the_right_one(desk, cha):
    sender = Sender(desk, cha())
    sender.send(0, 100)
    answer = sender.send(50)
    assert (answer.status_code, answer.json()["code"]) == (409, "upload.offset")
    assert answer.headers["Upload-Offset"] == "100"
    assert sender.send(100).json()["upload"] is not None


def test_the_last_piece_again_does_no_harm(desk, cha):
    sender = Sender(desk, cha())
    sender.send(0)
    answer = sender.send(len(cha()))
    assert (answer.status_code, answer.json()["code"]) == (409, "upload.whole")
    assert desk.client.get(sender.path).json()["upload"] is not None


def test_a_file_that_is_whole_but_not_kept_is_kept_at_the_next_word(desk, app, cha):
    """The server was killed after the last byte and before its answer."""
    sender = Sender(desk, cha())
    (app.settings.home / "spool" / f"{sender.begun.json()['id']}.part").write_bytes(cha())
    assert sender.send(len(cha())).json()["upload"]["size"] == len(cha())


def test_a_restarted_server_knows_how_far_it_is(desk, app, cha):
    sender = Sender(desk, cha())
    sender.send(0, 100)
    app.incoming.spool = Spool(app.settings.home / "spool")
    assert desk.client.get(sender.path).json()["offset"] == 100
    assert sender.send(100).json()["upload"] is not None


@pytest.mark.parametrize("announced", [True, False])
def test_other_bytes_are_found_by_their_sum(desk, app, cha, announced):
    wanted = {"sha256": hashlib.sha256(b"other").hexdigest()}
    sender = Sender(desk, cha(), **(wanted if announced else {}))
    answer = sender.send(0, **({} if announced else wanted))
    assert (answer.status_code, answer.json()["code"]) == (422, "upload.sum")
    assert desk.client.get(sender.path).status_code == 404
    assert list(app.blobs.keys()) == []


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"filename": "x.exe"}, 422, "upload.kind"),
        ({"size": 0}, 422, "upload.empty"),
        ({"size": -1}, 422, "request.invalid"),
        ({"size": 1_000_001}, 413, "upload.too-large"),
        ({"sha256": "no sum"}, 422, "request.invalid"),
        ({"child_id": "none"}, 404, "child.not-found"),
        ({"unknown": 1}, 422, "request.invalid"),
    ],
)
def test_refused_announcements(desk, app, more, status, code):
    body = {"child_id": desk.child(), "filename": "x.wav", "size": 5, **more}
    answer = desk.client.post("/api/uploads", json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert list((app.settings.home / "spool").iterdir()) == []


def test_more_than_was_announced_is_refused(desk, cha):
    sender = Sender(desk, cha(), size=10)
    answer = sender.send(0)
    assert (answer.status_code, answer.json()["code"]) == (422, "upload.size")


def test_a_file_can_be_given_up(desk, app, cha):
    sender = Sender(desk, cha())
    sender.send(0, 100)
    assert desk.client.delete(sender.path).status_code == 204
    assert desk.client.get(sender.path).status_code == 404
    assert sender.send(100).status_code == 404
    assert list((app.settings.home / "spool").iterdir()) == []


def test_a_full_disk_is_507(desk, app, cha, monkeypatch):
    import errno
    import os

    sender = Sender(desk, cha())
    with monkeypatch.context() as patch:

        def full(*_):
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(os, "write", full)
        answer = sender.send(0)
    assert (answer.status_code, answer.json()["code"]) == (507, "store.full")
    assert sender.send(0).json()["upload"] is not None


def test_what_is_handed_in_twice_is_told_and_stays_one_session(desk, cha):
    child = desk.child()
    first = desk.order(child, desk.upload("visit.cha", cha()))
    assert first["repeats"] is None
    session = desk.ended(first)["session_id"]
    again = desk.order(child, desk.upload("copy of visit.cha", cha()))
    assert again["repeats"] == session
    assert desk.ended(again)["session_id"] == session
    other = desk.order(child, desk.upload("visit.cha", cha(word="cat")))
    assert other["repeats"] is None
    assert desk.ended(other)["session_id"] != session


CAPTIONS = b"1\n00:00:01,000 --> 00:00:02,000\nCHI: no .\n"


def test_captions_become_a_session(desk):
    sender = Sender(desk, CAPTIONS, "visit.srt")
    done = sender.send(0).json()
    assert desk.session(desk.last_child, done["upload"]["id"])["n_utterances"] == 1


def test_a_tier_of_nobody_known_leaves_the_child_open(desk):
    sender = Sender(desk, CAPTIONS.replace(b"CHI", b"Mia"), "visit.srt")
    session = desk.session(desk.last_child, sender.send(0).json()["upload"]["id"])
    assert session["target"] is None
