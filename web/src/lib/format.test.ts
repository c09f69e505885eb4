import { expect, test } from "vitest";
import {
  formatAge,
  formatBytes,
  formatClock,
  formatDate,
  formatDuration,
  formatUnit,
  formatValue,
} from "@/lib/format";

test.each([
  [null, "words", "—"],
  [Number.NaN, "ratio", "—"],
  [1210, "words", "1,210"],
  [0, "words", "0"],
  [84, "different words", "84"],
  [2, "s", "2.00"],
  [2, "words/turn", "2.00"],
  [3.1364, "words/utterance", "3.14"],
  [0.4, "ratio", "0.40"],
  [4.125, "%", "4.1"],
  [88.23, "words/min", "88.2"],
  [312.4, "Hz", "312"],
])("value %s %s reads %s", (value, unit, expected) => {
  expect(formatValue(value, unit)).toBe(expected);
});

test("a ratio has no unit, a rate is spaced", () => {
  expect(formatUnit("ratio")).toBe("");
  expect(formatUnit("words/min")).toBe("words / min");
  expect(formatUnit("words/min", 1)).toBe("words / min");
  expect(formatUnit("utterances")).toBe("utterances");
  expect([0, 1, 2].map((value) => formatUnit("utterances", value))).toEqual([
    "utterances",
    "utterance",
    "utterances",
  ]);
});

test.each([
  ["2026-03-04", "4 Mar 2026"],
  [null, "no date"],
  ["soon", "no date"],
])("date %s reads %s", (iso, expected) => {
  expect(formatDate(iso)).toBe(expected);
});

test.each([
  [27.9, "2 years 3 months"],
  [24, "2 years"],
  [11, "11 months"],
  [13, "1 year 1 month"],
  [0.4, "0 months"],
  [null, "—"],
])("age %s reads %s", (months, expected) => {
  expect(formatAge(months)).toBe(expected);
});

test("clock, duration and size", () => {
  expect(formatClock(64.9)).toBe("1:04");
  expect(formatClock(3605)).toBe("1:00:05");
  expect(formatDuration(119.6)).toBe("2 min");
  expect(formatDuration(54.2)).toBe("54 s");
  expect(formatDuration(null)).toBe("—");
  expect(formatBytes(719)).toBe("719 B");
  expect(formatBytes(3_343_424)).toBe("3.3 MB");
});
