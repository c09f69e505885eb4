import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type WaveSurfer from "wavesurfer.js";
import { LineEdges } from "@/features/session/player/line-edges";
import { fineClock, movedByKey, withEdge } from "@/features/session/player/moved-edge";
import { renderPlain } from "@/testing/render";

const LINE = { index: 3, start_s: 2, end_s: 4 };

/** Ten seconds, all in view, drawn 1000 px wide. */
const player = {
  getDuration: () => 10,
  getScroll: () => 0,
  getWrapper: () => ({ scrollWidth: 1000 }),
  on: () => () => undefined,
} as unknown as WaveSurfer;

const handle = (edge: "Start" | "End") => screen.getByRole("slider", { name: `${edge} of line 4` });
const saved = vi.fn();

beforeEach(() => {
  saved.mockReset();
  // What jsdom lacks: captured pointers, and a width.
  Object.assign(Element.prototype, { setPointerCapture: () => undefined });
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1000);
  renderPlain(<LineEdges player={player} line={LINE} onTimes={saved} />);
});

test("arrow keys move an edge and Enter saves it", async () => {
  handle("Start").focus();
  await userEvent.keyboard("{ArrowRight}{ArrowRight}{Shift>}{ArrowLeft}{/Shift}");
  expect(handle("Start").getAttribute("aria-valuetext")).toBe("0:01.60");
  expect(saved).not.toHaveBeenCalled();
  await userEvent.keyboard("{Enter}");
  expect(saved.mock.calls).toEqual([[3, 1600, 4000]]);
});

test("Escape leaves the edge where it was; going elsewhere saves", async () => {
  handle("End").focus();
  await userEvent.keyboard("{ArrowRight}{Escape}");
  expect(handle("End").getAttribute("aria-valuetext")).toBe("0:04.00");
  await userEvent.tab();
  expect(saved).not.toHaveBeenCalled();
  handle("End").focus();
  await userEvent.keyboard("{ArrowLeft}");
  await userEvent.tab();
  expect(saved.mock.calls).toEqual([[3, 2000, 3950]]);
});

test("an edge is dragged to where it is let go", () => {
  const end = handle("End");
  fireEvent.pointerMove(end, { pointerId: 1, clientX: 900 });
  expect(end.getAttribute("aria-valuetext")).toBe("0:04.00"); // nobody holds it
  fireEvent.pointerDown(end, { pointerId: 1, button: 0, clientX: 500 });
  fireEvent.pointerMove(end, { pointerId: 1, clientX: 700 });
  fireEvent.pointerUp(end, { pointerId: 1, clientX: 725 }); // the last stretch came with no move of its own
  expect(saved.mock.calls).toEqual([[3, 2000, 6250]]);
});

test("an edge that is only touched stays", () => {
  fireEvent.pointerDown(handle("End"), { pointerId: 1, button: 0, clientX: 503 });
  fireEvent.pointerUp(handle("End"), { pointerId: 1, clientX: 503 });
  expect(saved).not.toHaveBeenCalled();
});

test("an edge stays within the recording and on its side of the other", () => {
  expect(withEdge(LINE, "start", -1, 10).start_s).toBe(0);
  expect(withEdge(LINE, "start", 9, 10).start_s).toBe(3.95);
  expect(withEdge(LINE, "end", 1, 10).end_s).toBe(2.05);
  expect(withEdge(LINE, "end", 99, 10).end_s).toBe(10);
});

test("other keys move nothing; moments are told to the hundredth", () => {
  expect(movedByKey({ key: "j", shiftKey: false })).toBeNull();
  expect(movedByKey({ key: "ArrowLeft", shiftKey: true })).toBe(-0.5);
  expect(fineClock(64.257)).toBe("1:04.26");
});
