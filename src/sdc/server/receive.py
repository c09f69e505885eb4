"""Uploads from the request's stream into the spool."""

from __future__ import annotations

from fastapi import Request
from fastapi.concurrency import contextmanager_in_threadpool
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sdc.errors import InputError
from sdc.store.blobs import CHUNK_BYTES
from sdc.store.incoming import Incoming, Progress, Receiver
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
    size = int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else None
    begun = await run_in_threadpool(incoming.begin, child_id, filename, size)
    try:
        done = await receive_piece(incoming, begun.id, 0, request)
        if done.upload is None:
            raise _cut(filename)
        return done.upload
    finally:
        incoming.spool.remove(begun.id)


async def receive_piece(
    incoming: Incoming, upload_id: str, offset: int, request: Request, sha256: str | None = None
) -> Progress:
    """Add a raw body to a file from ``offset`` on; what has come stays, however it ends.

    Raises
    ------
    OffsetError
        The file ends elsewhere.
    InputError
        ``upload.cut``, ``upload.size``, ``upload.too-large``, ``upload.sum``, ``upload.empty``.
    StoreError
        ``store.full``; what has come is kept.
    """
    async with contextmanager_in_threadpool(incoming.append(upload_id, offset)) as receiver:
        await _drain(request, receiver)
    return await run_in_threadpool(incoming.finish, upload_id, sha256)


async def _drain(request: Request, receiver: Receiver) -> None:
    """Write the body in constant memory; what came before a break is written too."""
    held = bytearray()
    try:
        async for chunk in request.stream():
            held += chunk
            if len(held) >= CHUNK_BYTES:
                await run_in_threadpool(receiver.write, bytes(held))
                held.clear()
    except ClientDisconnect as error:
        await run_in_threadpool(receiver.write, bytes(held))
        raise _cut(receiver.filename) from error
    await run_in_threadpool(receiver.write, bytes(held))


def _cut(filename: str) -> InputError:
    return InputError(
        "The upload broke off.", code="upload.cut", hint="Upload the file again.", source=safe_name(filename)
    )
