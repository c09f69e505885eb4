import type { UtteranceOut } from "@/api/schema";

export interface TimedLine {
  index: number;
  start_s: number;
  end_s: number;
}

/** The utterances that have times, by their start. */
export function timedLines(utterances: readonly UtteranceOut[]): TimedLine[] {
  return utterances
    .flatMap((line) =>
      line.start_ms === null || line.end_ms === null
        ? []
        : [{ index: line.index, start_s: line.start_ms / 1000, end_s: line.end_ms / 1000 }],
    )
    .sort((a, b) => a.start_s - b.start_s);
}

/** How many lines begin at or before a moment. */
function begunBy(lines: readonly TimedLine[], time_s: number): number {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle]?.start_s ?? Infinity) <= time_s) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lines that are heard between two moments. */
export function linesBetween(lines: readonly TimedLine[], from_s: number, to_s: number): TimedLine[] {
  return lines.slice(0, begunBy(lines, to_s)).filter((line) => line.end_s >= from_s);
}

/** The utterance that is heard at a moment, or the last one before it; null before the first. */
export function lineAt(lines: readonly TimedLine[], time_s: number): number | null {
  // A player set to a line's start may stand a hair before it.
  return lines[begunBy(lines, time_s + 1e-3) - 1]?.index ?? null;
}

/** The line that is spoken at a moment, of several the one that began last; null in a pause. */
export function lineUnder(lines: readonly TimedLine[], time_s: number): number | null {
  return linesBetween(lines, time_s, time_s).at(-1)?.index ?? null;
}
