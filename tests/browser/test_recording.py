"""Recording in the browser: a made-up voice into a real MediaRecorder, through the upload, to a session that plays."""

import re
import wave
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import Error as PlaywrightError

from browser.looking import picture, settled, sticking_out, violations
from sdc.access import Role
from sdc.app import build_app
from sdc.audio import load_recording
from sdc.demo import demo_model, demo_recording
from sdc.settings import Settings

pytestmark = pytest.mark.long
GOOD = "otter plum bicycle"
DEVICE = "--use-fake-device-for-media-stream"
LEAVE = "--use-fake-ui-for-media-stream"
"""The microphone is allowed without asking; without it this browser refuses."""
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
WAIT_MS = 60_000


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the microphone hears: the made-up talk that the demo's recogniser knows."""
    samples = load_recording(demo_recording()).samples
    path = tmp_path_factory.mktemp("voice") / "voice.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return path


@pytest.fixture
def listening(launch: Callable[..., Browser], voice: Path) -> Browser:
    """A browser with a microphone that it may use."""
    return launch(DEVICE, LEAVE, f"--use-file-for-fake-audio-capture={voice}")


@pytest.fixture
def refusing(launch: Callable[..., Browser]) -> Browser:
    """A browser whose owner does not allow the microphone."""
    return launch(DEVICE, "--deny-permission-prompts")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A store with one child, whose family has not said anything yet."""
    path = tmp_path / "home"
    with build_app(Settings(home=path)) as app:
        app.repository.add_child("Mia")
    return path


def open_mia(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Mia")).first.click()
    expect(page.get_by_role("heading", level=1, name="Mia")).to_be_visible()


def agree(page: Page) -> None:
    """Press record; what the family says is written down first."""
    page.get_by_role("button", name="Record with the microphone").click()
    page.get_by_role("button", name="Write down the consent").click()
    dialog = page.get_by_role("dialog", name="Record a consent")
    dialog.get_by_label("Who says so").fill("mother, on paper")
    dialog.get_by_role("button", name="Record consent").click()
    expect(dialog).to_have_count(0)


def from_clock(seconds: int) -> re.Pattern[str]:
    """What a clock shows from so many seconds on, not the time of the day 10:03: a busy machine may look late."""
    return re.compile(r"\b0:(" + "|".join(f"{s:02}" for s in range(seconds, 60)) + ")")


def record(page: Page, seconds: int) -> None:
    page.get_by_role("button", name="Record with the microphone").click()
    now = page.get_by_role("group", name="Recording", exact=True)
    expect(now.get_by_role("timer")).to_have_text(from_clock(seconds), timeout=WAIT_MS)


def assert_accessible(page: Page) -> None:
    assert [*violations(page), *sticking_out(page)] == []


def sound_of(page: Page) -> dict[str, float]:
    """Fetch and decode a session's recording as the browser would play it."""
    return page.evaluate("""async () => {
        const id = location.pathname.split("/").at(-1);
        const bytes = await (await fetch(`/api/sessions/${id}/media`)).arrayBuffer();
        const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
        const samples = sound.getChannelData(0);
        return { duration: sound.duration, rms: Math.sqrt(samples.reduce((s, x) => s + x * x, 0) / samples.length) };
    }""")


