"""Uploads: a file is on disk before it is acknowledged.

In one go: ``PUT /api/uploads``. In pieces, which survive a lost connection and a restart:
``POST /api/uploads`` announces the file, each ``PATCH`` adds a piece at the offset that is
told, ``GET`` asks for that offset after a break, and the last piece makes it an upload.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from sdc.access import Action
from sdc.server import views
from sdc.server.deps import AppDep
from sdc.server.permission import ChildFrom, needs
from sdc.server.receive import receive_piece, receive_whole
from sdc.server.upload_models import UploadIn, UploadOut, UploadStateOut

router = APIRouter(tags=["uploads"])

RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put("/uploads", status_code=201, openapi_extra=RAW_BODY)
@needs(Action.UPLOAD, ChildFrom.CHILD)
async def put_upload(
    request: Request,
    app: AppDep,
    child_id: Annotated[str, Query(min_length=1, max_length=64, description="Whose file it is.")],
    filename: Annotated[str, Query(min_length=1, max_length=255, description="Name of the file, with its ending.")],
) -> UploadOut:
    """Receive one file (the raw body); it is safely on disk when the answer comes."""
    return views.upload(await receive_whole(app.incoming, child_id, filename, request))


@router.post("/uploads", status_code=201)
@needs(Action.UPLOAD, ChildFrom.BODY)
def begin_upload(app: AppDep, body: UploadIn) -> UploadStateOut:
    """Announce a file that will be sent in pieces."""
    return views.upload_state(app.incoming.begin(body.child_id, body.filename, body.size, body.sha256))


@router.get("/uploads/{upload_id}")
@needs(Action.UPLOAD, ChildFrom.UPLOAD)
def get_upload(app: AppDep, upload_id: str) -> UploadStateOut:
    """Tell how far a file has come."""
    return views.upload_state(app.incoming.progress(upload_id))


@router.patch("/uploads/{upload_id}", openapi_extra=RAW_BODY)
@needs(Action.UPLOAD, ChildFrom.UPLOAD)
async def append_to_upload(
    request: Request,
    app: AppDep,
    upload_id: str,
    offset: Annotated[int, Query(ge=0, description="Where the piece begins: as many bytes as have come.")],
    sha256: Annotated[
        str | None, Query(pattern=r"^[0-9a-fA-F]{64}$", description="With the last piece: what the whole must have.")
    ] = None,
) -> UploadStateOut:
    """Add a piece (the raw body); 409 with the header Upload-Offset when it begins elsewhere than the file ends."""
    return views.upload_state(await receive_piece(app.incoming, upload_id, offset, request, sha256))


@router.delete("/uploads/{upload_id}", status_code=204)
@needs(Action.UPLOAD, ChildFrom.UPLOAD)
def forget_upload(app: AppDep, upload_id: str) -> None:
    """Give a file up that is not whole yet."""
    app.incoming.forget(upload_id)
