"""Two examples of a structure that differ, searched for as CLAN's ``ipsyn`` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sdc.measures.syntax.items import Item, Look
from sdc.measures.syntax.patterns import Pattern, Row, is_excepted, match_at


@dataclass(frozen=True, slots=True)
class Example:
    """Where a structure was found.

    Attributes
    ----------
    place : int
        Of the row.
    units : tuple[int, ...]
        That the terms of the pattern found in it.
    lemmas : tuple[str, ...]
        Of these units.
    n_terms : int
        Units found up to here, those of what was turned down included.
    """

    place: int
    units: tuple[int, ...]
    lemmas: tuple[str, ...]
    n_terms: int


def find_examples(item: Item, rows: Sequence[Row]) -> list[Example]:
    """Return no example of an item, one, or two that differ."""
    first = _find(item, rows, None)
    second = _find(item, rows, first) if first is not None else None
    return [example for example in (first, second) if example is not None]


def _find(item: Item, rows: Sequence[Row], before: Example | None) -> Example | None:
    """Return the first example, or the first one that differs from the one before."""
    n_terms = 0
    for look in item.looks:
        if look.second_only and before is None:
            continue
        for place, row in enumerate(rows):
            if look.shared & ~row.mask:
                continue
            used = sum(1 << unit for unit in set(before.units)) if before and before.place == place else 0
            for units, counts in _matches(look, row, used):
                n_terms += len(units)
                found = Example(place, tuple(units), tuple(row.lemmas[i] for i in units), n_terms)
                if counts and (before is None or _are_apart(look, before, found)):
                    return found
    return None


def _matches(look: Look, row: Row, used: int) -> Iterator[tuple[list[int], bool]]:
    """Yield the units of each match in a row, and whether no exception rules it out."""
    for pattern in look.patterns:
        if not pattern.needed & ~row.mask:
            yield from _matches_of(pattern, look, row, used)


def _matches_of(pattern: Pattern, look: Look, row: Row, used: int) -> Iterator[tuple[list[int], bool]]:
    n, start = len(row.masks), 0
    while start < n:
        match = match_at(pattern, row, start, used)
        if match is None:
            start += 1
            continue
        start, units = match
        at_end = start < n and row.ends[start]
        yield units, not is_excepted(look.exceptions, row, units, at_end=at_end)


def _are_apart(look: Look, first: Example, second: Example) -> bool:
    """Whether two examples differ as the table asks."""
    if look.apart is None:
        return True
    if look.apart == "lemmas":
        # CLAN's own arithmetic: not as many lemmas in common as the shorter search came upon.
        shared = sum(one == other for one in first.lemmas for other in second.lemmas)
        return shared != min(first.n_terms, second.n_terms)
    place = int(look.apart) - 1
    pairs = list(zip(first.lemmas, second.lemmas, strict=False))
    return place >= len(pairs) or pairs[place][0] != pairs[place][1]
