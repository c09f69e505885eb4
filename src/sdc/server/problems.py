"""Errors → answers: every one is a ``ProblemOut`` with the status that fits."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from sdc.errors import (
    AccessError,
    ConflictError,
    ConsentError,
    ExtraMissingError,
    InputError,
    MissingInputError,
    ModelMissingError,
    NotFoundError,
    QuestionError,
    SDCError,
    UnknownMeasureError,
)
from sdc.pipeline.log_lines import request_id
from sdc.server.models import ProblemOut
from sdc.store.spool import OffsetError
from sdc.store.versions import StaleVersionError

log = logging.getLogger(__name__)

STATUS: tuple[tuple[type[SDCError], int], ...] = (
    (AccessError, 401),
    (ConsentError, 403),
    (NotFoundError, 404),
    (ConflictError, 409),
    (MissingInputError, 404),
    (InputError, 422),
    (QuestionError, 422),
    (UnknownMeasureError, 422),
    (ExtraMissingError, 501),
    (ModelMissingError, 501),
)
"""The first class that fits decides; anything else is 500. 501: this server was set up without what is asked for."""

STATUS_OF_CODE = {
    "upload.too-large": 413,
    "request.too-large": 413,
    "upload.taken-over": 409,
    "store.full": 507,
    "store.unreachable": 503,
    "vectors.unreachable": 503,
    "access.origin": 403,
    "access.csrf": 403,
    "access.forbidden": 403,
    "access.host": 400,
    "access.metrics": 403,
    "access.wait": 429,
    "request.invalid": 422,
}
HINTS = {404: "Check the address.", 405: "Look into the API's description.", 413: "Send less at once."}


def status_of(error: SDCError) -> int:
    """Return the HTTP status for an error."""
    by_class = next((status for kind, status in STATUS if isinstance(error, kind)), 500)
    return STATUS_OF_CODE.get(error.code, by_class)


def problem_response(error: SDCError, status: int | None = None) -> JSONResponse:
    """Return the answer for an error."""
    status = status or status_of(error)
    error_id = request_id.get() if status >= 500 else None
    body = ProblemOut.model_validate(error.to_dict() | {"error_id": error_id or None})
    return JSONResponse(body.model_dump(), status_code=status)


def _answer(request: Request, error: SDCError, status: int | None = None) -> JSONResponse:
    """Return the answer for an error, having told the log its code."""
    request.state.problem = error.code
    answer = problem_response(error, status)
    if answer.status_code == 500:
        log.error("a request failed: %s", error, exc_info=error)
    return answer


def add_problem_handlers(server: FastAPI) -> None:
    """Turn SDC's errors, refused requests and wrong addresses into problems."""

    @server.exception_handler(SDCError)
    async def on_sdc_error(request: Request, error: SDCError) -> JSONResponse:
        return _answer(request, error)

    @server.exception_handler(OffsetError)
    async def on_other_offset(request: Request, error: OffsetError) -> JSONResponse:
        answer = _answer(request, error)
        answer.headers["Upload-Offset"] = str(error.offset)
        return answer

    @server.exception_handler(StaleVersionError)
    async def on_stale_version(request: Request, error: StaleVersionError) -> JSONResponse:
        answer = _answer(request, error)
        answer.headers["ETag"] = f'"{error.current}"'
        return answer

    @server.exception_handler(RequestValidationError)
    async def on_refused(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "query", "path"))
        what = f"{place}: {first['msg']}" if place else str(first["msg"])
        return _answer(request, SDCError(f"{what}.", code="request.invalid", hint="Correct the value."), 422)

    @server.exception_handler(Exception)  # the process boundary; the server goes on and logs the rest
    async def on_broken(_: Request, error: Exception) -> JSONResponse:
        hint = "Try again; if it stays, report it with the log."
        problem = SDCError(f"The server broke off ({type(error).__name__}).", code="server.broken", hint=hint)
        return problem_response(problem, 500)

    @server.exception_handler(HTTPException)
    async def on_http(request: Request, error: HTTPException) -> JSONResponse:
        problem = SDCError(f"{error.detail}.", code=f"http.{error.status_code}", hint=HINTS.get(error.status_code))
        return _answer(request, problem, error.status_code)
