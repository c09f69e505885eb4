import type { NormBandOut } from "@/api/schema";
import type { Course, CoursePoint } from "@/features/progress/course";
import { valueTicks } from "@/features/progress/ticks";
import type { TimeLine } from "@/features/progress/time-line";

export const CHART = { height: 150, left: 42, right: 48, top: 20, bottom: 24 } as const;

export interface Mark {
  point: CoursePoint;
  x: number;
  y: number | null;
  bar: { top: number; bottom: number } | null;
  radius: number;
}

export interface ChartLayout {
  marks: Mark[];
  /** Marks that follow each other without a gap. */
  runs: Mark[][];
  ticks: { value: number; y: number }[];
  usual: { top: number; bottom: number } | null;
  /** The outline of the norms' band, and its middle. */
  norm: { outline: string; middle: string } | null;
}

/** Where everything of a small chart stands, for a width in px. */
export function layOut(
  { info, told, points }: Course,
  line: TimeLine,
  norms: readonly NormBandOut[],
  width: number,
): ChartLayout {
  const inner = Math.max(0, width - CHART.left - CHART.right);
  const tall = CHART.height - CHART.top - CHART.bottom;
  const { usual } = told;
  const ticks = valueTicks(
    [
      ...points.flatMap(({ value, low, high }) =>
        value === null ? [] : [value, low ?? value, high ?? value],
      ),
      ...(usual ? [usual.low, usual.high] : []),
      ...norms.flatMap(({ low, high }) => [low, high]),
    ],
    info.unit,
  );
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const yOf = (value: number) => CHART.top + tall - ((value - bottom) / (top - bottom || 1)) * tall;
  const xOf = (i: number) => CHART.left + (line.at[i] ?? 0) * inner;
  const mostN = Math.max(1, ...points.map((point) => point.n ?? 0));
  const marks = points.map((point, i): Mark => ({
    point,
    x: xOf(i),
    y: point.value === null ? null : yOf(point.value),
    bar:
      point.value === null || point.low === null || point.high === null
        ? null
        : { top: yOf(point.high), bottom: yOf(point.low) },
    radius: 2.2 + 2.6 * Math.sqrt((point.n ?? 0) / mostN),
  }));
  return {
    marks,
    runs: runsOf(marks),
    ticks: ticks.map((value) => ({ value, y: yOf(value) })),
    usual: usual && { top: yOf(usual.high), bottom: yOf(usual.low) },
    norm: normPath(marks, norms, yOf),
  };
}

/** A null is a gap: the line breaks there. */
function runsOf(marks: readonly Mark[]): Mark[][] {
  const runs: Mark[][] = [[]];
  for (const mark of marks) {
    if (mark.y === null) runs.push([]);
    else runs.at(-1)?.push(mark);
  }
  return runs.filter((run) => run.length > 1);
}

const NARROW_PX = 7;

function normPath(marks: readonly Mark[], norms: readonly NormBandOut[], yOf: (value: number) => number) {
  const at = new Map(marks.map((mark) => [mark.point.session.id, mark.x]));
  const spots = norms.flatMap((band) => {
    const x = at.get(band.session_id);
    return x === undefined ? [] : [{ x, band }];
  });
  if (spots.length === 0) return null;
  // A band needs a width: one session alone has a short one around it.
  const [first, last] = [spots[0], spots.at(-1)];
  const wide =
    spots.length > 1
      ? spots
      : [first, last].map((spot, i) => spot && { ...spot, x: spot.x + (i ? NARROW_PX : -NARROW_PX) });
  const kept = wide.flatMap((spot) => (spot ? [spot] : []));
  const path = (edge: "low" | "middle" | "high", spotsOf = kept) =>
    spotsOf.map(({ x, band }) => `${x.toFixed(1)} ${yOf(band[edge]).toFixed(1)}`).join("L");
  return {
    outline: `M${path("high")}L${path("low", kept.toReversed())}Z`,
    middle: `M${path("middle")}`,
  };
}

/** The mark whose session lies nearest to a place in px. */
export function nearest(marks: readonly Mark[], x: number): number {
  return marks.reduce(
    (best, mark, i) => (Math.abs(mark.x - x) < Math.abs((marks[best]?.x ?? 0) - x) ? i : best),
    0,
  );
}
