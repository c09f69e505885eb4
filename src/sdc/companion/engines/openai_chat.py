"""OpenAI's chat completions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.companion.engines.address import checked_url, is_loopback
from sdc.companion.engines.hosted import HostedWriter
from sdc.companion.engines.table import ModelOptions, need_key

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model


def openai_writer(options: ModelOptions) -> HostedWriter:
    """Return a model of OpenAI, or of a proxy before it; ``SettingsError`` without a key or with a bad address."""
    key = need_key("openai", options.openai_key, "SDC_OPENAI_API_KEY")
    url = checked_url(options.openai_url, "SDC_OPENAI_URL")

    def opened(client: httpx2.AsyncClient | None) -> Model:
        from openai import AsyncOpenAI
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai import OpenAIProvider

        theirs = AsyncOpenAI(api_key=key, base_url=url, http_client=client, max_retries=0, timeout=options.timeout_s)
        return OpenAIChatModel(options.model, provider=OpenAIProvider(openai_client=theirs))

    return HostedWriter("openai", options.model, not is_loopback(url), opened, timeout_s=options.timeout_s)
