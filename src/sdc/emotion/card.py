"""What a model's card states: the front matter of its README.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sdc.errors import EngineError

UNSTATED = frozenset({"", "unknown", "none", "unlicensed"})


def read_licence(folder: Path, name: str) -> str:
    """Return the licence that a model's card states.

    Parameters
    ----------
    folder : Path
        Of the model; its card is ``README.md``.
    name : str
        What people call the model.

    Raises
    ------
    EngineError
        ``engine.no-licence``: there is no card, or it states no licence. Nobody may use such a model.
    """
    stated = _stated(_front_matter(folder / "README.md"))
    if stated is None:
        raise EngineError(
            f"No licence can be read for the model {name}, so it is not used.",
            code="engine.no-licence",
            hint="Set SDC_EMOTION_MODEL to a model whose card (README.md) has `license:` in its front matter.",
        )
    return stated


def _front_matter(card: Path) -> dict[str, Any]:
    from huggingface_hub.repocard import metadata_load
    from yaml import YAMLError

    try:
        found = metadata_load(card)
    except (OSError, ValueError, YAMLError):
        return {}
    return found or {}


def _stated(card: dict[str, Any]) -> str | None:
    found = card.get("license")
    names = [str(n).strip() for n in (found if isinstance(found, list) else [found]) if n is not None]
    if names == ["other"]:  # the card then names it in a field of its own
        names = [str(card.get("license_name") or "").strip()]
    return ", ".join(names) if names and not UNSTATED & {n.lower() for n in names} else None
