"""The made-up child in a store: her sessions go through the pipeline like any other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sdc.audio import load_recording
from sdc.demo import CHILD, demo_model, demo_recording, demo_transcripts
from sdc.errors import ConflictError, SDCError
from sdc.measures.registry import REGISTRY
from sdc.pipeline.intake import add_paths, find_or_add_child
from sdc.pipeline.parts import Given, Parts, Report
from sdc.settings import Settings, read_settings
from sdc.store.records import Child, SessionEntry
from sdc.transcribe import FasterWhisperTranscriber, Transcript


def demo_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; without SDC_HOME the store is one beside the real one, so that nobody mixes them up."""
    import platformdirs

    return read_settings(environ, default_home=Path(platformdirs.user_data_dir("sdc-demo", appauthor=False)))


def add_demo(parts: Parts, *, on_step: Report | None = None) -> tuple[Child, list[SDCError]]:
    """Add the demo child's sessions; what is there already, measured by today's rules, is left as it is.

    Parameters
    ----------
    parts : Parts
    on_step : callable, optional
        Told ``source: step`` and the fraction of all sessions that is done.

    Returns
    -------
    tuple[Child, list[SDCError]]
        The child, and what could not be processed.

    Raises
    ------
    ConflictError
        ``demo.other-child``: the store holds a child of that name that is not the made-up one.
    """
    transcripts = demo_transcripts()
    _refuse_namesake(parts, {path.name for path in transcripts})
    child = find_or_add_child(parts.repository, CHILD)
    current = {entry.source for entry in parts.repository.session_entries(child.id) if _is_current(entry)}
    missing = [path for path in transcripts if path.name not in current]
    added = add_paths(parts, missing, child, Given(), on_step)
    return child, [failure for item in added for failure in item.failures]


def hear_demo() -> Transcript:
    """Transcribe the demo's recording with the tiny model that comes with it: for real, with no download."""
    return FasterWhisperTranscriber(str(demo_model()), "cpu", "en").transcribe(load_recording(demo_recording()))


def _is_current(entry: SessionEntry) -> bool:
    """Whether a session was measured by the rules of this version."""
    rules = {m.rule.partition("@")[0] for m in entry.measures.values()}  # what stands behind @ made the same rule
    return rules == {rule.rule for rule in REGISTRY.values()}


def _refuse_namesake(parts: Parts, sources: set[str]) -> None:
    child = parts.repository.find_child(CHILD)
    if child is None:
        return
    entries = parts.repository.session_entries(child.id)
    if any(entry.source not in sources for entry in entries):
        raise ConflictError(
            f"The store in {parts.settings.home} holds sessions of another child named {CHILD}.",
            code="demo.other-child",
            hint="Name an empty folder with SDC_HOME, so that the made-up child is not mixed up with a real one.",
        )
