"""Name and logo of the practice that hands a report over."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from sdc.errors import SettingsError
from sdc.reports.document import Practice

MAX_LOGO_BYTES = 1_000_000

LogoFormat = Literal["png", "jpg", "svg"]


def read_practice(name: str, logo: str) -> Practice:
    """Return the practice of SDC_REPORT_NAME and SDC_REPORT_LOGO.

    Parameters
    ----------
    name : str
        Empty: none is shown.
    logo : str
        File of a PNG, JPEG or SVG picture, at most 1 MB; empty: none is shown.

    Raises
    ------
    SettingsError
        The file cannot be read, is too large, or is no such picture.
    """
    if not logo:
        return Practice(name)
    try:
        with Path(logo).expanduser().open("rb") as file:
            data = file.read(MAX_LOGO_BYTES + 1)
    except OSError as error:
        raise _unusable(logo, f"cannot be read: {error.strerror or error}") from error
    if len(data) > MAX_LOGO_BYTES:
        raise _unusable(logo, "is larger than 1 MB")
    found = _format_of(data)
    if found is None:
        raise _unusable(logo, "is no PNG, JPEG or SVG picture")
    return Practice(name, data, found)


def _format_of(data: bytes) -> LogoFormat | None:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "svg" if b"<svg" in data[:2000] else None


def _unusable(logo: str, why: str) -> SettingsError:
    return SettingsError(f"SDC_REPORT_LOGO={logo!r} {why}.", hint="Name a PNG, JPEG or SVG file of at most 1 MB.")
