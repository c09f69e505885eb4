import type { MeasureInfoOut, MeasureOverTimeOut, ProgressPageOut, SessionOnLineOut } from "@/api/schema";

/** A measure in one session. */
export interface CoursePoint {
  session: SessionOnLineOut;
  value: number | null;
  n: number | null;
  low: number | null;
  high: number | null;
  interval: MeasureOverTimeOut["interval"][number];
  leftOut: MeasureOverTimeOut["left_out"][string] | null;
  reason: string | null;
}

/** A measure over the sessions. */
export interface Course {
  info: MeasureInfoOut;
  told: MeasureOverTimeOut;
  points: CoursePoint[];
}

/** The columns of the page as points, a measure each, in the order of the registry. */
export function coursesOf(page: ProgressPageOut, infos: readonly MeasureInfoOut[]): Course[] {
  const known = new Map(page.measures.map((one) => [one.measure, one]));
  return infos.flatMap((info) => {
    const told = known.get(info.id);
    return told ? [{ info, told, points: pointsOf(page.sessions, told) }] : [];
  });
}

function pointsOf(sessions: readonly SessionOnLineOut[], told: MeasureOverTimeOut): CoursePoint[] {
  return sessions.map((session, i) => ({
    session,
    value: told.values[i] ?? null,
    n: told.n[i] ?? null,
    low: told.low[i] ?? null,
    high: told.high[i] ?? null,
    interval: told.interval[i] ?? null,
    leftOut: told.left_out[session.id] ?? null,
    reason: told.reasons[session.id] ?? null,
  }));
}

/** Whether there is anything to draw. */
export const hasValues = (course: Course): boolean => course.points.some((point) => point.value !== null);

/** Hollow dots enter no verdict. */
export const isLeftOut = (point: CoursePoint): boolean => point.value !== null && point.leftOut !== null;
