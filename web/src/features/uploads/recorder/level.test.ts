import { expect, test } from "vitest";
import { adviceOn, levelOf } from "@/features/uploads/recorder/level";

test("a sine at half of full scale is 9 dB below it", () => {
  const samples = Float32Array.from({ length: 1000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * i) / 100));
  const { rms_db, peak } = levelOf(samples);
  expect(rms_db).toBeCloseTo(-9.03, 1);
  expect(peak).toBeCloseTo(0.5, 2);
});

test("nothing is very quiet, not minus infinity", () => {
  expect(levelOf(new Float32Array(10)).rms_db).toBe(-120);
});

const level = (rms_db: number, peak = 0.3) => ({ rms_db, peak });

test.each([
  ["cut tops", [level(-20), level(-10, 1)], "loud"],
  ["nothing above a whisper", [level(-70), level(-55)], "quiet"],
  ["a pause in speech", [level(-70), level(-20)], null],
])("%s: %s", (_, levels, advice) => {
  expect(adviceOn(levels)).toBe(advice);
});
