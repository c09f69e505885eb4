import type { SessionOnLineOut } from "@/api/schema";
import { weekTicks } from "@/features/progress/ticks";

/** Room on the right for sessions that nothing dates, as a share of the width. */
const UNDATED_ROOM = 0.12;
const WEEK_TICKS = 4;

/** Something that happened between sessions: a quiet vertical line with words. */
export interface Note {
  at: number;
  kind: "phase" | "context";
  words: string;
}

/** Where the sessions stand between 0 and 1: the same for every chart of the page. */
export interface TimeLine {
  at: number[];
  weeks: { at: number; week: number }[];
  notes: Note[];
}

export function timeLine(
  sessions: readonly SessionOnLineOut[],
  phaseWords: (phase: "baseline" | "intervention") => string,
): TimeLine {
  const at = placesOf(sessions);
  return {
    at,
    weeks: weeksOf(sessions, at),
    notes: [...phaseNotes(sessions, at, phaseWords), ...contextNotes(sessions, at)],
  };
}

/** By day; those without one stand apart on the right; all on one day, one step each. */
function placesOf(sessions: readonly SessionOnLineOut[]): number[] {
  const days = sessions.flatMap(({ day }) => (day === null ? [] : [day]));
  const [first, last] = [Math.min(...days), Math.max(...days)];
  if (days.length === 0 || first === last)
    return sessions.map((_, i) => (sessions.length > 1 ? i / (sessions.length - 1) : 0.5));
  const undated = sessions.length - days.length;
  const room = undated ? 1 - UNDATED_ROOM : 1;
  let nth = 0;
  return sessions.map(({ day }) => {
    if (day !== null) return ((day - first) / (last - first)) * room;
    nth += 1;
    return undated > 1 ? 1 - (UNDATED_ROOM / 2) * ((undated - nth) / (undated - 1)) : 1;
  });
}

function weeksOf(sessions: readonly SessionOnLineOut[], at: readonly number[]) {
  const known = sessions.flatMap(({ week, day }, i) =>
    week === null || day === null ? [] : [{ week, day, at: at[i] ?? 0 }],
  );
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [];
  if (first.day === last.day) return [{ at: first.at, week: first.week }];
  const perDay = (last.at - first.at) / (last.day - first.day);
  return weekTicks(first.week, last.week, WEEK_TICKS).map((week) => ({
    week,
    at: Math.min(last.at, Math.max(first.at, first.at + ((week - 1) * 7 - first.day) * perDay)),
  }));
}

function phaseNotes(
  sessions: readonly SessionOnLineOut[],
  at: readonly number[],
  words: (phase: "baseline" | "intervention") => string,
): Note[] {
  return (["baseline", "intervention"] as const).flatMap((phase) => {
    const first = sessions.findIndex((session) => session.phase === phase);
    return first < 0 ? [] : [{ at: before(at, first), kind: "phase" as const, words: words(phase) }];
  });
}

function contextNotes(sessions: readonly SessionOnLineOut[], at: readonly number[]): Note[] {
  return sessions.flatMap(({ context }, i) => {
    const earlier = sessions[i - 1]?.context;
    return i > 0 && context && earlier && context !== earlier
      ? [{ at: before(at, i), kind: "context" as const, words: context }]
      : [];
  });
}

/** Half way from the session before; the first one's own place. */
const before = (at: readonly number[], i: number): number =>
  i === 0 ? (at[0] ?? 0) : ((at[i - 1] ?? 0) + (at[i] ?? 0)) / 2;
