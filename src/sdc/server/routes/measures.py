"""What SDC measures."""

from __future__ import annotations

from fastapi import APIRouter

from sdc.measures import REGISTRY
from sdc.server import views
from sdc.server.models import MeasureInfoOut

router = APIRouter(tags=["measures"])


@router.get("/measures")
def list_measures() -> list[MeasureInfoOut]:
    """List all measures with their definitions."""
    return [views.measure_info(rule) for rule in REGISTRY.values()]
