import { expect, test } from "vitest";
import { lineAt, lineUnder, linesBetween, timedLines } from "@/features/session/player/timing";
import { utterance } from "@/testing/fixtures";

const lines = timedLines([
  utterance({ index: 0, start_ms: 1000, end_ms: 2000 }),
  utterance({ index: 1 }),
  utterance({ index: 2, start_ms: 5000, end_ms: 6000 }),
  utterance({ index: 3, start_ms: 3000, end_ms: 4000 }),
]);

test("only what has times, by its start", () => {
  expect(lines.map((line) => line.index)).toEqual([0, 3, 2]);
});

test.each([
  [0.5, null],
  [1, 0],
  [2.5, 0],
  [3.5, 3],
  [5, 2],
  [99, 2],
])("at %s s it is line %s", (time, index) => {
  expect(lineAt(lines, time)).toBe(index);
});

test("nothing timed, nothing heard", () => {
  expect(lineAt([], 3)).toBeNull();
});

test.each([
  [0, 0.9, []],
  [1.5, 3, [0, 3]],
  [4.5, 4.9, []],
  [0, 9, [0, 3, 2]],
])("from %s to %s s the lines %s are heard", (from, to, indexes) => {
  expect(linesBetween(lines, from, to).map((line) => line.index)).toEqual(indexes);
});

test.each([
  [1.5, 0],
  [2.5, null],
  [5.2, 2],
  [0.5, null],
])("a click at %s s means line %s", (time, index) => {
  expect(lineUnder(lines, time)).toBe(index);
});
