"""The built dashboard: its files, its entry page for every other address, and the sign-in link."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from sdc.errors import AccessError
from sdc.server.access import session_secret, set_session_cookie
from sdc.server.built_files import built_file
from sdc.server.deps import AccessDep

STATIC = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"  # the build puts a hash into the names of assets
ASK_AGAIN = "no-cache"  # kept, and asked for again each time: an unchanged file is not sent anew

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>SDC</title>
<body style="font: 1rem/1.6 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>{title}</h1><p>{text}</p></body></html>"""


def dashboard_router(static: Path = STATIC) -> APIRouter:
    """Return the routes of the dashboard; they come last and take every address that is left.

    Parameters
    ----------
    static : Path
        Folder of the built dashboard.
    """
    router = APIRouter(include_in_schema=False)

    @router.get("/")
    def open_dashboard(request: Request, access: AccessDep, token: str | None = None) -> Response:
        if token is None:
            return entry_page(static, request.headers)
        return sign_in(request, access, token)

    @router.get("/{path:path}")
    def open_path(request: Request, path: str) -> Response:
        return file_or_entry(static, path, request.headers)

    return router


def sign_in(request: Request, access: AccessDep, token: str) -> Response:
    """Exchange the token of the printed address for a cookie, and drop it from the address."""
    onward = RedirectResponse("/", status_code=303)
    if access.allows(session_secret(request)):  # the link was opened again in the same browser
        return onward
    try:
        set_session_cookie(request, onward, access.exchange(token))
    except AccessError as error:
        page = PAGE.format(title="Not signed in", text=f"{error.message} {error.hint}")
        return HTMLResponse(page, status_code=401)
    return onward


def file_or_entry(static: Path, path: str, asked: Headers) -> Response:
    """Return a file of the dashboard, or its entry page, which finds its way by the address.

    Parameters
    ----------
    static : Path
        Folder of the built dashboard.
    path : str
        What the address names.
    asked : Headers
        Of the request.

    Raises
    ------
    HTTPException
        404 for an unknown address of the API and an unknown asset.
    """
    if path == "api" or path.startswith("api/"):
        raise HTTPException(404, "There is no such address")
    wanted = _file_of(static, path)
    if wanted is not None:
        return built_file(wanted, asked, FOREVER if path.startswith("assets/") else ASK_AGAIN)
    if path.startswith("assets/"):
        raise HTTPException(404, "There is no such file")
    return entry_page(static, asked)


def _file_of(static: Path, path: str) -> Path | None:
    """Return a file of the dashboard; None where there is none, and for what could be no file's name."""
    try:
        wanted = (static / path).resolve()
        return wanted if wanted.is_relative_to(static.resolve()) and wanted.is_file() else None
    except (OSError, ValueError):  # too long; a NUL or half a character in it
        return None


def entry_page(static: Path, asked: Headers) -> Response:
    """Return the dashboard's entry page, or say how to build it."""
    index = static / "index.html"
    if index.is_file():
        return built_file(index, asked, ASK_AGAIN)
    text = "The dashboard is not built. Install SDC again with pip to build it; the API under /api works without."
    return HTMLResponse(PAGE.format(title="SDC runs", text=text), status_code=503)
