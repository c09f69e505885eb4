"""How fast the dashboard's pages are there, in Chromium with a slowed processor, and how 10,000 lines scroll.

::

    python benchmarks/dashboard.py            # prints a table; figures of one machine: docs/dashboard.md

Each page is opened three times with an empty cache; the median is told. Interactive: the end of the last task
longer than 50 ms. Frames are counted by requestAnimationFrame while a transcript of 10,000 lines is scrolled.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright

from sdc.app import build_app
from sdc.pipeline.demo import add_demo
from sdc.pipeline.intake import add_paths
from sdc.pipeline.parts import Given
from sdc.server.dashboard import STATIC
from sdc.settings import Settings

SLOWER = 4
RUNS = 3
N_LINES = 10_000
OBSERVE = """
window.seen = { lcp: 0, shift: 0, busy: 0 };
const watch = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take))
  .observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
watch("longtask", (entry) => { seen.busy = entry.startTime + entry.duration; });
"""
SCROLL = """async () => {
  const list = [...document.querySelectorAll("[data-transcript], [data-transcript] *")]
    .find((one) => one.scrollHeight > one.clientHeight + 1000);
  const gaps = [];
  let before = await new Promise(requestAnimationFrame);
  for (let k = 0; k < 120; k++) {
    list.scrollTop += 400;
    const now = await new Promise(requestAnimationFrame);
    gaps.push(now - before);
    before = now;
  }
  return { gaps, rows: document.querySelectorAll("[data-index]").length };
}"""


@contextmanager
def server(home: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Serve the demo child and a session of 10,000 lines; yield the printed address and the pages."""
    with build_app(Settings(home=home)) as app:
        child, _ = add_demo(app)
        (added,) = add_paths(app, [long_transcript(home)], "Long", Given(date="2026-03-04"))
        assert added.entry is not None
        session, long = app.repository.session_entries(child.id)[-1].id, added.entry.id
    of = f"/children/{child.id}"
    pages = {"children": "/", "child": of, "progress": f"{of}/progress", "family": f"{of}/family"}
    pages |= {"reports": f"{of}/reports", "session": f"/sessions/{session}", "10,000 lines": f"/sessions/{long}"}
    env = {**os.environ, "SDC_HOME": str(home), "SDC_PORT": "0"}
    command = [sys.executable, "-m", "sdc.cli", "serve"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        yield next(line.strip() for line in process.stdout if "token=" in line), pages
        process.terminate()


def long_transcript(folder: Path) -> Path:
    """Write a transcript of 10,000 made-up lines."""
    path = folder.parent / "long.cha"
    head = "@UTF8\n@Begin\n@Languages:\teng\n@Participants:\tCHI Child Target_Child, MOT Mother\n"
    ids = "@ID:\teng|x|CHI|3;00.||||Target_Child|||\n@ID:\teng|x|MOT|||||Mother|||\n"
    lines = (f"*{'CHI' if k % 2 else 'MOT'}:\tI see the red ball now .\n" for k in range(N_LINES))
    path.write_text(head + ids + "".join(lines) + "@End\n", encoding="utf-8")
    return path


def opened(browser: Browser, url: str, address: str, state: object) -> tuple[Page, dict[str, float]]:
    """Open a page with an empty cache on a slowed processor; return it with its figures."""
    page = browser.new_context(storage_state=state, viewport={"width": 1280, "height": 900}).new_page()  # type: ignore[arg-type]
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(OBSERVE)
    page.goto(url + address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    seen = page.evaluate("seen")
    names = page.evaluate("performance.getEntriesByType('resource').map((e) => e.name)")
    scripts = {name.split("/", 3)[3] for name in names if name.endswith(".js") and "/assets/" in name}
    script_kb = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in scripts) / 1000
    interactive = max(seen["busy"], seen["lcp"])
    return page, {"lcp": seen["lcp"], "shift": seen["shift"], "interactive": interactive, "script": script_kb}


def main() -> None:
    """Print a row for each page, then how the long transcript scrolls."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with TemporaryDirectory() as folder, server(Path(folder) / "home") as (printed, pages), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        first = browser.new_page()
        first.goto(printed)
        state, url = first.context.storage_state(), printed.partition("/?")[0]
        print(f"{'page':14}{'LCP ms':>8}{'interactive ms':>16}{'shift':>8}{'script kB gzip':>16}")
        for name, address in pages.items():
            runs = []
            for _ in range(RUNS):
                page, figures = opened(browser, url, address, state)
                runs.append(figures)
                scrolled = page.evaluate(SCROLL) if name == "10,000 lines" else None
                page.context.close()
            middle = {key: median(run[key] for run in runs) for key in runs[0]}
            print(
                f"{name:14}{middle['lcp']:8.0f}{middle['interactive']:16.0f}{middle['shift']:8.3f}"
                f"{middle['script']:16.0f}"
            )
        gaps = sorted(scrolled["gaps"])
        print(f"scrolling: {scrolled['rows']} rows drawn; frame {median(gaps):.0f} ms, 95 % {gaps[113]:.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