def test_what_is_recorded_becomes_a_session_that_plays(listening: Browser, home: Path, open_home: Callable[..., Page]):
    page = open_home(home, listening, **PHONE)
    open_mia(page)
    agree(page)
    record(page, 4)
    assert_accessible(page)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    timer = page.get_by_role("group", name="Recording", exact=True).get_by_role("timer")
    expect(timer).to_have_text(from_clock(7), timeout=WAIT_MS)
    page.get_by_role("button", name="End the recording").click()

    kept = page.get_by_role("list", name="Recordings that are not handed in").get_by_role("listitem")
    expect(kept).to_have_count(1)
    told = int(re.search(r"\b0:(\d\d)", kept.inner_text())[1])
    assert told >= 7
    assert_accessible(page)
    page.get_by_role("button", name="Use this recording").click()
    draft = page.get_by_role("form", name=re.compile(r"New session from recording .*\.webm"))
    expect(draft.get_by_label("Date of the session")).to_have_value(re.compile(r"\d{4}-\d{2}-\d{2}"))
    draft.get_by_role("button", name="Add this session").click()
    page.get_by_role("link", name="Open the session").click(timeout=WAIT_MS)

    expect(page.get_by_role("region", name="Recording")).to_be_visible()
    sound = sound_of(page)
    assert sound["duration"] == pytest.approx(told + 0.5, abs=1.5)
    assert sound["rms"] > 0.01  # the voice, not silence
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.get_by_role("timer", name="Position")).to_have_text(re.compile(r"0:0[2-9]"), timeout=WAIT_MS)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Mia")).to_be_visible()
    expect(page.get_by_role("button", name="Record with the microphone")).to_be_visible()
    expect(page.get_by_role("list", name="Recordings that are not handed in")).to_have_count(0)


def test_a_killed_tab_offers_the_recording_again(listening: Browser, home: Path, open_home: Callable[..., Page]):
    page = open_home(home, listening)
    open_mia(page)
    address = page.url
    agree(page)
    record(page, 4)
    again = page.context.new_page()
    again.goto(address)
    expect(again.get_by_role("button", name="Record with the microphone")).to_be_visible()
    expect(again.get_by_role("list", name="Recordings that are not handed in")).to_have_count(0)  # it is being made
    with pytest.raises(PlaywrightError):
        page.goto("chrome://crash")

    again.reload()
    kept = again.get_by_role("list", name="Recordings that are not handed in").get_by_role("listitem")
    expect(kept).to_contain_text(from_clock(3), timeout=WAIT_MS)
    length = again.locator("audio").evaluate("""async (audio) => {
        await audio.play();
        audio.currentTime = 1e6; // what was cut off tells its length only at its end
        await new Promise((resolve) => { audio.onended = resolve; });
        return audio.duration;
    }""")
    assert length > 2.5
    again.get_by_role("button", name="Discard").click()
    again.get_by_role("button", name="Discard for ever").click()
    expect(kept).to_have_count(0)
    again.reload()
    expect(again.get_by_role("button", name="Record with the microphone")).to_be_visible()
    expect(kept).to_have_count(0)


@pytest.fixture
def shared(listening: Browser, serving: Callable[..., AbstractContextManager[str]], tmp_path: Path) -> Iterator[Page]:
    """A clinic's computer that ann and bob share; both work with Mia."""
    home = tmp_path / "home"
    with build_app(Settings(home=home)) as app:
        mia = app.repository.add_child("Mia")
        for name in ("ann", "bob"):
            account = app.accounts.add(name, Role.THERAPIST)
            app.accounts.set_password(account.id, GOOD)
            app.accounts.teams.add(mia.id, account.id)
    with serving(home, demo_model(), SDC_ACCOUNTS="yes") as url:
        context = listening.new_context(locale="en-GB")
        page = context.new_page()
        page.goto(url)
        yield page
        context.close()


def sign_in(page: Page, name: str) -> None:
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="Password").fill(GOOD)
    page.get_by_role("button", name="Sign in").click()
    open_mia(page)
    expect(page.get_by_role("button", name="Record with the microphone")).to_be_enabled(timeout=WAIT_MS)
    settled(page)


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("link", name="Speech & Development Companion").click()
    page.get_by_role("button", name=re.compile(f"Account: {name}")).click()
    page.get_by_role("menuitem", name="Sign out", exact=True).click()


def signed_out(page: Page) -> None:
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible(timeout=WAIT_MS)


