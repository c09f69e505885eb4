"""The engines by name. Each is one file beside ``Transcriber``, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec

from sdc.errors import ExtraMissingError, SettingsError
from sdc.transcribe.gated import GatedTranscriber
from sdc.transcribe.models import AUTO
from sdc.transcribe.transcript import Transcriber

OPENAI_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What an engine may be told; each takes what concerns it.

    Attributes
    ----------
    model : str
        ``auto``: the engine's own choice.
    device : str
        ``auto``, ``cpu`` or ``cuda``.
    language : str
        ISO 639-1, or ``auto``.
    api_key, api_url : str
        Of a service.
    allow_cloud : bool
        Whether recordings may leave this machine.
    """

    model: str = AUTO
    device: str = AUTO
    language: str = "en"
    api_key: str = field(default="", repr=False)
    api_url: str = OPENAI_URL
    allow_cloud: bool = False


@dataclass(frozen=True, slots=True)
class EngineKind:
    """One row: how an engine is made, the module and the extra that it needs, whether sound leaves the machine."""

    make: Callable[[EngineOptions], Transcriber]
    module: str
    extra: str | None = None
    is_remote: bool = False


def _faster_whisper(options: EngineOptions) -> Transcriber:
    from sdc.transcribe.faster_whisper import FasterWhisperTranscriber

    return FasterWhisperTranscriber(options.model, options.device, options.language)


def _whisper_cpp(options: EngineOptions) -> Transcriber:
    from sdc.transcribe.whisper_cpp import WhisperCppTranscriber

    return WhisperCppTranscriber(options.model, options.language)


def _openai(options: EngineOptions) -> Transcriber:
    from sdc.transcribe.openai_api import OpenAITranscriber

    return OpenAITranscriber(options.api_key, options.model, options.language, url=options.api_url)


DEFAULT_ENGINE = "faster-whisper"

ENGINES: dict[str, EngineKind] = {
    DEFAULT_ENGINE: EngineKind(_faster_whisper, "faster_whisper"),
    "whisper.cpp": EngineKind(_whisper_cpp, "pywhispercpp", "whispercpp"),
    "openai": EngineKind(_openai, "httpx", "openai", is_remote=True),
}


def make_transcriber(name: str, options: EngineOptions) -> Transcriber:
    """Return an engine behind the gate (``sdc.transcribe.gate``); its model is loaded when it is first needed.

    Parameters
    ----------
    name : str
        Of ``ENGINES``.
    options : EngineOptions

    Raises
    ------
    SettingsError
        ``settings.engine``: there is no such engine; ``settings.cloud``: it would send the
        recording to a service and nobody allowed that, or it lacks its key.
    ExtraMissingError
        What it needs is not installed.
    """
    kind = ENGINES.get(name)
    if kind is None:
        raise SettingsError(
            f"There is no engine {name}.", code="settings.engine", hint=f"Engines: {', '.join(ENGINES)}."
        )
    if kind.is_remote:
        _require_consent(name, options)
    if find_spec(kind.module) is None:
        raise ExtraMissingError(
            f"The engine {name} is not installed.",
            hint=f"Run `pip install 'speech-development-companion[{kind.extra}]'`." if kind.extra else None,
        )
    return GatedTranscriber(kind.make(options))


def _require_consent(name: str, options: EngineOptions) -> None:
    """Refuse to let a child's voice out of the house unless somebody said so in two places."""
    if not options.allow_cloud:
        raise SettingsError(
            f"The engine {name} sends the recording, a child's voice, to a service outside this machine;"
            " that is not allowed here.",
            code="settings.cloud",
            hint="Where the family has agreed to it, set SDC_ALLOW_CLOUD=yes; or take an engine on this machine.",
        )
    if not options.api_key:
        raise SettingsError(f"The engine {name} needs a key.", code="settings.cloud", hint="Set SDC_OPENAI_API_KEY.")
