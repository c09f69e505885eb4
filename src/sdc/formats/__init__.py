"""From bytes to Session and back.

=============== =====================================================
module          does
=============== =====================================================
reading         any file → Session; what folders hold
chat            CHAT: reader, writer, %mor
whisper_json    the JSON of Whisper engines → Session
recognised      recognised words and segments → utterances
annotated       lines of ELAN, Praat and captions → Session
elan, textgrid  ELAN's documents and Praat's TextGrids; their writers
subtitles       SubRip and WebVTT, both ways
aligned         Session → lines on a time line, for those writers
speaker_names   what people call a speaker → CHAT's code and role
target_child    who the child is, as somebody says
targets         what a session can be written as
session_json    SDC's own JSON, both ways
=============== =====================================================
"""

from sdc.formats.reading import MEDIA_SUFFIXES, find_inputs, find_media, find_media_files, read_path

__all__ = ["MEDIA_SUFFIXES", "find_inputs", "find_media", "find_media_files", "read_path"]
