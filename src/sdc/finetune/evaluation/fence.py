"""The evidence inside a prompt of the companion, read back: what an answer is held against."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from sdc.companion.engines.claims import ClaimsOut
from sdc.companion.grounding import WEEK, figures
from sdc.session import Claim, Evidence

OPEN, CLOSE = "<data>\n", "\n</data>"


def fenced_evidence(prompt: str) -> tuple[Evidence, ...] | None:
    """Return the evidence between ``<data>`` and ``</data>``; None where a prompt holds none."""
    start, end = prompt.find(OPEN), prompt.rfind(CLOSE)
    if start < 0 or end < start:
        return None
    try:
        rows = json.loads(prompt[start + len(OPEN) : end])["evidence"]
    except (ValueError, KeyError, TypeError):
        return None
    return tuple(_evidence(row) for row in rows if isinstance(row, dict))


def _evidence(row: dict[str, Any]) -> Evidence:
    """Return a row of the fence as evidence: a week, a quotation, or a value with what it rests on."""
    name = str(row.get("id", ""))
    if "quote" in row:
        return Evidence(name, "", quote=str(row["quote"]))
    if "value" not in row and "week" in row:
        return Evidence(name, "", measure=WEEK, value=float(row["week"]))
    value, n = _first(row.get("value")), _first(row.get("rests_on"))
    return Evidence(name, "", measure=str(row.get("what", "")), value=value, n=int(n) if n is not None else None)


def _first(text: object) -> float | None:
    return next((f.value for f in figures(str(text))), None) if text is not None else None


def read_claims(output: str) -> tuple[Claim, ...] | None:
    """Return the claims of an answer; None where it is not in the form that was asked for."""
    start = output.find("{")
    if start < 0:
        return None
    try:
        return ClaimsOut.model_validate(json.JSONDecoder().raw_decode(output, start)[0]).to_claims()
    except (ValueError, ValidationError, RecursionError):
        return None
