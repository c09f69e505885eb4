import { expect, test } from "vitest";
import { mostSteps, scrollAfter } from "@/features/session/player/use-zoom";

test.each([
  [800, 300, 7],
  [800, 3600, 10],
  [800, 4, 5],
  [0, 300, 5],
  [800, 0, 5],
])(
  "%s px for %s s: %s doublings bring a second to 200 px, never fewer than five",
  (width, duration, most) => {
    expect(mostSteps(width, duration)).toBe(most);
  },
);

test("what lies under the pointer stays there", () => {
  // 100 px into the view, 50 px scrolled: the sound's pixel 150; twice as near it is its pixel 300.
  expect(scrollAfter(50, 100, 2)).toBe(200);
  expect(scrollAfter(200, 100, 0.5)).toBe(50);
  expect(scrollAfter(0, 100, 0.5)).toBe(0);
});
