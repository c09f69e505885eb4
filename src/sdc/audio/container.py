"""Open a media file and find its sound track; every way in which that fails is a MediaError."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sdc.audio.recording import MediaInfo, MediaKind
from sdc.errors import MediaError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

FORMATS = (
    "3g2,3gp,aac,ac3,aiff,amr,asf,au,avi,caf,flac,flv,m4a,matroska,mj2,mov,mp2,mp3,mp4,mpeg,mpegts,ogg,w64,wav,webm,wv"
)
"""Demuxers that may open a file. Playlist formats (HLS, concat, DASH …) are left out on purpose:
they make FFmpeg open other files and addresses that the file names."""

CONVERT_HINT = "Copy it again, or save it as wav, mp3, m4a or mp4."

LEAST_RATE_HZ, MOST_RATE_HZ = 4_000, 768_000
"""Telephones use 8,000 samples a second; beyond these the header is damaged."""
MOST_CHANNELS = 8
"""Frames with more are handed over without the pointers to their samples: reading them ends the process."""

PACKET_BYTES = 16_384
"""Uncompressed sound has no packets of its own: it is read in such pieces, not in FFmpeg's of 4 kB."""

MOST_PIXELS = 7680 * 4320
"""FFmpeg looks at the first pictures of a video while it opens it; a small file can hold one of gigabytes."""

WAV_UNKNOWN = 0xFFFF_FF00
"""Sizes from here on in a WAV header mean that the size was not known."""

_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d(?:\.\d+)?)")


@contextmanager
def open_media(path: Path) -> Iterator[InputContainer]:
    """Open a media file with FFmpeg's libraries.

    Raises
    ------
    MediaError
        ``media.missing``, ``media.empty`` (no bytes), ``media.unreadable``.
    """
    import av

    size = _size(path)
    if size == 0:
        raise MediaError("The file is empty (0 bytes).", code="media.empty", source=path.name, hint="Copy it again.")
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file", "max_pixels": str(MOST_PIXELS)}
    options["max_size"] = str(PACKET_BYTES)  # of the WAV demuxer; others have no such option
    try:
        # The prefix keeps a name such as "concat:a|b" from being taken for another protocol.
        container = av.open(f"file:{path.resolve()}", options=options, metadata_errors="ignore")
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise unreadable(path) from error
    with container:
        yield container


def _size(path: Path) -> int:
    try:
        if not path.is_file():
            raise MediaError(
                "There is no such file.", code="media.missing", source=path.name, hint="Check the name of the file."
            )
        with path.open("rb") as file:  # also finds out whether it may be read
            return file.seek(0, 2)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MediaError(f"The file cannot be read: {reason}.", code="media.missing", source=path.name) from error


def unreadable(path: Path, message: str = "This is not audio or video that can be decoded.") -> MediaError:
    """Return the error for a file that holds nothing decodable."""
    return MediaError(message, code="media.unreadable", source=path.name, hint=CONVERT_HINT)


def sound_track(container: InputContainer, path: Path) -> AudioStream:
    """Return the sound track that a player would choose.

    Raises
    ------
    MediaError
        ``media.no-audio`` when there is none, ``media.unreadable`` when its codec is unknown.
    """
    if not container.streams.audio:
        kind = "video" if _has_picture(container) else "file"
        raise MediaError(
            f"The {kind} has no sound track.",
            code="media.no-audio",
            source=path.name,
            hint="Choose a file with sound.",
        )
    # `best` weighs channels and bit rate as players do; it may refuse damaged streams.
    stream: Any = container.streams.best("audio") or container.streams.audio[0]
    if stream.codec_context is None or not stream.codec_context.sample_rate:
        raise unreadable(path, "The sound in this file is damaged or of a kind that cannot be decoded.")
    _check_shape(stream.codec_context.sample_rate, stream.codec_context.channels, path)
    found: AudioStream = stream
    return found


def _check_shape(rate_hz: int, channels: int, path: Path) -> None:
    if not LEAST_RATE_HZ <= rate_hz <= MOST_RATE_HZ:
        raise unreadable(path, f"The sound in this file has {rate_hz} samples a second; it cannot be speech.")
    if channels > MOST_CHANNELS:
        raise unreadable(path, f"The sound in this file has {channels} channels; {MOST_CHANNELS} can be read.")


def _has_picture(container: InputContainer) -> bool:
    from av.stream import Disposition

    return any(not (stream.disposition & Disposition.attached_pic) for stream in container.streams.video)


def media_kind(container: InputContainer) -> MediaKind:
    """Tell video from audio; a cover picture does not make a video."""
    return "video" if _has_picture(container) else "audio"


def declared_end_s(container: InputContainer, stream: AudioStream, path: Path) -> float | None:
    """Return where the file says that its sound ends (seconds from its time 0), None where it does not say."""
    start_s = 0.0
    if stream.start_time is not None and stream.time_base is not None:
        start_s = max(0.0, float(stream.start_time * stream.time_base) - time_zero_s(container))
    if stream.duration is not None and stream.time_base is not None:
        duration_s = float(stream.duration * stream.time_base)
        return start_s + duration_s * (_wav_stretch(path) if container.format.name == "wav" else 1.0)
    tagged = _CLOCK.fullmatch(stream.metadata.get("DURATION", ""))  # Matroska and WebM
    if tagged:
        hours, minutes, seconds = tagged.groups()
        return int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    if container.duration is not None and not container.streams.video:
        return float(container.duration) / 1e6
    return None


def _wav_stretch(path: Path) -> float:
    """Return how many times longer a WAV file should be: FFmpeg trusts the file's size, not its header."""
    with path.open("rb") as file:
        promised = int.from_bytes(file.read(8)[4:], "little") + 8
    actual = path.stat().st_size
    unknown = promised > WAV_UNKNOWN or promised == 8  # recorders that stream leave it open
    return 1.0 if unknown else max(1.0, promised / actual)


def time_zero_s(container: InputContainer) -> float:
    """Return the clock time of the file's first moment; what lies before 0 (encoder priming) has no time."""
    return max(0.0, (container.start_time or 0) / 1e6)


def probe(path: Path) -> MediaInfo:
    """Read what a media file says about itself, without decoding the sound.

    Raises
    ------
    MediaError
        As ``open_media`` and ``sound_track``.
    """
    with open_media(path) as container:
        stream = sound_track(container, path)
        context = stream.codec_context
        return MediaInfo(
            kind=media_kind(container),
            duration_s=declared_end_s(container, stream, path),
            codec=context.codec.canonical_name,
            sample_rate_hz=context.sample_rate,
            channels=context.channels,
        )
