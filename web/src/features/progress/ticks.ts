// Values on these scales have no meaningful zero.
const FREE_UNITS = new Set(["Hz", "dB"]);

/** About `count` round numbers that hold low and high. */
export function niceTicks(low: number, high: number, count = 4): number[] {
  const rough = (high - low || Math.abs(high) || 1) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= rough * (1 - 1e-9)) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** The ticks of a value axis: from zero, except where the scale has none. */
export function valueTicks(values: readonly number[], unit: string): number[] {
  if (values.length === 0) return [];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (FREE_UNITS.has(unit)) return niceTicks(low, high, 3);
  return niceTicks(Math.min(0, low), Math.max(0, high), 3);
}

/** At most `count` whole weeks, evenly apart, inside of what is shown. */
export function weekTicks(first: number, last: number, count: number): number[] {
  if (last <= first) return [first];
  const step = Math.max(1, niceTicks(0, last - first, count)[1] ?? 1);
  const whole = Math.ceil(step);
  const inner = Array.from({ length: Math.floor((last - first) / whole) + 1 }, (_, i) => first + i * whole);
  return inner.slice(0, count + 1);
}
