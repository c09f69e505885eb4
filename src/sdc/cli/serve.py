"""`sdc serve`: the dashboard, on this machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import note, say

if TYPE_CHECKING:
    from sdc.app import App

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default: SDC_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one; default: SDC_PORT.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the dashboard in the browser.")] = False,
) -> None:
    """Serve the dashboard on this machine; the printed address signs one browser in, once."""
    from sdc.app import build_app
    from sdc.settings import read_settings

    settings = read_settings()
    settings = replace(
        settings, host=settings.host if host is None else host, port=settings.port if port is None else port
    )
    with build_app(settings) as app:
        run_server(app, open_browser=open_browser)


def run_server(app: App, *, open_browser: bool = False) -> None:
    """Serve until Ctrl-C, telling where."""
    from sdc.server.run import serve as run

    if app.settings.host not in LOOPBACK:
        note(
            f"warning: {app.settings.host} can be reached from other machines, without encryption. "
            "Put a reverse proxy with HTTPS in front of it, or listen on 127.0.0.1."
        )

    def tell(url: str) -> None:
        say(f"\nThe dashboard is at\n\n    {url}\n\nThe address works once, in one browser. Stop with Ctrl-C.")

    run(app, open_browser=open_browser, on_ready=tell)
