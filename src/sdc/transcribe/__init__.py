"""Speech → words: engines behind one protocol, and how their words become a session.

=============== =====================================================
module          holds
=============== =====================================================
transcript      Transcriber, Transcript
engines         the engines by name
faster_whisper  the default engine: Whisper as it is, on CTranslate2
whisper_cpp     whisper.cpp, an extra
openai_api      OpenAI's transcription API; sends the recording away, so it asks for leave
gated           an engine behind the gate
gate            words without a sound of speech are left out
models          Whisper models for faster-whisper, and how one is fetched
ggml            Whisper models for whisper.cpp, and how one is fetched
ggml_file       whether such a file is whole
shelves         the models of each engine
pieces          a long recording in pieces
scripted        an engine that says what it is told, for tests
diarizers       what tells voices apart, by name
speakers        who spoke: diarizers, roles, voiceprints
attribution     Transcript → Session
naming          roles for the voices of a session, afterwards
=============== =====================================================
"""

from sdc.transcribe.attribution import to_session
from sdc.transcribe.faster_whisper import FasterWhisperTranscriber
from sdc.transcribe.models import find_model
from sdc.transcribe.scripted import ScriptedTranscriber
from sdc.transcribe.transcript import Transcriber, Transcript

__all__ = [
    "FasterWhisperTranscriber",
    "ScriptedTranscriber",
    "Transcriber",
    "Transcript",
    "find_model",
    "to_session",
]
