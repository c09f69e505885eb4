"""Time bullets: start and end in milliseconds between two control characters (U+0015).

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
_TIMES = re.compile(r"(\d{1,9})_(\d{1,9})-?[^\d\s]\s*$")


def bullet_span(bullet: str) -> TimeSpan | None:
    """Return the times of one bullet; None when it ends before it starts."""
    match = _TIMES.search(bullet)
    if match is None:
        return None
    start, end = int(match.group(1)), int(match.group(2))
    return TimeSpan(start, end) if start <= end else None


def _has_marks(text: str) -> bool:
    return NAK in text or "•" in text or "␕" in text


def find_bullets(text: str) -> list[str]:
    """Return all complete bullets in order."""
    return _BULLET.findall(text) if _has_marks(text) else []


def split_bullets(text: str) -> tuple[str, list[str]]:
    """Take all bullets with usable times out of a line.

    Returns
    -------
    rest : str
        The line without them and with single spaces; a bullet that ends before it starts stays where it is.
    bullets : list[str]
    """
    bullets: list[str] = []
    if not _has_marks(text):  # spares most lines of most corpora the search
        return text, bullets

    def take(match: re.Match[str]) -> str:
        if bullet_span(match.group()) is None:
            return match.group()
        bullets.append(match.group())
        return " "

    rest = _BULLET.sub(take, text)
    return (" ".join(rest.split()), bullets) if bullets else (text, bullets)


def write_bullet(span: TimeSpan) -> str:
    """Return a span as a bullet."""
    return f"{NAK}{span.start_ms}_{span.end_ms}{NAK}"
