"""From bytes to Session and back: CHAT, Whisper's JSON, session JSON."""

from sdc.formats.reading import MEDIA_SUFFIXES, read_path

__all__ = ["MEDIA_SUFFIXES", "read_path"]
