"""Uploads from the request's stream into the spool."""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sdc.errors import InputError
from sdc.store.blobs import CHUNK_BYTES
from sdc.store.incoming import Incoming
from sdc.store.records import Upload
from sdc.store.uploads import safe_name


async def receive_whole(incoming: Incoming, child_id: str, filename: str, request: Request) -> Upload:
    """Receive a raw body as a whole file; it is on disk when this returns, and forgotten when it breaks off.

    Raises
    ------
    InputError
        ``upload.kind``, ``upload.too-large``, ``upload.empty``, ``upload.cut``.
    NotFoundError
        No such child.
    """
    announced = request.headers.get("content-length", "")
    size = int(announced) if announced.isdigit() else None
    begun = await run_in_threadpool(incoming.begin, child_id, filename, size)
    try:
        await receive_stretch(incoming, begun.id, 0, request)
        done = await run_in_threadpool(incoming.finish, begun.id)
        if done.upload is None:
            raise _cut(filename)
        return done.upload
    finally:
        incoming.spool.remove(begun.id)


async def receive_stretch(incoming: Incoming, upload_id: str, offset: int, request: Request) -> None:
    """Add a raw body to a file from ``offset`` on, in constant memory; what has come stays."""
    with incoming.append(upload_id, offset) as receiver:
        held = bytearray()
        try:
            async for chunk in request.stream():
                held += chunk
                if len(held) >= CHUNK_BYTES:
                    await run_in_threadpool(receiver.write, bytes(held))
                    held.clear()
        except ClientDisconnect as error:
            raise _cut(incoming.spool.get(upload_id).filename) from error
        finally:
            if held:
                await run_in_threadpool(receiver.write, bytes(held))


def _cut(filename: str) -> InputError:
    return InputError(
        "The upload broke off.", code="upload.cut", hint="Upload the file again.", source=safe_name(filename)
    )
