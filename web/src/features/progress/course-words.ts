import type { MeasureInfoOut, SessionOnLineOut } from "@/api/schema";
import { type Course, type CoursePoint, isLeftOut } from "@/features/progress/course";
import { formatDate, formatUnit, formatValue } from "@/lib/format";
import { sampleWords } from "@/lib/measures";
import { texts, wordOf } from "@/texts";

/** When a session was: “Week 3, 4 Mar 2026”. */
export function whenWords({ week, date }: Pick<SessionOnLineOut, "week" | "date">): string {
  const day = formatDate(date);
  return week === null ? day : texts.t("progress.week_and_date", { week, date: day });
}

/** “1.36 to 2.32”, the ends of the 95 % interval. */
export function intervalWords({ low, high }: Pick<CoursePoint, "low" | "high">, unit: string): string | null {
  if (low === null || high === null) return null;
  return texts.t("progress.interval", { low: formatValue(low, unit), high: formatValue(high, unit) });
}

/** A value with its unit. */
export const valueWords = (value: number, unit: string): string =>
  `${formatValue(value, unit)} ${formatUnit(unit, value)}`.trim();

/** Everything that one mark says: value, interval, sample, session, and what keeps it from a verdict. */
export function pointWords(point: CoursePoint, info: MeasureInfoOut): string {
  const when = whenWords(point.session);
  const parts =
    point.value === null
      ? [texts.t("progress.no_value", { reason: point.reason ?? texts.t("common.not_computed") })]
      : [
          [valueWords(point.value, info.unit), sampleWords(point.n, info.n_unit)].filter(Boolean).join(", "),
          intervalOf(point, info.unit),
          isLeftOut(point) && point.leftOut
            ? texts.t("progress.in_no_verdict", { why: texts.t(`progress.left_out.${point.leftOut}`) })
            : null,
        ];
  const told = [...parts, point.session.context].filter(Boolean).join(". ");
  return texts.t("common.list", { title: when, words: told });
}

function intervalOf(point: CoursePoint, unit: string): string | null {
  const ends = intervalWords(point, unit);
  return ends && texts.t("progress.interval_95", { interval: ends });
}

/** What may be said of a measure that carries no verdict, or why it cannot carry one yet. */
export function courseWords(course: Course): string {
  const valued = course.points.filter((point) => point.value !== null);
  const [first, last] = [valued[0], valued.at(-1)];
  if (!first || !last) return texts.t("progress.nothing");
  const few = tooFewWords(course, last);
  if (few) return few;
  if (valued.length === 1) return texts.t("progress.one_session");
  return trendWords(course) ?? changeWords(course.info, first, last);
}

/** “We can't tell yet: 41 utterances, 50 are needed”: the latest session's sample, where none is large enough. */
export function tooFewWords({ info, points }: Course, last: CoursePoint): string | null {
  const usable = points.some((point) => point.value !== null && point.leftOut !== "too_few");
  if (usable || last.n === null) return null;
  const unit = wordOf("units", info.n_unit, last.n) ?? info.n_unit;
  if (!info.minimum_n || last.n >= info.minimum_n) return texts.t("progress.too_few", { n: last.n, unit });
  return texts.t("progress.too_few_of", { n: last.n, unit, needed: info.minimum_n });
}

function trendWords({ info, told }: Course): string | null {
  if (told.slope_per_month === null || told.slope_low === null || told.slope_high === null) return null;
  return texts.t("progress.slope", {
    slope: signed(told.slope_per_month, info.unit),
    unit: formatUnit(info.rate_unit ?? info.unit),
    low: signed(told.slope_low, info.unit),
    high: signed(told.slope_high, info.unit),
  });
}

const changeWords = ({ unit }: MeasureInfoOut, first: CoursePoint, last: CoursePoint): string =>
  texts.t("progress.from_to", { first: formatValue(first.value, unit), last: formatValue(last.value, unit) });

function signed(value: number, unit: string): string {
  const size = formatValue(Math.abs(value), unit === "%" ? "%" : "");
  return value < 0 ? `−${size}` : `+${size}`;
}

/** What the bars of a page mean, each kind once. */
export function barWords(courses: readonly Course[]): string | null {
  const kinds = new Set(courses.flatMap(({ told }) => told.interval.flatMap((kind) => (kind ? [kind] : []))));
  if (kinds.size === 0) return null;
  return texts.t("progress.bars", {
    kinds: [...kinds].map((kind) => texts.t(`progress.intervals.${kind}`)).join("; "),
  });
}
