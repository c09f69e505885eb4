"""Voices that are known beforehand: a few seconds of somebody alone, kept as a small voiceprint.

A voiceprint is a mean and a covariance of cepstra: some hundred numbers, from which no speech can be
made again. It is personal data all the same, and is kept like the rest of a child's data.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sdc.audio import Recording
from sdc.errors import InputError
from sdc.session import Provenance
from sdc.transcribe.speakers.features import CEPSTRA, VoiceFrames, voice_frames
from sdc.transcribe.speakers.segments import Attribution, Diarization, Role
from sdc.transcribe.speakers.voices import Array, Voice, distance

VERSION = "1"
FORMAT = "sdc.voiceprint/1"
LEAST_FRAMES = 300
"""Three seconds of clear speech: with less, the same voice saying other words is too far from itself."""
SAME_VOICE = 0.6
"""Nats per frame within which a voice can be an enrolled one. Synthetic voices that say other words
lie 0.2 to 0.4 from themselves and 0.9 or more from others; noise and another room add to it."""
MARGIN = 0.4
"""The nearest voiceprint of another role must be this much farther."""
FOREIGN = 0.2
"""Of a voice's time, so much may be in segments that are likelier another role's: more, and the
diarizer has put two people together."""


@dataclass(frozen=True, slots=True, eq=False)
class Voiceprint:
    """An enrolled voice and its role."""

    role: Role
    voice: Voice

    def to_dict(self) -> dict[str, Any]:
        """Return the voiceprint as JSON can hold it."""
        voice = self.voice
        return {
            "format": FORMAT,
            "role": self.role.value,
            "n_frames": voice.n,
            "mean": voice.mean.tolist(),
            "covariance": voice.covariance.tolist(),
        }

    @classmethod
    def from_dict(cls, document: dict[str, Any]) -> Voiceprint:
        """Read what ``to_dict`` wrote; ``InputError`` (``voiceprint.damaged``) when it is not that."""
        try:
            mean, covariance = np.array(document["mean"], float), np.array(document["covariance"], float)
            n, role = int(document["n_frames"]), Role(document["role"])
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error
        shaped = mean.shape == (CEPSTRA,) and covariance.shape == (CEPSTRA, CEPSTRA) and n > 1
        if document.get("format") != FORMAT or not shaped or not _positive(covariance):
            raise _damaged()
        return cls(role, Voice(mean, covariance, n))


def _positive(covariance: np.ndarray) -> bool:
    if not np.isfinite(covariance).all():
        return False
    sign, log_det = np.linalg.slogdet(covariance)
    return bool(sign > 0 and math.isfinite(log_det))


def _damaged() -> InputError:
    return InputError("The stored voice cannot be read.", code="voiceprint.damaged", hint="Enrol the voice again.")


def enrol(recording: Recording, role: Role, *, source: str | None = None) -> Voiceprint:
    """Make the voiceprint of somebody who speaks alone on a recording.

    Parameters
    ----------
    recording : Recording
    role : Role
        ``child``, ``adult`` or ``other``.
    source : str, optional
        Name of the recording, for errors.

    Raises
    ------
    InputError
        ``enrolment.short``: less than three seconds of clear speech.
    """
    frames = voice_frames(recording)
    clear = frames.cepstra[frames.clear]
    if len(clear) < LEAST_FRAMES:
        raise InputError(
            f"{len(clear) / 100:.1f} s of clear speech are too little to know a voice by.",
            code="enrolment.short",
            hint=f"Record at least {LEAST_FRAMES / 100:.0f} s of this person alone, better ten.",
            source=source,
        )
    return Voiceprint(role, Voice.of(clear))


class EnrolledRoles:
    """Knows voices by their voiceprints.

    A voice gets a role where its nearest voiceprint is near enough, no voiceprint of another role
    is about as near, and it is that voiceprint's nearest voice. Otherwise it stays ``unknown``:
    with a stranger, in noise, in a room that sounds different. Pitch is not looked at.

    Parameters
    ----------
    voiceprints : Sequence[Voiceprint]
    """

    def __init__(self, voiceprints: Sequence[Voiceprint]) -> None:
        self._prints = tuple(voiceprints)

    def assign(self, diarization: Diarization, recording: Recording) -> Attribution:
        """Return the roles of the voices that are known."""
        parameters = {"same_voice": f"{SAME_VOICE:g}", "margin": f"{MARGIN:g}", "voiceprints": str(len(self._prints))}
        provenance = Provenance("roles", "sdc.transcribe.enrolment", VERSION, parameters=parameters)
        if not self._prints or not diarization.segments:
            return Attribution(diarization, {}, provenance)
        frames = voice_frames(recording)
        heard = _heard(diarization, frames)
        apart = {n: [distance(Voice.of(np.vstack(some)), p.voice) for p in self._prints] for n, some in heard.items()}
        roles = {name: role for name in apart if (role := self._role(name, apart, heard[name])) is not None}
        return Attribution(diarization, roles, provenance)

    def _role(self, name: str, apart: dict[str, list[float]], heard: list[Array]) -> Role | None:
        own = apart[name]
        best = int(np.argmin(own))
        role, least = self._prints[best].role, own[best]
        others = [far for p, far in zip(self._prints, own, strict=True) if p.role is not role]
        is_nearest = all(least <= far[best] for far in apart.values())
        sure = least <= SAME_VOICE and least + MARGIN <= min(others, default=math.inf)
        return role if sure and is_nearest and self._foreign(role, heard) <= FOREIGN else None

    def _foreign(self, role: Role, heard: list[Array]) -> float:
        """Return the share of a voice's time in segments that are likelier another role's."""
        if all(p.role is role for p in self._prints):
            return 0.0
        own, other = (
            np.array([self._likely(some, [p for p in self._prints if (p.role is role) == same]) for some in heard])
            for same in (True, False)
        )
        return float(np.average(other > own, weights=[len(some) for some in heard]))

    @staticmethod
    def _likely(frames: Array, prints: list[Voiceprint]) -> float:
        return max(float(p.voice.log_likelihood(frames).mean()) for p in prints)


def _heard(diarization: Diarization, frames: VoiceFrames) -> dict[str, list[Array]]:
    """Return the frames of each voice's segments in which it speaks alone; too little of it, and it is left out."""
    found = {}
    for name in diarization.speakers:
        alone = (s.span for s in diarization.segments if s.speaker == name and not s.overlap)
        some = [part for span in alone if len(part := frames.of(span))]
        if sum(map(len, some)) >= LEAST_FRAMES:
            found[name] = some
    return found
