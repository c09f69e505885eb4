"""What a machine asks: does the process answer, do its parts answer, and the numbers for Prometheus."""

from __future__ import annotations

import hmac
from typing import Annotated, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from sdc.errors import AccessError
from sdc.server.guard import LOOPBACK_NAMES
from sdc.server.metrics import CONTENT_TYPE, Metrics
from sdc.server.models import Wire
from sdc.server.permission import open_to_all
from sdc.server.readiness import Readiness

HEALTH, READY, METRICS = "/healthz", "/readyz", "/metrics"
QUIET = frozenset({HEALTH, READY, METRICS})
"""Asked every few seconds: no log line at info, and whoever asks may call the server by any name."""

router = APIRouter(include_in_schema=False)


class ReadyOut(Wire):
    """Whether every part answers; of one that does not, a code and nothing else."""

    status: Literal["ready", "not ready"]
    parts: dict[str, str]


def get_readiness(request: Request) -> Readiness:
    """Return what asks the parts of this server."""
    readiness = request.app.state.readiness
    assert isinstance(readiness, Readiness)
    return readiness


def get_metrics(request: Request) -> Metrics:
    """Return the numbers of this server, to whoever may read them.

    Raises
    ------
    AccessError
        ``access.metrics``: no token where one is set; without one, not from this machine, or behind a proxy,
        through which everybody seems to come from it.
    """
    metrics, settings = request.app.state.metrics, request.app.state.sdc.settings
    assert isinstance(metrics, Metrics)
    if settings.metrics_token:
        given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        may = hmac.compare_digest(given.encode(), settings.metrics_token.encode())
    else:
        may = not settings.behind_proxy and _is_from_here(request)
    if not may:
        raise AccessError(
            "The metrics are for the machine that the server runs on, or for whoever has their token.",
            code="access.metrics",
            hint="Set SDC_METRICS_TOKEN and send it as a bearer token.",
        )
    return metrics


def _is_from_here(request: Request) -> bool:
    """Tell whether a request comes from this machine and means it by name (a page of another site does not)."""
    name = urlsplit(f"//{request.headers.get('host', '')}").hostname
    return request.client is not None and request.client.host in LOOPBACK_NAMES and name in LOOPBACK_NAMES


@router.get(HEALTH)
@open_to_all
async def get_healthz() -> PlainTextResponse:
    """Tell that the process answers; asks nothing of the store."""
    return PlainTextResponse("ok\n")


@router.get(READY)
@open_to_all
def get_readyz(readiness: Annotated[Readiness, Depends(get_readiness)]) -> JSONResponse:
    """Tell whether documents, blobs and the job worker answer; 503 and which one where they do not."""
    seen = readiness.look()
    parts = {part: trouble or "ready" for part, trouble in seen.troubles.items()}
    out = ReadyOut(status="ready" if seen.is_ready else "not ready", parts=parts)
    return JSONResponse(out.model_dump(), status_code=200 if seen.is_ready else 503)


@router.get(METRICS)
@open_to_all
def get_metrics_text(metrics: Annotated[Metrics, Depends(get_metrics)]) -> Response:
    """Give the numbers to Prometheus."""
    return Response(metrics.text(), media_type=CONTENT_TYPE)
