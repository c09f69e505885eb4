"""Uploads: a file is on disk before it is acknowledged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from sdc.server import views
from sdc.server.deps import AppDep
from sdc.server.models import UploadOut
from sdc.server.receive import receive_upload

router = APIRouter(tags=["uploads"])

RAW_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.put("/uploads", status_code=201, openapi_extra=RAW_BODY)
async def put_upload(
    request: Request,
    app: AppDep,
    filename: Annotated[str, Query(min_length=1, max_length=255, description="Name of the file, with its ending.")],
) -> UploadOut:
    """Receive one file (the raw body); it is safely on disk when the answer comes."""
    return views.upload(await receive_upload(app.repository, app.settings.max_upload_bytes, filename, request))
