"""Which files make one session: each transcript with the recording that it names.

A recogniser's JSON names none; it goes with the recording of its own name that is given with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sdc.errors import InputError, MissingInputError, SDCError


@dataclass(frozen=True, slots=True)
class Pair:
    """The files of one session: a transcript, a recording, or both."""

    transcript: Path | None
    media: Path | None
    source: str

    @property
    def files(self) -> list[Path]:
        """What is there."""
        return [path for path in (self.transcript, self.media) if path is not None]


def find_pairs(paths: Sequence[Path]) -> tuple[list[Pair], list[SDCError]]:
    """Find the inputs among files and folders, each transcript with its recording.

    Returns
    -------
    tuple[list[Pair], list[SDCError]]
        What can be tried, in the order given, and what cannot.
    """
    from sdc.formats import find_inputs, find_media_files
    from sdc.formats.reading import MEDIA_SUFFIXES

    transcripts: list[tuple[Path, str]] = []
    media: list[tuple[Path, str]] = []
    failed: list[SDCError] = []
    for path in paths:
        found = find_media_files(path) if path.is_dir() else []
        media += found
        if path.suffix.lower() in MEDIA_SUFFIXES and path.is_file():
            media.append((path, path.name))
            continue
        try:
            transcripts += find_inputs([path])
        except MissingInputError as error:
            if not found:
                failed.append(error)
    return _paired(transcripts, media), failed


def _paired(transcripts: list[tuple[Path, str]], media: list[tuple[Path, str]]) -> list[Pair]:
    from sdc.formats.reading import media_by_name

    recordings = cache(media_by_name)  # a folder is listed once, however many transcripts lie in it
    beside = [(path, path.name) for path in (m.with_suffix(".cha") for m, _ in media) if path.is_file()]
    pairs: dict[Path, Pair] = {}
    for path, source in transcripts:
        pairs[path.resolve()] = Pair(path, _media_of(path, recordings), source)
    for path, source in beside:
        named = None if path.resolve() in pairs else _media_of(path, recordings)
        if named is not None and any(named.samefile(m) for m, _ in media):
            pairs[path.resolve()] = Pair(path, named, source)
    taken = {pair.media.resolve() for pair in pairs.values() if pair.media is not None}
    for key, pair in pairs.items():
        namesake = _namesake(pair, media)
        if namesake is not None and namesake.resolve() not in taken:
            pairs[key] = Pair(pair.transcript, namesake, pair.source)
            taken.add(namesake.resolve())
    alone = [Pair(None, path, source) for path, source in media if path.resolve() not in taken]
    return [*pairs.values(), *dict.fromkeys(alone)]


def _namesake(pair: Pair, media: list[tuple[Path, str]]) -> Path | None:
    path = pair.transcript
    if pair.media is not None or path is None or path.suffix.lower() != ".json":
        return None
    return next((m for m, _ in media if m.parent == path.parent and m.stem == path.stem), None)


def _media_of(transcript: Path, recordings: Callable[[Path], dict[str, list[Path]]]) -> Path | None:
    from sdc.formats import find_media, read_path

    try:
        beside = recordings(transcript.parent)
        return find_media(read_path(transcript), transcript, beside) if beside else None
    except (InputError, OSError):  # told when the pair is processed
        return None
