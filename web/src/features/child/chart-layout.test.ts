import { expect, test } from "vitest";
import { CHART, layOut, niceTicks } from "@/features/child/chart-layout";
import { point } from "@/testing/fixtures";

const FLOOR = CHART.height - CHART.bottom;

test.each([
  [0, 3.4, [0, 1, 2, 3, 4]],
  [0, 0.41, [0, 0.2, 0.4, 0.6]],
  [212, 318, [200, 250, 300, 350]],
  [0, 0, [0]],
])("ticks of %s to %s", (low, high, ticks) => {
  expect(niceTicks(low, high)).toEqual(ticks);
});

test("dates are spaced by time", () => {
  const points = ["2026-03-01", "2026-03-08", "2026-03-29"].map((date, i) =>
    point({ session_id: `s${i}`, date }),
  );
  const [a, b, c] = layOut(points, "words", 700).marks.map((mark) => mark.x);
  expect(((b ?? 0) - (a ?? 0)) / ((c ?? 0) - (a ?? 0))).toBeCloseTo(7 / 28);
});

test("a session without a date makes it one step each", () => {
  const points = ["2026-03-01", null, "2026-03-29"].map((date, i) => point({ session_id: `s${i}`, date }));
  const [a, b, c] = layOut(points, "words", 700).marks.map((mark) => mark.x);
  expect((b ?? 0) - (a ?? 0)).toBeCloseTo((c ?? 0) - (b ?? 0));
});

test("a null is a gap: no height, and no line over it", () => {
  const values = [1, 2, null, 3, 4];
  const { marks, runs } = layOut(
    values.map((value, i) => point({ session_id: `s${i}`, date: `2026-03-0${i + 1}`, value })),
    "words",
    700,
  );
  expect(marks.map((mark) => mark.y === null)).toEqual([false, false, true, false, false]);
  expect(runs.map((run) => run.map((mark) => mark.point.value))).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("values stand on zero, except pitch and level", () => {
  const points = [point({ value: 210 }), point({ session_id: "s2", date: "2026-03-11", value: 310 })];
  expect(layOut(points, "words", 700).ticks[0]).toEqual({ value: 0, y: FLOOR });
  expect(layOut(points, "Hz", 700).ticks[0]?.value).toBe(200);
});

test("dots grow with n", () => {
  const [small, large] = layOut([point({ n: 10 }), point({ session_id: "s2", n: 90 })], "words", 700).marks;
  expect(small?.radius).toBeLessThan(large?.radius ?? 0);
});

test("of many values the ends and the extremes are labelled", () => {
  const points = [5, 1, 2, 3, 9, 4, 5, 6, 7, 6].map((value, i) =>
    point({ session_id: `s${i}`, date: `2026-03-1${i}`, value }),
  );
  const labelled = layOut(points, "words", 900).marks.flatMap((mark) =>
    mark.label ? [mark.point.value] : [],
  );
  expect(labelled).toEqual([5, 1, 9, 6]);
});

test("no value at all: no ticks, every session still in its place", () => {
  const { marks, ticks, runs } = layOut(
    [point({ value: null }), point({ session_id: "s2", value: null })],
    "%",
    500,
  );
  expect([marks.length, ticks.length, runs.length]).toEqual([2, 0, 0]);
});

test("error bars fit into the chart", () => {
  const { marks, ticks } = layOut(
    [point({ value: 2 }), { ...point({ value: 2 }), low: 1, high: 9 }],
    "words",
    500,
  );
  expect(marks.map((mark) => mark.bar !== null)).toEqual([false, true]);
  expect(ticks.at(-1)?.value).toBeGreaterThanOrEqual(9);
  expect(marks[1]?.bar?.top).toBeLessThan(marks[1]?.y ?? 0);
  expect(marks[1]?.bar?.bottom).toBeGreaterThan(marks[1]?.y ?? 0);
});
