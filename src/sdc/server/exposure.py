"""Whether the server may listen where it is told to: beyond loopback only with accounts and encryption."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from sdc.errors import SettingsError
from sdc.server.guard import LOOPBACK_NAMES
from sdc.settings import Settings

UNSPECIFIED = ("0.0.0.0", "::", "")  # noqa: S104 (named to be refused)


def speaks_tls(settings: Settings) -> bool:
    """Tell whether browsers reach the server by HTTPS: its own, or a proxy's."""
    return bool(settings.tls_cert) or settings.behind_proxy


def check_exposure(settings: Settings) -> None:
    """Refuse to start where a child's data could be read by others.

    Raises
    ------
    SettingsError
        ``settings.exposure``: another address than loopback without accounts, or without TLS or a proxy;
        ``settings.tls``, ``settings.public-url``: what belongs to it cannot be used.
    """
    _check_tls(settings)
    _check_public_url(settings)
    is_loopback = settings.host.lower() in LOOPBACK_NAMES
    if is_loopback and not settings.behind_proxy:
        return
    if not settings.accounts:
        raise SettingsError(
            f"{settings.host} can be reached from other machines, and nobody would have to sign in with a password."
            if not is_loopback
            else "A proxy would let other machines in, and nobody would have to sign in with a password.",
            code="settings.exposure",
            hint="Set SDC_ACCOUNTS=yes (see docs/accounts.md), or listen on 127.0.0.1 without a proxy.",
        )
    if not speaks_tls(settings):
        raise SettingsError(
            f"{settings.host} can be reached from other machines, and recordings would travel unencrypted.",
            code="settings.exposure",
            hint="Set SDC_TLS_CERT and SDC_TLS_KEY, or SDC_BEHIND_PROXY=yes behind a proxy with HTTPS.",
        )
    if not settings.public_url and (settings.behind_proxy or settings.host in UNSPECIFIED):
        raise SettingsError(
            "The name under which people reach the server is not told.",
            code="settings.public-url",
            hint="Set SDC_PUBLIC_URL, e.g. https://sdc.clinic.example.",
        )


def _check_tls(settings: Settings) -> None:
    if bool(settings.tls_cert) != bool(settings.tls_key):
        raise SettingsError(
            "A certificate and its key belong together.",
            code="settings.tls",
            hint="Set both SDC_TLS_CERT and SDC_TLS_KEY.",
        )
    for path in filter(None, (settings.tls_cert, settings.tls_key)):
        if not Path(path).is_file():
            raise SettingsError(
                f"There is no file {path}.", code="settings.tls", hint="Set SDC_TLS_CERT and SDC_TLS_KEY."
            )


def _check_public_url(settings: Settings) -> None:
    if not settings.public_url:
        return
    try:
        parts = urlsplit(settings.public_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.path in ("", "/")
    except ValueError:
        usable = False
    if not usable or (speaks_tls(settings) and not settings.public_url.startswith("https://")):
        raise SettingsError(
            f"SDC_PUBLIC_URL={settings.public_url!r} is not an address of this server.",
            code="settings.public-url",
            hint="Write it as https://sdc.clinic.example, with a port if it is not 443, without a path.",
        )
