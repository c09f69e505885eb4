"""Fixtures that all tests share."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("sdc", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("sdc")


def find_shared() -> Path | None:
    """Return the shared folder beside the project (or beside a folder above it), if it is there."""
    for parent in Path(__file__).resolve().parents:
        candidate = parent / "shared" / "data"
        if candidate.is_dir():
            return parent / "shared"
    return None


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared folder (documents, norms, data); skip where it is absent."""
    found = find_shared()
    if found is None:
        pytest.skip("the shared test data is not beside the project")
    return found


@pytest.fixture(scope="session")
def shared_data(shared: Path) -> Path:
    """Return shared/data; skip where it is absent."""
    return shared / "data"


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]):
    """Turn skips into failures where SDC_TEST_NO_SKIPS is set, so that CI cannot hide a check."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and os.environ.get("SDC_TEST_NO_SKIPS") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped where skips are refused: {call.excinfo.value if call.excinfo else item.name}"
