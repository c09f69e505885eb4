import type { TimedLine } from "@/features/session/player/timing";

export type Edge = "start" | "end";

/** Less is no line that somebody could have spoken. */
const SHORTEST_S = 0.05;
const STEP_S = 0.05;
const LEAP_S = 0.5;
const BY_KEY: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 };

/** How far a key moves an edge, in seconds; null when it moves none. */
export function movedByKey({ key, shiftKey }: { key: string; shiftKey: boolean }): number | null {
  const sign = BY_KEY[key];
  return sign === undefined ? null : sign * (shiftKey ? LEAP_S : STEP_S);
}

/** The line with one edge elsewhere: within the recording, to the millisecond, never before its other edge. */
export function withEdge(line: TimedLine, edge: Edge, time_s: number, length_s: number): TimedLine {
  const [low, high] = edge === "start" ? [0, line.end_s - SHORTEST_S] : [line.start_s + SHORTEST_S, length_s];
  const at = Math.round(Math.min(high, Math.max(low, time_s)) * 1000) / 1000;
  return edge === "start" ? { ...line, start_s: at } : { ...line, end_s: at };
}

/** A moment as 1:04.25, for what is set finer than a second. */
export function fineClock(time_s: number): string {
  const [minutes, rest] = [Math.floor(time_s / 60), time_s % 60];
  return `${minutes}:${rest.toFixed(2).padStart(5, "0")}`;
}
