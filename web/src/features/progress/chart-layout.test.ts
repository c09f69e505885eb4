import { expect, test } from "vitest";
import { CHART, layOut, nearest } from "@/features/progress/chart-layout";
import { course, line, sessionsOf } from "@/testing/progress-page";
import { niceTicks, valueTicks, weekTicks } from "@/features/progress/ticks";
import { timeLine } from "@/features/progress/time-line";

const FLOOR = CHART.height - CHART.bottom;
const along = (n: number) => timeLine(sessionsOf(n), (phase) => phase);

test.each([
  [0, 3.4, [0, 1, 2, 3, 4]],
  [0, 0.41, [0, 0.2, 0.4, 0.6]],
  [212, 318, [200, 250, 300, 350]],
  [0, 0, [0]],
])("ticks of %s to %s", (low, high, ticks) => {
  expect(niceTicks(low, high)).toEqual(ticks);
});

test("values stand on zero, except pitch and level", () => {
  expect(valueTicks([210, 310], "words")[0]).toBe(0);
  expect(valueTicks([210, 310], "Hz")[0]).toBe(200);
  expect(valueTicks([], "Hz")).toEqual([]);
});

test("weeks are whole and inside of what is shown", () => {
  expect(weekTicks(1, 5, 4)).toEqual([1, 2, 3, 4, 5]);
  expect(weekTicks(1, 154, 4)).toEqual([1, 51, 101, 151]);
  expect(weekTicks(3, 3, 4)).toEqual([3]);
});

test("sessions stand by their days; those that nothing dates stand apart on the right", () => {
  const sessions = [line("s1"), line("s2"), line("s5"), line("s6", { day: null, week: null, date: null })];
  const { at } = timeLine(sessions, (phase) => phase);
  expect(((at[1] ?? 0) - (at[0] ?? 0)) / ((at[2] ?? 0) - (at[0] ?? 0))).toBeCloseTo(7 / 28);
  expect(at[3]).toBe(1);
  expect(at[2]).toBeLessThan(0.9);
});

test("without any day, or on one day, it is one step each", () => {
  const sessions = ["s1", "s2", "s3"].map((id) => line(id, { day: null, week: null }));
  expect(timeLine(sessions, (phase) => phase).at).toEqual([0, 0.5, 1]);
  expect(timeLine([line("s1")], (phase) => phase).at).toEqual([0.5]);
});

test("phases and changes of the situation are noted between the sessions", () => {
  const sessions = [
    line("s1", { phase: "baseline" }),
    line("s2", { phase: "baseline" }),
    line("s3", { phase: "intervention", context: "story" }),
  ];
  expect(timeLine(sessions, (phase) => phase).notes).toEqual([
    { at: 0, kind: "phase", words: "baseline" },
    { at: 0.75, kind: "phase", words: "intervention" },
    { at: 0.75, kind: "context", words: "story" },
  ]);
});

test("a null is a gap: no height, and no line over it", () => {
  const { marks, runs } = layOut(course({ values: [1, 2, null, 3, 4] }), along(5), [], 400);
  expect(marks.map((mark) => mark.y === null)).toEqual([false, false, true, false, false]);
  expect(runs.map((run) => run.map((mark) => mark.point.value))).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test("dots grow with n; error bars and the usual band fit into the chart", () => {
  const usual = { centre: 2, low: 1, high: 9, k: 2 };
  const {
    marks,
    ticks,
    usual: band,
  } = layOut(
    course({ values: [2, 3], n: [10, 90], low: [1, null], high: [3, null], usual }),
    along(2),
    [],
    400,
  );
  expect(marks[0]?.radius).toBeLessThan(marks[1]?.radius ?? 0);
  expect(marks.map((mark) => mark.bar !== null)).toEqual([true, false]);
  expect(ticks.at(-1)?.value).toBeGreaterThanOrEqual(9);
  expect(ticks[0]).toEqual({ value: 0, y: FLOOR });
  expect(band?.top).toBeLessThan(band?.bottom ?? 0);
});

test("norms are a band at the sessions to which they apply; one alone has a width, too", () => {
  const norm = (session_id: string) => ({
    session_id,
    low: 1,
    middle: 2,
    high: 3,
    age_band: "3;00-3;05",
    n_children: 10,
    n_transcripts: 20,
  });
  const two = layOut(course(), along(2), [norm("s1"), norm("s2")], 400).norm;
  expect(two?.outline.match(/[ML]/g)).toHaveLength(4);
  const one = layOut(course(), along(2), [norm("s2")], 400).norm;
  expect(one?.outline.match(/[ML]/g)).toHaveLength(4);
  expect(layOut(course(), along(2), [norm("elsewhere")], 400).norm).toBeNull();
});

test("the nearest session to the pointer", () => {
  const { marks } = layOut(course({ values: [1, 2, 3] }), along(3), [], 400);
  expect([0, 205, 999].map((x) => nearest(marks, x))).toEqual([0, 1, 2]);
});
