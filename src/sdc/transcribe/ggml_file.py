"""Whether a file in whisper.cpp's ggml format is whole: whisper.cpp itself crashes on one that breaks off.

Magic, 11 sizes, mel filters, tokens, then tensors up to the end of the file, all little-endian.
"""

from __future__ import annotations

import math
import struct
from io import SEEK_CUR, SEEK_END
from pathlib import Path
from typing import BinaryIO

MAGIC = b"lmgg"
N_SIZES = 11
MAX_DIMENSIONS, MAX_NAME = 4, 256

BLOCKS = {
    **{0: (1, 4), 1: (1, 2)},  # 32 and 16 bit numbers
    **{2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34)},  # q4_0, q4_1, q5_0, q5_1, q8_0
    **{10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210)},  # q2_K … q6_K
}
"""Kind of a tensor → how many numbers are packed into how many bytes."""


def is_whole(path: Path) -> bool:
    """Whether the file begins as a ggml model and ends with the end of a tensor."""
    try:
        with path.open("rb") as file:
            return _is_whole(file)
    except (struct.error, OSError):  # it ends in the middle of a number
        return False


def _is_whole(file: BinaryIO) -> bool:
    end = file.seek(0, SEEK_END)
    file.seek(0)
    if file.read(4) != MAGIC:
        return False
    file.seek(4 * N_SIZES, SEEK_CUR)
    n_mels, n_bins = _numbers(file, 2)
    file.seek(4 * n_mels * n_bins, SEEK_CUR)
    for _ in range(min(_numbers(file, 1)[0], end)):
        file.seek(_numbers(file, 1)[0], SEEK_CUR)
    n_tensors = 0
    while file.tell() < end:
        size = _tensor_bytes(file)
        if size is None:
            return False
        file.seek(size, SEEK_CUR)
        n_tensors += 1
    return n_tensors > 0 and file.tell() == end


def _tensor_bytes(file: BinaryIO) -> int | None:
    """Read a tensor's head; return the length of its body, None where it is no head."""
    n_dimensions, n_name, kind = _numbers(file, 3)
    if not (0 < n_dimensions <= MAX_DIMENSIONS and 0 < n_name <= MAX_NAME and kind in BLOCKS):
        return None
    shape = _numbers(file, n_dimensions)
    file.seek(n_name, SEEK_CUR)
    n_numbers, n_bytes = BLOCKS[kind]
    return math.prod(shape) // n_numbers * n_bytes if min(shape) > 0 else None


def _numbers(file: BinaryIO, count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}I", file.read(4 * count))
