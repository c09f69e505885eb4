"""SDC's own measures: swift-f0 for pitch, NumPy for the rest."""

from __future__ import annotations

from sdc.audio.acoustics import OWN
from sdc.audio.intensity import IntensityTrack, track_intensity
from sdc.audio.pitch import PitchTrack, track_pitch
from sdc.audio.recording import Recording
from sdc.audio.voice_quality import VoiceQualityTrack, track_voice_quality


class OwnAcoustics:
    """``Acoustics`` without any extra."""

    name = OWN

    def pitch(self, recording: Recording) -> PitchTrack:
        """Track pitch by swift-f0."""
        return track_pitch(recording)

    def intensity(self, recording: Recording) -> IntensityTrack:
        """Measure the level of each 10 ms."""
        return track_intensity(recording)

    def voice(self, recording: Recording, pitch: PitchTrack) -> VoiceQualityTrack:
        """Measure harmonics against noise, jitter, shimmer and HF500."""
        return track_voice_quality(recording, pitch)
