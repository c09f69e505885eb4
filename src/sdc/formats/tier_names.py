"""Names of tiers in ELAN and Praat: whose lines they hold, and what depends on them.

``CHI`` and ``*CHI`` hold the lines of CHI, ``CHI#2`` those that overlap; ``mor@CHI`` and ``%mor@CHI`` depend
on them, as CLAN's and ELAN's own converters name them.
"""

from __future__ import annotations

import re

from sdc.formats.chat.check_tiers import TIERS

_DEPENDENT = re.compile(r"%?([^@%]{1,40})@(\S.*)", re.DOTALL)
_LANE = re.compile(r"#\d{1,3}$")


def speaker_label(name: str) -> str:
    """Return who speaks on a tier of this name."""
    return _LANE.sub("", name.strip().removeprefix("*").removesuffix(":")).strip() or name


def dependent_name(name: str, *, always: bool = False) -> str | None:
    """Return the CHAT name of a dependent tier; None where the name is a speaker's.

    Parameters
    ----------
    name : str
    always : bool
        It is known to depend on another tier, however it is called.

    Returns
    -------
    str or None
        ``mor`` of ``mor@CHI``; a name that CHAT does not know gets an ``x`` in front.
    """
    match = _DEPENDENT.fullmatch(name.strip())
    if match is None and not always:
        return None
    plain = _LANE.sub("", match.group(1) if match else name.strip())
    if plain in TIERS or re.fullmatch(r"x[a-z]+", plain):
        return plain
    return "x" + ("".join(c for c in plain.lower() if c.isascii() and c.isalpha()) or "tier")


def dependent_tier(name: str, lane: str, number: int = 1) -> str:
    """Return how a dependent tier under a speaker's tier is called: ``mor@CHI``, the second of a name ``mor#2@CHI``."""
    return f"{name}@{lane}" if number == 1 else f"{name}#{number}@{lane}"
