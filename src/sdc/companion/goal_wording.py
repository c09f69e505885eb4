"""Goals that would have a child mask: what SDC answers to them."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sdc.companion.wording import pattern
from sdc.session import Direction


def masking_advice(text: str, measure: str, direction: Direction) -> str | None:
    """Return the advice that answers a masking goal; None where the goal is none.

    Parameters
    ----------
    text : str
        Behaviour and condition.
    measure : str
    direction : {"at_least", "at_most"}
    """
    for rule in _rules().values():
        lowers = direction == "at_most" and measure in rule.get("at_most", ())
        if lowers or pattern(rule["words"]).search(text.replace("’", "'")):
            return str(rule["advice"])
    return None


@cache
def _rules() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("sdc.companion").joinpath("masking_goals.toml").read_text(encoding="utf-8"))
