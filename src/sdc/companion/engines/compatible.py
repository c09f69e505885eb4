"""Any server that speaks OpenAI's protocol: Ollama, vLLM, llama.cpp.

One on this machine needs no consent, for nothing leaves; any other one is a service like the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sdc.companion.engines.address import checked_url, is_loopback
from sdc.companion.engines.hosted import HostedWriter
from sdc.companion.engines.table import ModelOptions

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai.models import Model

NO_KEY = "none"
"""Such servers ask for no key; the client wants some text."""


def compatible_writer(options: ModelOptions) -> HostedWriter:
    """Return the model of such a server; ``SettingsError`` without its address."""
    url = checked_url(options.url, "SDC_LLM_URL")

    def opened(client: httpx2.AsyncClient | None) -> Model:
        from openai import AsyncOpenAI
        from pydantic_ai.models.openai import OpenAIChatModel
        from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider

        theirs = AsyncOpenAI(api_key=NO_KEY, base_url=url, http_client=client, max_retries=0, timeout=options.timeout_s)
        return OpenAIChatModel(options.model, provider=OpenAICompatibleProvider("compatible", openai_client=theirs))

    return HostedWriter(
        "compatible", options.model, not is_loopback(url), opened, asks_in_prompt=True, timeout_s=options.timeout_s
    )
