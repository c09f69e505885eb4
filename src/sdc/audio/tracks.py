"""Everything that is measured on a recording's sound, and its compact form for the store."""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sdc.audio.edges import refine_edges
from sdc.audio.intensity import IntensityTrack, track_intensity
from sdc.audio.peaks import Peaks, waveform_peaks
from sdc.audio.pitch import PitchTrack, track_pitch
from sdc.audio.quality import QualityReport, quality_report
from sdc.audio.recording import Recording
from sdc.audio.speech import detect_speech, speech_provenance
from sdc.audio.voice_quality import VoiceQualityTrack, track_voice_quality
from sdc.errors import StoreError
from sdc.session import Provenance, TimeSpan

TRACKS_FORMAT = "sdc.tracks/1"
VOICE = ("hnr_db", "jitter_pct", "shimmer_pct", "hf500_db")
"""Arrays that archives of earlier versions do not hold."""


@dataclass(frozen=True, slots=True, eq=False)
class SoundTracks:
    """Pitch, loudness, speech and outline of one recording.

    Attributes
    ----------
    pitch : PitchTrack
    intensity : IntensityTrack
    speech : tuple[TimeSpan, ...]
        Where someone speaks.
    peaks : Peaks
    duration_s : float
    provenance : tuple[Provenance, ...]
        What made them, one for each of pitch, intensity and speech.
    voice : VoiceQualityTrack or None
        On the frames of ``pitch``; None where an earlier version measured the recording.
    quality : QualityReport or None
        What may be measured; None where an earlier version measured the recording.
    """

    pitch: PitchTrack
    intensity: IntensityTrack
    speech: tuple[TimeSpan, ...]
    peaks: Peaks
    duration_s: float
    provenance: tuple[Provenance, ...] = ()
    voice: VoiceQualityTrack | None = None
    quality: QualityReport | None = None

    def to_bytes(self) -> bytes:
        """Return a compressed NumPy archive; the same tracks give the same bytes."""
        about = {
            "format": TRACKS_FORMAT,
            "duration_s": self.duration_s,
            "pitch": {"hop_s": self.pitch.hop_s, "provenance": asdict(self.pitch.provenance)},
            "intensity": {"hop_s": self.intensity.hop_s, "provenance": asdict(self.intensity.provenance)},
            "peaks": {"hop_s": self.peaks.hop_s},
            "provenance": [asdict(p) for p in self.provenance],
            "voice": {"provenance": asdict(self.voice.provenance)} if self.voice else None,
            "quality": asdict(self.quality) if self.quality else None,
        }
        spans = [(s.start_ms, s.end_ms) for s in self.speech]
        buffer = BytesIO()
        np.savez_compressed(
            buffer,
            about=np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8),
            pitch_times_s=self.pitch.times_s,
            f0_hz=self.pitch.f0_hz,
            intensity_times_s=self.intensity.times_s,
            level_db=self.intensity.level_db,
            speech_ms=np.array(spans, np.int64).reshape(-1, 2),
            peaks=self.peaks.values,
            **({name: getattr(self.voice, name) for name in VOICE} if self.voice else {}),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> SoundTracks:
        """Read what ``to_bytes`` wrote.

        Raises
        ------
        StoreError
            ``tracks.damaged`` when it is not that, ``tracks.version`` when a later SDC wrote it.
        """
        try:
            with np.load(BytesIO(data), allow_pickle=False) as archive:
                arrays = {name: archive[name] for name in archive.files}
            about = json.loads(arrays["about"].tobytes())
            if about["format"] != TRACKS_FORMAT:
                raise StoreError(
                    f"Sound tracks of the format {about['format']!r} cannot be read.",
                    code="tracks.version",
                    hint="Process the session again.",
                )
            return _assemble(about, arrays)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                "Stored sound tracks are damaged.", code="tracks.damaged", hint="Process the session again."
            ) from error


def _assemble(about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> SoundTracks:
    pitch, intensity = about["pitch"], about["intensity"]
    return SoundTracks(
        pitch=PitchTrack(arrays["pitch_times_s"], arrays["f0_hz"], pitch["hop_s"], Provenance(**pitch["provenance"])),
        intensity=IntensityTrack(
            arrays["intensity_times_s"], arrays["level_db"], intensity["hop_s"], Provenance(**intensity["provenance"])
        ),
        speech=tuple(TimeSpan(int(start), int(end)) for start, end in arrays["speech_ms"]),
        peaks=Peaks(about["peaks"]["hop_s"], arrays["peaks"]),
        duration_s=about["duration_s"],
        provenance=tuple(Provenance(**p) for p in about["provenance"]),
        voice=_assemble_voice(about, arrays),
        quality=QualityReport(**about["quality"]) if about.get("quality") else None,
    )


def _assemble_voice(about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> VoiceQualityTrack | None:
    if not about.get("voice"):
        return None
    found = {name: arrays[name] for name in VOICE}
    return VoiceQualityTrack(**found, provenance=Provenance(**about["voice"]["provenance"]))


def sound_tracks(recording: Recording) -> SoundTracks:
    """Measure pitch, loudness, speech, outline and voice quality of a recording."""
    pitch, intensity = track_pitch(recording), track_intensity(recording)
    speech = refine_edges(detect_speech(recording), intensity, pitch, recording.duration_s)
    return SoundTracks(
        pitch=pitch,
        intensity=intensity,
        speech=speech,
        peaks=waveform_peaks(recording),
        duration_s=recording.duration_s,
        provenance=(pitch.provenance, intensity.provenance, speech_provenance()),
        voice=track_voice_quality(recording, pitch),
        quality=quality_report(recording, pitch, intensity, speech),
    )
