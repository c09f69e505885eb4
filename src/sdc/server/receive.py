"""Uploads from the request's stream into the store."""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sdc.errors import InputError
from sdc.store.records import Upload
from sdc.store.repository import Repository
from sdc.store.uploads import safe_name, too_large


async def receive_upload(repository: Repository, limit_bytes: int, filename: str, request: Request) -> Upload:
    """Receive a raw body in constant memory; it is on disk when this returns.

    Raises
    ------
    InputError
        ``upload.kind``, ``upload.too-large``, ``upload.empty``, ``upload.cut``.
    """
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > limit_bytes:
        raise too_large(filename, limit_bytes)
    with repository.receive(filename, limit_bytes) as incoming:
        try:
            async for chunk in request.stream():
                incoming.write(chunk)
        except ClientDisconnect as error:
            raise InputError(
                "The upload broke off.", code="upload.cut", hint="Upload the file again.", source=safe_name(filename)
            ) from error
        return await run_in_threadpool(repository.keep_upload, incoming)
