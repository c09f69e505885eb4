"""What an hour of a card costs: ``prices.toml``, or a copy that somebody keeps up to date."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from sdc.errors import InputError, SettingsError
from sdc.finetune.planning.gpus import gpus


@dataclass(frozen=True, slots=True)
class Price:
    """An hour of a card at a provider.

    Attributes
    ----------
    provider, gpu : str
    usd_per_hour : float
    date : str
        ISO day that the price is of.
    source : str
    """

    provider: str
    gpu: str
    usd_per_hour: float
    date: str
    source: str


def read_prices(path: Path | None = None) -> tuple[Price, ...]:
    """Return the prices of a file, by default of the one that comes with SDC.

    Raises
    ------
    InputError
        ``plan.prices``: the file cannot be read, or a price lacks something or cannot be.
    """
    source = str(path) if path else None
    try:
        bundled = files("sdc.finetune.planning").joinpath("prices.toml")
        text = path.read_text(encoding="utf-8") if path else bundled.read_text(encoding="utf-8")
        rows = tomllib.loads(text).get("price", [])
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise _bad(f"The price file cannot be read ({error}).", source) from error
    found = tuple(_price(row, number, source) for number, row in enumerate(rows, 1))
    twice = {(p.provider, p.gpu) for p in found if sum((q.provider, q.gpu) == (p.provider, p.gpu) for q in found) > 1}
    if not found or twice:
        what = (
            f"{', '.join(sorted(' '.join(pair) for pair in twice))} has several prices"
            if twice
            else "It holds no price"
        )
        raise _bad(f"{what}.", source)
    return found


def of_provider(prices: tuple[Price, ...], provider: str | None) -> tuple[Price, ...]:
    """Return the prices of one provider, or all; ``SettingsError`` ``plan.provider`` where there is none of it."""
    found = tuple(p for p in prices if provider is None or p.provider == provider.lower())
    if not found:
        known = ", ".join(sorted({p.provider for p in prices}))
        raise SettingsError(f"There is no price of {provider}.", code="plan.provider", hint=f"Known: {known}.")
    return found


def _price(row: Any, number: int, source: str | None) -> Price:
    try:
        price = Price(
            str(row["provider"]), str(row["gpu"]), float(row["usd_per_hour"]), str(row["date"]), str(row["source"])
        )
        date.fromisoformat(price.date)
    except (KeyError, TypeError, ValueError) as error:
        raise _bad(f"Price {number} lacks a part or has one that cannot be ({error}).", source) from error
    if price.usd_per_hour < 0 or price.gpu not in gpus() or not price.source.strip():
        raise _bad(f"Price {number} is below zero, of an unknown card, or without a source.", source)
    return price


def _bad(what: str, source: str | None) -> InputError:
    hint = "Each [[price]] has provider, gpu, usd_per_hour, date (2026-01-31) and source."
    return InputError(what, code="plan.prices", hint=hint, source=source)
