"""Where a value came from."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which tool, revision and parameters made something.

    Attributes
    ----------
    step : str
        What was done: ``read``, ``transcribe``, ``pitch``, ``insight`` …
    engine : str
        What did it: ``sdc.chat``, ``faster-whisper``, ``swift-f0``, ``rules`` …
    version : str
        Version of the engine.
    model : str or None
        Name of the model, if one was used.
    revision : str or None
        Hash or revision of the model or of the input.
    parameters : dict[str, str]
        Settings that change the outcome, as text.
    """

    step: str
    engine: str
    version: str
    model: str | None = None
    revision: str | None = None
    parameters: dict[str, str] = field(default_factory=dict)
