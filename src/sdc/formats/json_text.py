"""JSON as it should be: one value for a key."""

from __future__ import annotations

from typing import Any


class RepeatedKeyError(ValueError):
    """A key stands twice in one object, and nobody knows which value is meant."""


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object of its pairs, for ``json.loads(object_pairs_hook=…)``.

    Raises
    ------
    RepeatedKeyError
    """
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise RepeatedKeyError(f"The key {repeated[:40]!r} stands twice in one object.")
    return made
