"""No model is asked over a network in tests, except fakes on loopback."""

from collections.abc import Iterator

import pytest
from pydantic_ai import models


@pytest.fixture(autouse=True)
def no_model_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "ALLOW_MODEL_REQUESTS", False)


@pytest.fixture
def loopback_fakes() -> Iterator[None]:
    with models.override_allow_model_requests(True):
        yield
