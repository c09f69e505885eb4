"""Running the server: a socket on loopback, one process, until it is told to stop."""

from __future__ import annotations

import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn

from sdc.app import App
from sdc.errors import SettingsError
from sdc.server.access import new_token
from sdc.server.exposure import check_exposure
from sdc.server.server import create_server

STOP_S = 3
"""How long open answers (a page that follows a job) may last after the server was told to stop."""


class Announcing(uvicorn.Server):
    """A uvicorn server that tells when it listens."""

    def __init__(self, config: uvicorn.Config, on_started: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_started = on_started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell."""
        await super().startup(sockets)
        if self.started:
            self._on_started()


def serve(app: App, *, open_browser: bool = False, on_ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM.

    Parameters
    ----------
    app : App
        ``settings.host`` and ``settings.port`` tell where; port 0 takes a free one.
    open_browser : bool
        Open the address in the default browser.
    on_ready : callable
        Told the address, once the server listens; without accounts it holds the one-time token.

    Raises
    ------
    SettingsError
        The address cannot be used: the port is taken, the host is not this machine, or others could
        reach it without signing in or without encryption.
    """
    settings = app.settings
    check_exposure(settings)
    token = new_token()
    listener = bind(settings.host, settings.port)
    base = settings.public_url.rstrip("/") or base_url(settings.host, listener, tls=bool(settings.tls_cert))
    url = f"{base}/" if settings.accounts else f"{base}/?token={token}"

    def ready() -> None:
        on_ready(url)
        if open_browser:
            webbrowser.open(url)

    config = uvicorn.Config(
        create_server(app, token),
        log_config=None,
        access_log=False,  # its lines hold addresses with their queries; ours: server/observing.py
        ws="none",  # no route is one, and its log holds addresses too
        server_header=False,
        proxy_headers=False,  # what a proxy tells is read in one place: server/access.py
        ssl_certfile=settings.tls_cert or None,
        ssl_keyfile=settings.tls_key or None,
        timeout_graceful_shutdown=STOP_S,
    )
    # uvicorn stops in good order and then raises the signal again.
    with listener, sigterm_as_interrupt(), suppress(KeyboardInterrupt):
        Announcing(config, ready).run(sockets=[listener])


@contextmanager
def sigterm_as_interrupt() -> Iterator[None]:
    """Take a polite kill (of systemd, of a container) as Ctrl-C: the store is closed before the process ends."""
    if threading.current_thread() is not threading.main_thread():  # where signals cannot be told what to do
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that is bound to the address; ``SettingsError`` when it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio switches Nagle's delay off, which made each answer wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"The server cannot listen on {host}:{port}: {error.strerror or error}.",
            code="settings.address",
            hint="Choose another port with SDC_PORT (0 takes a free one).",
        ) from error
    return listener


def base_url(host: str, listener: socket.socket, *, tls: bool = False) -> str:
    """Return the address of a bound socket as a browser calls it."""
    name = f"[{host}]" if ":" in host else host
    return f"{'https' if tls else 'http'}://{name}:{listener.getsockname()[1]}"
