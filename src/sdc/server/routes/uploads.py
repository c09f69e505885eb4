"""Uploads: a file is on disk before it is acknowledged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from sdc.access import Action
from sdc.server import views
from sdc.server.deps import AppDep
from sdc.server.models import UploadOut
from sdc.server.permission import ChildFrom, needs
from sdc.server.receive import receive_whole

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
