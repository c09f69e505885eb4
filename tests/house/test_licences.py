"""The default dependencies may be shipped with an Apache-2.0 product."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

PACKAGE = "speech-development-companion"
PERMISSIVE = re.compile(
    r"\b(Apache|MIT|BSD|ISC|PSF|Python Software Foundation|MPL|Mozilla|Unlicense|0BSD|Zlib|HPND|CNRI)\b", re.I
)
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General Public)", re.I)
LINKED_EXCEPTIONS = ("GCC-exception",)  # runtime libraries that may be shipped with anything
UNSTATED = {
    "flatbuffers": "Apache-2.0, in its repository and its classifier",
}


def licence_of(dist: Distribution) -> str:
    meta = dist.metadata
    parts = [meta.get("License-Expression") or "", (meta.get("License") or "")[:200]]
    parts += [c.rpartition("::")[2] for c in meta.get_all("Classifier") or [] if c.startswith("License ::")]
    return " | ".join(p.strip() for p in parts if p and p.strip())


def default_closure() -> dict[str, Distribution]:
    """All distributions that a default install brings, by name."""
    found: dict[str, Distribution] = {}
    todo = [(PACKAGE, frozenset())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while todo:
        name, extras = todo.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        try:
            dist = distribution(name)
        except PackageNotFoundError:
            continue  # only wanted on other platforms
        found[dist.metadata["Name"].lower()] = dist
        for text in dist.requires or []:
            requirement = Requirement(text)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": e}) for e in extras or {""}):
                todo.append((requirement.name, frozenset(requirement.extras)))
    found.pop(PACKAGE)
    return found


def is_acceptable(licence: str) -> bool:
    """Permissive alternatives suffice; copyleft without a runtime exception does not."""
    if not PERMISSIVE.search(licence):
        return False
    remaining = licence
    for exception in LINKED_EXCEPTIONS:
        if exception in licence:
            remaining = COPYLEFT.sub("", remaining)
    return not COPYLEFT.search(remaining)


def test_default_dependencies_are_permissive():
    refused = {
        name: licence_of(dist)
        for name, dist in default_closure().items()
        if name not in UNSTATED and not is_acceptable(licence_of(dist))
    }
    assert not refused


def test_no_torch_by_default():
    names = default_closure().keys()
    assert "faster-whisper" in names
    assert not {"torch", "transformers", "tensorflow"} & names


def test_the_check_refuses_gpl():
    assert not is_acceptable("GPL-3.0-or-later")
    assert not is_acceptable("GNU General Public License v3 (GPLv3)")
    assert not is_acceptable("")
    assert is_acceptable("BSD-3-Clause AND GPL-3.0-or-later WITH GCC-exception-3.1")
    assert is_acceptable("MIT")


def test_our_own_licence():
    meta = distribution(PACKAGE).metadata
    assert meta["License-Expression"] == "Apache-2.0"
