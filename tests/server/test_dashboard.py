"""The dashboard's files: assets, the entry page for its own addresses, nothing outside the folder; compressed."""

import gzip
import runpy
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from sdc.server.built_files import takes_gzip
from sdc.server.dashboard import dashboard_router, entry_page, file_or_entry
from sdc.server.server import create_server

BUILD = runpy.run_path(str(Path(__file__).resolve().parents[2] / "hatch_build.py"))
SCRIPT = "export const words = 'ba da ga';\n" * 200
PLAIN = Headers()


@pytest.fixture
def static(tmp_path):
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<html>entry</html>")
    (folder / "assets" / "app-1a2b.js").write_text(SCRIPT)
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def sent(response):
    return str(response.path).rpartition("/")[2]


def test_files(static):
    asset = file_or_entry(static, "assets/app-1a2b.js", PLAIN)
    assert sent(asset) == "app-1a2b.js"
    assert "immutable" in asset.headers["cache-control"]
    assert sent(file_or_entry(static, "icon.svg", PLAIN)) == "icon.svg"


@pytest.mark.parametrize(
    "path", ["children/c1", "sessions/s1/x", "../secret.txt", "../../etc/passwd", "%2e%2e/secret.txt"]
)
def test_other_addresses_open_the_dashboard(static, path):
    page = file_or_entry(static, path, PLAIN)
    assert sent(page) == "index.html"
    assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["api", "api/none", "assets/gone.js"])
def test_what_is_no_page_is_not_found(static, path):
    with pytest.raises(HTTPException) as caught:
        file_or_entry(static, path, PLAIN)
    assert caught.value.status_code == 404


def test_without_a_build_the_page_says_so(tmp_path):
    page = entry_page(tmp_path, PLAIN)
    assert page.status_code == 503
    assert b"not built" in page.body


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("br, GZIP;q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("identity", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("gzip;q=much", False),
    ],
)
def test_whether_a_browser_takes_gzip(header, takes):
    assert takes_gzip(Headers({"accept-encoding": header})) is takes


def test_compressing_is_the_same_each_time_and_only_where_it_helps(static):
    assert BUILD["compress_built"](static) == 1, "what is as small as icon.svg would only grow"
    packed = static / "assets" / "app-1a2b.js.gz"
    first = packed.read_bytes()
    assert gzip.decompress(first).decode() == SCRIPT
    assert first[4:8] == bytes(4), "no time of the build in it"
    assert BUILD["compress_built"](static) == 0
    packed.unlink()
    BUILD["compress_built"](static)
    assert packed.read_bytes() == first


@pytest.fixture
def address(static, app) -> Iterator[str]:
    """Where a server runs that has the dashboard of ``static`` before its own."""
    BUILD["compress_built"](static)
    dashboard, real = FastAPI(), create_server(app, "token")
    dashboard.state = real.state
    dashboard.include_router(dashboard_router(static))
    server = uvicorn.Server(uvicorn.Config(_beside(dashboard, real), port=0, log_level="critical", lifespan="off"))
    running = threading.Thread(target=server.run)
    running.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join()


def _beside(dashboard, real):
    """Send the addresses of the API to the real server, the others to the dashboard of the test."""

    async def both(scope, receive, send):
        await (real if scope["path"].startswith("/api") else dashboard)(scope, receive, send)

    return both


def raw(address, path, **headers):
    """Return an answer and its bytes as they travelled."""
    with httpx.stream("GET", address + path, headers={"Accept-Encoding": "", **headers}) as answer:
        return answer, b"".join(answer.iter_raw())


def test_scripts_travel_compressed(address, static):
    answer, data = raw(address, "/assets/app-1a2b.js", **{"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(data).decode() == SCRIPT
    assert len(data) == int(answer.headers["content-length"]) < len(SCRIPT) / 10
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]


def test_who_takes_no_gzip_gets_the_file_itself(address):
    answer, data = raw(address, "/assets/app-1a2b.js")
    assert data.decode() == SCRIPT
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding", "a cache between must keep the two apart"


def test_what_the_browser_has_is_not_sent_again(address, static):
    page, _ = raw(address, "/children/c1")
    again, data = raw(address, "/", **{"If-None-Match": page.headers["etag"]})
    assert (again.status_code, data) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
    packed, _ = raw(address, "/assets/app-1a2b.js", **{"Accept-Encoding": "gzip"})
    plain, _ = raw(address, "/assets/app-1a2b.js")
    assert packed.headers["etag"] != plain.headers["etag"]
    (static / "index.html").write_text("<html>another entry</html>")
    assert raw(address, "/", **{"If-None-Match": page.headers["etag"]})[0].status_code == 200


def test_answers_of_the_api_are_not_compressed(address):
    answer, data = raw(address, "/api/children", **{"Accept-Encoding": "gzip"})
    assert answer.status_code == 401
    assert "content-encoding" not in answer.headers
    assert data.startswith(b"{")
