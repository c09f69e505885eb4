"""Times as the store keeps them: UTC, whole milliseconds (BSON keeps no more)."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """Return milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def now_iso() -> str:
    """Return the time as ISO text, e.g. ``2026-11-24T09:30:00.000Z``; texts sort as times do."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
