"""Sound: any media file → mono float32, quality notices, pitch, loudness and speech tracks."""

from sdc.audio.container import probe
from sdc.audio.intensity import IntensityTrack, track_intensity
from sdc.audio.loading import load_recording
from sdc.audio.peaks import Peaks, waveform_peaks
from sdc.audio.pitch import PitchTrack, track_pitch
from sdc.audio.quality import QualityReport
from sdc.audio.recording import SAMPLE_RATE_HZ, MediaInfo, Recorded, Recording
from sdc.audio.speech import detect_speech
from sdc.audio.tracks import SoundTracks, sound_tracks
from sdc.audio.voice_quality import VoiceQualityTrack, track_voice_quality

__all__ = [
    "SAMPLE_RATE_HZ",
    "IntensityTrack",
    "MediaInfo",
    "Peaks",
    "PitchTrack",
    "QualityReport",
    "Recorded",
    "Recording",
    "SoundTracks",
    "VoiceQualityTrack",
    "detect_speech",
    "load_recording",
    "probe",
    "sound_tracks",
    "track_intensity",
    "track_pitch",
    "track_voice_quality",
    "waveform_peaks",
]
