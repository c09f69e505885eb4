"""What this installation can do: versions, the store, engines and models on disk."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from sdc.errors import SDCError
from sdc.pipeline.engines import check_acoustics, check_diarizer, default_transcriber
from sdc.pipeline.labelling import check_voice_labels
from sdc.settings import Settings
from sdc.store.master_key import key_id, read_master_key

if TYPE_CHECKING:
    from sdc.store.mongo import Deployment


ROOM_GB = 0.5
"""With less free than this, the next recordings and their sound tracks may not fit."""
PATIENCE_S = 5.0
"""So long a service that does not answer is waited for."""


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``needed`` marks what SDC cannot work without."""

    name: str
    ok: bool
    detail: str
    hint: str = ""
    needed: bool = False


def examine(settings: Settings) -> tuple[Check, ...]:
    """Look at the machine without changing anything.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    tuple[Check, ...]
        In the order in which a person reads them.
    """
    return (
        Check("python", True, f"{platform.python_version()} on {platform.platform()}", needed=True),
        _package("av", "decodes audio and video"),
        _package("faster-whisper", "transcribes recordings"),
        _package("swift-f0", "tracks pitch"),
        _store(settings.home),
        _encryption(settings),
        *_documents(settings),
        *_blobs(settings),
        _dashboard(),
        _acoustics(settings),
        _transcriber(settings),
        _whisper_model(settings),
        _diarizer(settings),
        _search(settings),
        *((_voice_labels(settings),) if settings.emotion_model else ()),
    )


def _package(name: str, purpose: str) -> Check:
    try:
        return Check(name, True, f"{version(name)}, {purpose}", needed=True)
    except PackageNotFoundError:
        return Check(name, False, f"not installed; {purpose}.", f"Run `pip install {name}`.", needed=True)


def _store(home: Path) -> Check:
    place = home if home.exists() else next(p for p in home.parents if p.exists())
    free_gb = shutil.disk_usage(place).free / 1e9
    writable = os.access(place, os.W_OK)
    state = "" if home.exists() else " (made at first use)"
    trouble = "That is too little: free some space" if writable else "It cannot be written: change that"
    return Check(
        "store",
        writable and free_gb >= ROOM_GB,
        f"{home}{state}, {free_gb:.1f} GB free.",
        f"{trouble}, or choose another folder with SDC_HOME.",
        needed=True,
    )


def _documents(settings: Settings) -> list[Check]:
    if not settings.documents:
        return []
    try:
        found = _deployment(settings)
    except SDCError as error:
        return [Check("documents", False, error.message, error.hint or "", needed=True)]
    if found.complaint:
        return [Check("documents", False, f"MongoDB answers. {found.complaint}", "See docs/storage.md.")]
    return [Check("documents", True, f"MongoDB, replica set {found.replica_set}", needed=True)]


def _deployment(settings: Settings) -> Deployment:
    from sdc.store.mongo import MongoDocuments

    wait_s = min(settings.store_wait_s, PATIENCE_S)
    with closing(MongoDocuments(settings.documents, wait_s=wait_s)) as store:
        return store.deployment()


def _blobs(settings: Settings) -> list[Check]:
    if not settings.blobs:
        return []
    from sdc.store.s3 import S3Blobs, bucket_at

    access = (settings.s3_endpoint, settings.s3_region, settings.s3_key_id, settings.s3_secret)
    try:
        S3Blobs(bucket_at(settings.blobs, *access), wait_s=min(PATIENCE_S, settings.store_wait_s)).check()
    except SDCError as error:
        return [Check("blobs", False, error.message, error.hint or "", needed=True)]
    return [Check("blobs", True, f"{settings.blobs} answers", needed=True)]


def _encryption(settings: Settings) -> Check:
    """Tell whether a master key is given; whether it is the store's own, opening the store tells."""
    try:
        master = read_master_key(settings.master_key, settings.master_key_file)
    except SDCError as error:
        return Check("encryption", False, str(error), needed=True)
    if master is None:
        return Check("encryption", True, "off: the store is not sealed (docs/privacy.md; `sdc keys new` makes a key)")
    return Check("encryption", True, f"on, by the master key {key_id(master)}")


def _dashboard() -> Check:
    found = importlib.util.find_spec("sdc.server")
    assert found is not None and found.origin is not None
    built = (Path(found.origin).parent / "static" / "index.html").is_file()
    return Check("dashboard", built, "built" if built else "not built.", "Install SDC again with pip to build it.")


def _acoustics(settings: Settings) -> Check:
    try:
        check_acoustics(settings)
    except SDCError as error:
        return Check("acoustics", False, error.message, error.hint or "")
    return Check("acoustics", True, f"{settings.acoustics}, measures pitch, loudness and voice")


def _voice_labels(settings: Settings) -> Check:
    try:
        check_voice_labels(settings)
    except SDCError as error:
        return Check("voice labels", False, error.message, error.hint or "")
    return Check("voice labels", True, f"{settings.emotion_model}, experimental, for researchers only")


def _transcriber(settings: Settings) -> Check:
    try:
        default_transcriber(settings)
    except SDCError as error:
        return Check("transcriber", False, error.message, error.hint or "")
    return Check("transcriber", True, settings.transcriber)


def _diarizer(settings: Settings) -> Check:
    try:
        check_diarizer(settings)
    except SDCError as error:
        return Check("diarizer", False, error.message, error.hint or "")
    return Check("diarizer", True, settings.diarizer)


def _search(settings: Settings) -> Check:
    """Tell what the search works with; whether an index elsewhere answers, the next session tells."""
    from sdc.companion.retrieval.embedder import make_embedder
    from sdc.companion.retrieval.index import require_index

    try:
        embedder = make_embedder(settings.embedder, settings.embedder_model, settings.home)
        require_index(settings.vectors, url=settings.vectors_url, key=settings.vectors_key)
    except SDCError as error:
        return Check("search", False, error.message, error.hint or "")
    return Check("search", True, f"vectors by {embedder.id}, found by {settings.vectors}")


def _whisper_model(settings: Settings) -> Check:
    from sdc.transcribe.shelves import SHELVES

    shelf = SHELVES.get(settings.transcriber)
    if shelf is None:
        return Check("whisper model", True, f"none is needed on this machine for {settings.transcriber}")
    model = shelf.named(settings.whisper_model, settings.whisper_device)
    place = shelf.find(model)
    if place is not None:
        return Check("whisper model", True, f"{model}: {place}")
    return Check(
        "whisper model",
        False,
        f"{model} is not on disk.",
        "It is fetched at the first transcription or by `sdc models fetch`, or SDC_WHISPER_MODEL names where it lies.",
    )
