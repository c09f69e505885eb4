"""The language models by name. Each is one file beside ``Writer``, imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec

from sdc.companion.engines.adapter import base_of
from sdc.companion.engines.writer import Writer
from sdc.errors import ExtraMissingError, SettingsError

RULES = "rules"
LOCAL = "local"


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What a language model may be told; each takes what concerns it.

    Attributes
    ----------
    model : str
        As the service calls it, or a folder.
    openai_key, openai_url, anthropic_key, anthropic_url : str
    url : str
        Of a server that speaks OpenAI's protocol, for ``compatible``.
    adapter : str
        Folder of a LoRA adapter, for ``local``.
    refused_adapter : bool
        Whether an adapter is used whose evaluation says that it may not be.
    timeout_s : float
    """

    model: str = ""
    openai_key: str = field(default="", repr=False)
    openai_url: str = "https://api.openai.com/v1"
    anthropic_key: str = field(default="", repr=False)
    anthropic_url: str = "https://api.anthropic.com"
    url: str = ""
    adapter: str = ""
    refused_adapter: bool = False
    timeout_s: float = 60.0


@dataclass(frozen=True, slots=True)
class ModelKind:
    """One row: how a writer is made, and the modules and the extra that it needs."""

    make: Callable[[ModelOptions], Writer]
    modules: tuple[str, ...]
    extra: str


def _openai(options: ModelOptions) -> Writer:
    from sdc.companion.engines.openai_chat import openai_writer

    return openai_writer(options)


def _anthropic(options: ModelOptions) -> Writer:
    from sdc.companion.engines.anthropic_messages import anthropic_writer

    return anthropic_writer(options)


def _compatible(options: ModelOptions) -> Writer:
    from sdc.companion.engines.compatible import compatible_writer

    return compatible_writer(options)


def _local(options: ModelOptions) -> Writer:
    from sdc.companion.engines.local import local_writer

    return local_writer(options)


LANGUAGE_MODELS: dict[str, ModelKind] = {
    "openai": ModelKind(_openai, ("pydantic_ai", "openai"), "llm"),
    "anthropic": ModelKind(_anthropic, ("pydantic_ai", "anthropic"), "llm"),
    "compatible": ModelKind(_compatible, ("pydantic_ai", "openai"), "llm"),
    LOCAL: ModelKind(_local, ("torch", "transformers"), "finetune"),
}
"""Beside them stands ``rules``, which needs nothing."""

ENGINES = (RULES, *LANGUAGE_MODELS)


def make_writer(name: str, options: ModelOptions) -> Writer | None:
    """Return a language model by its name; None for ``rules``.

    Raises
    ------
    SettingsError
        ``settings.engine``: there is no such engine; ``settings.llm``: it lacks its model, key or address.
    ExtraMissingError
        What it needs is not installed.
    """
    if name == RULES:
        return None
    kind = LANGUAGE_MODELS.get(name)
    if kind is None:
        raise SettingsError(
            f"There is no engine {name}.", code="settings.engine", hint=f"Engines: {', '.join(ENGINES)}."
        )
    if any(find_spec(module) is None for module in kind.modules):
        raise ExtraMissingError(
            f"The engine {name} is not installed.",
            hint=f"Run `pip install 'speech-development-companion[{kind.extra}]'`.",
        )
    if not options.model and options.adapter and name == LOCAL:
        options = replace(options, model=base_of(options.adapter))
    if not options.model:
        raise SettingsError(
            f"The engine {name} needs a model.", code="settings.llm", hint="Name it with SDC_LLM_MODEL."
        )
    return kind.make(options)


def need_key(engine: str, key: str, setting: str) -> str:
    """Return a key; ``SettingsError`` where there is none."""
    if not key:
        raise SettingsError(f"The engine {engine} needs a key.", code="settings.llm", hint=f"Set {setting}.")
    return key
