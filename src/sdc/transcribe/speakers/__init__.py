"""Who spoke: voices told apart, and which of them is the child's.

=============== =====================================================
module          holds
=============== =====================================================
segments        Diarizer, RoleAssigner, and what they give
features        what a voice sounds like, every 10 ms
voices          a voice as a Gaussian; distance of two voices
diarize         the default diarizer: clustering, without a download
overlap         where two voices speak at once, for the default diarizer
pyannote        pyannote.audio, an extra
channels        a microphone for each speaker: two channels
rttm            speakers from a file, as other diarizers write it
pyannote_json   the same, in pyannote's JSON
files           such a file as a diarizer
chat            speakers from a transcript that has times
roles           roles that a person tells, or a label
enrolment       voiceprints, and roles from them
stretches       what one voice says alone
words           recognised words → speakers
=============== =====================================================
"""

from sdc.transcribe.speakers.channels import ChannelDiarizer, separate_channels
from sdc.transcribe.speakers.chat import ChatSpeakers
from sdc.transcribe.speakers.diarize import VoiceDiarizer
from sdc.transcribe.speakers.enrolment import EnrolledRoles, Voiceprint, enrol
from sdc.transcribe.speakers.files import FileDiarizer
from sdc.transcribe.speakers.pyannote_json import read_pyannote_json
from sdc.transcribe.speakers.roles import NamedRoles, ToldRoles
from sdc.transcribe.speakers.rttm import read_rttm, write_rttm
from sdc.transcribe.speakers.segments import (
    Attribution,
    Diarization,
    Diarizer,
    Role,
    RoleAssigner,
    SpeakerSegment,
)
from sdc.transcribe.speakers.words import give_words

__all__ = [
    "Attribution",
    "ChannelDiarizer",
    "ChatSpeakers",
    "Diarization",
    "Diarizer",
    "EnrolledRoles",
    "FileDiarizer",
    "NamedRoles",
    "Role",
    "RoleAssigner",
    "SpeakerSegment",
    "ToldRoles",
    "VoiceDiarizer",
    "Voiceprint",
    "enrol",
    "give_words",
    "read_pyannote_json",
    "read_rttm",
    "separate_channels",
    "write_rttm",
]
