"""What SDC measures."""

from __future__ import annotations

from fastapi import APIRouter

from sdc.access import Action
from sdc.measures import REGISTRY
from sdc.server import views
from sdc.server.models import MeasureInfoOut
from sdc.server.permission import ChildFrom, needs

router = APIRouter(tags=["measures"])


@router.get("/measures")
@needs(Action.SEE_DEFINITIONS, ChildFrom.NOTHING)
def list_measures() -> list[MeasureInfoOut]:
    """List all measures with their definitions."""
    return [views.measure_info(rule) for rule in REGISTRY.values()]
