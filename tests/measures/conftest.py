"""Transcripts written as CHAT lines, recordings written as tracks."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from sdc.audio import IntensityTrack, Peaks, PitchTrack, QualityReport, SoundTracks, VoiceQualityTrack
from sdc.formats.chat.reader import read_chat
from sdc.measures import analyse
from sdc.measures.sample import Sample, count_lines
from sdc.session import Measure, Provenance, Session, TimeSpan

HEAD = """@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Target_Child, MOT Mother
@ID:	eng|made-up|CHI|3;06.||||Target_Child|||
@ID:	eng|made-up|MOT|||||Mother|||
"""


@pytest.fixture
def chat() -> Callable[..., Session]:
    """Make a session: ``chat("CHI: the dog .", "%mor: …", "MOT: yes . 0_900")``."""

    def make(*lines: str, head: str = HEAD) -> Session:
        text = head
        for line in lines:
            name, _, body = line.partition(":")
            words, _, times = body.rpartition(" ")
            if times.replace("_", "").isdigit() and "_" in times:
                body = f"{words} \x15{times}\x15"
            text += f"{name if name.startswith('%') else '*' + name}:\t{body.strip()}\n"
        return read_chat(text + "@End\n", source="made-up.cha")

    return make


@pytest.fixture
def sample(chat) -> Callable[..., Sample]:
    """Make the child's side of a session from lines."""

    def make(*lines: str, sound: SoundTracks | None = None, speaker: str = "CHI") -> Sample:
        session = chat(*lines)
        return Sample(session, speaker, count_lines(session), sound)

    return make


@pytest.fixture
def measured(chat) -> Callable[..., dict[str, Measure]]:
    """Measure the child in a session of lines."""

    def make(*lines: str, sound: SoundTracks | None = None, speaker: str = "CHI") -> dict[str, Measure]:
        return analyse(chat(*lines), sound).speakers[speaker].measures

    return make


@pytest.fixture(scope="session")
def tracks() -> Callable[..., SoundTracks]:
    """Make tracks of a good recording: F0 and level by time, stretches of speech in ms."""

    def make(
        duration_s: float,
        speech: Sequence[tuple[int, int]] = (),
        f0: Callable[[float], float] = lambda t: float("nan"),
        level: Callable[[float], float] = lambda t: -20.0,
    ) -> SoundTracks:
        made = tuple(Provenance(step, "by hand", "1") for step in ("pitch", "intensity", "speech"))
        good = QualityReport(60.0, False, 0.0, 30.0, 45.0, 0.0, 48000, 1)
        times, fine = np.arange(0, duration_s, 0.016), np.arange(0.005, duration_s, 0.01)
        return SoundTracks(
            PitchTrack(times, np.array([f0(t) for t in times], np.float32), 0.016, made[0]),
            IntensityTrack(fine, np.array([level(t) for t in fine], np.float32), 0.01, made[1]),
            tuple(TimeSpan(*s) for s in speech),
            Peaks(0.01, np.zeros((2, 1), np.int8)),
            duration_s,
            made,
            quality=good,
        )

    return make


@pytest.fixture(scope="session")
def heard(tracks) -> Callable[..., SoundTracks]:
    """Make tracks of a good recording with energy above 500 Hz by time, beside what ``tracks`` takes."""

    def make(duration_s: float, hf500: Callable[[float], float] = lambda t: 0.0, **options) -> SoundTracks:
        sound = tracks(duration_s, **options)
        values = np.array([hf500(t) for t in sound.pitch.times_s], np.float16)
        nothing = np.full(values.shape, np.nan, np.float16)
        low = np.full(values.shape, -30, np.float16)
        made = Provenance("voice quality", "by hand", "2")
        voice = VoiceQualityTrack(nothing, nothing, nothing, low, low + values, made)
        return replace(sound, voice=voice)

    return make
