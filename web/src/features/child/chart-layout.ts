import type { ChartPoint } from "@/features/child/progress-words";

export const CHART = { height: 280, left: 64, right: 30, top: 30, bottom: 46 } as const;
const LABEL_ALL = 8;
const LABEL_ROOM_PX = 74;
// Values on these scales have no meaningful zero.
const FREE_UNITS = new Set(["Hz", "dB"]);

export interface Mark {
  point: ChartPoint;
  x: number;
  y: number | null;
  bar: { top: number; bottom: number } | null;
  radius: number;
  label: boolean;
  dated: boolean;
}

export interface ChartLayout {
  marks: Mark[];
  runs: Mark[][];
  ticks: { value: number; y: number }[];
}

/** About `count` round numbers that hold low and high. */
export function niceTicks(low: number, high: number, count = 4): number[] {
  const rough = (high - low || Math.abs(high) || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Places between 0 and 1: by date where every session has one, else one step each. */
function places(points: readonly ChartPoint[]): number[] {
  const days = points.map((point) => (point.date ? Date.parse(point.date) : NaN));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  if (points.length > 1 && days.every((day) => !Number.isNaN(day)) && last > first)
    return days.map((day) => (day - first) / (last - first));
  return points.map((_, i) => (points.length > 1 ? i / (points.length - 1) : 0.5));
}

function domain(values: readonly number[], unit: string): number[] {
  if (values.length === 0) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (FREE_UNITS.has(unit)) return niceTicks(low, high);
  return niceTicks(Math.min(0, low), Math.max(0, high));
}

/** The ends of a value's interval, where there is one. */
function endsOf({ value, low, high }: ChartPoint): number[] {
  return value === null || typeof low !== "number" || typeof high !== "number" ? [] : [low, high];
}

/** Where everything of the chart stands, for a width in px. Nulls keep their place in time and break the line. */
export function layOut(points: readonly ChartPoint[], unit: string, width: number): ChartLayout {
  const inner = Math.max(0, width - CHART.left - CHART.right);
  const tall = CHART.height - CHART.top - CHART.bottom;
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const ticks = domain([...values, ...points.flatMap(endsOf)], unit);
  const [low, high] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const yOf = (value: number) => CHART.top + tall - ((value - low) / (high - low || 1)) * tall;
  const mostN = Math.max(1, ...points.map((point) => point.n ?? 0));
  const at = places(points);
  const special = new Set([
    0,
    values.length - 1,
    values.indexOf(Math.min(...values)),
    values.indexOf(Math.max(...values)),
  ]);
  let nth = -1;
  let lastDated = -Infinity;
  const marks = points.map((point, i): Mark => {
    const x = CHART.left + (at[i] ?? 0) * inner;
    if (point.value !== null) nth += 1;
    const [bottom, top] = endsOf(point);
    const dated = x - lastDated >= LABEL_ROOM_PX;
    if (dated) lastDated = x;
    return {
      point,
      x,
      y: point.value === null ? null : yOf(point.value),
      bar: top === undefined || bottom === undefined ? null : { top: yOf(top), bottom: yOf(bottom) },
      radius: 4 + 5 * Math.sqrt((point.n ?? 0) / mostN),
      label: point.value !== null && (values.length <= LABEL_ALL || special.has(nth)),
      dated,
    };
  });
  const runs: Mark[][] = [[]];
  for (const mark of marks) {
    if (mark.y === null) runs.push([]);
    else runs.at(-1)?.push(mark);
  }
  return {
    marks,
    runs: runs.filter((run) => run.length > 1),
    ticks: ticks.map((value) => ({ value, y: yOf(value) })),
  };
}
