import type { ProgressOut, ProgressPointOut, SeriesOut, SeriesPointOut } from "@/api/schema";
import { formatValue } from "@/lib/format";
import { isFirm } from "@/lib/measures";

type Errors = Pick<ProgressPointOut, "low" | "high" | "interval" | "left_out">;
/** A session's value, with its error where that is known. */
export type ChartPoint = SeriesPointOut & Partial<Errors>;

const LEFT_OUT: Record<NonNullable<ProgressPointOut["left_out"]>, string> = {
  no_value: "it has no value",
  too_few: "the sample is too small",
  no_date: "neither a date nor an age says when it was",
  other_context: "the situation is another one",
  other_rule: "it was computed by another rule",
  other_writer: "a person wrote down some recordings, a recogniser others",
  recognised: "a recogniser leaves out what is measured here",
};

const BASIS: Record<ProgressOut["basis"], string> = {
  trend: "From the course over the sessions.",
  means: "From the averages of the first and the last sessions.",
  phases: "From the averages of the two phases.",
  two_sessions: "From the first and the last session that can be compared.",
  nothing: "",
};

const INTERVAL: Record<NonNullable<ProgressPointOut["interval"]>, string> = {
  between_sessions: "how far sessions lie apart without any change",
  wilson: "the sampling error of a share; how far sessions lie apart has not been measured",
  within_session: "the error inside the session; how far sessions lie apart has not been measured",
  negative_binomial: "how far counts scatter without any change",
};

/** The points of a series, each with its error. */
export function withErrors(series: SeriesOut, progress?: ProgressOut): ChartPoint[] {
  if (progress?.measure.id !== series.measure.id) return series.points;
  const errors = new Map(progress.points.map((point) => [point.session_id, point]));
  return series.points.map((point) => {
    const { low, high, interval, left_out } = errors.get(point.session_id) ?? {};
    return { ...point, low, high, interval, left_out };
  });
}

/** Hollow dots: what enters no verdict; while that is not known, what rests on little. */
export const isHollow = (point: ChartPoint): boolean =>
  point.left_out === undefined ? !isFirm(point) : point.left_out !== null;

export const isLeftOut = (point: ChartPoint): boolean =>
  point.value !== null && point.left_out !== undefined && point.left_out !== null;

/** Why a session enters no verdict; null where it does, and where a value that is missing says so itself. */
export const leftOutWords = (point: ChartPoint): string | null =>
  isLeftOut(point) && point.left_out ? `In no verdict: ${LEFT_OUT[point.left_out]}` : null;

/** “1.36 to 2.32”, the ends of the 95 % interval. */
export function intervalWords(point: ChartPoint, unit: string): string | null {
  if (point.value === null || typeof point.low !== "number" || typeof point.high !== "number") return null;
  return `${formatValue(point.low, unit)} to ${formatValue(point.high, unit)}`;
}

/** What the bars of a chart mean. */
export function barWords(points: readonly ChartPoint[]): string | null {
  const kinds = [...new Set(points.flatMap((point) => (point.interval ? [point.interval] : [])))];
  return kinds.length ? `Bars, 95 %: ${kinds.map((kind) => INTERVAL[kind]).join("; ")}.` : null;
}

/** What a verdict was taken from, and whose error it was held against. */
export function basisWords({ basis, verdict, error }: ProgressOut): string {
  if (basis === "nothing" || verdict === "cannot_tell" || verdict === "descriptive") return "";
  if (basis === "trend" || error === null) return BASIS[basis];
  return error.source === "own"
    ? `${BASIS[basis]} The error is the child's own, from ${error.n_sessions} sessions.`
    : `${BASIS[basis]} The error is a published one, until there are six sessions of the child.`;
}
