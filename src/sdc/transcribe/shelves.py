"""Where the models of each engine lie, by the engine's name; a service has none here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sdc.transcribe import ggml, models
from sdc.transcribe.models import AUTO, SUITED, StoredModel


@dataclass(frozen=True, slots=True)
class Shelf:
    """The models of one engine.

    Attributes
    ----------
    names : callable
        Names that can be fetched.
    find : callable
        Name → place; None when it is not on this machine.
    fetch : callable
        Name → place, fetched where it must be; raises ModelMissingError.
    describe : callable
        Name, place → what there is to tell.
    on_disk : callable
        All that were fetched.
    suited : callable
        Device → what ``auto`` stands for.
    """

    names: Callable[[], tuple[str, ...]]
    find: Callable[[str], Path | None]
    fetch: Callable[[str], Path]
    describe: Callable[[str, Path], StoredModel]
    on_disk: Callable[[], tuple[StoredModel, ...]]
    suited: Callable[[str], str]

    def named(self, name: str, device: str) -> str:
        """Return the name of a model; ``auto`` is the one that suits the device."""
        return self.suited(device) if name == AUTO else name


SHELVES: dict[str, Shelf] = {
    "faster-whisper": Shelf(
        models.model_names,
        models.find_model,
        models.fetch_model,
        models.stored_model,
        models.models_on_disk,
        lambda device: models.model_for(AUTO, device),
    ),
    "whisper.cpp": Shelf(
        lambda: ggml.GGML_NAMES,
        ggml.find_ggml,
        ggml.fetch_ggml,
        ggml.stored_ggml,
        ggml.ggml_on_disk,
        lambda device: SUITED["cpu"],  # the package as it is published runs on the CPU
    ),
}
