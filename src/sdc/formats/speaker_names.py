"""What people call a speaker, in tiers, captions and labels of voices → CHAT's code and role.

Only what CHAT's conventions say is taken: a code such as ``CHI`` or ``MOT``, or a role of the CHAT
manual written out (``Target_Child``, ``mother``). A name says nothing about a role.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sdc.formats.chat.check_headers import ROLES
from sdc.session import UNKNOWN_SPEAKER

_CODE = re.compile(r"[A-Z][A-Z0-9_-]{0,6}")
_STEM_CHARS = 5
_CONVENTIONS = {
    "CHI": "Target_Child",
    "MOT": "Mother",
    "FAT": "Father",
    "SIS": "Sister",
    "BRO": "Brother",
    "GRM": "Grandmother",
    "GRF": "Grandfather",
    "INV": "Investigator",
    "TEA": "Teacher",
    "ADU": "Adult",
}
_ROLES = {role.lower(): role for role in ROLES} | {"target child": "Target_Child"}
_CODES = {role: code for code, role in _CONVENTIONS.items()}


def role_of(label: str) -> str | None:
    """Return the CHAT role that a label says, by code or written out; None where it says none.

    A number behind a code tells several of a kind apart: ``ADU2`` is an adult. ``CHI`` with a number is no
    target child: which of several children is the focal one nobody has said.
    """
    name = label.strip()
    stem = name.rstrip("0123456789")
    if name == "CHI" or (stem != "CHI" and stem in _CONVENTIONS):
        return _CONVENTIONS[stem]
    return _ROLES.get(re.sub(r"[\s_-]+", "_", name).lower()) or _ROLES.get(name.lower())


def codes_of(labels: Iterable[str]) -> dict[str, str]:
    """Return a code of its own for each label: as it is, by its role, or made of its letters."""
    codes: dict[str, str] = {}
    names = list(dict.fromkeys(labels))
    for label in names:
        if _CODE.fullmatch(label):
            codes[label] = label
    for label in names:
        if label not in codes:
            codes[label] = _code_of(label, set(codes.values()))
    return codes


def _code_of(label: str, taken: set[str]) -> str:
    usual = _CODES.get(role_of(label) or "")
    return usual if usual and usual not in taken else plain_code(label, taken)


def plain_code(label: str, taken: set[str]) -> str:
    """Return a code of a label's letters that is not taken: ``SPEAKER_00`` → ``SP00``."""
    plain = "".join(c for c in label.upper() if c.isascii() and c.isalnum()).replace("SPEAKER", "SP")
    stem = plain[:_STEM_CHARS] if plain and plain != UNKNOWN_SPEAKER else "SP"
    code, number = stem, 0
    while code in taken or len(code) < 2:
        number += 1
        code = f"{stem}{number}"
    return code
