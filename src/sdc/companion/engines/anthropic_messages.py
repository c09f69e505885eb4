"""Anthropic's messages, read as they stream."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.companion.engines.address import checked_url, is_loopback
from sdc.companion.engines.hosted import HostedWriter
from sdc.companion.engines.table import ModelOptions, need_key

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model


def anthropic_writer(options: ModelOptions) -> HostedWriter:
    """Return a model of Anthropic; ``SettingsError`` without a key or with a bad address."""
    key = need_key("anthropic", options.anthropic_key, "SDC_ANTHROPIC_API_KEY")
    url = checked_url(options.anthropic_url, "SDC_ANTHROPIC_URL")

    def opened(client: httpx2.AsyncClient | None) -> Model:
        from anthropic import AsyncAnthropic
        from pydantic_ai.models.anthropic import AnthropicModel
        from pydantic_ai.providers.anthropic import AnthropicProvider

        theirs = AsyncAnthropic(api_key=key, base_url=url, http_client=client, max_retries=0, timeout=options.timeout_s)
        return AnthropicModel(options.model, provider=AnthropicProvider(anthropic_client=theirs))

    remote = not is_loopback(url)
    return HostedWriter("anthropic", options.model, remote, opened, streams=True, timeout_s=options.timeout_s)
