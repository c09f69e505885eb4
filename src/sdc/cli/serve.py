"""`sdc serve`: the dashboard, on this machine."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import note, say

if TYPE_CHECKING:
    from sdc.app import App


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default: SDC_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port; 0 takes a free one; default: SDC_PORT.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the dashboard in the browser.")] = False,
) -> None:
    """Serve the dashboard on this machine; the printed address signs one browser in, once.

    With SDC_ACCOUNTS=yes people sign in with a name and a password instead (see `sdc accounts`).
    """
    from sdc.app import build_app
    from sdc.pipeline.log_lines import set_up_logging
    from sdc.settings import read_settings

    settings = read_settings()
    settings = replace(
        settings, host=settings.host if host is None else host, port=settings.port if port is None else port
    )
    set_up_logging(settings.log_format, settings.log_level)
    with build_app(settings) as app:
        run_server(app, open_browser=open_browser)


def run_server(app: App, *, open_browser: bool = False) -> None:
    """Serve until Ctrl-C, telling where."""
    from sdc.server.run import serve as run

    if app.settings.accounts and not app.accounts.all():
        note("warning: nobody can sign in yet. Add somebody with: sdc accounts add NAME --role admin")
    how = "People sign in with their accounts." if app.settings.accounts else "The address works once, in one browser."

    def tell(url: str) -> None:
        say(f"\nThe dashboard is at\n\n    {url}\n\n{how} Stop with Ctrl-C.")

    run(app, open_browser=open_browser, on_ready=tell)
