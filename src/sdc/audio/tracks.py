"""Everything that is measured on a recording's sound, and its compact form for the store."""

from __future__ import annotations

import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sdc.audio.acoustics import OWN, Acoustics
from sdc.audio.acoustics.own import OwnAcoustics
from sdc.audio.edges import refine_edges
from sdc.audio.intensity import IntensityTrack, track_intensity
from sdc.audio.peaks import Peaks, waveform_peaks
from sdc.audio.pitch import PitchTrack, track_pitch
from sdc.audio.quality import QualityReport, quality_report
from sdc.audio.recording import Recording
from sdc.audio.speech import detect_speech, speech_provenance, with_high_voices
from sdc.audio.voice_quality import VoiceQualityTrack
from sdc.errors import StoreError
from sdc.session import Provenance, TimeSpan

TRACKS_FORMAT = "sdc.tracks/1"
BANDS = ("low_db", "high_db")
VOICE = ("hnr_db", "jitter_pct", "shimmer_pct", *BANDS)
"""Arrays that archives of earlier versions do not hold; the first three only where the back end measures them."""


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
    acoustics : str
        The back end that made pitch, intensity and voice: a name of ``sdc.audio.acoustics``.
    """

    pitch: PitchTrack
    intensity: IntensityTrack
    speech: tuple[TimeSpan, ...]
    peaks: Peaks
    duration_s: float
    provenance: tuple[Provenance, ...] = ()
    voice: VoiceQualityTrack | None = None
    quality: QualityReport | None = None
    acoustics: str = OWN

    @property
    def is_own(self) -> bool:
        """Whether SDC's own back end made them."""
        return self.acoustics == OWN

    @property
    def all_provenance(self) -> tuple[Provenance, ...]:
        """What made them, the voice included."""
        return (*self.provenance, *((self.voice.provenance,) if self.voice else ()))

    def to_bytes(self) -> bytes:
        """Return a compressed NumPy archive; the same tracks give the same bytes."""
        about = {
            "format": TRACKS_FORMAT,
            "duration_s": self.duration_s,
            "acoustics": self.acoustics,
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
            **_voice_arrays(self.voice),
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


def _voice_arrays(voice: VoiceQualityTrack | None) -> dict[str, Any]:
    found = {name: getattr(voice, name) for name in VOICE} if voice else {}
    return {name: array for name, array in found.items() if array is not None}


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
        acoustics=about.get("acoustics", OWN),
    )


def _assemble_voice(about: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> VoiceQualityTrack | None:
    if not about.get("voice") or not arrays.keys() >= set(BANDS):
        return None
    found: dict[str, Any] = {name: arrays.get(name) for name in VOICE}
    return VoiceQualityTrack(**found, provenance=Provenance(**about["voice"]["provenance"]))


def sound_tracks(recording: Recording, acoustics: Acoustics | None = None) -> SoundTracks:
    """Measure pitch, loudness, speech, outline and voice quality of a recording.

    Parameters
    ----------
    recording : Recording
    acoustics : Acoustics, optional
        What measures pitch, loudness and voice; default SDC's own. Speech and quality always rest
        on SDC's own pitch and loudness.
    """
    with ThreadPoolExecutor(1) as beside:  # two networks, which know nothing of each other
        speech_heard = beside.submit(detect_speech, recording)
        own_pitch, own_intensity = track_pitch(recording), track_intensity(recording)
    heard = with_high_voices(recording, speech_heard.result(), own_pitch)
    speech = refine_edges(heard, own_intensity, own_pitch, recording.duration_s)
    made_by = acoustics or OwnAcoustics()
    is_own = made_by.name == OWN  # what is there already is not measured again
    pitch = own_pitch if is_own else made_by.pitch(recording)
    intensity = own_intensity if is_own else made_by.intensity(recording)
    return SoundTracks(
        pitch=pitch,
        intensity=intensity,
        speech=speech,
        peaks=waveform_peaks(recording),
        duration_s=recording.duration_s,
        provenance=(pitch.provenance, intensity.provenance, speech_provenance()),
        voice=made_by.voice(recording, pitch),
        quality=quality_report(recording, own_pitch, own_intensity, speech),
        acoustics=made_by.name,
    )
