"""Whether a server is this machine: decided by its address, never by what it is called."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from sdc.errors import SettingsError


def is_loopback(url: str) -> bool:
    """Tell whether a URL leads to this machine and no further.

    ``localhost`` counts (RFC 6761, 6.3); no other name does, whatever it resolves to: that may change.
    """
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def checked_url(url: str, setting: str) -> str:
    """Return the address of a model's server as it is used.

    Raises
    ------
    SettingsError
        ``settings.llm``: no address, or one that is not encrypted and not this machine.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if not host or parts.username or parts.password or parts.query or parts.fragment:
        raise SettingsError(
            f"{setting} is no address of a server.", code="settings.llm", hint="For example http://localhost:11434/v1."
        )
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(url)):
        raise SettingsError(
            f"{setting} is not asked: the connection would not be encrypted.",
            code="settings.llm",
            hint="Give an address that begins with https://; http:// only to this machine.",
        )
    return url.rstrip("/")
