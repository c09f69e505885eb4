"""Any audio or video file → Recording, without an ffmpeg program on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sdc.audio.container import declared_end_s, media_kind, open_media, sound_track, unreadable
from sdc.audio.decoding import Decoded, TooLongError, decode_sound
from sdc.audio.quality import quality_notices
from sdc.audio.recording import SAMPLE_RATE_HZ, MediaKind, Recorded, Recording
from sdc.errors import MediaError
from sdc.session import Notice, Provenance

LIMIT_S = 3600.0
"""A file of some kilobytes can decode for ever; an hour of sound takes 230 MB of memory."""
LONG_S = 300.0
"""A recording longer than this is accepted with a note; the product is made for five minutes."""
SHORTFALL_S = 1.0
"""Sound that ends this much before the declared end is reported."""
MIN_SHARE = 0.1
"""A damaged file of which less than this can be decoded is refused: what is left is noise."""
CANCELLED = 0.05
"""Averaged channels with less than this part of the power of unrelated ones cancel each other."""
SILENT_CHANNEL, FAINT_CHANNEL = 1e-6, 1e-2
"""Power of a channel against the loudest: -60 dB and -20 dB."""
OPPOSED = (
    "The channels of the recording are mirror images (one is wired the wrong way round) and cancel each other; only "
    "channel {} was used."
)
ESTIMATED = frozenset({"mp3", "aac", "ac3", "amr", "mpegts", "mpeg", "mp2"})
"""Formats whose declared duration may be an estimate from the bit rate."""


def load_recording(path: Path, *, limit_s: float | None = LIMIT_S, long_s: float = LONG_S) -> Recording:
    """Decode the sound of an audio or video file.

    Parameters
    ----------
    path : Path
        wav, mp3, m4a, ogg, opus, flac, mp4, webm, mov and what else FFmpeg's libraries decode.
    limit_s : float, optional
        A longer recording is refused, before decoding where its header tells the length; one hour
        unless told. None decodes whatever comes.
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
    track, decoded = _decode(path, limit_s)
    notices: list[Notice] = []
    channel: int | None = None
    if _opposed(decoded):
        channel = int(decoded.power.argmax())
        track, decoded = _decode(path, limit_s, channel)
        notices.append(Notice("media.channels-opposed", OPPOSED.format(channel + 1)))
    duration_s = decoded.samples.size / SAMPLE_RATE_HZ
    if not duration_s or (decoded.damaged_at_s and duration_s < MIN_SHARE * (track.declared_s or 0.0)):
        raise _nothing(path, decoded)
    notices += [*_length_notices(duration_s, long_s), *_damage_notices(decoded, duration_s, track.declared_s)]
    if track.several:
        notices.append(Notice("media.several-tracks", "The file has several sound tracks; the main one was used."))
    notices += [*_channel_notices(decoded.power, averaged=channel is None)]
    notices += quality_notices(decoded.samples, decoded.n_clipped)
    recorded = Recorded(track.sample_rate_hz, track.channels, channel, decoded.n_clipped)
    return Recording(
        decoded.samples,
        duration_s,
        track.kind,
        track.codec,
        notices=tuple(notices),
        provenance=_provenance(track.codec, recorded.channel),
        recorded=recorded,
    )


@dataclass(frozen=True, slots=True)
class _Track:
    """The sound track that was decoded, as its file describes it."""

    kind: MediaKind
    codec: str
    declared_s: float | None
    sample_rate_hz: int
    channels: int
    several: bool


def _decode(path: Path, limit_s: float | None, channel: int | None = None) -> tuple[_Track, Decoded]:
    with open_media(path) as container:
        stream = sound_track(container, path)
        context = stream.codec_context
        track = _Track(
            media_kind(container),
            context.codec.canonical_name,
            declared_end_s(container, stream, path),
            context.sample_rate,
            context.channels,
            several=len(container.streams.audio) > 1,
        )
        exact = container.format.name not in ESTIMATED
        if limit_s is not None and exact and track.declared_s is not None and track.declared_s > limit_s:
            raise _too_long(path, limit_s)
        try:
            return track, decode_sound(container, stream, limit_s=limit_s, channel=channel)
        except TooLongError as error:
            raise _too_long(path, limit_s or 0.0) from error


def _opposed(decoded: Decoded) -> bool:
    """Tell whether the channels cancel each other when they are averaged."""
    if len(decoded.power) < 2 or not decoded.samples.size:
        return False
    mixed = float(np.mean(np.square(decoded.samples, dtype=np.float64)))
    # Of channels that have nothing in common, the average has this power.
    return mixed < CANCELLED * float(decoded.power.sum()) / len(decoded.power) ** 2


def _channel_notices(power: NDArray[np.float64], *, averaged: bool) -> Iterator[Notice]:
    loudest = float(power.max(initial=0.0))
    if not averaged or not loudest:
        return
    silent = int((power < SILENT_CHANNEL * loudest).sum())
    quiet = int((power < FAINT_CHANNEL * loudest).sum()) - silent
    if silent:
        message = f"{silent} of {len(power)} channels of the recording {'is' if silent == 1 else 'are'} silent"
        yield Notice("media.channel-silent", f"{message}; the average of all was used.")
    if quiet:
        message = f"{quiet} of {len(power)} channels of the recording {'is' if quiet == 1 else 'are'} much quieter"
        yield Notice("media.channels-differ", f"{message} than the loudest; the average of all was used.")


def _provenance(codec: str, channel: int | None) -> Provenance:
    import av

    downmix = "mean of channels" if channel is None else f"channel {channel + 1} only"
    parameters = {"codec": codec, "rate_hz": str(SAMPLE_RATE_HZ), "downmix": downmix}
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
