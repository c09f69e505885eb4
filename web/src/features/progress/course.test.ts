import { expect, test } from "vitest";
import { coursesOf, hasValues, isLeftOut } from "@/features/progress/course";
import { barWords, courseWords, pointWords } from "@/features/progress/course-words";
import { course, line, page, told } from "@/testing/progress-page";
import { info } from "@/testing/fixtures";

test("columns become points, in the order of the sessions and of the registry", () => {
  const found = coursesOf(
    page(
      [line("s1"), line("s2")],
      [told({ measure: "ttr", values: [0.5, null], reasons: { s2: "no words" } }), told()],
    ),
    [info(), info({ id: "ttr" }), info({ id: "elsewhere" })],
  );
  expect(found.map(({ info: { id } }) => id)).toEqual(["mlu_words", "ttr"]);
  expect(found[1]?.points.map(({ session, value, reason }) => [session.id, value, reason])).toEqual([
    ["s1", 0.5, null],
    ["s2", null, "no words"],
  ]);
  expect(found.map(hasValues)).toEqual([true, true]);
});

test("a mark says value, interval, sample, session, and what keeps it from a verdict", () => {
  const { points, info: measure } = course({
    values: [2.5, null],
    n: [84, null],
    low: [1.9, null],
    high: [3.1, null],
    left_out: { s1: "other_context", s2: "no_value" },
    reasons: { s2: "no time codes" },
  });
  expect(points.map((point) => pointWords(point, measure))).toEqual([
    "Week 1, 4 Mar 2026: 2.50 words / utterance, n = 84 utterances. 95 %: 1.90 to 3.10. In no verdict: the situation is another one. free play",
    "Week 2, 11 Mar 2026: No value: no time codes. free play",
  ]);
  expect(points.map(isLeftOut)).toEqual([true, false]);
});

test("too small a sample is told with what is needed", () => {
  const few = { values: [2.5, 2.6], n: [38, 41], left_out: { s1: "too_few", s2: "too_few" } as const };
  expect(courseWords(course(few))).toBe("We can't tell yet: 41 utterances, 50 are needed.");
});

test("what carries no verdict is described: a slope from five sessions on, else both ends", () => {
  expect(courseWords(course({ values: [2.5, 3] }))).toBe(
    "From 2.50 to 3.00. Described only, without a verdict.",
  );
  const slope = { slope_per_month: -0.25, slope_low: -0.5, slope_high: 0.1 };
  expect(courseWords(course({ values: [2.5, 3], ...slope }))).toBe(
    "−0.25 words / utterance a month (95 %: −0.50 to +0.10). Described only, without a verdict.",
  );
  expect(courseWords(course({ values: [2.5, null] }))).toBe("One session so far; a course needs more.");
});

test("each kind of bar is explained once", () => {
  const bars = course({ interval: ["wilson", "wilson"] });
  expect(barWords([bars, bars])).toBe("Bars, 95 %: the sampling error of a share.");
  expect(barWords([course()])).toBeNull();
});
