import type { MeasureInfoOut, MeasureOverTimeOut, ProgressPageOut, SessionOnLineOut } from "@/api/schema";
import { type Course, coursesOf } from "@/features/progress/course";
import { info } from "@/testing/fixtures";

// The progress page as the server sends it, with room to say only what a test is about.

export const line = (id: string, part: Partial<SessionOnLineOut> = {}): SessionOnLineOut => {
  const nth = Number(id.slice(1));
  return {
    id,
    date: new Date(Date.UTC(2026, 2, 4 + 7 * (nth - 1))).toISOString().slice(0, 10),
    week: nth,
    day: 7 * (nth - 1),
    age_months: 36,
    context: "free play",
    phase: null,
    date_doubtful: false,
    ...part,
  };
};

export const told = (part: Partial<MeasureOverTimeOut> = {}): MeasureOverTimeOut => {
  const values = part.values ?? [2.5, 3];
  return {
    measure: "mlu_words",
    verdict: "descriptive",
    basis: "nothing",
    chosen: false,
    told: [],
    slope_per_month: null,
    slope_low: null,
    slope_high: null,
    p_adjusted: null,
    values,
    n: values.map((value) => (value === null ? null : 84)),
    low: values.map(() => null),
    high: values.map(() => null),
    interval: [],
    left_out: {},
    reasons: {},
    usual: null,
    phases: null,
    ...part,
  };
};

export const page = (
  sessions: SessionOnLineOut[],
  measures: MeasureOverTimeOut[],
  part: Partial<ProgressPageOut> = {},
): ProgressPageOut => ({
  sessions,
  contexts: ["free play"],
  are_goals: false,
  plan: { version: 0, baseline: null, intervention: null, note: "", stated_at: null },
  measures,
  ...part,
});

export const sessionsOf = (n: number): SessionOnLineOut[] =>
  Array.from({ length: n }, (_, i) => line(`s${i + 1}`));

/** One measure over as many sessions as there are values. */
export function course(
  part: Partial<MeasureOverTimeOut> = {},
  measure: Partial<MeasureInfoOut> = {},
): Course {
  const one = told(part);
  const [found] = coursesOf(
    page(sessionsOf(one.values.length), [{ ...one, measure: measure.id ?? one.measure }]),
    [info(measure)],
  );
  if (!found) throw new Error("The page has no such measure.");
  return found;
}
