"""Roles that a person tells, or a label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sdc.errors import InputError
from sdc.session import Provenance
from sdc.transcribe.speakers.segments import Attribution, Diarization, Role

if TYPE_CHECKING:
    from sdc.audio import Recording


NAMES = {
    "CHI": Role.CHILD,
    "KCHI": Role.CHILD,
    "OCH": Role.OTHER,
    "ADU": Role.ADULT,
    "MOT": Role.ADULT,
    "FAT": Role.ADULT,
    "FEM": Role.ADULT,
    "MAL": Role.ADULT,
}
"""Labels that say a role: CHAT's usual codes, and those of the voice type classifier (key child,
other child, female, male adult)."""


class NamedRoles:
    """Takes a role from a label that says one (``CHI``, ``KCHI``, ``FEM`` …); other voices are ``unknown``."""

    def assign(self, diarization: Diarization, recording: Recording) -> Attribution:
        """Return the roles that the labels say; of our own labels (``SP00``) none does."""
        roles = {name: NAMES[name] for name in diarization.speakers if name in NAMES}
        return Attribution(diarization, roles, Provenance("roles", "labels", "1") if roles else None)


class ToldRoles:
    """What somebody who listened says.

    Parameters
    ----------
    roles : Mapping[str, Role]
        By label, as the diarization names the voices.
    """

    def __init__(self, roles: Mapping[str, Role]) -> None:
        self._roles = dict(roles)

    def assign(self, diarization: Diarization, recording: Recording) -> Attribution:
        """Return the roles as told; ``InputError`` (``speakers.label``) for a voice that is not there."""
        for name in self._roles:
            if name not in diarization.speakers:
                there = ", ".join(diarization.speakers) or "none"
                raise InputError(
                    f"No voice on the recording is called {name}.",
                    code="speakers.label",
                    hint=f"Voices told apart: {there}.",
                )
        return Attribution(diarization, self._roles, Provenance("roles", "person", "1"))
