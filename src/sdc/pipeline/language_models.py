"""The language model that the settings name, and what must hold before it is asked."""

from __future__ import annotations

from sdc.companion.engines import RULES, ModelOptions, Writer, make_writer
from sdc.errors import SettingsError
from sdc.settings import Settings


def model_options(settings: Settings) -> ModelOptions:
    """Return what the settings tell a language model."""
    return ModelOptions(
        settings.llm_model,
        settings.openai_api_key,
        settings.openai_url,
        settings.anthropic_api_key,
        settings.anthropic_url,
        settings.llm_url,
        settings.llm_adapter,
        settings.llm_refused_adapter,
        settings.llm_timeout_s,
    )


def language_model(settings: Settings, engine: str) -> Writer | None:
    """Return a language model by its engine's name; None for the rules.

    Raises
    ------
    SettingsError
        There is no such engine, it lacks something, or it would send texts to a service and nobody
        allowed that.
    ExtraMissingError
        It is not installed.
    """
    writer = make_writer(engine, model_options(settings))
    if writer is not None and writer.is_remote and not settings.allow_cloud:
        raise SettingsError(
            f"The engine {engine} sends what was measured and said to a service outside this machine;"
            " that is not allowed here.",
            code="settings.cloud",
            hint="Set SDC_ALLOW_CLOUD=yes where families have agreed to it; or take an engine on this machine.",
        )
    return writer


def check_language_model(settings: Settings) -> None:
    """Refuse a ``SDC_ENGINE`` that cannot be had, before anything is asked; its errors are ``language_model``'s."""
    if settings.engine != RULES:
        language_model(settings, settings.engine)
