"""Recordings over HTTP: whole, in ranges, and told apart when unchanged."""

import struct
from base64 import b64decode

import pytest

from sdc.server.media import UnsatisfiableError, content_type, parse_range


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("bytes=0-", (0, 100)),
        ("bytes=0-0", (0, 1)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=-", None),
        ("bytes=20-10", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
        (f"bytes=0-{'9' * 5000}", None),  # int() refuses so many digits
        ("bytes=٠-٩", None),
    ],
)
def test_ranges(text, expected):
    assert parse_range(text, 100) == expected


@pytest.mark.parametrize("text", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_ranges_outside(text):
    with pytest.raises(UnsatisfiableError):
        parse_range(text, 100)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.WAV", "audio/wav"),
        ("a.m4a", "audio/mp4"),
        ("a.mp3", "audio/mpeg"),
        ("a.mp4", "video/mp4"),
        ("a.opus", "audio/ogg"),
        ("a.mov", "video/quicktime"),
        ("a", "application/octet-stream"),
    ],
)
def test_content_types(name, kind):
    assert content_type(name) == kind


def test_a_player_gets_what_it_asks_for(desk, cha, wav):
    session = desk.session(desk.child(), desk.upload("visit.cha", cha()), desk.upload("visit.wav", wav))
    url = session["media_url"]
    whole = desk.client.get(url)
    assert (whole.status_code, whole.content) == (200, wav)
    assert whole.headers["content-type"] == "audio/wav"
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-length"] == str(len(wav))
    part = desk.client.get(url, headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.content) == (206, wav[1000:2000])
    assert part.headers["content-range"] == f"bytes 1000-1999/{len(wav)}"
    assert whole.headers["cache-control"] == part.headers["cache-control"] == "no-store"
    beyond = desk.client.get(url, headers={"Range": f"bytes={len(wav)}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(wav)}")
    known = desk.client.get(url, headers={"If-None-Match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    changed = desk.client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert changed.status_code == 200


def test_a_session_without_a_recording(desk, cha):
    session = desk.session(desk.child(), desk.upload("visit.cha", cha()))
    answer = desk.client.get(f"/api/sessions/{session['id']}/media")
    assert (answer.status_code, answer.json()["code"]) == (404, "session.no-recording")
    assert desk.client.get(f"/api/sessions/{session['id']}/tracks").json()["code"] == "session.no-tracks"


def test_the_spectrogram_is_a_picture_of_the_recording(desk, wav):
    session = desk.session(desk.child(), desk.upload("visit.wav", wav))
    shown = desk.client.get(f"/api/sessions/{session['id']}/spectrogram").json()
    png = b64decode(shown["png"])
    assert png.startswith(b"\x89PNG")
    assert (shown["columns"], shown["hop_s"], shown["high_hz"]) == (300, 0.01, 8000)
    assert struct.unpack(">II", png[16:24]) == (shown["band_columns"], shown["band_rows"])


def test_without_a_recording_there_is_no_spectrogram(desk, cha):
    session = desk.session(desk.child(), desk.upload("visit.cha", cha()))
    answer = desk.client.get(f"/api/sessions/{session['id']}/spectrogram")
    assert (answer.status_code, answer.json()["code"]) == (404, "session.no-recording")


def test_the_page_may_ask_for_the_microphone_and_nothing_else(client):
    policy = client.get("/api/health").headers["permissions-policy"]
    assert policy == "camera=(), geolocation=(), microphone=(self)"
