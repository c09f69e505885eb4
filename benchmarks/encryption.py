"""What sealing costs: a recording into the folder of blobs and out again, plain and sealed; fields of a transcript.

Run: python benchmarks/encryption.py [--mb 256]

Prints one table. Beside the store's own work stand a plain copy and AES-256-GCM alone (cryptography's
`AESGCM` over the same chunks in memory), which bound what can be reached. Writes are forced to disk.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import resource
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sdc.store.folder import FolderBlobs
from sdc.store.keyring import Keyring
from sdc.store.sealed_blobs import SealedBlobs
from sdc.store.sealed_documents import SealedDocuments
from sdc.store.sealed_format import CHUNK_BYTES
from sdc.store.sqlite import SqliteDocuments

MIB = 1 << 20
BLOCK = MIB
N_DOCUMENTS = 40


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the best of three runs: seconds on the clock, and of a processor."""
    clock, processor = [], []
    for _ in range(3):
        start, cpu = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - start)
        processor.append(time.process_time() - cpu)
    return min(clock), min(processor)


def read_all(blobs: FolderBlobs | SealedBlobs, key: str, size: int) -> None:
    """Read a blob as a player does, a mebibyte at a time."""
    for start in range(0, size, BLOCK):
        blobs.get_range(key, start, BLOCK)


def cipher_alone(size: int) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return seconds to encrypt and to decrypt in memory, chunk by chunk."""
    cipher, chunk, nonce = AESGCM(bytes(32)), os.urandom(CHUNK_BYTES), bytes(12)
    sealed = cipher.encrypt(nonce, chunk, b"")

    def again(work: Callable[[bytes, bytes, bytes], bytes], data: bytes) -> None:
        for _ in range(size // CHUNK_BYTES):
            work(nonce, data, b"")

    return timed(lambda: again(cipher.encrypt, chunk)), timed(lambda: again(cipher.decrypt, sealed))


def rows_of_blobs(folder: Path, size: int) -> list[tuple[str, tuple[float, float], tuple[float, float] | None]]:
    """Return what it is, seconds to write, seconds to read."""
    path = folder / "recording.bin"
    with path.open("wb") as file:
        for _ in range(size // MIB):
            file.write(os.urandom(MIB))
    with path.open("rb") as file:
        key = "c1/" + hashlib.file_digest(file, "sha256").hexdigest()
    raw = SqliteDocuments(folder / "keys.sqlite3")
    keyring = Keyring.create(raw, bytes(32))
    keyring.make("c1")
    work = folder / "work"
    work.mkdir()
    plain = FolderBlobs(folder / "plain")
    sealed = SealedBlobs(FolderBlobs(folder / "sealed"), keyring, work)

    def copy() -> None:
        shutil.copyfile(path, folder / "copy.bin")

    rows = [
        ("plain copy (shutil, not forced to disk)", timed(copy), None),
        ("AES-256-GCM alone, in memory", *cipher_alone(size)),
    ]
    for name, blobs in (("folder of blobs, plain", plain), ("folder of blobs, sealed", sealed)):

        def put(blobs: FolderBlobs | SealedBlobs = blobs) -> None:
            blobs.delete(key)
            blobs.put_file(key, path)

        rows.append((name, timed(put), timed(lambda blobs=blobs: read_all(blobs, key, size))))
    raw.close()
    return rows


def rows_of_documents(folder: Path) -> list[tuple[str, float, float]]:
    """Return what it is, milliseconds to write and to read one transcript of 600 utterances."""
    utterances = [
        {"speaker": "CHI", "text": f"utterance {n} " * 4, "tokens": [{"form": "w", "n": n}] * 5} for n in range(600)
    ]
    rows = []
    for name, is_sealed in (("transcript, plain", False), ("transcript, sealed", True)):
        raw = SqliteDocuments(folder / f"{name[-5:]}.sqlite3")
        documents = SealedDocuments(raw, Keyring.create(raw, bytes(32))) if is_sealed else raw
        documents.insert_one("children", {"_id": "c1", "name": "x", "name_key": "x"})
        ids = [f"s{n}" for n in range(N_DOCUMENTS)]
        start = time.perf_counter()
        for identity in ids:
            documents.insert_one("transcripts", {"_id": identity, "child_id": "c1", "utterances": utterances})
        written = time.perf_counter()
        for identity in ids:
            documents.find_one("transcripts", {"_id": identity})
        rows.append((name, (written - start) / N_DOCUMENTS * 1e3, (time.perf_counter() - written) / N_DOCUMENTS * 1e3))
        raw.close()
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mb", type=int, default=256, help="Size of the recording in MiB.")
    size = parser.parse_args().mb * MIB
    with TemporaryDirectory() as name:
        folder = Path(name)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{f'{size // MIB} MiB':42}  write MB/s  (per CPU s)   read MB/s  (per CPU s)")
        for what, write, read in rows_of_blobs(folder, size):
            rates = [f"{size / 1e6 / seconds:11.0f}" for seconds in (*write, *(read or ()))]
            print(f"{what:42}", *rates, sep=" ")
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"largest resident memory grew by {grown:.0f} MiB\n")
        print(f"{'':42}   write ms     read ms")
        for what, write_ms, read_ms in rows_of_documents(folder):
            print(f"{what:42} {write_ms:10.1f} {read_ms:11.1f}")


if __name__ == "__main__":
    main()
