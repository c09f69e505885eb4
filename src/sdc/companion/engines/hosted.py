"""Models behind an HTTP API, through pydantic-ai: one request with a schema, waits and time-outs, errors as ours.

This is the only module that calls pydantic-ai's agents. Nothing is instrumented, no URL of a question or
of evidence is ever fetched, redirects are not followed, and what a service says in an error is not
repeated: it may hold the key or what was asked.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from sdc.companion.engines.back_off import BackOff, Sleep
from sdc.companion.engines.claims import MAX_OUTPUT_TOKENS, SCHEMA_TRIES, ClaimsOut
from sdc.companion.engines.writer import Filled, Form, Prompt, Written
from sdc.errors import EngineError

if TYPE_CHECKING:
    import httpx2
    from pydantic_ai import Agent
    from pydantic_ai.exceptions import ModelAPIError
    from pydantic_ai.models import Model

Result = TypeVar("Result")
OpenModel = Callable[["httpx2.AsyncClient | None"], "Model"]
"""Makes pydantic-ai's model around a client; around none where nothing is sent."""


def _wait_for(begin: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run a coroutine to its end; in a thread of its own where this one has a loop, as a notebook's has."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(begin())
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(lambda: asyncio.run(begin())).result()


@dataclass(frozen=True, slots=True)
class HostedWriter:
    """A model that pydantic-ai can ask; see ``Writer``.

    Attributes
    ----------
    engine, model : str
    is_remote : bool
    open_model : callable
    asks_in_prompt : bool
        The schema stands in the prompt; otherwise it is a tool's, which not every server knows.
    streams : bool
        The answer is read as it comes.
    timeout_s : float
        For one request, and twice that for all of it with its waits.
    back_off : BackOff
    sleep : callable
        How waits are waited.
    """

    engine: str
    model: str
    is_remote: bool
    open_model: OpenModel
    asks_in_prompt: bool = False
    streams: bool = False
    timeout_s: float = 60.0
    back_off: BackOff = field(default_factory=BackOff)
    sleep: Sleep = field(default=asyncio.sleep, repr=False)

    def write(self, prompt: Prompt) -> Written:
        """Write claims; see ``Writer``."""
        filled = self.fill(prompt, ClaimsOut)
        return Written(filled.form.to_claims(), filled.n_tokens)

    def fill(self, prompt: Prompt, form: type[Form]) -> Filled[Form]:
        """Fill in a form; see ``Writer``."""
        return _wait_for(lambda: self._in_time(prompt, form))

    async def _in_time(self, prompt: Prompt, form: type[Form]) -> Filled[Form]:
        try:
            async with asyncio.timeout(2 * self.timeout_s), self._client() as client:
                return await self._with_back_off(prompt, form, client)
        except TimeoutError as error:
            raise _late(self.engine) from error

    def _client(self) -> httpx2.AsyncClient:
        import httpx2

        # A proxy of the environment would carry what is meant for this machine elsewhere.
        return httpx2.AsyncClient(timeout=self.timeout_s, follow_redirects=False, trust_env=self.is_remote)

    async def _with_back_off(self, prompt: Prompt, form: type[Form], client: httpx2.AsyncClient) -> Filled[Form]:
        from pydantic_ai import exceptions as them

        n_failed = 0
        while True:
            try:
                return await self._once(prompt, form, client)
            except them.ModelAPIError as error:
                n_failed += 1
                wait = self.back_off.wait_s(n_failed, error.retry_after) if _may_pass(error) else None
                if wait is None:
                    raise _as_ours(error, self.engine) from None  # its text may hold the key
            except them.AgentRunError:
                raise EngineError(
                    f"The language model of {self.engine} answered in another form than asked for.",
                    code="engine.answer",
                    hint="Try another model with SDC_LLM_MODEL.",
                ) from None
            await self.sleep(wait)

    async def _once(self, prompt: Prompt, form: type[Form], client: httpx2.AsyncClient) -> Filled[Form]:
        from pydantic_ai.usage import UsageLimits

        run = await self._agent(prompt, form, client).run(
            prompt.data,
            model_settings={"max_tokens": MAX_OUTPUT_TOKENS, "timeout": self.timeout_s},
            usage_limits=UsageLimits(request_limit=SCHEMA_TRIES),
            event_stream_handler=_read_all if self.streams else None,
        )
        return Filled(run.output, run.usage.input_tokens + run.usage.output_tokens)

    def _agent(self, prompt: Prompt, form: type[Form], client: httpx2.AsyncClient) -> Agent[None, Form]:
        from pydantic_ai import Agent, PromptedOutput, ToolOutput

        output: Any = PromptedOutput(form) if self.asks_in_prompt else ToolOutput(form, name="answer")
        return Agent(
            self.open_model(client),
            output_type=output,
            instructions=prompt.instructions,
            retries={"output": SCHEMA_TRIES - 1},
        )


async def _read_all(_: Any, events: AsyncIterable[Any]) -> None:
    async for _event in events:
        pass


def _may_pass(error: ModelAPIError) -> bool:
    """Tell whether the same request may succeed a little later; a time-out has cost its time already."""
    from pydantic_ai import exceptions as them

    passing = (them.ModelRateLimitError, them.ModelUnavailableError, them.ModelServerError, them.ModelConnectionError)
    return isinstance(error, passing) and not isinstance(error, them.ModelTimeoutError)


def _as_ours(error: ModelAPIError, engine: str) -> EngineError:
    from pydantic_ai import exceptions as them

    if isinstance(error, them.ModelTimeoutError | them.ModelRequestTimeout):
        return _late(engine)
    for kind, code, what, hint in (
        (them.ModelAuthenticationError, "engine.refused", "does not accept the key", "Check the key in the settings."),
        (them.ModelQuotaExceededError, "engine.refused", "has no quota left", "See the account at the provider."),
        (them.ModelRateLimitError, "engine.busy", "has too many requests", "Try again later."),
        (them.ModelUnavailableError, "engine.busy", "is overloaded", "Try again later."),
        (them.ModelServerError, "engine.busy", "has an error of its own", "Try again later."),
        (them.ModelConnectionError, "engine.unreachable", "cannot be reached", "Check the address and the connection."),
    ):
        if isinstance(error, kind):
            return EngineError(f"The language model of {engine} {what}.", code=code, hint=hint)
    return EngineError(
        f"The language model of {engine} refused the request.", code="engine.refused", hint="Check SDC_LLM_MODEL."
    )


def _late(engine: str) -> EngineError:
    return EngineError(
        f"The language model of {engine} did not answer in time.",
        code="engine.unreachable",
        hint="Try again later, or allow more time with SDC_LLM_TIMEOUT_S.",
    )