def test_who_signs_out_is_told_of_recordings_and_nobody_else_is_shown_them(shared: Page):
    page = shared
    waiting = page.get_by_role("list", name="Recordings that are not handed in").get_by_role("listitem")
    leaving = page.get_by_role("dialog", name="Before you sign out")
    sign_in(page, "ann")
    agree(page)
    record(page, 2)
    page.get_by_role("button", name="End the recording").click()
    expect(waiting).to_have_count(1)
    sign_out(page, "ann")
    expect(leaving).to_contain_text("1 recording is not sent yet", timeout=WAIT_MS)
    picture(page, "unsent", whole=False)
    assert violations(page) == []
    leaving.get_by_role("button", name="Stay signed in").click()
    expect(leaving).to_have_count(0)
    sign_out(page, "ann")
    leaving.get_by_role("button", name="Keep on this device and sign out").click()
    signed_out(page)

    sign_in(page, "bob")
    expect(waiting).to_have_count(0)
    sign_out(page, "bob")
    signed_out(page)  # nothing is asked: nothing is bob's

    sign_in(page, "ann")
    expect(waiting).to_have_count(1)
    sign_out(page, "ann")
    leaving.get_by_role("button", name="Send now, then sign out").click()
    signed_out(page)
    sign_in(page, "ann")
    expect(waiting).to_have_count(0)
    expect(page.get_by_role("region", name="Add a session")).to_contain_text("recording 20", timeout=WAIT_MS)

    record(page, 2)
    page.get_by_role("button", name="End the recording").click()
    expect(waiting).to_have_count(1)
    sign_out(page, "ann")
    leaving.get_by_role("button", name="Delete it for ever and sign out").click()
    signed_out(page)
    sign_in(page, "ann")
    expect(waiting).to_have_count(0)


def test_a_microphone_that_is_refused_is_told(refusing: Browser, home: Path, open_home: Callable[..., Page]):
    page = open_home(home, refusing)
    open_mia(page)
    agree(page)
    page.get_by_role("button", name="Record with the microphone").click()
    expect(page.get_by_role("alert")).to_contain_text("The microphone was not allowed")
    expect(page.get_by_role("alert")).to_contain_text("browser's settings")
    assert_accessible(page)


def test_the_player_shows_loops_and_zooms(demo_page: Page):
    """Lines to click, a line to loop, the spectrogram, the value under the pointer."""
    demo_page.get_by_role("link", name=re.compile("Sarah")).first.click()
    sessions = demo_page.get_by_role("list", name="Sessions, newest first")
    sessions.get_by_role("link", name=re.compile("2 Mar 2026")).click()
    active = demo_page.locator("[data-transcript] [data-active=true]")
    lane = demo_page.locator("[data-lane]")
    lane.click(position={"x": 12, "y": 10})
    expect(active).to_contain_text("look, Sarah")
    demo_page.get_by_role("button", name="Loop line").click()
    loop = demo_page.get_by_role("button", name="Loop line", pressed=True)
    expect(loop).to_have_text("Loop line 1")
    demo_page.wait_for_timeout(4_000)  # the line lasts two seconds: it has begun anew
    expect(active).to_contain_text("look, Sarah")
    loop.click()
    demo_page.get_by_role("button", name="Pause", exact=True).click()

    demo_page.get_by_role("switch", name="Spectrogram").click()
    picture = demo_page.get_by_role("img", name=re.compile("Spectrogram"))
    expect(picture).to_be_visible(timeout=WAIT_MS)
    assert inked(demo_page) > 0.05
    demo_page.keyboard.press("+")
    demo_page.keyboard.press("+")
    expect(demo_page.get_by_role("slider", name="Zoom")).to_have_attribute("aria-valuenow", "1")
    demo_page.get_by_role("img", name=re.compile("Pitch")).hover(position={"x": 60, "y": 30})
    readout = demo_page.locator("[data-readout]")
    expect(readout).to_contain_text("At the pointer")
    expect(readout).to_contain_text(re.compile(r"Level −\d+ dB"))
    demo_page.reload()
    expect(picture).to_be_visible(timeout=WAIT_MS)  # remembered
    assert_accessible(demo_page)


def inked(page: Page) -> float:
    """Which part of the spectrogram's picture is not empty."""
    return (
        page.get_by_role("img", name=re.compile("Spectrogram"))
        .locator("canvas")
        .evaluate("""(canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let full = 0;
        for (let i = 3; i < data.length; i += 4) full += data[i] > 40;
        return full / (data.length / 4);
    }""")
    )
