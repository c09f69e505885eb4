"""Time bullets: ``\\u0015start_end\\u0015`` in milliseconds.

CLAN shows the control character as ``•``; older files name the medium inside the bullet
(``%snd:"name"_start_end``, CHAT manual, "Media linkage").
"""

from __future__ import annotations

import re

from sdc.session import TimeSpan

NAK = "\u0015"
_MARK = "[\u0015•␕]"
BULLET_PATTERN = rf'{_MARK}(?:%(?:snd|mov|aud|vid):"?[^"\u0015\n]{{0,200}}?"?_)?(?:\d{{1,9}})_(?:\d{{1,9}})-?{_MARK}'
"""A complete bullet, for use inside larger patterns; it has no groups."""

_BULLET = re.compile(BULLET_PATTERN)
_FINAL = re.compile(rf"{BULLET_PATTERN}$")
_TIMES = re.compile(r"(\d{1,9})_(\d{1,9})-?.$")


def bullet_span(bullet: str) -> TimeSpan | None:
    """Return the times of one bullet; None when it ends before it starts."""
    match = _TIMES.search(bullet)
    if match is None:
        return None
    start, end = int(match.group(1)), int(match.group(2))
    return TimeSpan(start, end) if start <= end else None


def find_bullets(text: str) -> list[str]:
    """Return all complete bullets in order."""
    return _BULLET.findall(text)


def split_final(text: str) -> tuple[str, str | None]:
    """Take the only bullet off the end of a line.

    Returns
    -------
    rest : str
        The line without that bullet; unchanged when the line has no bullet, several, or one inside.
    bullet : str or None
    """
    text = text.rstrip()
    match = _FINAL.search(text)
    if match is None or len(find_bullets(text)) != 1:
        return text, None
    return text[: match.start()].rstrip(), match.group()


def write_bullet(span: TimeSpan) -> str:
    """Return a span as a bullet."""
    return f"{NAK}{span.start_ms}_{span.end_ms}{NAK}"
