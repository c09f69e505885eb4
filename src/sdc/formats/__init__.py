"""From bytes to Session and back.

=============== =====================================================
module          does
=============== =====================================================
reading         any file → Session; what folders hold
chat            CHAT: reader, writer, %mor
whisper_json    the JSON of Whisper engines → Session
recognised      recognised words and segments → utterances
session_json    SDC's own JSON, both ways
=============== =====================================================
"""

from sdc.formats.reading import MEDIA_SUFFIXES, find_inputs, find_media, find_media_files, read_path

__all__ = ["MEDIA_SUFFIXES", "find_inputs", "find_media", "find_media_files", "read_path"]
