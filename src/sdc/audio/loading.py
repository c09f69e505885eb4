"""Any audio or video file → Recording, without an ffmpeg program on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sdc.audio.container import declared_end_s, media_kind, open_media, sound_track, unreadable
from sdc.audio.decoding import Decoded, TooLongError, decode_sound
from sdc.audio.quality import quality_notices
from sdc.audio.recording import SAMPLE_RATE_HZ, Recording
from sdc.errors import MediaError
from sdc.session import Notice, Provenance

LONG_S = 300.0
"""A recording longer than this is accepted with a note; the product is made for five minutes."""
SHORTFALL_S = 1.0
"""Sound that ends this much before the declared end is reported."""
MIN_SHARE = 0.1
"""A damaged file of which less than this can be decoded is refused: what is left is noise."""
ESTIMATED = frozenset({"mp3", "aac", "ac3", "amr", "mpegts", "mpeg", "mp2"})
"""Formats whose declared duration may be an estimate from the bit rate."""


def load_recording(path: Path, *, limit_s: float | None = None, long_s: float = LONG_S) -> Recording:
    """Decode the sound of an audio or video file.

    Parameters
    ----------
    path : Path
        wav, mp3, m4a, ogg, opus, flac, mp4, webm, mov and what else FFmpeg's libraries decode.
    limit_s : float, optional
        A longer recording is refused, before decoding where its header tells the length.
    long_s : float
        A longer recording gets the notice ``media.long``.

    Returns
    -------
    Recording
        Mono, 16 kHz, time 0 = the file's time 0.

    Raises
    ------
    MediaError
        ``media.missing``, ``media.empty``, ``media.unreadable``, ``media.no-audio``,
        ``media.too-long``.
    """
    with open_media(path) as container:
        stream = sound_track(container, path)
        kind, codec, declared_s = (
            media_kind(container),
            stream.codec_context.codec.canonical_name,
            declared_end_s(container, stream, path),
        )
        exact = container.format.name not in ESTIMATED
        if limit_s is not None and exact and declared_s is not None and declared_s > limit_s:
            raise _too_long(path, limit_s)
        try:
            decoded = decode_sound(container, stream, limit_s=limit_s)
        except TooLongError as error:
            raise _too_long(path, limit_s or 0.0) from error
        several = len(container.streams.audio) > 1
    duration_s = decoded.samples.size / SAMPLE_RATE_HZ
    if not duration_s or (decoded.damaged_at_s and duration_s < MIN_SHARE * (declared_s or 0.0)):
        raise _nothing(path, decoded)
    notices = [*_length_notices(duration_s, long_s), *_damage_notices(decoded, duration_s, declared_s)]
    if several:
        notices.append(Notice("media.several-tracks", "The file has several sound tracks; the main one was used."))
    notices += quality_notices(decoded.samples, decoded.n_clipped)
    return Recording(decoded.samples, duration_s, kind, codec, notices=tuple(notices), provenance=_provenance(codec))


def _provenance(codec: str) -> Provenance:
    import av

    parameters = {"codec": codec, "rate_hz": str(SAMPLE_RATE_HZ), "downmix": "mean of channels"}
    return Provenance("decode", "pyav", av.__version__, parameters=parameters)


def _too_long(path: Path, limit_s: float) -> MediaError:
    return MediaError(
        f"The recording is longer than the limit of {limit_s / 60:.3g} minutes.",
        code="media.too-long",
        source=path.name,
        hint="Cut it, or raise SDC_MAX_RECORDING_S.",
    )


def _nothing(path: Path, decoded: Decoded) -> MediaError:
    if decoded.damaged_at_s:
        return unreadable(path, "The sound in this file is damaged: nothing useful of it can be decoded.")
    return MediaError(
        "The file holds no sound at all (0 seconds).",
        code="media.empty",
        source=path.name,
        hint="Record or copy it again.",
    )


def _length_notices(duration_s: float, long_s: float) -> Iterator[Notice]:
    if duration_s > long_s:
        message = (
            f"The recording is {duration_s / 60:.1f} minutes long; SDC is made for about {long_s / 60:.3g} minutes."
        )
        yield Notice("media.long", message)


def _damage_notices(decoded: Decoded, duration_s: float, declared_s: float | None) -> Iterator[Notice]:
    short = declared_s is not None and declared_s - duration_s > SHORTFALL_S
    if decoded.damaged_at_s:
        first_s, count = decoded.damaged_at_s[0], len(decoded.damaged_at_s)
        times = "; times after that may be too early" if short else ""
        message = f"{count} piece(s) of the sound cannot be decoded, the first after {first_s:.1f} s{times}."
        yield Notice("media.damaged", message)
    if decoded.holes:
        first_s, total_s = decoded.holes[0][0], sum(length for _, length in decoded.holes)
        message = (
            f"The sound has {len(decoded.holes)} hole(s), {total_s:.1f} s in all, the first after {first_s:.1f} s."
        )
        yield Notice("media.holes", f"{message} They count as silence.")
    if short:
        message = f"The file says that it lasts {declared_s:.1f} s, but its sound ends after {duration_s:.1f} s."
        yield Notice("media.truncated", message)
