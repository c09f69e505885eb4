"""Going through a page by keys alone: Tab to something, with the focus looked for at each step."""

from playwright.sync_api import Locator, Page

LONGEST = 300
"""So many steps of Tab reach everything that there is on a page of the demo child."""

WHERE = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const isInView = (b) => b.bottom > 0 && b.top < innerHeight && b.right > 0 && b.left < innerWidth;
  for (const _ of "ab") await frame();
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one || one === document.body || one === document.documentElement) return null;
  const box = one.getBoundingClientRect();
  // A switch or a choice is drawn by what stands beside its input.
  const drawn = one.matches("input[type=checkbox], input[type=radio]")
    ? [one, ...one.parentElement.children, ...one.parentElement.querySelectorAll("*")] : [one];
  // A link that is stretched over its row rings the whole of it.
  const ringed = drawn.some((part) => [null, "::after"].some((which) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(part, which);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1.5;
  }));
  const shown = () => drawn.map((part) => part.getBoundingClientRect()).filter((b) => b.width > 2 && b.height > 2);
  // What just came above it is made up for by scrolling when the next frame is drawn, not before.
  for (let frames = 0; frames < 20 && !shown().some(isInView); frames += 1) await frame();
  const inView = shown().some(isInView);
  const all = [...document.querySelectorAll("*")];
  const name = one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || one.id;
  return { at: all.indexOf(one), what: `${one.tagName.toLowerCase()} “${(name || "").trim().slice(0, 60)}”`,
    ringed, inView, tabIndex: one.tabIndex };
}"""


def where(page: Page) -> dict | None:
    """Return what has the focus and whether that can be seen; None where nothing has it."""
    return page.evaluate(WHERE)


def seen(at: dict | None) -> list[str]:
    """Return what is wrong with the focus as it is."""
    if at is None:
        return []
    wrong = [word for word, well in (("no ring", at["ringed"]), ("out of view", at["inView"])) if not well]
    return [f"{at['what']}: {', '.join(wrong)}"] if wrong else []


def tab_to(page: Page, goal: Locator, key: str = "Tab") -> None:
    """Press Tab until something has the focus; each stop on the way must be seen."""
    passed: list[str] = []
    for _ in range(LONGEST):
        page.keyboard.press(key)
        at = where(page)
        assert not (wrong := seen(at)), wrong
        passed.append(at["what"] if at else "the browser itself")
        if goal.count() and goal.first.evaluate("(one) => one === document.activeElement"):
            return
    raise AssertionError(f"{goal} is not reached by {key}; passed: {passed}")


def press(page: Page, goal: Locator, key: str = "Enter") -> None:
    """Go to something by Tab and press a key there."""
    tab_to(page, goal)
    page.keyboard.press(key)


def round_of(page: Page) -> list[dict]:
    """Tab through a whole page, from its first stop until the keyboard is out of it; return the stops."""
    page.keyboard.press("Tab")  # from here on the focus is moved by keys, and is shown
    page.evaluate("scrollTo(0, 0); document.querySelector('a[href], button, input').focus()")
    stops = [where(page)]
    for _ in range(LONGEST):
        page.keyboard.press("Tab")
        at = where(page)
        if at is None or at["at"] == stops[0]["at"]:  # out of the page, and from there into it again
            return stops
        stops.append(at)
    raise AssertionError(f"Tab does not come out of the page: {[stop['what'] for stop in stops[-6:]]}")
