"""What a node of a cluster is told: settings without secrets, and where the store must lie that it opens.

Ray sends what actors are made with over the network as it is. So passwords and keys stay in the
environment of each node, and what is told is compared with what the node finds there.
"""

from __future__ import annotations

import platform
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sdc.errors import SettingsError
from sdc.settings import SETTINGS, Settings, read_settings

OWN = frozenset({"home", "master_key_file", "host", "port", "public_url", "tls_cert", "tls_key", "report_logo"})
"""Settings that each node has of its own, beside the secret ones."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a store lies, without passwords.

    Attributes
    ----------
    documents, blobs, endpoint : str
    home, machine : str
        Empty where the store lies in no folder.
    """

    documents: str
    blobs: str
    endpoint: str
    home: str
    machine: str

    def __str__(self) -> str:
        return f"{self.documents or self.home}, {self.blobs or self.home}"


@dataclass(frozen=True, slots=True)
class Told:
    """What travels to a node."""

    place: Place
    settings: dict[str, Any]


def told(settings: Settings) -> Told:
    """Return what a node is told of these settings; the folder only where the store lies in it."""
    place = place_of(settings)
    names = {setting.name for setting in SETTINGS if not setting.secret} - OWN
    if place.home:
        names.add("home")
    return Told(place, {name: getattr(settings, name) for name in sorted(names)})


def settings_here(told: Told, environ: Mapping[str, str] | None = None, here: str | None = None) -> Settings:
    """Return the settings of a node: what it was told, with its own secrets.

    Parameters
    ----------
    told : Told
    environ : Mapping[str, str], optional
        Of the node; default ``os.environ``.
    here : str, optional
        The node's machine; default ``machine()``.

    Raises
    ------
    SettingsError
        ``batch.store-not-shared``: the store lies in a folder of another machine. ``batch.other-store``: the
        node's settings name another store.
    """
    settings = replace(read_settings(environ), **told.settings)
    found = place_of(settings, here)
    if told.place.machine and found.machine and found.machine != told.place.machine:
        raise SettingsError(
            f"The store lies in a folder of one machine, and the cluster has a node on another ({platform.node()}).",
            code="batch.store-not-shared",
            hint="Name MongoDB in SDC_DOCUMENTS and S3 in SDC_BLOBS, for this command and for every node.",
        )
    if found != told.place:
        raise SettingsError(
            f"A node ({platform.node()}) would open another store ({found}) than this command ({told.place}).",
            code="batch.other-store",
            hint="Start each node with the SDC_DOCUMENTS, SDC_BLOBS and SDC_S3_… that this command has.",
        )
    return settings


def place_of(settings: Settings, here: str | None = None) -> Place:
    """Return where the store of these settings lies."""
    in_folder = not settings.documents or not settings.blobs
    return Place(
        settings.documents.rpartition("@")[2],
        settings.blobs,
        settings.s3_endpoint,
        str(settings.home.resolve()) if in_folder else "",
        (here or machine()) if in_folder else "",
    )


def machine() -> str:
    """Return what tells this machine, since it was started, from others; containers on it are this machine too."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return platform.node()
