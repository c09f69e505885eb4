"""The server: routes, gate, guard, problems and the dashboard, put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from sdc import __version__
from sdc.app import App
from sdc.pipeline.daily import Daily
from sdc.pipeline.retention import apply_retention
from sdc.pipeline.worker import Workers
from sdc.server import probes
from sdc.server.access import Access, ClinicAccess
from sdc.server.body_limit import MAX_BODY_BYTES, BodyLimit
from sdc.server.dashboard import dashboard_router
from sdc.server.exposure import speaks_tls
from sdc.server.guard import Guard, allowed_hosts
from sdc.server.metrics import Metrics
from sdc.server.observing import Observer
from sdc.server.problems import add_problem_handlers
from sdc.server.readiness import Readiness, parts_of
from sdc.server.routes import api_router


def _operation_id(route: APIRoute) -> str:
    return route.name


def describe_api() -> dict[str, Any]:
    """Return what the OpenAPI document says about the API as a whole."""
    return {
        "title": "Speech & Development Companion",
        "version": __version__,
        "generate_unique_id_function": _operation_id,
        "docs_url": None,
        "redoc_url": None,
        "openapi_url": None,
    }


def create_server(app: App, token: str) -> FastAPI:
    """Return the ASGI application; its worker threads live as long as it does.

    Parameters
    ----------
    app : App
    token : str
        One-time token, exchanged for a session cookie by whoever brings it first; not used with accounts.
    """

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        expire = partial(apply_retention, app, actor="worker")
        process = metrics.timed(app.process)
        with Workers(app.jobs, process, count=app.settings.workers) as server.state.workers, Daily(expire):
            yield

    settings = app.settings
    server = FastAPI(**describe_api(), lifespan=lifespan)
    server.state.workers = None
    readiness = Readiness(parts_of(app, lambda: server.state.workers))
    metrics = Metrics(readiness, settings.home)
    server.state.readiness, server.state.metrics = readiness, metrics
    server.state.sdc = app
    server.state.access = ClinicAccess(app.accounts) if settings.accounts else Access(token)
    server.state.secure = speaks_tls(settings)
    server.state.behind_proxy = settings.behind_proxy
    server.include_router(api_router())
    server.include_router(probes.router)
    server.include_router(dashboard_router())
    add_problem_handlers(server)
    server.add_middleware(BodyLimit, limit=MAX_BODY_BYTES)
    hosts = allowed_hosts(settings.host, settings.public_url)
    server.add_middleware(Guard, hosts=hosts, open_paths=probes.QUIET)
    server.add_middleware(Observer, metrics=metrics, routes=lambda: server.router.routes)
    return server
