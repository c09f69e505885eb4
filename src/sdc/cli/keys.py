"""`sdc keys`: the master key of a sealed store, made, changed, and put to use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sdc.cli.output import note, plural, progress_bar, say

if TYPE_CHECKING:
    from sdc.app import BackEnds

app = typer.Typer(no_args_is_help=True, help="The master key that seals the store.")


@app.command("new")
def new() -> None:
    """Print a new master key; what to do with it is told on stderr."""
    from sdc.store.master_key import new_master_key

    say(new_master_key())
    note(
        "\nThis is a new master key. Keep it where the store is not, and a copy of it in a safe place:\n"
        "without it nothing that it seals can be read again, by anybody.\n"
        "\n"
        "    umask 077; sdc keys new > FILE        writes it into a file that only you can read\n"
        "    export SDC_MASTER_KEY_FILE=FILE       lets SDC use it\n"
        "    sdc keys seal                         seals a store that was begun without a key\n"
        "    sdc keys rotate --new-key-file FILE   changes the key of a store that is sealed already"
    )


@app.command("status")
def status() -> None:
    """Tell whether the store is sealed, and by which key (by its public id)."""
    from sdc.store.keyring import KEYS, STORE, count_by_master
    from sdc.store.master_key import key_id

    with _back_ends() as (ends, master):
        entry = ends.documents.find_one(KEYS, {"_id": STORE})
        counts = count_by_master(ends.documents)
    say(f"master key given: {key_id(master) if master else 'none'}")
    if entry is None:
        say("store: plain")
        return
    say(f"store: {entry['state']} by {entry['master']}")
    if entry["next"]:
        say(f"a rotation to {entry['next']} was begun and is not finished: run `sdc keys rotate` again")
    for key, number in sorted(counts.items()):
        say(f"{plural(number, 'key')} of children wrapped by {key}")


@app.command("seal")
def seal() -> None:
    """Seal what a store holds that was begun without a key. Stop the server first.

    Begun again after it was cut off, it goes on where it was.
    """
    from sdc.store.sealing import seal_store

    with _back_ends() as (ends, master), progress_bar("sealing") as update:
        counts = seal_store(
            ends.documents,
            ends.blobs,
            _needed(master),
            ends.work,
            lambda what, number: update(f"{what}: {number}", 0.0),
        )
    for what, number in counts.items():
        if number:
            say(f"sealed {number} of {what}")
    say("The store is sealed. From now on it opens with this master key only.")


@app.command("rotate")
def rotate(
    new_key_file: Annotated[Path, typer.Option("--new-key-file", help="File that holds the new master key.")],
) -> None:
    """Wrap all keys by a new master key; the old one is still set. Stop the server first.

    Recordings and documents are not written anew: their keys stay, only what wraps these changes.
    Begun again after it was cut off, it goes on where it was.
    """
    from sdc.errors import SettingsError
    from sdc.store.keyring import rotate as rotate_keys
    from sdc.store.master_key import read_key_file

    fresh = read_key_file(new_key_file)
    with _back_ends() as (ends, master), progress_bar("rotating") as update:
        old = _needed(master)
        if fresh == old:
            raise SettingsError("The new key is the one that is set.", hint="`sdc keys new` makes another.")
        number = rotate_keys(
            ends.documents, old, fresh, lambda done, total: update(f"{done} of {total} keys", done / total)
        )
        ends.documents.scrub()  # keys as the old one wrapped them must not lie in free pages
    say(f"{plural(number, 'key')} wrapped by the new master key.")
    note(f"From now on set SDC_MASTER_KEY_FILE={new_key_file}. Backups from before still need the old key.")


@contextmanager
def _back_ends() -> Iterator[tuple[BackEnds, bytes | None]]:
    """Lend the back ends as they lie there, and the master key of the settings."""
    from sdc.app import open_back_ends
    from sdc.settings import read_settings
    from sdc.store.master_key import read_master_key

    settings = read_settings()
    master = read_master_key(settings.master_key, settings.master_key_file)
    ends = open_back_ends(settings)
    try:
        yield ends, master
    finally:
        ends.close()


def _needed(master: bytes | None) -> bytes:
    from sdc.errors import SettingsError

    if master is None:
        raise SettingsError(
            "No master key is set.",
            code="settings.master-key",
            hint="Set SDC_MASTER_KEY_FILE; `sdc keys new` makes one.",
        )
    return master
