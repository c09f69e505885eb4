"""Sessions made in a line."""

from collections.abc import Callable

import pytest

from sdc.progress import SessionPoint
from sdc.session import Measure


@pytest.fixture
def measure() -> Callable[..., Measure]:
    def make(measure_id: str, value: float | None, n: int | None, **more: object) -> Measure:
        return Measure(measure_id, value, "unit", n, more.pop("rule", f"{measure_id}.v1"), **more)

    return make


@pytest.fixture
def point(measure) -> Callable[..., SessionPoint]:
    """Make a session: ``point("s1", mlu_words=(2.0, 50), context="free play")``."""

    def make(session_id: str, **fields: object) -> SessionPoint:
        named = {k: fields.pop(k) for k in ("date", "age_months", "context", "recognised", "minutes") if k in fields}
        measures = {k: v if isinstance(v, Measure) else measure(k, *v) for k, v in fields.items()}
        return SessionPoint(session_id, measures=measures, **named)

    return make
