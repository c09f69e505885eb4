const WIDTH = 132;
const HEIGHT = 34;
const PAD = 5;

interface Spot {
  x: number;
  y: number;
}

/** Where the values lie; a null breaks the line. */
export function runsOf(values: readonly (number | null)[]): Spot[][] {
  const known = values.filter((value) => value !== null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (i: number) =>
    values.length < 2 ? WIDTH - PAD : PAD + (i / (values.length - 1)) * (WIDTH - 2 * PAD);
  const y = (v: number) =>
    high === low ? HEIGHT / 2 : HEIGHT - PAD - ((v - low) / (high - low)) * (HEIGHT - 2 * PAD);
  const runs: Spot[][] = [[]];
  values.forEach((value, i) => {
    if (value === null) runs.push([]);
    else runs.at(-1)?.push({ x: x(i), y: y(value) });
  });
  return runs.filter((run) => run.length > 0);
}

/** A measure over the sessions, small. The words beside it carry the figures. */
export function Sparkline({ values }: { values: readonly (number | null)[] }) {
  const runs = runsOf(values);
  const last = runs.at(-1)?.at(-1);
  if (!last) return null;
  return (
    <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {runs.map((run, i) => (
        <polyline
          key={i}
          points={run.map((spot) => `${spot.x},${spot.y}`).join(" ")}
          fill="none"
          stroke="var(--line-strong)"
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      ))}
      {runs.flat().map((spot, i) => (
        <circle key={i} cx={spot.x} cy={spot.y} r={1.8} fill="var(--line-strong)" />
      ))}
      <circle cx={last.x} cy={last.y} r={3.6} fill="var(--speaker-child)" />
    </svg>
  );
}
