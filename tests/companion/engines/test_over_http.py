"""Real HTTP against fakes of the services: what works, what is tried again, what gives up; the key is told nobody."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from fakes import anthropic_api, openai_chat
from fakes.openai_chat import Reply, claims
from sdc.companion.engines import ModelOptions, Prompt, make_writer
from sdc.companion.engines.back_off import BackOff
from sdc.companion.engines.hosted import HostedWriter
from sdc.errors import EngineError
from sdc.session import Claim

PROMPT = Prompt("Say what was measured.", "<data>{}</data>", "test.1")
GOOD = claims(("22.0 % in week 1.", ["e1", "e4"]))
EXPECTED = (Claim("22.0 % in week 1.", ("e1", "e4")),)
FAKES = {"openai": openai_chat.fake_chat, "anthropic": anthropic_api.fake_messages, "compatible": openai_chat.fake_chat}
SERVICES = tuple(FAKES)

pytestmark = pytest.mark.usefixtures("loopback_fakes")


class Waits:
    """Waits that take no time, written down."""

    def __init__(self) -> None:
        self.told: list[float] = []

    async def __call__(self, wait_s: float) -> None:
        self.told.append(wait_s)


def writer_for(engine: str, url: str, waits: Waits | None = None, **changes: object) -> HostedWriter:
    options = ModelOptions(
        model="a-model",
        openai_key=openai_chat.KEY,
        openai_url=url,
        anthropic_key=anthropic_api.KEY,
        anthropic_url=url,
        url=url,
        timeout_s=10.0,
    )
    made = make_writer(engine, options)
    assert isinstance(made, HostedWriter)
    return replace(made, sleep=waits or Waits(), back_off=BackOff(jitter=lambda: 0.0), **changes)


def test_a_notebook_may_ask_although_its_thread_has_a_loop():
    async def in_a_cell() -> object:
        return writer_for("openai", service.url).write(PROMPT).claims

    with FAKES["openai"](GOOD) as service:
        coroutine = in_a_cell()
        with ThreadPoolExecutor(1) as kernel:  # the loop of a test before may go on in this thread
            assert kernel.submit(asyncio.run, coroutine).result() == EXPECTED


@pytest.mark.parametrize("engine", SERVICES)
def test_claims_come_as_they_were_written(engine):
    with FAKES[engine](GOOD) as service:
        written = writer_for(engine, service.url).write(PROMPT)
    assert (written.claims, written.n_tokens) == (EXPECTED, 760)
    asked = service.asked[0]
    assert asked["model"] == "a-model" and asked.get("stream", False) is (engine == "anthropic")
    assert "<data>{}</data>" in str(asked["messages"])


@pytest.mark.parametrize("engine", SERVICES)
def test_a_malformed_answer_is_asked_for_once_more(engine):
    with FAKES[engine](Reply('{"claims": [{"text": 7}]}'), GOOD) as service:
        assert writer_for(engine, service.url).write(PROMPT).claims == EXPECTED
        assert len(service.asked) == 2
    with FAKES[engine](Reply('{"sentences": "what I like"}')) as service:
        with pytest.raises(EngineError) as caught:
            writer_for(engine, service.url).write(PROMPT)
        assert caught.value.code == "engine.answer" and len(service.asked) == 2


@pytest.mark.parametrize("engine", SERVICES)
def test_too_many_requests_waits_as_long_as_the_service_asks(engine):
    waits, busy = Waits(), Reply(status=429, headers={"retry-after": "3"})
    with FAKES[engine](busy, GOOD) as service:
        assert writer_for(engine, service.url, waits).write(PROMPT).claims == EXPECTED
    assert waits.told == [3.0] and len(service.asked) == 2


@pytest.mark.parametrize("engine", SERVICES)
def test_a_wait_that_is_too_long_is_not_waited(engine):
    waits = Waits()
    busy = Reply(status=429, headers={"retry-after": "3600"})
    with FAKES[engine](busy) as service, pytest.raises(EngineError) as caught:
        writer_for(engine, service.url, waits).write(PROMPT)
    assert caught.value.code == "engine.busy" and waits.told == [] and len(service.asked) == 1


@pytest.mark.parametrize("engine", SERVICES)
@pytest.mark.parametrize("status", [500, 503])
def test_a_service_that_stays_down_is_given_up(engine, status):
    waits = Waits()
    with FAKES[engine](Reply(status=status)) as service, pytest.raises(EngineError) as caught:
        writer_for(engine, service.url, waits).write(PROMPT)
    assert caught.value.code == "engine.busy" and waits.told == [0.5, 1.0] and len(service.asked) == 3


@pytest.mark.parametrize("engine", SERVICES)
def test_a_time_out_is_not_tried_again(engine):
    with FAKES[engine](Reply(wait_s=30.0)) as service, pytest.raises(EngineError) as caught:
        writer_for(engine, service.url, timeout_s=0.3).write(PROMPT)
    assert caught.value.code == "engine.unreachable" and "in time" in caught.value.message
    assert len(service.asked) == 1


@pytest.mark.parametrize("engine", SERVICES)
@pytest.mark.parametrize("cut_after", [3, 5])
def test_a_cut_answer_is_none(engine, cut_after):
    cut = replace(GOOD, cut_after=cut_after)
    with FAKES[engine](cut) as service, pytest.raises(EngineError) as caught:
        writer_for(engine, service.url).write(PROMPT)
    assert caught.value.code in {"engine.unreachable", "engine.answer"}


@pytest.mark.parametrize("engine", SERVICES)
def test_a_cut_answer_may_come_whole_the_next_time(engine):
    with FAKES[engine](replace(GOOD, cut_after=4), GOOD) as service:
        assert writer_for(engine, service.url).write(PROMPT).claims == EXPECTED


@pytest.mark.parametrize("engine", SERVICES)
def test_a_wrong_key_is_told_at_once(engine):
    with FAKES[engine](Reply(status=401)) as service, pytest.raises(EngineError) as caught:
        writer_for(engine, service.url).write(PROMPT)
    assert (caught.value.code, len(service.asked)) == ("engine.refused", 1)


@pytest.mark.parametrize("engine", SERVICES)
def test_nobody_is_followed_elsewhere(engine):
    with FAKES[engine](GOOD) as other:
        elsewhere = Reply(status=307, headers={"Location": f"{other.url}/chat/completions"})
        with FAKES[engine](elsewhere) as service, pytest.raises(EngineError):
            writer_for(engine, service.url).write(PROMPT)
        assert other.asked == []


@pytest.mark.parametrize("engine", SERVICES)
def test_a_proxy_of_the_environment_gets_nothing_that_is_for_this_machine(engine, monkeypatch):
    with FAKES[engine](GOOD) as proxy, FAKES[engine](GOOD) as service:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        assert writer_for(engine, service.url).write(PROMPT).claims == EXPECTED
        assert proxy.asked == []


def test_nobody_listens():
    with openai_chat.fake_chat(GOOD) as service:
        url = service.url
    waits = Waits()
    with pytest.raises(EngineError) as caught:
        writer_for("compatible", url, waits).write(PROMPT)
    assert caught.value.code == "engine.unreachable" and len(waits.told) == 2


@pytest.mark.parametrize("engine", SERVICES)
@pytest.mark.parametrize("reply", [GOOD, Reply(status=401), Reply(status=500), Reply("no JSON")])
def test_the_key_is_told_nobody(engine, reply, caplog):
    key = {"anthropic": anthropic_api.KEY}.get(engine, openai_chat.KEY)
    told = ""
    with caplog.at_level(logging.DEBUG), FAKES[engine](reply) as service:
        writer = writer_for(engine, service.url)
        try:
            writer.write(PROMPT)
        except EngineError as error:
            told = f"{error} {error.__cause__} {error.to_dict()}"
        sent = str(service.headers)
    assert engine == "compatible" or key in sent
    assert key not in caplog.text + told + repr(writer)
