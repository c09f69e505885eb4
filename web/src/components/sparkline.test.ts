import { expect, test } from "vitest";
import { runsOf } from "@/components/sparkline";

test("a null breaks the line and keeps its place", () => {
  const runs = runsOf([1, 2, null, 4]);
  expect(runs.map((run) => run.length)).toEqual([2, 1]);
  const [first, second, fourth] = runs.flat();
  expect((second?.x ?? 0) - (first?.x ?? 0)).toBeCloseTo(((fourth?.x ?? 0) - (first?.x ?? 0)) / 3);
});

test("higher values stand higher", () => {
  const [low, high] = runsOf([1, 2]).flat();
  expect(high?.y).toBeLessThan(low?.y ?? 0);
});

test("nothing is drawn where there is nothing", () => {
  expect(runsOf([null, null])).toEqual([]);
});
