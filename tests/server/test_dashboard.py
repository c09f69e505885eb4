"""The dashboard's files: assets, the entry page for its own addresses, nothing outside the folder."""

import pytest
from starlette.exceptions import HTTPException

from sdc.server.dashboard import entry_page, file_or_entry


@pytest.fixture
def static(tmp_path):
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<html>entry</html>")
    (folder / "assets" / "app-1a2b.js").write_text("js")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    return folder


def sent(response):
    return str(response.path).rpartition("/")[2]


def test_files(static):
    asset = file_or_entry(static, "assets/app-1a2b.js")
    assert sent(asset) == "app-1a2b.js"
    assert "immutable" in asset.headers["cache-control"]
    assert sent(file_or_entry(static, "icon.svg")) == "icon.svg"


@pytest.mark.parametrize(
    "path", ["children/c1", "sessions/s1/x", "../secret.txt", "../../etc/passwd", "%2e%2e/secret.txt"]
)
def test_other_addresses_open_the_dashboard(static, path):
    page = file_or_entry(static, path)
    assert sent(page) == "index.html"
    assert page.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["api", "api/none", "assets/gone.js"])
def test_what_is_no_page_is_not_found(static, path):
    with pytest.raises(HTTPException) as caught:
        file_or_entry(static, path)
    assert caught.value.status_code == 404


def test_without_a_build_the_page_says_so(tmp_path):
    page = entry_page(tmp_path)
    assert page.status_code == 503
    assert b"not built" in page.body
